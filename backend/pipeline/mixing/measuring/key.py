"""The key, from how much each pitch class sounds.

References
----------
C. Krumhansl, "Cognitive Foundations of Musical Pitch", 1990 (correlating with key profiles); the
profiles are those that D. Temperley derived from the Kostka-Payne corpus ("Music and Probability",
2007).
"""

import numpy as np
from numpy.typing import NDArray
from scipy.fft import rfft

from backend.pipeline.artifacts import SAMPLE_RATE

_WINDOW = 16_384
_LOWEST_HZ, _HIGHEST_HZ = 60.0, 2100.0
_BATCH = 64
_MAJOR = (0.748, 0.060, 0.488, 0.082, 0.670, 0.460, 0.096, 0.715, 0.104, 0.366, 0.057, 0.400)
_MINOR = (0.712, 0.084, 0.474, 0.618, 0.049, 0.460, 0.105, 0.747, 0.404, 0.067, 0.133, 0.330)
_NAMES = ("C", "Db", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
_CLARITY = 0.3


def measure_key(audio: NDArray[np.float32]) -> tuple[int, str] | None:
    """Return the tonic's pitch class and "major" or "minor", or None where no key stands out.

    Parameters
    ----------
    audio : ndarray
        Shape (2, frames).
    """
    chroma = pitch_class_shares(audio)
    if float(chroma.std()) < 1e-9:
        return None
    scores = {
        (tonic, mode): float(np.corrcoef(np.roll(profile, tonic), chroma)[0, 1])
        for mode, profile in (("major", _MAJOR), ("minor", _MINOR))
        for tonic in range(12)
    }
    best = max(scores, key=lambda key: scores[key])
    return best if scores[best] > _CLARITY else None


def key_name(tonic: int, mode: str) -> str:
    """Return a key as a musician writes it: "Eb major"."""
    return f"{_NAMES[tonic]} {mode}"


def pitch_class_shares(audio: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return how much of the tonal sound falls on each pitch class, C first; sums to 1.

    Only peaks of the spectrum count, so that drums, which have none, weigh little.
    """
    mono = audio.sum(axis=0)
    shares = np.zeros(12)
    if mono.size < _WINDOW:
        return shares
    frequencies = np.fft.rfftfreq(_WINDOW, 1 / SAMPLE_RATE)
    used = np.flatnonzero((frequencies >= _LOWEST_HZ) & (frequencies <= _HIGHEST_HZ))
    pitches = 69 + 12 * np.log2(frequencies[used] / 440)
    purity = np.exp(-0.5 * np.square((pitches - np.round(pitches)) / 0.2))
    classes = np.round(pitches).astype(np.int64) % 12
    window = np.hanning(_WINDOW).astype(np.float32)
    parts = np.lib.stride_tricks.sliding_window_view(mono, _WINDOW)[:: _WINDOW // 2]
    for start in range(0, len(parts), _BATCH):
        spectrum = np.abs(rfft(parts[start : start + _BATCH] * window, axis=1))
        here = spectrum[:, used]
        peaks = (here > spectrum[:, used - 1]) & (here > spectrum[:, used + 1])
        strength = np.sqrt(here * peaks) * purity
        total = strength.sum(axis=1, keepdims=True)
        loud = total[:, 0] > 0.05 * total.max(initial=1e-9)
        shares += np.bincount(classes, (strength / np.maximum(total, 1e-9))[loud].sum(axis=0), 12)
    return shares / max(float(shares.sum()), 1e-9)
