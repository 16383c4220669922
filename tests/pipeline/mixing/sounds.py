"""Sounds whose tempo and key are known."""

import numpy as np

from backend.pipeline.artifacts import SAMPLE_RATE

MAJOR, MINOR = (0, 2, 4, 5, 7, 9, 11), (0, 2, 3, 5, 7, 8, 11)
AEOLIAN, DORIAN = (0, 2, 3, 5, 7, 8, 10), (0, 2, 3, 5, 7, 9, 10)


def clicks(bpm: float, seconds: float = 30.0) -> np.ndarray:
    rng = np.random.default_rng(0)
    audio = np.zeros((2, round(seconds * SAMPLE_RATE)), np.float32)
    burst = (rng.standard_normal(2000) * np.exp(-np.arange(2000) / 300)).astype(np.float32)
    for index, beat in enumerate(np.arange(0, seconds - 0.1, 30 / bpm)):
        start = round(beat * SAMPLE_RATE)
        audio[:, start : start + 2000] += burst * (1.0 if index % 2 == 0 else 0.3)
    return audio


def scale(tonic: int, steps: tuple[int, ...]) -> np.ndarray:
    """Return a cadence and the scale of a key, in plain tones."""
    sound = []
    t = np.arange(SAMPLE_RATE // 2) / SAMPLE_RATE
    for degrees in ((0, 2, 4), (3, 5, 0), (4, 6, 1), (0, 2, 4), *((d,) for d in range(7)), (0,)):
        pitches = [48 + tonic + steps[degree] for degree in degrees]
        sound.append(sum(np.sin(2 * np.pi * 440 * 2 ** ((p - 69) / 12) * t) for p in pitches))
    mono = 0.2 * np.concatenate(sound)
    return np.stack([mono, mono]).astype(np.float32)
