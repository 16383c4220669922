"""Voices of oscillators through a moving low-pass: leads, basses, pads, plucks, chip waves.

References
----------
V. Zavalishin, "The Art of VA Filter Design", 2012 (the topology-preserving state-variable filter).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from backend.pipeline.compiled import compiled
from backend.pipeline.rendering.voices.formants import FORMANTS, shape_vowel
from backend.pipeline.rendering.voices.oscillators import STEP, add_saw, add_sine, add_triangle
from backend.pipeline.rendering.voices.score import Score

SAW, PULSE, TRIANGLE, SINE = 0.0, 1.0, 2.0, 3.0

_RATE = 44_100.0


class Patch(NamedTuple):
    """A sound; all numbers are floats, so that one compiled loop plays every patch."""

    wave: float = SAW
    pulse_width: float = 0.5
    voices: float = 1.0
    """Oscillators per note, spread in pitch and across the stage."""
    detune_cents: float = 0.0
    spread: float = 0.0
    """0 mono to 1 wide."""
    sub: float = 0.0
    """Level of a sine one octave below."""
    noise: float = 0.0
    attack: float = 0.003
    """Of the loudness, in seconds; likewise decay and release."""
    decay: float = 0.3
    sustain: float = 0.8
    release: float = 0.12
    cutoff_hz: float = 2000.0
    """For middle C."""
    key_follow: float = 0.4
    """Octaves of cutoff per octave of pitch."""
    sweep: float = 0.0
    """Octaves by which the filter opens at the note's start."""
    sweep_attack: float = 0.001
    sweep_decay: float = 0.25
    resonance: float = 0.1
    """0 to 1."""
    lfo_hz: float = 0.0
    lfo_octaves: float = 0.0
    """How far a slow wave moves the filter."""
    lfo_per_beat: float = 0.0
    """Cycles per beat of a wave that keeps the song's time, wherever it goes; in place of
    ``lfo_hz``."""
    vowel: float = 0.0
    """0 none, else how far a mouth behind the filter opens with the slow wave, up to 1."""
    vibrato_cents: float = 0.0
    """After a third of a second; the modulation wheel adds 40."""
    glide: float = 0.0
    """Seconds from the pitch before."""
    drive: float = 0.0
    """0 clean to 1 saturated."""
    gain: float = 1.0


def play_patch(
    audio: NDArray[np.float32],
    score: Score,
    patch: Patch,
    notes: range,
    rng: np.random.Generator,
) -> None:
    """Add some notes of a score to the audio.

    Parameters
    ----------
    audio : ndarray
        Shape (2, frames); added to in place.
    score : Score
        What to play.
    patch : Patch
        The sound.
    notes : range
        Which notes.
    rng : Generator
        Gives each oscillator of each note its phase, as free-running oscillators have.
    """
    phases = rng.random((len(notes), int(patch.voices)))
    _play(
        audio,
        score.notes[notes.start : notes.stop],
        phases,
        Patch(*(float(value) for value in patch)),
        _stage(patch),
        score.curves,
    )


def _stage(patch: Patch) -> NDArray[np.float64]:
    """Return pitch ratio, left and right gain of each oscillator: shape (3, voices)."""
    voices = int(patch.voices)
    places = np.zeros(1) if voices == 1 else np.linspace(-1, 1, voices)
    sides = places * np.where(np.arange(voices) % 2 == 0, 1, -1)
    angles = (sides * patch.spread + 1) * np.pi / 4
    ratios = 2 ** (places * patch.detune_cents / 1200)
    return np.stack([ratios, np.cos(angles), np.sin(angles)])


