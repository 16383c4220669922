"""From the mix to the finished master: tone, glue, loudness under a true-peak ceiling."""

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from backend.pipeline.artifacts import MixSettings
from backend.pipeline.mixing.blend import blocks
from backend.pipeline.mixing.chain import Chain
from backend.pipeline.mixing.drive import MARGIN_DB, make_loud
from backend.pipeline.mixing.dynamics import NO_COMPRESSOR, Compressor, compressor
from backend.pipeline.mixing.filters import cascade_of, high_pass
from backend.pipeline.mixing.limiter import true_peak_dbtp
from backend.pipeline.mixing.loudness import SILENCE_LUFS
from backend.pipeline.mixing.spectrum import sample_spectra, spectral_loudness_lufs
from backend.pipeline.mixing.tone import Width, equaliser
from backend.pipeline.styles.model import MixStyle

_GLUE_LUFS = -18.0
_GLUE_THRESHOLD_DB = -16.0
_GLUE_ATTACK_MS, _GLUE_RELEASE_MS = 30.0, 180.0
_MOST_OFFSET, _OFFSET_HZ = 0.0005, 1.0
"""Half of what the report lets pass, and so far below the music that its waves keep their form."""


def master(
    mix: NDArray[np.float32], audio: NDArray[np.float32], habits: MixStyle, settings: MixSettings
) -> None:
    """Make the master.

    Parameters
    ----------
    mix : ndarray
        The sum of the stems, shape (2, frames); left as it is.
    audio : ndarray
        Filled with the master.
    habits : MixStyle
        Tone, width, glue and headroom of the style.
    settings : MixSettings
        Loudness and ceiling.
    """
    settings = replace(settings, ceiling_dbtp=settings.ceiling_dbtp - habits.headroom_db)
    _shape(mix, audio, habits)
    make_loud(audio, settings)
    _centre(audio)
    over = true_peak_dbtp(audio) - (settings.ceiling_dbtp - MARGIN_DB / 2)
    if over > 0:
        audio *= np.float32(10 ** (-over / 20))


def _shape(mix: NDArray[np.float32], audio: NDArray[np.float32], habits: MixStyle) -> None:
    spectra = sample_spectra(mix)
    loudness = spectral_loudness_lufs(spectra)
    gain = 10 ** ((_GLUE_LUFS - loudness) / 20) if loudness > SILENCE_LUFS else 1.0
    filters = equaliser(spectra, habits.tone)
    half = len(filters) // 2
    width = Width(mix, habits.width)
    lows = Chain(gain, filters[:half])
    highs = Chain(1.0, filters[half:], compressor=_glue(habits))
    with ThreadPoolExecutor(1) as beside:  # a block behind, on the other core
        behind: Future[None] | None = None
        for place in blocks(mix.shape[1]):
            block = audio[:, place]
            width.process(mix[:, place], block)
            lows.process(block, block)
            if behind is not None:
                behind.result()
            behind = beside.submit(highs.process, block, block)
        if behind is not None:
            behind.result()


def _glue(habits: MixStyle) -> Compressor:
    if habits.glue_ratio <= 1.0:
        return NO_COMPRESSOR
    return compressor(_GLUE_THRESHOLD_DB, habits.glue_ratio, _GLUE_ATTACK_MS, _GLUE_RELEASE_MS)


def _centre(audio: NDArray[np.float32]) -> None:
    """Take out the offset that hard limiting leaves in waves whose peaks lean to one side."""
    if float(np.abs(audio.mean(axis=1)).max()) <= _MOST_OFFSET:
        return
    centred = Chain(1.0, cascade_of([high_pass(_OFFSET_HZ)]))
    for place in blocks(audio.shape[1]):
        centred.process(audio[:, place], audio[:, place])
