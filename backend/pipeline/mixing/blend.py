"""All channels brought together: faders, places, sends, and their sum."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from backend.pipeline.compiled import compiled
from backend.pipeline.mixing.curves import STEP, Curve
from backend.pipeline.mixing.faders import Channel
from backend.pipeline.mixing.returns import Returns

BLOCK = 1 << 15
"""Frames handled at once (0.7 s): what is worked on stays in the processor's cache."""


@dataclass(frozen=True, slots=True)
class Outputs:
    """What the blend makes, shape (2, frames) each, and the fade over the effects."""

    returned: NDArray[np.float32]
    """The effects' stem."""
    mix: NDArray[np.float32]
    """The sum of all stems."""
    fade: Curve


Buses = NDArray[np.float32]
"""Dry, room, hall and echo: shape (4, 2, frames)."""


def blocks(frames: int) -> Iterator[slice]:
    """Cut a song into blocks."""
    for start in range(0, frames, BLOCK):
        yield slice(start, min(frames, start + BLOCK))


def blend(
    channels: tuple[Channel, ...],
    faders: tuple[float, ...],
    stems: tuple[NDArray[np.float32], ...],
    returns: Returns,
    outputs: Outputs,
    threads: Executor,
) -> float:
    """Bring the tracks to their place and add them up.

    Parameters
    ----------
    channels : tuple of Channel
        One per stem.
    faders : tuple of float
        Linear gain of each.
    stems : tuple of ndarray
        Strip outputs, shape (2, frames) each; become post-fader stems in place.
    returns : Returns
        The shared effects.
    outputs : Outputs
        Filled in place.
    threads : Executor
        For one side and the effects.

    Returns
    -------
    float
        The highest magnitude of any stem; over 1 it would clip in a file.
    """
    desk = [
        _Place(channel, _sides(channel.pan, fader), _send_gains(channel), stem)
        for channel, fader, stem in zip(channels, faders, stems, strict=True)
    ]
    before: tuple[slice, Buses] | None = None
    effects: list[Future[None]] = []
    spare, wettest = None, 0.0
    for block in blocks(outputs.mix.shape[1]):
        buses = _cleared(spare, block.stop - block.start)
        _bring_all(desk, block, buses, threads)
        _wait(effects)
        effects = returns.begin(buses[1:], threads)
        spare, wettest = _collect(before, outputs), max(wettest, _highest_wet(before, outputs))
        before = block, buses
    _wait(effects)
    _collect(before, outputs)
    driest = max((float(place.highest.max()) for place in desk), default=0.0)
    return max(driest, wettest, _highest_wet(before, outputs))


@dataclass(frozen=True, slots=True)
class _Place:
    """One track on its way to the buses."""

    channel: Channel
    sides: NDArray[np.float32]
    """Gain of the left and the right."""
    sends: NDArray[np.float32]
    """Gain to room, hall and echo."""
    stem: NDArray[np.float32]
    filtered: NDArray[np.float32] = field(default_factory=lambda: np.zeros((2, 2), np.float32))
    """What the moving low-pass remembers of each side."""
    highest: NDArray[np.float32] = field(default_factory=lambda: np.zeros(2, np.float32))
    """The highest magnitude on each side so far."""


def highest_in(block: NDArray[np.float32]) -> float:
    """Return the highest magnitude of a block that lies in the processor's cache."""
    return max(float(block.max()), -float(block.min()))


def _cleared(spare: Buses | None, frames: int) -> Buses:
    """Return silent buses: those of an earlier block, where they are as long."""
    if spare is None or spare.shape[2] != frames:
        return np.zeros((4, 2, frames), np.float32)
    spare.fill(0.0)
    return spare


def _bring_all(desk: list[_Place], block: slice, buses: Buses, threads: Executor) -> None:
    """Add a block of every track to the buses, the two sides beside each other."""
    sounding = [place for place in desk if place.stem[:, block].any()]
    right = threads.submit(_bring, sounding, 1, block, buses)
    _bring(sounding, 0, block, buses)
    right.result()


def _bring(sounding: list[_Place], side: int, block: slice, buses: Buses) -> None:
    first = block.start // STEP
    for place in sounding:
        channel, audio = place.channel, place.stem[side, block]
        if channel.cutoff_hz is not None:
            sweep_low_pass(audio, channel.cutoff_hz, first, place.filtered[side])
        curves = channel.gain, channel.sends
        _fade_and_send(audio, place.sides[side], curves, place.sends, first, buses[:, side])
        place.highest[side] = max(place.highest[side], highest_in(audio))


