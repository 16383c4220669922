"""Files by what they hold."""

import errno
import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.errors import NotFound, ServiceUnavailable
from backend.storage import Storage, content_key, is_key, open_storage, sha256_of

DATA = bytes(range(256)) * 3000


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    return open_storage((tmp_path / "files of songs").as_uri())


def key_of(data: bytes, name: str = "a.wav") -> str:
    return content_key(hashlib.sha256(data).hexdigest(), name)


async def test_bytes_come_back(storage: Storage) -> None:
    await storage.put(key_of(DATA), DATA)
    assert await storage.read(key_of(DATA)) == DATA
    assert await storage.size(key_of(DATA)) == len(DATA)


async def test_a_file_is_moved_in_whole(storage: Storage, tmp_path: Path) -> None:
    path = tmp_path / "made.wav"
    path.write_bytes(DATA)
    inode = path.stat().st_ino
    await storage.put_file(key_of(DATA), path)
    assert not path.exists()
    kept = await storage.fetch(key_of(DATA), tmp_path)
    assert kept.read_bytes() == DATA
    assert kept.stat().st_ino == inode


async def test_the_same_content_is_kept_once(storage: Storage, tmp_path: Path) -> None:
    for name in ("one", "two"):
        path = tmp_path / name
        path.write_bytes(DATA)
        await storage.put_file(key_of(DATA), path)
        assert not path.exists()
    assert [key async for key in storage.all_keys()] == [key_of(DATA)]


async def test_a_file_crosses_file_systems_by_a_temporary_name(
    storage: Storage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "made.wav"
    path.write_bytes(DATA)
    replace = Path.replace

    def another_device(source: Path, target: Path) -> Path:
        if source == path:
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
        return replace(source, target)

    monkeypatch.setattr(Path, "replace", another_device)
    await storage.put_file(key_of(DATA), path)
    assert not path.exists()
    assert [key async for key in storage.all_keys()] == [key_of(DATA)]
    assert await storage.read(key_of(DATA)) == DATA


@given(start=st.integers(0, len(DATA) - 2), length=st.integers(1, len(DATA)))
async def test_any_range_can_be_read(
    tmp_path_factory: pytest.TempPathFactory, start: int, length: int
) -> None:
    storage = open_storage(tmp_path_factory.getbasetemp().joinpath("ranges").as_uri())
    if await storage.size(key_of(DATA)) is None:
        await storage.put(key_of(DATA), DATA)
    end = min(len(DATA), start + length)
    parts = [part async for part in storage.stream(key_of(DATA), start, end)]
    assert b"".join(parts) == DATA[start:end]
    assert b"".join([part async for part in storage.stream(key_of(DATA), start)]) == DATA[start:]


async def test_what_is_not_there_is_not_found(storage: Storage, tmp_path: Path) -> None:
    key = key_of(b"nothing")
    assert await storage.size(key) is None
    with pytest.raises(NotFound):
        await storage.read(key)
    with pytest.raises(NotFound):
        await storage.fetch(key, tmp_path)
    with pytest.raises(NotFound):
        _ = [part async for part in storage.stream(key)]
    await storage.delete([key])


async def test_deleted_files_are_gone(storage: Storage) -> None:
    await storage.put(key_of(DATA), DATA)
    await storage.delete([key_of(DATA), key_of(b"nothing")])
    assert [key async for key in storage.all_keys()] == []


async def test_a_store_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    storage = open_storage((tmp_path / "store").as_uri())
    (tmp_path / "store").rmdir()
    (tmp_path / "store").write_text("in the way")
    path = tmp_path / "made.wav"
    path.write_bytes(DATA)
    with pytest.raises((ServiceUnavailable, NotFound)):
        await storage.put_file(key_of(DATA), path)
    assert path.read_bytes() == DATA
    with pytest.raises(ServiceUnavailable):
        await storage.ping()


async def test_a_health_check_leaves_nothing(storage: Storage) -> None:
    await storage.ping()
    assert [key async for key in storage.all_keys()] == []


@given(
    sha=st.from_regex(r"[0-9a-f]{64}", fullmatch=True),
    name=st.sampled_from(["a.wav", "x", "B.MP3"]),
)
def test_keys_tell_the_content(sha: str, name: str) -> None:
    key = content_key(sha, name)
    assert is_key(key)
    assert sha256_of(key) == sha


@pytest.mark.parametrize(
    "text",
    [
        "",
        "../../etc/passwd",
        "ab/../x",
        "ab/" + "0" * 63,
        "AB/" + "0" * 64,
        "ab/" + "0" * 64 + "/x",
    ],
)
def test_nothing_else_is_a_key(text: str) -> None:
    assert not is_key(text)


async def test_content_and_name_are_on_the_disk_before_anybody_is_told(
    storage: Storage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    sync, replace = os.fsync, Path.replace

    def synced(descriptor: int) -> None:
        done.append(str(Path(f"/proc/self/fd/{descriptor}").readlink()))
        sync(descriptor)

    def moved(source: Path, target: Path) -> Path:
        done.append("moved")
        return replace(source, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "replace", moved)
    path = tmp_path / "made.wav"
    path.write_bytes(DATA)
    await storage.secure(path)
    await storage.put_file(key_of(DATA), path)
    root = tmp_path / "files of songs"
    folder = root / key_of(DATA)[:2]
    assert done == [str(path), str(root), "moved", str(folder)]
    await storage.secure(path)
