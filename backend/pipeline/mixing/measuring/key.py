"""The key, from how much each pitch class sounds and which of them begin and end the song.

References
----------
C. Krumhansl, "Cognitive Foundations of Musical Pitch", 1990 (correlating with key profiles); the
profiles are those of J. Albrecht and D. Shanahan, "The Use of Large Corpora to Train a New Type of
Key-Finding Algorithm", Music Perception 31, 2013. They also found that beginnings and endings tell
the key best. Modes have the profile of their parallel major or minor with the altered degree
exchanged. What the partials of tones add is taken back before. ``benchmarks/keys.py`` holds it all
against songs whose key is known.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.fft import rfft

from backend.pipeline.artifacts import SAMPLE_RATE
from backend.pipeline.theory.scales import key_on

Profile = tuple[float, ...]

_WINDOW = 16_384
_HOP = _WINDOW // 2
_BATCH = 64
_LOWEST_HZ, _BASS_HZ, _HIGHEST_HZ = 60.0, 260.0, 2100.0
_DEEPEST_HZ = 30.0

_MAJOR = (0.238, 0.006, 0.111, 0.006, 0.137, 0.094, 0.016, 0.214, 0.009, 0.080, 0.008, 0.081)
_MINOR = (0.220, 0.006, 0.104, 0.123, 0.019, 0.103, 0.012, 0.214, 0.062, 0.022, 0.061, 0.052)
_CLARITY = 0.3
_ENDS_WEIGHT = 1.1
_ENDS_SHARE, _LONGEST_END_SECONDS = 0.02, 1.2
"""Of the song, and at most: about the first and the last chord."""
_STEPS, _STEP_PLACES = (1, 2), tuple(np.arange(0.6, 0.93, 0.04))
"""Semitones by which the end of a song may stand higher, and where it may begin."""
_STEP_COST = 0.2
_FIFTH, _THIRD = 0.15, 0.1
"""Strength of the third and the fifth partial as the spectrum's peaks show it."""
_LEAKAGE = (
    np.eye(12) + _FIFTH * np.roll(np.eye(12), 7, axis=0) + _THIRD * np.roll(np.eye(12), 4, axis=0)
)


def _exchanged(profile: Profile, one: int, other: int) -> Profile:
    degrees = list(profile)
    degrees[one], degrees[other] = degrees[other], degrees[one]
    return tuple(degrees)


_PROFILES: dict[str, Profile] = {
    "major": _MAJOR,
    "minor": _MINOR,
    "dorian": _exchanged(_MINOR, 8, 9),
    "phrygian": _exchanged(_MINOR, 1, 2),
    "mixolydian": _exchanged(_MAJOR, 10, 11),
    "lydian": _exchanged(_MAJOR, 5, 6),
}


_KEYS = [(tonic, mode) for mode in _PROFILES for tonic in range(12)]
_ROLLED = np.array([np.roll(_PROFILES[mode], tonic) for tonic, mode in _KEYS])
_SHAPES = (_ROLLED - _ROLLED.mean(axis=1, keepdims=True)) / _ROLLED.std(axis=1, keepdims=True)
"""What each key's pitch classes look like, with a mean of 0 and a deviation of 1."""


def measure_key(parts: Sequence[NDArray[np.float32]]) -> tuple[int, str] | None:
    """Return the tonic's pitch class and the mode, or None where no key stands out.

    A song that steps up by a semitone or two near its end has the key of its beginning.

    Parameters
    ----------
    parts : sequence of ndarray
        What sounds together, shape (2, frames) each; without drums the key is found more often.
    """
    shares, bass = _pitch_classes(parts)
    if float(shares.sum(axis=0).std()) < 1e-9:
        return None
    steps = [(0, 1.0), *((step, place) for step in _STEPS for place in _STEP_PLACES)]
    readings = [_scores(shares, bass, step, round(place * len(shares))) for step, place in steps]
    scores, fits = max(readings, key=lambda reading: float(reading[0].max()))
    best = int(np.argmax(scores))
    return _KEYS[best] if fits[best] > _CLARITY else None