@compiled
def _play(
    audio: NDArray[np.float32],
    notes: NDArray[np.float64],
    phases: NDArray[np.float64],
    patch: Patch,
    stage: NDArray[np.float64],
    curves: NDArray[np.float64],
) -> None:
    frames = audio.shape[1]
    block = np.empty((2, STEP))
    for n in range(notes.shape[0]):
        note = notes[n]
        first = int(note[0])
        gate = int(note[1]) - first
        state = np.zeros(6)  # two filters of two values, the envelope, the phase of the sub
        mouth = np.zeros((FORMANTS, 4))
        position = 0
        while first + position < frames:
            count = min(STEP, frames - first - position)
            now = first + position
            pitch = _pitch(patch, note, curves, now)
            frequency = 440.0 * 2.0 ** ((pitch - 69.0) / 12.0)
            _oscillate(block, phases[n], frequency / _RATE, stage, patch)
            if patch.noise > 0.0:
                _hiss(block, patch.noise, now)
            _filter(block, state, _cutoff(patch, note, curves, pitch, now), patch.resonance)
            if patch.vowel > 0.0:
                shape_vowel(block, mouth, _openness(patch, curves, now))
            if patch.sub > 0.0:
                step = 0.5 * frequency / _RATE
                add_sine(block, state[5], step, patch.sub, patch.sub)
                state[5] += STEP * step
                state[5] -= np.floor(state[5])
            gain = patch.gain * note[3] ** 1.4 * 0.35 * curves[2, now // 64]
            part = audio[:, now : now + count]
            if not _sound(part, block, state, patch, gain, position, gate):
                break
            position += count


@compiled
def _pitch(patch: Patch, note: NDArray[np.float64], curves: NDArray[np.float64], now: int) -> float:
    """Return the pitch in semitones: glide, bend, vibrato."""
    seconds = (now - note[0]) / _RATE
    pitch = note[2] + curves[0, now // 64]
    if patch.glide > 0.0:
        pitch += (note[4] - note[2]) * np.exp(-4.0 * seconds / patch.glide)
    cents = patch.vibrato_cents + 40.0 * curves[1, now // 64]
    if cents > 0.0:
        depth = cents * min(1.0, seconds / 0.35) / 100.0
        pitch += depth * np.sin(2.0 * np.pi * 5.3 * seconds)
    return float(pitch)


@compiled
def _cutoff(
    patch: Patch,
    note: NDArray[np.float64],
    curves: NDArray[np.float64],
    pitch: float,
    now: int,
) -> float:
    """Return where the filter stands: key, sweep of the note, slow wave."""
    seconds = (now - note[0]) / _RATE
    opening = seconds / patch.sweep_attack
    if opening >= 1.0:
        opening = np.exp(-(seconds - patch.sweep_attack) / patch.sweep_decay)
    octaves = patch.sweep * opening * (0.5 + 0.5 * note[3])
    octaves += patch.key_follow * (pitch - 60.0) / 12.0
    octaves += patch.lfo_octaves * _slow_wave(patch, curves, now)
    return float(min(0.45 * _RATE, max(30.0, patch.cutoff_hz * 2.0**octaves)))


@compiled
def _slow_wave(patch: Patch, curves: NDArray[np.float64], now: int) -> float:
    """Return where the wave of the filter stands, -1 to 1."""
    turns = patch.lfo_hz * now / _RATE
    if patch.lfo_per_beat > 0.0:
        beat, after = curves[3, now // 64], curves[3, now // 64 + 1]
        turns = patch.lfo_per_beat * (beat + (now % 64) / 64.0 * (after - beat))
    return float(np.sin(2.0 * np.pi * turns))


@compiled
def _openness(patch: Patch, curves: NDArray[np.float64], now: int) -> float:
    """Return how far the mouth is open, 0 to 1; it never closes."""
    return patch.vowel * (0.7 + 0.3 * _slow_wave(patch, curves, now))


@compiled
def _oscillate(
    block: NDArray[np.float64],
    phases: NDArray[np.float64],
    step: float,
    stage: NDArray[np.float64],
    patch: Patch,
) -> None:
    """Fill the block; every loop over its frames computes several of them at once."""
    block[:] = 0.0
    level = 1.0 / np.sqrt(phases.size)
    for j in range(phases.size):
        own_step = min(0.45, step * stage[0, j])
        left = level * stage[1, j]
        right = level * stage[2, j]
        if patch.wave == SAW:
            add_saw(block, phases[j], own_step, left, right)
        elif patch.wave == PULSE:
            add_saw(block, phases[j], own_step, left, right)
            add_saw(block, phases[j] + patch.pulse_width, own_step, -left, -right)
        elif patch.wave == TRIANGLE:
            add_triangle(block, phases[j], own_step, left, right)
        else:
            add_sine(block, phases[j], own_step, left, right)
        phase = phases[j] + STEP * own_step
        phases[j] = phase - np.floor(phase)


@compiled
def _hiss(block: NDArray[np.float64], level: float, now: int) -> None:
    seed = (now * 2654435761) & 0x7FFFFFFF
    for i in range(block.shape[1]):
        seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF
        value = level * (seed / 1073741824.0 - 1.0)
        block[0, i] += value
        block[1, i] += value


@compiled
def _filter(
    block: NDArray[np.float64], state: NDArray[np.float64], cutoff: float, resonance: float
) -> None:
    g = np.tan(np.pi * cutoff / _RATE)
    a1 = 1.0 / (1.0 + g * (g + 2.0 - 1.96 * resonance))
    left_one, left_two, right_one, right_two = state[:4]
    for i in range(STEP):
        band = a1 * (left_one + g * (block[0, i] - left_two))
        low = left_two + g * band
        left_one = 2.0 * band - left_one
        left_two = 2.0 * low - left_two
        block[0, i] = low
        band = a1 * (right_one + g * (block[1, i] - right_two))
        low = right_two + g * band
        right_one = 2.0 * band - right_one
        right_two = 2.0 * low - right_two
        block[1, i] = low
    state[0] = left_one
    state[1] = left_two
    state[2] = right_one
    state[3] = right_two


@compiled
def _sound(
    part: NDArray[np.float32],
    block: NDArray[np.float64],
    state: NDArray[np.float64],
    patch: Patch,
    gain: float,
    position: int,
    gate: int,
) -> bool:
    """Add the block under its envelope; return whether the note still sounds."""
    rise = 1.0 / max(1.0, patch.attack * _RATE)
    decay = np.exp(-1.0 / max(1.0, patch.decay * _RATE))
    release = np.exp(-5.0 / max(1.0, patch.release * _RATE))
    push = 2.0 * (1.0 + 4.0 * patch.drive)
    pushed = gain / (1.0 + patch.drive)
    envelope = state[4]
    for i in range(part.shape[1]):
        age = position + i
        if age >= gate:
            envelope *= release
        elif age * rise < 1.0:
            envelope = (age + 1) * rise
        else:
            envelope = patch.sustain + (envelope - patch.sustain) * decay
        if patch.drive > 0.0:  # a hyperbolic tangent
            bent = 1.0 - 2.0 / (np.exp(push * envelope * block[0, i]) + 1.0)
            part[0, i] += np.float32(bent * pushed)
            bent = 1.0 - 2.0 / (np.exp(push * envelope * block[1, i]) + 1.0)
            part[1, i] += np.float32(bent * pushed)
        else:
            part[0, i] += np.float32(block[0, i] * envelope * gain)
            part[1, i] += np.float32(block[1, i] * envelope * gain)
    state[4] = envelope
    return bool(position < gate or envelope > 2e-4)
