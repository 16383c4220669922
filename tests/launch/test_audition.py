"""A bank is taken when it is heard, and refused when it only looks like one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.errors import ConfigurationError
from backend.launch.audition import audition
from backend.launch.sf3 import BrokenBankError
from backend.pipeline.rendering import fluidsynth
from tests.launch.banks import cleared_from, compress, emptied, tiny
from tests.pipeline.builders import small_bank

BANK = tiny()


@pytest.fixture
def no_synthesiser(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(fluidsynth, "_library_paths", lambda: iter(()))
    fluidsynth.library.cache_clear()
    yield
    fluidsynth.library.cache_clear()


@pytest.mark.parametrize("bank", [BANK, compress(BANK)])
def test_whole_banks_play(tmp_path: Path, bank: bytes) -> None:
    path = tmp_path / "bank.sf2"
    path.write_bytes(bank)
    audition(path)


def test_the_bank_that_is_always_there_plays() -> None:
    audition(Path(small_bank().path))


@pytest.mark.parametrize(
    ("bank", "reason"),
    [
        (cleared_from(BANK, 12), "cannot read it"),
        (cleared_from(BANK, BANK.index(b"pdta")), "cannot read it"),
        (cleared_from(BANK, BANK.index(b"pdta") + 12), "cannot read it"),
        (emptied(BANK, b"phdr"), "cannot read it"),
        (emptied(BANK, b"inst"), "cannot read it"),
        (emptied(BANK, b"igen"), "makes a sound"),
        (emptied(BANK, b"shdr"), "makes a sound"),
        (emptied(BANK, b"smpl"), "makes a sound"),
    ],
)
def test_a_file_of_the_right_size_with_nothing_to_play_is_refused(
    tmp_path: Path, bank: bytes, reason: str
) -> None:
    path = tmp_path / "bank.sf2"
    path.write_bytes(bank)
    assert len(bank) == len(BANK)
    with pytest.raises(BrokenBankError, match=reason):
        audition(path)


@pytest.mark.usefixtures("no_synthesiser")
def test_without_a_synthesiser_it_is_said_what_to_install() -> None:
    with pytest.raises(ConfigurationError, match="install pygame-ce"):
        audition(Path(small_bank().path))
