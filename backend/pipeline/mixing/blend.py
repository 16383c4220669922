"""All channels brought together: faders, places, sends, and their sum."""

from collections.abc import Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass

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
) -> None:
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
        For the effects.
    """
    states = [np.zeros(4, np.float32) for _ in channels]
    sides = [_sides(c.pan, fader) for c, fader in zip(channels, faders, strict=True)]
    waiting: tuple[slice, Buses, Future[None]] | None = None
    with ThreadPoolExecutor(1) as one_ahead:
        for block in blocks(outputs.mix.shape[1]):
            buses = np.zeros((4, 2, block.stop - block.start), np.float32)
            for channel, side, stem, state in zip(channels, sides, stems, states, strict=True):
                _bring(channel, side, stem[:, block], state, block.start // STEP, buses)
            if waiting is not None:
                _collect(*waiting, outputs)
            waiting = block, buses, one_ahead.submit(returns.process, buses[1:], threads)
        if waiting is not None:
            _collect(*waiting, outputs)


def _bring(
    channel: Channel,
    sides: NDArray[np.float32],
    audio: NDArray[np.float32],
    state: NDArray[np.float32],
    first: int,
    buses: Buses,
) -> None:
    """Add a block of one track to the buses."""
    if not audio.any():
        return
    if channel.cutoff_hz is not None:
        sweep_low_pass(audio, channel.cutoff_hz, first, state)
    sends = _send_gains(channel)
    _fade_and_send(audio, sides, channel.gain, channel.sends, sends, first, buses)


def _collect(block: slice, buses: Buses, effects: Future[None], outputs: Outputs) -> None:
    """Wait for the effects of a block and add them to what was dry."""
    effects.result()
    wet = outputs.returned[:, block]
    np.add(buses[1], buses[2], out=wet)
    wet += buses[3]
    _scale(wet, outputs.fade, block.start // STEP)
    np.add(buses[0], wet, out=outputs.mix[:, block])


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
    sides: NDArray[np.float32],
    gain: Curve,
    send_gain: Curve,
    send: NDArray[np.float32],
    first: int,
    buses: NDArray[np.float32],
) -> None:
    """Bring the audio to its level in place; add it to the buses: dry, room, hall, echo."""
    frames = audio.shape[1]
    for channel in range(2):
        for step in range((frames + 63) // 64):
            here = gain[first + step] * sides[channel]
            slope = (gain[first + step + 1] * sides[channel] - here) / np.float32(64)
            to_effects = send_gain[first + step]
            for k in range(min(64, frames - step * 64)):
                i = step * 64 + k
                value = audio[channel, i] * (here + slope * np.float32(k))
                audio[channel, i] = value
                buses[0, channel, i] += value
                value *= to_effects
                buses[1, channel, i] += value * send[0]
                buses[2, channel, i] += value * send[1]
                buses[3, channel, i] += value * send[2]


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
        Shape (2, frames).
    cutoff_hz : ndarray
        Where the filter stands over the song.
    first : int
        Which value of it belongs to the first frames.
    state : ndarray
        Shape (4,); what the filter remembers.
    """
    frames = audio.shape[1]
    damping = np.float32(1.3)
    for step in range((frames + 63) // 64):
        cutoff = min(max(cutoff_hz[first + step], 20.0), 20000.0)
        g = np.float32(np.tan(np.pi * cutoff / 44100.0))
        a1 = np.float32(1) / (np.float32(1) + g * (g + damping))
        for channel in range(2):
            one = state[2 * channel]
            two = state[2 * channel + 1]
            for i in range(step * 64, min(frames, step * 64 + 64)):
                high = audio[channel, i] - two
                band = a1 * one + a1 * g * high
                low = two + g * band
                one = np.float32(2) * band - one
                two = np.float32(2) * low - two
                audio[channel, i] = low
            state[2 * channel] = one
            state[2 * channel + 1] = two
