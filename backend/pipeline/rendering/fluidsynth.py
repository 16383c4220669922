"""FluidSynth, by a thin ctypes wrapper of its C library.

The wheel of pygame-ce carries the library on every platform; without it the system's is taken.
Each ``Synth`` renders one track and is then closed: a used instance keeps the state of old voices
and would make the sound depend on the order of the tracks.

References
----------
FluidSynth developer documentation, https://www.fluidsynth.org/api/ (version 2).
"""

import ctypes
import importlib.util
from collections.abc import Iterator
from ctypes import c_char_p, c_double, c_int, c_void_p
from ctypes.util import find_library
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from backend.errors import StageFailed
from backend.pipeline.artifacts import SAMPLE_RATE

BLOCK = 64
"""Frames that FluidSynth computes at once; events take effect at block borders (1.45 ms)."""

_GAIN = 0.5
_POLYPHONY = 256
_FOURTH_ORDER = 4
_BEND_RANGE = 2.0
_DRUM_CHANNEL = 1

_SETTINGS: dict[str, int] = {
    "synth.polyphony": _POLYPHONY,
    "synth.cpu-cores": 1,
    "synth.reverb.active": 0,
    "synth.chorus.active": 0,
    "synth.dynamic-sample-loading": 1,
    "synth.lock-memory": 0,
    "synth.threadsafe-api": 0,
}

_FUNCTIONS: dict[str, tuple[type | None, tuple[type, ...]]] = {
    "new_fluid_settings": (c_void_p, ()),
    "delete_fluid_settings": (None, (c_void_p,)),
    "fluid_settings_setint": (c_int, (c_void_p, c_char_p, c_int)),
    "fluid_settings_setnum": (c_int, (c_void_p, c_char_p, c_double)),
    "new_fluid_synth": (c_void_p, (c_void_p,)),
    "delete_fluid_synth": (None, (c_void_p,)),
    "fluid_synth_sfload": (c_int, (c_void_p, c_char_p, c_int)),
    "fluid_synth_get_sfont_by_id": (c_void_p, (c_void_p, c_int)),
    "fluid_sfont_iteration_start": (None, (c_void_p,)),
    "fluid_sfont_iteration_next": (c_void_p, (c_void_p,)),
    "fluid_preset_get_name": (c_char_p, (c_void_p,)),
    "fluid_preset_get_banknum": (c_int, (c_void_p,)),
    "fluid_preset_get_num": (c_int, (c_void_p,)),
    "fluid_synth_set_interp_method": (c_int, (c_void_p, c_int, c_int)),
    "fluid_synth_set_channel_type": (c_int, (c_void_p, c_int, c_int)),
    "fluid_synth_program_select": (c_int, (c_void_p, c_int, c_int, c_int, c_int)),
    "fluid_synth_noteon": (c_int, (c_void_p, c_int, c_int, c_int)),
    "fluid_synth_noteoff": (c_int, (c_void_p, c_int, c_int)),
    "fluid_synth_cc": (c_int, (c_void_p, c_int, c_int, c_int)),
    "fluid_synth_pitch_bend": (c_int, (c_void_p, c_int, c_int)),
    "fluid_synth_get_active_voice_count": (c_int, (c_void_p,)),
    "fluid_synth_process": (c_int, (c_void_p, c_int, c_int, c_void_p, c_int, c_void_p)),
    "fluid_set_log_function": (c_void_p, (c_int, c_void_p, c_void_p)),
}


@cache
def library() -> ctypes.CDLL:
    """Load FluidSynth: the library inside pygame-ce or, if that cannot be, the system's.

    Raises
    ------
    StageFailed
        If there is none that can be loaded.
    """
    failures = []
    for path in _library_paths():
        try:
            return _declared(ctypes.CDLL(path))
        except (OSError, AttributeError) as error:  # damaged, for another machine, or too old
            failures.append(error)
    raise StageFailed(
        "FluidSynth, which plays the instruments, is missing or cannot be loaded: "
        "install pygame-ce anew or the system's libfluidsynth (version 2).",
        stage="rendering",
    ) from (ExceptionGroup("no library", failures) if failures else None)


def _library_paths() -> Iterator[str]:
    spec = importlib.util.find_spec("pygame")
    if spec is not None and spec.origin is not None:
        package = Path(spec.origin).parent
        for folder, pattern in (
            (package.parent / "pygame_ce.libs", "libfluidsynth*.so*"),
            (package / ".dylibs", "libfluidsynth*.dylib"),
            (package, "libfluidsynth*.dll"),
        ):
            yield from map(str, sorted(folder.glob(pattern)))
    system = find_library("fluidsynth")
    if system is not None:
        yield system


