"""Whether a sound bank plays: the synthesiser opens it, and something is to be heard."""

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from backend.errors import ConfigurationError, StageFailed
from backend.launch.sf3 import BrokenBankError

if TYPE_CHECKING:
    from backend.pipeline.rendering.fluidsynth import Synth

_FRAMES = 11_025
"""A quarter of a second: also a slow pad has begun by then."""
_SILENCE = 1e-5
"""Peak, −100 dBFS."""


def audition(bank: Path) -> None:
    """Open a sound bank and play its presets until one is heard; most often that is the first.

    A file can have the right size and a good header and still hold nothing to play. Every key is
    struck at once, because a preset may have but a few.

    Parameters
    ----------
    bank : Path
        A SoundFont.

    Raises
    ------
    BrokenBankError
        If the synthesiser cannot read it, or none of its presets sounds.
    ConfigurationError
        If there is no synthesiser.
    """
    from backend.pipeline.rendering import fluidsynth  # noqa: PLC0415 - takes a second, seldom due

    try:
        fluidsynth.library()
    except StageFailed as error:
        raise ConfigurationError(error.message) from error
    try:
        with fluidsynth.Synth(str(bank)) as synth:
            if not any(_sounds(synth, *place) for place in synth.presets()):
                raise BrokenBankError("none of its presets makes a sound")
    except StageFailed as error:
        raise BrokenBankError("the synthesiser cannot read it") from error


def _sounds(synth: "Synth", bank: int, program: int) -> bool:
    if not synth.select(bank, program):
        return False
    audio = np.zeros((2, _FRAMES), np.float32)
    for pitch in range(128):
        synth.note_on(pitch, 100)
    synth.process(audio, 0, _FRAMES)
    return bool(np.abs(audio).max() > _SILENCE)
