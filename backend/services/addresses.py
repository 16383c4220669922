"""Addresses of a take's files: for its owner, or for whoever has its project's link."""

from dataclasses import dataclass

from backend.services import files
from backend.services.downloads import Download
from backend.services.files import Disposition
from backend.services.platform import Platform


@dataclass(frozen=True, slots=True)
class Addresses:
    """Makes the addresses of one take.

    Parameters
    ----------
    platform : Platform
        Signs them.
    take_id : str
        Whose files they open.
    share : str or None
        The token of the link under which they are shown: they open nothing once it opens nothing,
        and do not name the take.
    """

    platform: Platform
    take_id: str
    share: str | None = None

    def of_file(self, key: str, filename: str, *, disposition: Disposition = "inline") -> str:
        """Return the address of a stored file."""
        path = key if self.share is None else f"shared/{self.share}/{key}"
        return files.sign(self.platform, path, filename, disposition=disposition)

    def of_download(self, download: Download) -> str:
        """Return the address of what is made when somebody asks for it."""
        whose = f"takes/{self.take_id}" if self.share is None else f"shared/{self.share}/take"
        path = f"{whose}/{download.name}"
        return files.sign(self.platform, path, download.filename, disposition="attachment")
