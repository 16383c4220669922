"""The sounds of a drum machine, one function each; all return shape (2, frames)."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, sosfilt

from backend.pipeline.artifacts import SAMPLE_RATE
from backend.pipeline.rendering.voices.drum_kits import Hat, Kick, Kit, Snare

Sound = NDArray[np.float64]

_METAL_HZ = np.array([205.3, 304.4, 369.6, 522.7, 540.0, 800.0])
"""The six oscillators of the TR-808's cymbals."""


_OWN = 0.25
"""Share of a noise's power that each side has for itself."""


class Maker(Protocol):
    """Makes one variation of a sound."""

    def __call__(self, *, rng: np.random.Generator) -> Sound:
        """Return the sound; ``rng`` draws its small differences."""


def kick(kit: Kick, *, rng: np.random.Generator) -> Sound:
    """Return a bass drum."""
    t = _time(kit.seconds * 1.9)
    fall = kit.fall_seconds * rng.uniform(0.97, 1.03)
    bend = (kit.start_hz - kit.hz) * fall * (1 - np.exp(-t / fall))
    body = np.sin(2 * np.pi * (kit.hz * t + bend)) * _decay(t, kit.seconds * 0.45)
    body = np.tanh(kit.drive * body) / np.tanh(max(1.0, kit.drive))
    click = rng.standard_normal(t.size) * _decay(t, 0.0025)
    mono = body * np.minimum(1, t / 0.001) + kit.click * 0.5 * _band(click, 1200, 9000)
    return np.stack([mono, mono]) * 0.9


def snare(kit: Snare, *, rng: np.random.Generator) -> Sound:
    """Return a snare drum."""
    t = _time(max(kit.noise_seconds * 3, kit.gate_seconds + 0.06))
    pitch = kit.hz * rng.uniform(0.985, 1.015)
    glide = 1 + 0.25 * _decay(t, 0.012)
    turns = np.cumsum(pitch * glide) / SAMPLE_RATE
    skin = np.sin(2 * np.pi * turns) + 0.55 * np.sin(2 * np.pi * 1.78 * turns)
    skin = skin * _decay(t, kit.tone_seconds)
    wires = _band(_noise(t.size, rng), kit.low_hz, kit.high_hz)
    wires = wires * (_decay(t, kit.noise_seconds * 0.5) + 0.4 * _decay(t, 0.012))
    sound = (1 - kit.noise) * skin + 0.9 * kit.noise * wires
    if kit.gate_seconds:
        room = _band(_noise(t.size, rng), 300, 7000) * 0.3
        sound = sound + room * (t < kit.gate_seconds) * np.minimum(1, t / 0.01)
    return sound * 0.8


def clap(seconds: float, *, rng: np.random.Generator) -> Sound:
    """Return hands: three bursts and a tail."""
    t = _time(seconds * 4)
    hands = rng.uniform(0.009, 0.012)
    envelope = sum(
        np.where(t >= start, _decay(t - start, 0.007), 0.0) for start in (0.0, hands, 2 * hands)
    )
    envelope = envelope + 0.7 * np.where(t > 2 * hands, _decay(t - 2 * hands, seconds), 0.0)
    return _band(_noise(t.size, rng), 850, 6500) * envelope * 0.6


def metal(kit: Hat, seconds: float, *, rng: np.random.Generator) -> Sound:
    """Return a hi-hat of the given decay."""
    t = _time(seconds * 4)
    sound = _metal_and_noise(kit, t, rng)
    return _high(sound, kit.high_pass_hz) * _decay(t, seconds) * np.minimum(1, t / 0.0007) * 0.55


def cymbal(kit: Hat, seconds: float, *, rng: np.random.Generator) -> Sound:
    """Return a crash or ride: a bright stroke and a long shimmer."""
    t = _time(seconds * 3)
    sound = _metal_and_noise(kit, t, rng)
    stroke = _high(sound, 6000) * _decay(t, seconds * 0.25)
    shimmer = _band(sound, 2500, 12_000) * _decay(t, seconds)
    return (0.45 * stroke + 0.35 * shimmer) * np.minimum(1, t / 0.001)


