"""Data folders for servers."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def data_dir() -> Iterator[Path]:
    """A folder with a name short enough for a socket, whatever pytest's own is called."""
    folder = Path(tempfile.mkdtemp(prefix="vk"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)
