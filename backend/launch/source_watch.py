"""Notices when the backend's source changes, for development."""

from pathlib import Path

SOURCE = Path(__file__).parents[1]


class SourceWatch:
    """Compares the files' times with those at the last look."""

    def __init__(self, folder: Path = SOURCE) -> None:
        self._folder = folder
        self._seen = self._look()

    def has_changed(self) -> bool:
        """Whether a Python or data file was written, added or removed since the last call."""
        before, self._seen = self._seen, self._look()
        return self._seen != before

    def _look(self) -> dict[Path, int]:
        files = (path for suffix in ("py", "json") for path in self._folder.rglob(f"*.{suffix}"))
        return {path: path.stat().st_mtime_ns for path in files if path.exists()}
