"""Voices of sines that modulate sines: electric pianos, bells, metallic basses.

References
----------
J. Chowning, "The Synthesis of Complex Audio Spectra by Means of Frequency Modulation", JAES 21(7),
1973.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from backend.pipeline.compiled import compiled
from backend.pipeline.rendering.voices.score import Score

_RATE = 44_100.0
_STEP = 16
"""Frames between two values of pitch and loudness."""


class Pair(NamedTuple):
    """A carrier and its modulator; all floats, for one compiled loop."""

    level: float
    ratio: float
    """Of the carrier to the note's frequency."""
    modulator: float
    """Ratio of the modulator."""
    depth: float
    """Of the modulation at full velocity, in radians."""
    depth_decay: float
    """Seconds until it has fallen to a third; likewise for the loudness."""
    decay: float
    sustain: float
    detune_cents: float
    pan: float


FM_PATCHES: dict[str, tuple[float, float, tuple[Pair, ...]]] = {
    "fm_keys": (
        0.002,
        0.18,
        (
            Pair(0.55, 1.0, 1.0, 1.6, 0.9, 1.4, 0.10, -3.0, -0.35),
            Pair(0.55, 1.0, 1.0, 1.3, 1.1, 1.6, 0.10, 3.0, 0.35),
            Pair(0.22, 1.0, 14.0, 0.9, 0.08, 0.25, 0.0, 0.0, 0.0),
        ),
    ),
    "fm_bell": (
        0.001,
        0.9,
        (
            Pair(0.5, 1.0, 3.5, 2.4, 0.7, 1.1, 0.0, -2.0, -0.5),
            Pair(0.35, 2.0, 2.76, 1.4, 0.4, 0.7, 0.0, 3.0, 0.5),
        ),
    ),
    "fm_bass": (
        0.002,
        0.06,
        (
            Pair(0.8, 1.0, 1.0, 3.2, 0.12, 0.5, 0.45, 0.0, 0.0),
            Pair(0.5, 0.5, 1.0, 0.5, 0.3, 0.8, 0.6, 0.0, 0.0),
        ),
    ),
    "fm_pluck": (
        0.001,
        0.2,
        (
            Pair(0.6, 1.0, 2.0, 2.2, 0.07, 0.3, 0.0, -4.0, -0.4),
            Pair(0.5, 1.0, 3.0, 1.5, 0.05, 0.22, 0.0, 4.0, 0.4),
        ),
    ),
}
"""Name to attack seconds, release seconds and pairs."""


def play_fm(audio: NDArray[np.float32], score: Score, name: str, notes: range) -> None:
    """Add some notes of a score to the audio.

    Parameters
    ----------
    audio : ndarray
        Shape (2, frames); added to in place.
    score : Score
        What to play.
    name : str
        One of ``FM_PATCHES``.
    notes : range
        Which notes.
    """
    attack, release, pairs = FM_PATCHES[name]
    part = score.notes[notes.start : notes.stop]
    for pair in pairs:
        _play(audio, part, Pair(*(float(value) for value in pair)), attack, release, score.curves)


@compiled
def _play(
    audio: NDArray[np.float32],
    notes: NDArray[np.float64],
    pair: Pair,
    attack: float,
    release: float,
    curves: NDArray[np.float64],
) -> None:
    frames = audio.shape[1]
    for n in range(notes.shape[0]):
        note = notes[n]
        first = int(note[0])
        gate = int(note[1]) - first
        state = np.zeros(4)  # envelope, depth, phases of carrier and modulator
        state[1] = pair.depth * (0.25 + 0.75 * note[3] * note[3])
        state[1] *= min(1.2, _scale(note[2]))
        position = 0
        while first + position < frames:
            now = first + position
            pitch = note[2] + pair.detune_cents / 100.0 + curves[0, now // 64]
            step = 440.0 * 2.0 ** ((pitch - 69.0) / 12.0) / _RATE
            part = audio[:, now : min(frames, now + _STEP)]
            _modulate(part, state, pair, step, 0.5 * note[3] ** 1.3 * curves[2, now // 64])
            state[0] = _envelope(pair, attack, release, position, gate, state[0], note[2])
            if position >= gate and state[0] < 2e-4:
                break
            position += _STEP


@compiled
def _scale(pitch: float) -> float:
    """High notes of struck instruments ring shorter and are less bright."""
    return float(2.0 ** ((60.0 - pitch) / 36.0))


@compiled
def _envelope(
    pair: Pair,
    attack: float,
    release: float,
    position: int,
    gate: int,
    envelope: float,
    pitch: float,
) -> float:
    if position >= gate:
        return float(envelope * np.exp(-5.0 * _STEP / (release * _RATE)))
    if position < attack * _RATE:
        return float(min(1.0, (position + _STEP) / (attack * _RATE)))
    fall = np.exp(-_STEP / (pair.decay * _scale(pitch) * _RATE))
    return float(pair.sustain + (envelope - pair.sustain) * fall)


@compiled
def _modulate(
    part: NDArray[np.float32], state: NDArray[np.float64], pair: Pair, step: float, gain: float
) -> None:
    angle = (pair.pan + 1.0) * np.pi / 4.0
    left = gain * pair.level * np.cos(angle)
    right = gain * pair.level * np.sin(angle)
    dull = np.exp(-1.0 / (pair.depth_decay * _RATE))
    for i in range(part.shape[1]):
        state[1] *= dull
        state[2] += step * pair.ratio
        state[3] += step * pair.modulator
        turn = 2.0 * np.pi * state[2] + state[1] * np.sin(2.0 * np.pi * state[3])
        value = np.sin(turn) * state[0]
        part[0, i] += np.float32(value * left)
        part[1, i] += np.float32(value * right)
