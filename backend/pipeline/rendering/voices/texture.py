"""Sounds without a pitch of their own: risers, impacts, the crackle of a record."""

import numpy as np
from numpy.typing import NDArray

from backend.pipeline.artifacts import SAMPLE_RATE
from backend.pipeline.compiled import compiled
from backend.pipeline.rendering.voices.score import Score

_RISER_SECONDS = 1.4
"""Longer notes of the noise voice rise towards their end, shorter ones are impacts."""

_IMPACT_SECONDS = 2.2
_POPS_PER_SECOND = 7.0


def play_noise(
    audio: NDArray[np.float32], score: Score, notes: range, rng: np.random.Generator
) -> None:
    """Add risers and impacts to the audio, in place; parameters as for the other voices."""
    for index in notes:
        start, end, _, velocity, _ = score.notes[index]
        first = int(start)
        if end - start > _RISER_SECONDS * SAMPLE_RATE:
            sound = _riser(int(end - start), rng)
        else:
            sound = _impact(rng)
        room = audio[:, first : first + sound.shape[1]]
        room += sound[:, : room.shape[1]] * np.float32(velocity)


def play_vinyl(
    audio: NDArray[np.float32], score: Score, notes: range, rng: np.random.Generator
) -> None:
    """Add surface noise while notes last, in place; parameters as for the other voices."""
    for index in notes:
        start, end, _, velocity, _ = score.notes[index]
        room = audio[:, int(start) : int(end)]
        room += _surface(room.shape[1], rng) * np.float32(velocity)


def _riser(frames: int, rng: np.random.Generator) -> NDArray[np.float32]:
    t = np.linspace(0, 1, frames, dtype=np.float32)
    noise = rng.standard_normal((2, frames), dtype=np.float32)
    _sweep(noise, np.float32(250), np.float32(9000))
    turns = np.cumsum(110 * 2 ** (3 * t.astype(np.float64))) / SAMPLE_RATE
    tone = (2 * (turns % 1.0) - 1).astype(np.float32) * np.float32(0.1)
    sound: NDArray[np.float32] = (noise * np.float32(0.5) + tone) * t**2
    fade = min(frames, 400)
    sound[:, -fade:] *= np.linspace(1, 0, fade, dtype=np.float32)
    return sound


def _impact(rng: np.random.Generator) -> NDArray[np.float32]:
    frames = round(_IMPACT_SECONDS * SAMPLE_RATE)
    t = np.arange(frames) / SAMPLE_RATE
    boom = np.sin(2 * np.pi * (38 * t + 4 * (1 - np.exp(-t / 0.06)))) * np.exp(-t / 0.5)
    noise = rng.standard_normal((2, frames), dtype=np.float32)
    _sweep(noise, np.float32(7000), np.float32(180))
    sound = 0.7 * boom + 0.6 * noise * np.exp(-t / 0.45)
    sound[:, -2000:] *= np.linspace(1, 0, 2000)
    return np.asarray(sound, dtype=np.float32)


def _surface(frames: int, rng: np.random.Generator) -> NDArray[np.float32]:
    hiss = rng.standard_normal((2, frames), dtype=np.float32) * np.float32(0.02)
    pops = np.zeros((2, frames), dtype=np.float32)
    count = int(frames / SAMPLE_RATE * _POPS_PER_SECOND)
    if frames:
        places = rng.integers(0, frames, count)
        sides = rng.integers(0, 2, count)
        pops[sides, places] = rng.exponential(0.35, count) * rng.choice([-1, 1], count)
    _ring(pops)
    pops += hiss
    return pops


@compiled
def _sweep(audio: NDArray[np.float32], start_hz: np.float32, end_hz: np.float32) -> None:
    """Filter in place: a resonant low-pass moving from one frequency to another."""
    frames = audio.shape[1]
    damping = 0.7
    for channel in range(2):
        one = 0.0
        two = 0.0
        g = 0.0
        a1 = 0.0
        for i in range(frames):
            if i % 64 == 0:
                cutoff = start_hz * (end_hz / start_hz) ** (i / frames)
                g = np.tan(np.pi * cutoff / 44100.0)
                a1 = 1.0 / (1.0 + g * (g + damping))
            high = audio[channel, i] - two
            band = a1 * (one + g * high)
            low = two + g * band
            one = 2.0 * band - one
            two = 2.0 * low - two
            audio[channel, i] = np.float32(low)


@compiled
def _ring(audio: NDArray[np.float32]) -> None:
    """Filter in place: each click rings for a moment near 2.5 kHz."""
    turn = 2.0 * 0.86 * np.cos(2.0 * np.pi * 2500.0 / 44100.0)
    for channel in range(2):
        last = 0.0
        before = 0.0
        for i in range(audio.shape[1]):
            value = audio[channel, i] + turn * last - 0.7396 * before
            before = last
            last = value
            audio[channel, i] = np.float32(value)
