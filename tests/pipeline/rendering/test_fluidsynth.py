"""Which FluidSynth is taken, and what is said when there is none."""

from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from backend.errors import StageFailed
from backend.pipeline.rendering import fluidsynth
from tests.pipeline.builders import small_bank

Installed = Callable[[bytes | None, str | None], None]


@pytest.fixture
def real() -> str:
    return next(fluidsynth._library_paths())


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Installed]:
    """Return how to install a library inside pygame-ce and one of the system."""

    def install(inside: bytes | None, system: str | None) -> None:
        (tmp_path / "pygame_ce.libs").mkdir()
        if inside is not None:
            (tmp_path / "pygame_ce.libs" / "libfluidsynth-1.so.3").write_bytes(inside)
        spec = SimpleNamespace(origin=str(tmp_path / "pygame" / "__init__.py"))
        monkeypatch.setattr(fluidsynth.importlib.util, "find_spec", lambda _name: spec)
        monkeypatch.setattr(fluidsynth, "find_library", lambda _name: system)
        fluidsynth.library.cache_clear()

    yield install
    fluidsynth.library.cache_clear()


@pytest.mark.parametrize("inside", [None, b"", b"\x7fELF of another machine"])
def test_the_systems_library_is_taken_where_that_of_pygame_cannot_be_loaded(
    real: str, installed: Installed, inside: bytes | None
) -> None:
    bank = small_bank()
    installed(inside, real)
    with fluidsynth.Synth(bank.path) as synth:
        assert synth.select(0, 0)


@pytest.mark.parametrize(
    ("inside", "system"),
    [
        (None, None),
        (b"", None),
        (b"", "libfluidsynth-that-is-not-there.so.3"),
        (None, "libc.so.6"),
    ],
)
def test_without_a_library_that_loads_it_is_said_what_to_install(
    installed: Installed, inside: bytes | None, system: str | None
) -> None:
    installed(inside, system)
    with pytest.raises(StageFailed, match="install pygame-ce anew") as caught:
        fluidsynth.Synth("any.sf2")
    assert caught.value.stage == "rendering"