def _wait(effects: list[Future[None]]) -> None:
    for effect in effects:
        effect.result()


def _collect(made: tuple[slice, Buses] | None, outputs: Outputs) -> Buses | None:
    """Add what the effects have made of a block to what was dry; return the buses."""
    if made is None:
        return None
    block, buses = made
    wet = outputs.returned[:, block]
    np.add(buses[1], buses[2], out=wet)
    wet += buses[3]
    _scale(wet, outputs.fade, block.start // STEP)
    np.add(buses[0], wet, out=outputs.mix[:, block])
    return buses


def _highest_wet(made: tuple[slice, Buses] | None, outputs: Outputs) -> float:
    """Return the highest magnitude of the effects in a block that is collected."""
    return 0.0 if made is None else highest_in(outputs.returned[:, made[0]])


def unclipped(
    channels: Sequence[Channel], faders: Sequence[float], highest: Sequence[float]
) -> tuple[float, ...]:
    """Return the faders, all lowered alike if a stem would rise over 1: no file could hold it.

    Parameters
    ----------
    channels : sequence of Channel
        Their places and curves.
    faders : sequence of float
        Linear gain of each.
    highest : sequence of float
        The highest magnitude of each strip's output.
    """
    reached = [
        float(_sides(channel.pan, fader).max() * channel.gain.max()) * high
        for channel, fader, high in zip(channels, faders, highest, strict=True)
    ]
    lower = max(1.0, *reached)
    return tuple(fader / lower for fader in faders)


def _sides(pan: float, fader: float) -> NDArray[np.float32]:
    """Constant power: a centred track keeps its level."""
    angle = (pan + 1.0) * np.pi / 4
    return np.array([np.cos(angle), np.sin(angle)], np.float32) * np.float32(2**0.5 * fader)


def _send_gains(channel: Channel) -> NDArray[np.float32]:
    strip = channel.strip
    decibels = np.array([strip.room_db, strip.hall_db, strip.echo_db])
    return np.power(10.0, decibels / 20).astype(np.float32)


@compiled
def _fade_and_send(
    audio: NDArray[np.float32],
    level: np.float32,
    curves: tuple[Curve, Curve],
    send: NDArray[np.float32],
    first: int,
    buses: NDArray[np.float32],
) -> None:
    """Bring one side to its level in place; add it to the buses: dry, room, hall, echo."""
    frames = audio.size
    gain, send_gain = curves
    for step in range((frames + 63) // 64):
        here = gain[first + step] * level
        slope = (gain[first + step + 1] * level - here) / np.float32(64)
        to_effects = send_gain[first + step]
        for k in range(min(64, frames - step * 64)):
            i = step * 64 + k
            value = audio[i] * (here + slope * np.float32(k))
            audio[i] = value
            buses[0, i] += value
            value *= to_effects
            buses[1, i] += value * send[0]
            buses[2, i] += value * send[1]
            buses[3, i] += value * send[2]


@compiled
def _scale(audio: NDArray[np.float32], gain: Curve, first: int) -> None:
    frames = audio.shape[1]
    for channel in range(2):
        for i in range(frames):
            audio[channel, i] *= gain[first + i // 64]


@compiled
def sweep_low_pass(
    audio: NDArray[np.float32], cutoff_hz: Curve, first: int, state: NDArray[np.float32]
) -> None:
    """Filter in place: a state-variable low-pass, 12 dB per octave (V. Zavalishin, 2012).

    Parameters
    ----------
    audio : ndarray
        One side, shape (frames,).
    cutoff_hz : ndarray
        Where the filter stands over the song.
    first : int
        Which value of it belongs to the first frames.
    state : ndarray
        Shape (2,); what the filter remembers.
    """
    damping = np.float32(1.3)
    one, two = state
    for step in range((audio.size + 63) // 64):
        cutoff = min(max(cutoff_hz[first + step], 20.0), 20000.0)
        g = np.float32(np.tan(np.pi * cutoff / 44100.0))
        a1 = np.float32(1) / (np.float32(1) + g * (g + damping))
        for i in range(step * 64, min(audio.size, step * 64 + 64)):
            high = audio[i] - two
            band = a1 * one + a1 * g * high
            low = two + g * band
            one = np.float32(2) * band - one
            two = np.float32(2) * low - two
            audio[i] = low
    state[0] = one
    state[1] = two
