"""An archive that is never written down is one that any tool opens."""

import io
import zipfile
from collections.abc import AsyncIterator

from hypothesis import given
from hypothesis import strategies as st

from backend.services.archive import Archive, Member

NAMES = st.lists(st.text(st.characters(codec="utf-8", exclude_characters="/\\\0"), min_size=1,
                         max_size=12), min_size=1, max_size=5, unique=True)  # fmt: skip


class Shelf:
    """A storage of a few files."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = files

    async def stream(
        self, key: str, start: int = 0, end: int | None = None
    ) -> AsyncIterator[bytes]:
        part = self.files[key][start:end]
        for place in range(0, len(part), 7):
            yield part[place : place + 7]


def archive_of(files: dict[str, bytes]) -> Archive:
    shelf = Shelf({f"key of {name}": data for name, data in files.items()})
    members = [Member(name, f"key of {name}", len(data)) for name, data in files.items()]
    return Archive(shelf, members)  # type: ignore[arg-type]


async def read(archive: Archive, start: int, end: int) -> bytes:
    return b"".join([chunk async for chunk in archive.stream(start, end)])


@given(NAMES, st.data())
async def test_any_files_come_out_as_they_went_in(names: list[str], data: st.DataObject) -> None:
    files = {name: data.draw(st.binary(max_size=60)) for name in names}
    archive = archive_of(files)
    size = archive.content("x.zip").size
    whole = await read(archive, 0, size)
    assert len(whole) == size
    with zipfile.ZipFile(io.BytesIO(whole)) as opened:
        assert opened.testzip() is None
        assert opened.namelist() == list(files)
        assert [opened.read(name) for name in names] == list(files.values())
    start = data.draw(st.integers(0, size - 1))
    end = data.draw(st.integers(start + 1, size))
    assert await read(archive_of(files), start, end) == whole[start:end]


async def test_the_tag_changes_with_a_file_or_its_name() -> None:
    same, again = (archive_of({"a": b"1", "b": b"2"}).content("x.zip").tag for _ in range(2))
    assert same == again
    assert archive_of({"b": b"2", "a": b"1"}).content("x.zip").tag != same


class Vast(io.RawIOBase):
    """A file of zeros with something at its end."""

    def __init__(self, size: int, end: bytes) -> None:
        self.size, self.end, self.place = size, end, 0

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self.place

    def seek(self, offset: int, whence: int = 0) -> int:
        self.place = offset + (0, self.place, self.size)[whence]
        return self.place

    def read(self, count: int = -1) -> bytes:
        start = self.place - (self.size - len(self.end))
        part = self.end[start:] if count < 0 else self.end[start : start + count]
        self.place += len(part)
        return part


async def test_an_archive_may_exceed_four_gigabytes() -> None:
    stem = 3 * 1024**3
    files = {f"{number}.wav": b"" for number in range(3)}
    members = [Member(name, f"key of {name}", stem) for name in files]
    shelf = Shelf({f"key of {name}": b"" for name in files})
    archive = Archive(shelf, members)  # type: ignore[arg-type]
    size = archive.content("x.zip").size
    directory = await read(archive, 3 * (stem + 35), size)
    with zipfile.ZipFile(Vast(size, directory)) as opened:  # type: ignore[arg-type]
        entries = opened.infolist()
    assert [entry.file_size for entry in entries] == [stem] * 3
    assert [entry.header_offset for entry in entries] == [n * (stem + 35) for n in range(3)]