def tom(hz: float, seconds: float, *, rng: np.random.Generator) -> Sound:
    """Return a tuned drum."""
    t = _time(seconds * 3)
    pitch = hz * rng.uniform(0.985, 1.015)
    turns = pitch * (t + 0.35 * 0.05 * (1 - np.exp(-t / 0.05)))
    skin = np.sin(2 * np.pi * turns) * _decay(t, seconds)
    stroke = _band(_noise(t.size, rng), 400, 4000) * _decay(t, 0.012)
    return np.asarray((np.stack([skin, skin]) + 0.25 * stroke) * np.minimum(1, t / 0.001) * 0.75)


def shaker(seconds: float, *, rng: np.random.Generator) -> Sound:
    """Return grains in a box."""
    t = _time(seconds * 4)
    shape = np.minimum(1, t / (seconds * rng.uniform(0.4, 0.6))) * _decay(t, seconds)
    return _high(_noise(t.size, rng), 5500) * shape * 0.5


def cowbell(*, rng: np.random.Generator) -> Sound:
    """Return two square waves, 540 and 800 Hz."""
    t = _time(0.5)
    pitch = rng.uniform(0.995, 1.005)
    wave = sum(np.sign(np.sin(2 * np.pi * pitch * hz * t)) for hz in (540.0, 800.0))
    mono = _band(np.asarray(wave), 500, 5000) * (0.7 * _decay(t, 0.02) + 0.3 * _decay(t, 0.15))
    return np.stack([mono, mono]) * 0.4


def block(hz: float, *, rng: np.random.Generator) -> Sound:
    """Return wood or a rim: a short high tone."""
    t = _time(0.15)
    pitch = hz * rng.uniform(0.99, 1.01)
    tone = np.sin(2 * np.pi * pitch * t) + 0.5 * np.sin(2 * np.pi * 1.62 * pitch * t)
    click = _band(_noise(t.size, rng), 1500, 9000) * _decay(t, 0.003)
    return tone * _decay(t, 0.018) * 0.5 + 0.35 * click


def finish(sound: Sound, kit: Kit, brightness: float) -> NDArray[np.float32]:
    """Return a sound as the kit's output stage leaves it, darker for soft strokes."""
    cutoff = min(kit.low_pass_hz, 20_000.0 * brightness**2)
    if cutoff < 19_000:
        sound = sosfilt(butter(1, cutoff, "low", fs=SAMPLE_RATE, output="sos"), sound)
    if kit.drive:
        push = 1 + 3 * kit.drive
        sound = np.tanh(push * sound) / push**0.7
    if kit.bits:
        levels = 2.0 ** (kit.bits - 1)
        sound = np.round(sound * levels) / levels
    fade = min(sound.shape[1], 400)
    sound[:, -fade:] *= np.linspace(1, 0, fade)
    return sound.astype(np.float32)


def _metal_and_noise(kit: Hat, t: Sound, rng: np.random.Generator) -> Sound:
    pitches = _METAL_HZ * rng.uniform(0.99, 1.01) * 2.2
    squares = np.sign(np.sin(2 * np.pi * np.outer(pitches, t) + rng.uniform(0, 6.28, (6, 1))))
    noise = _noise(t.size, rng)
    return np.asarray(kit.metal * squares.sum(axis=0) / 2.4 + (1 - kit.metal) * noise)


def _noise(frames: int, rng: np.random.Generator) -> Sound:
    """Return noise of which both sides share three quarters: wide, and still there in mono."""
    shared, own = rng.standard_normal(frames), rng.standard_normal((2, frames))
    return np.asarray(np.sqrt(1 - _OWN) * shared + np.sqrt(_OWN) * own)


def _time(seconds: float) -> Sound:
    return np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE


def _decay(t: Sound, seconds: float) -> Sound:
    return np.asarray(np.exp(-t / seconds))


def _band(sound: Sound, low: float, high: float) -> Sound:
    sections = butter(1, (low, high), "band", fs=SAMPLE_RATE, output="sos")
    return np.asarray(sosfilt(sections, sound))


def _high(sound: Sound, cutoff: float) -> Sound:
    return np.asarray(sosfilt(butter(3, cutoff, "high", fs=SAMPLE_RATE, output="sos"), sound))
