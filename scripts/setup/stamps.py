"""Remembering what a step was made from, so that it runs again only when that changed."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def digest(files: Iterable[Path]) -> str:
    """Return one hash over the names and contents of files, missing ones included."""
    total = hashlib.sha256()
    for path in sorted(files):
        content = path.read_bytes() if path.is_file() else b"missing"
        total.update(f"{path}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()


class Stamp:
    """A file inside a step's product that names what the product was made from.

    Parameters
    ----------
    path : Path
        Inside the product, so that both vanish together.
    sources : iterable of Path
        What the product depends on.
    """

    def __init__(self, path: Path, sources: Iterable[Path]) -> None:
        self.path = path
        self._digest = digest(sources)

    @property
    def is_current(self) -> bool:
        """Whether the product was made from the present sources."""
        return self.path.is_file() and self.path.read_text(encoding="utf-8") == self._digest

    def set(self) -> None:
        """Say that the product is made from the present sources."""
        self.path.write_text(self._digest, encoding="utf-8")
