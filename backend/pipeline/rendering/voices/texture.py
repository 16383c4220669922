"""Sounds without a pitch of their own: risers, impacts, a record's crackle, the air of a room."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from backend.pipeline.artifacts import SAMPLE_RATE
from backend.pipeline.compiled import compiled
from backend.pipeline.rendering.voices.score import Score

_RISER_SECONDS = 1.4
"""Longer notes of the noise voice rise towards their end, shorter ones are impacts."""

_IMPACT_SECONDS = 2.2
_POPS_PER_SECOND = 7.0
_CROSSFADE_SECONDS = 0.05
"""By which a texture outlasts its note: notes that meet leave no hole between them."""
_AIR_HZ, _AIR_LEVEL = 3000.0, 0.2
_BREATH_HZ, _BREATH_DEPTH = 0.07, 0.35


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
    _lay(_surface, audio, score, notes, rng)


def play_room(
    audio: NDArray[np.float32], score: Score, notes: range, rng: np.random.Generator
) -> None:
    """Add the moving air of a room while notes last; parameters as for the other voices."""
    _lay(_air, audio, score, notes, rng)


def _lay(
    texture: Callable[[int, np.random.Generator], NDArray[np.float32]],
    audio: NDArray[np.float32],
    score: Score,
    notes: range,
    rng: np.random.Generator,
) -> None:
    fade = round(_CROSSFADE_SECONDS * SAMPLE_RATE)
    rise = np.sin(np.linspace(0, np.pi / 2, fade, dtype=np.float32))
    for index in notes:
        start, end, _, velocity, _ = score.notes[index]
        frames = max(2 * fade, int(end) - int(start) + fade)
        sound = texture(frames, rng) * np.float32(velocity)
        sound[:, :fade] *= rise
        sound[:, -fade:] *= rise[::-1]
        room = audio[:, int(start) : int(start) + frames]
        room += sound[:, : room.shape[1]]


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


def _air(frames: int, rng: np.random.Generator) -> NDArray[np.float32]:
    """Return noise that is dark above 3 kHz and breathes, each side by itself."""
    air = rng.standard_normal((2, frames), dtype=np.float32) * np.float32(_AIR_LEVEL)
    _darken(air, np.float32(1 - np.exp(-2 * np.pi * _AIR_HZ / SAMPLE_RATE)))
    turns = np.arange(frames, dtype=np.float32) * np.float32(_BREATH_HZ / SAMPLE_RATE)
    breath = np.sin(2 * np.pi * (turns + rng.random((2, 1), dtype=np.float32)))
    return np.asarray(air * (1 + _BREATH_DEPTH * breath), dtype=np.float32)


@compiled
def _darken(audio: NDArray[np.float32], share: np.float32) -> None:
    """Filter in place: a low-pass of one pole."""
    for channel in range(2):
        last = np.float32(0)
        for i in range(audio.shape[1]):
            last += share * (audio[channel, i] - last)
            audio[channel, i] = last


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
