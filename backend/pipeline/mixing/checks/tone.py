"""The long-term spectrum, held against the tone of the style that mixed the song."""

import numpy as np
from numpy.typing import NDArray

from backend.pipeline.artifacts import Arrangement, Check, Role, SongPlan
from backend.pipeline.mixing.curves import KICKS
from backend.pipeline.mixing.spectrum import OCTAVES_HZ
from backend.pipeline.mixing.tones import TONES

TONE_TOLERANCE_DB = 4.0
OUTERMOST = (OCTAVES_HZ[0], OCTAVES_HZ[-1])
"""Bands that many a full band leaves empty: without a sub bass or much of cymbals."""
_LOW_HZ, _HIGH_HZ = (63.0, 125.0), (4000.0, 8000.0)
"""Bands that bass and kick fill, and those of cymbals, where others have little."""
_CYMBALS = frozenset({42, 44, 46, 49, 51, 52, 53, 54, 55, 57, 59, 69, 70, 82})
"""General MIDI keys of hats, cymbals, tambourine and shakers."""


def tone_checks(
    tone: str, levels_db: NDArray[np.float64], empty: tuple[float, ...] = OUTERMOST
) -> tuple[Check, ...]:
    """Hold the long-term spectrum, in octave bands, against the target of the mix, if it has one.

    Parameters
    ----------
    tone : str
        Name of the target; empty where the instruments keep their own tone.
    levels_db : ndarray
        Of each octave band.
    empty : tuple of float
        Centres in Hz of the bands in which only too much counts.
    """
    if not tone:
        return ()
    errors = tone_errors_db(levels_db, tone, empty)
    worst = int(np.argmax(np.abs(errors)))
    passed = bool(abs(errors[worst]) <= TONE_TOLERANCE_DB)
    measured = f"at most {abs(errors[worst]):.1f} dB off, at {OCTAVES_HZ[worst]:g} Hz"
    asked = f"the {tone} tone, ±{TONE_TOLERANCE_DB:.0f} dB per octave"
    reasons = {_LOW_HZ: "no bass or kick plays", _HIGH_HZ: "no cymbals play"}
    excused = [
        f"less at {bands[0]:g} and {bands[1]:g} Hz: {why}"
        for bands, why in reasons.items()
        if set(bands) <= set(empty)
    ]
    return (Check("spectral balance", "; ".join([asked, *excused]), measured, passed),)


def tone_errors_db(
    levels_db: NDArray[np.float64], tone: str, empty: tuple[float, ...] = OUTERMOST
) -> NDArray[np.float64]:
    """Return how far each octave band lies above a tone's target; the whole level is free."""
    errors = levels_db - np.array(TONES[tone])
    errors -= np.median(errors[1:8])
    bands = [OCTAVES_HZ.index(hz) for hz in empty]
    errors[bands] = np.maximum(errors[bands], 0.0)
    return np.asarray(errors)


def empty_bands(plan: SongPlan, arrangement: Arrangement) -> tuple[float, ...]:
    """Return the bands, by their centres in Hz, that nobody in the band can fill.

    Nobody can miss what was not asked to play: a guitar alone has no kick at 63 Hz.
    """
    planned = {track.id: track for track in plan.tracks}
    struck: set[int] = set()
    has_bass = False
    for track in arrangement.tracks:
        if planned[track.track_id].is_drums:
            struck |= {note.pitch for note in track.notes}
        has_bass |= planned[track.track_id].role is Role.BASS and bool(track.notes)
    low = () if has_bass or struck & KICKS else _LOW_HZ
    high = () if struck & _CYMBALS else _HIGH_HZ
    return OUTERMOST + low + high