def _declared(library: ctypes.CDLL) -> ctypes.CDLL:
    for name, (result, arguments) in _FUNCTIONS.items():
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    for level in range(5):  # what goes wrong is raised as StageFailed; stderr stays clean
        library.fluid_set_log_function(level, None, None)
    return library


class Synth:
    """One FluidSynth instance with one sound bank, playing on one channel.

    Parameters
    ----------
    bank_path : str
        A SoundFont (SF2; SF3 works but takes seconds to load).

    Raises
    ------
    StageFailed
        If the library is missing or the SoundFont cannot be read.
    """

    def __init__(self, bank_path: str) -> None:
        self._c = library()
        self._settings = self._c.new_fluid_settings()
        for name, value in _SETTINGS.items():
            self._c.fluid_settings_setint(self._settings, name.encode(), value)
        self._c.fluid_settings_setnum(self._settings, b"synth.sample-rate", float(SAMPLE_RATE))
        self._c.fluid_settings_setnum(self._settings, b"synth.gain", _GAIN)
        self._synth = self._c.new_fluid_synth(self._settings)
        self._c.fluid_synth_set_interp_method(self._synth, -1, _FOURTH_ORDER)
        self._bank = self._c.fluid_synth_sfload(self._synth, bank_path.encode(), 1)
        if self._bank < 0:
            self.close()
            raise StageFailed(
                f"The sound bank {Path(bank_path).name} is missing or not a readable SoundFont. "
                "Set AIMUSIC_SOUNDFONT to an SF2 file, or leave it empty for the built-in sounds.",
                stage="rendering",
            )

    def close(self) -> None:
        """Free the instance."""
        self._c.delete_fluid_synth(self._synth)
        self._c.delete_fluid_settings(self._settings)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def presets(self) -> dict[tuple[int, int], str]:
        """Return the names of the bank's presets by (bank number, program)."""
        font = self._c.fluid_synth_get_sfont_by_id(self._synth, self._bank)
        self._c.fluid_sfont_iteration_start(font)
        names: dict[tuple[int, int], str] = {}
        while preset := self._c.fluid_sfont_iteration_next(font):
            place = (
                self._c.fluid_preset_get_banknum(preset),
                self._c.fluid_preset_get_num(preset),
            )
            names[place] = self._c.fluid_preset_get_name(preset).decode("latin-1")
        return names

    def select(self, bank: int, program: int) -> bool:
        """Choose the preset; bank 128 holds the drum kits. Returns whether it could be loaded."""
        kind = _DRUM_CHANNEL if bank == 128 else 0
        self._c.fluid_synth_set_channel_type(self._synth, 0, kind)
        status: int = self._c.fluid_synth_program_select(self._synth, 0, self._bank, bank, program)
        return status == 0

    def note_on(self, pitch: int, velocity: int) -> None:
        """Start a note."""
        self._c.fluid_synth_noteon(self._synth, 0, pitch, velocity)

    def note_off(self, pitch: int) -> None:
        """Release a note."""
        self._c.fluid_synth_noteoff(self._synth, 0, pitch)

    def control(self, controller: int, value: int) -> None:
        """Send a controller, 0 to 127."""
        self._c.fluid_synth_cc(self._synth, 0, controller, value)

    def bend(self, semitones: float) -> None:
        """Bend the channel, in semitones within ±2."""
        wheel = round(8192 + 8191 * max(-1.0, min(1.0, semitones / _BEND_RANGE)))
        self._c.fluid_synth_pitch_bend(self._synth, 0, wheel)

    @property
    def is_sounding(self) -> bool:
        """Whether any voice is still active."""
        return bool(self._c.fluid_synth_get_active_voice_count(self._synth))

    def process(self, audio: NDArray[np.float32], start: int, stop: int) -> None:
        """Add the sound of the next ``stop - start`` frames to ``audio[:, start:stop]``.

        ``audio`` has shape (2, frames), each row contiguous. The GIL is free meanwhile.
        """
        address, row_bytes = audio.ctypes.data + start * audio.itemsize, audio.strides[0]
        rows = (c_void_p * 2)(address, address + row_bytes)
        self._c.fluid_synth_process(self._synth, stop - start, 0, None, 2, rows)