def _scores(
    shares: NDArray[np.float64], bass: NDArray[np.float64], step: int, start: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return score and fit of all ``_KEYS``, for a song that steps up at a window."""
    heard = _without_partials(_stepped_back(shares, start, step).sum(axis=0))
    fits = _SHAPES @ (heard - heard.mean()) / (12 * max(1e-9, float(heard.std())))
    ends = _ends(_stepped_back(bass, start, step))
    scores = fits + _ENDS_WEIGHT * ends[[tonic for tonic, _ in _KEYS]] - _STEP_COST * (step > 0)
    return np.asarray(scores), np.asarray(fits)


def _stepped_back(rows: NDArray[np.float64], start: int, step: int) -> NDArray[np.float64]:
    """Return the rows with those from ``start`` on moved down by ``step`` semitones."""
    return np.concatenate([rows[:start], np.roll(rows[start:], -step, axis=1)])


def _without_partials(shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """Take back what a tone's partials add: the third one to its fifth, the fifth to its third.

    Left in, they make minor keys sound like major ones.
    """
    return np.asarray(np.maximum(np.linalg.solve(_LEAKAGE, shares), 0.0))


def key_name(tonic: int, mode: str) -> str:
    """Return a key as a musician writes it: "Eb major"."""
    return str(key_on(tonic, mode))


def _ends(bass: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how much of the first and the last bass notes is on each pitch class, 0 to 1."""
    level = bass.sum(axis=1)
    sounding = bass[level > 0.1 * np.percentile(level, 90)]
    longest = round(_LONGEST_END_SECONDS * SAMPLE_RATE / _HOP)
    length = max(2, min(longest, round(_ENDS_SHARE * len(sounding))))
    first, last = sounding[:length].sum(axis=0), sounding[-length:].sum(axis=0)
    ends: NDArray[np.float64] = (
        first / max(1e-9, float(first.sum())) + last / max(1e-9, float(last.sum()))
    ) / 2
    return ends


def _pitch_classes(
    parts: Sequence[NDArray[np.float32]],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return how much of the tonal sound falls on each pitch class over time, and the bass.

    Only peaks of the spectrum count, and only those near a pitch of the tempered scale: what is
    left of drums, which have none, weighs little.

    Returns
    -------
    shares : ndarray
        Shape (windows, 12), C first; every moment weighs the same however loud it is, silence
        nothing.
    bass : ndarray
        Shape (windows, 12): strength of the peaks from 30 to 260 Hz.
    """
    frequencies = np.fft.rfftfreq(_WINDOW, 1 / SAMPLE_RATE)
    used = np.flatnonzero((frequencies >= _DEEPEST_HZ) & (frequencies <= _HIGHEST_HZ))
    pitches = 69 + 12 * np.log2(frequencies[used] / 440)
    purity = np.exp(-0.5 * np.square((pitches - np.round(pitches)) / 0.2))
    classes = np.eye(12)[np.round(pitches).astype(np.int64) % 12] * purity[:, None]
    is_bass, is_tune = frequencies[used] <= _BASS_HZ, frequencies[used] >= _LOWEST_HZ
    tune, bass = [np.zeros((1, 12))], [np.zeros((1, 12))]
    for spectrum in _spectra(parts):
        here = spectrum[:, used]
        peaks = here * ((here > spectrum[:, used - 1]) & (here > spectrum[:, used + 1]))
        tune.append(np.sqrt(peaks) @ (classes * is_tune[:, None]))
        bass.append(peaks @ (classes * is_bass[:, None]))
    strength = np.concatenate(tune)
    total = strength.sum(axis=1, keepdims=True)
    loud = total > 0.05 * total.max(initial=1e-9)
    return np.where(loud, strength / np.maximum(total, 1e-9), 0.0), np.concatenate(bass)


def _spectra(parts: Sequence[NDArray[np.float32]]) -> Iterator[NDArray[np.float32]]:
    """Yield magnitudes of windows of the sum of the parts, shape (windows, bins), in batches."""
    frames = parts[0].shape[1]
    window = np.hanning(_WINDOW).astype(np.float32)
    for start in range(0, frames - _WINDOW + 1, _BATCH * _HOP):
        stop = min(frames, start + (_BATCH - 1) * _HOP + _WINDOW)
        mono = np.zeros(stop - start, np.float32)
        for part in parts:
            mono += part[0, start:stop]
            mono += part[1, start:stop]
        windows = np.lib.stride_tricks.sliding_window_view(mono, _WINDOW)[::_HOP]
        yield np.abs(rfft(windows * window, axis=1))
