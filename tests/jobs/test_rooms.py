"""Audio in files, of which a process keeps little."""

import threading
from pathlib import Path

import numpy as np
import pytest

from backend.jobs import rooms
from backend.jobs.rooms import Rooms, resident_bytes

MEGABYTE = 1 << 20


def test_what_is_written_into_a_room_lies_in_its_file(tmp_path: Path) -> None:
    with Rooms(tmp_path) as made:
        room = made.allocate("one", (2, 1000))
        assert not room.any()
        room[1, 5] = 0.5
    assert np.load(tmp_path / "one.npy", mmap_mode="r")[1, 5] == 0.5


def test_pages_handed_back_leave_the_process_and_keep_their_sound(tmp_path: Path) -> None:
    with Rooms(tmp_path) as made:
        room = made.allocate("one", (2, 16 * MEGABYTE // 8))
        room[:] = 0.25
        full = resident_bytes()
        made.hand_back()
        assert full - resident_bytes() > 15 * MEGABYTE
        assert (room == 0.25).all()


def test_the_oldest_rooms_are_handed_back_first_and_no_more_than_needed(tmp_path: Path) -> None:
    with Rooms(tmp_path) as made:
        for name in ("older", "newer"):
            made.allocate(name, (2, 16 * MEGABYTE // 8))[:] = 0.25
        full = resident_bytes()
        made.hand_back(full - 8 * MEGABYTE)
        assert 15 * MEGABYTE < full - resident_bytes() < 24 * MEGABYTE


def test_a_process_that_holds_much_hands_back_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rooms, "MOST_RESIDENT_BYTES", resident_bytes() + 40 * MEGABYTE)
    most, pause = 0, threading.Event()
    with Rooms(tmp_path) as made:
        for number in range(40):
            room = made.allocate(str(number), (2, 8 * MEGABYTE // 8))
            for part in np.array_split(room, 16, axis=1):
                part[:] = 1.0
                pause.wait(0.005)
            most = max(most, resident_bytes())
    assert most < rooms.MOST_RESIDENT_BYTES + 160 * MEGABYTE


def test_a_room_of_somebody_else_is_cared_for_as_well(tmp_path: Path) -> None:
    np.save(tmp_path / "other.npy", np.ones((2, 16 * MEGABYTE // 8), np.float32))
    other = np.load(tmp_path / "other.npy", mmap_mode="r")
    with Rooms(tmp_path) as made:
        made.adopt(other)
        made.adopt(np.ones((2, 2), np.float32))
        assert other.all()
        full = resident_bytes()
        made.hand_back()
        assert full - resident_bytes() > 15 * MEGABYTE
