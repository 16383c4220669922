"""The verb of this stage: stems become a balanced mix and a master."""

import math
from concurrent.futures import Executor, ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from backend.errors import InvalidInput, StageFailed
from backend.pipeline.artifacts import (
    Arrangement,
    Master,
    MixSettings,
    Role,
    SongPlan,
    Stem,
    Stems,
    TrackMix,
)
from backend.pipeline.mixing.blend import Outputs, blend, blocks, highest_in, unclipped
from backend.pipeline.mixing.curves import fade_out
from backend.pipeline.mixing.faders import Channel, channels
from backend.pipeline.mixing.habits import habits_of
from backend.pipeline.mixing.mastering import master
from backend.pipeline.mixing.report import Heard, song_report
from backend.pipeline.mixing.returns import Returns
from backend.pipeline.mixing.spectrum import sample_spectra, spectral_loudness_lufs
from backend.pipeline.mixing.strips import NOMINAL_LUFS, chain
from backend.pipeline.progress import StageContext
from backend.pipeline.theory.tempo_map import TempoMap

RETURNS_ID = "returns"
"""Track id of the stem that holds the shared reverb and echo."""

LEAST_LUFS, MOST_LUFS = -23.0, -9.0

_THREADS = 2
_UNPITCHED = frozenset({Role.DRUMS, Role.PERCUSSION, Role.EFFECTS})
_INAUDIBLE_LUFS = -100.0
_MOST_GAIN_DB = 40.0


def mix(
    plan: SongPlan,
    arrangement: Arrangement,
    stems: Stems,
    settings: MixSettings,
    context: StageContext,
) -> Master:
    """Mix and master the stems.

    Parameters
    ----------
    plan, arrangement : SongPlan, Arrangement
        Roles, style, tempo, kick, automation.
    stems : Stems
        The tracks as rendered; left as they are.
    settings : MixSettings
        What the user set.
    context : StageContext
        Room for the audio, and whom to tell how far it is.

    Returns
    -------
    Master
        The master, its report, and the post-fader stems. The last stem, ``RETURNS_ID``, holds the
        shared reverb and echo; with it the stems sum to the mix before mastering.

    Raises
    ------
    StageFailed
        If there is nothing to mix.
    InvalidInput
        If the loudness asked for is not one of a record.
    """
    _check(stems, settings)
    frames = stems.stems[0].audio.shape[1]
    habits = habits_of(plan, settings)
    fade = fade_out(plan, TempoMap.from_plan(plan), frames)
    desk = channels(plan, arrangement, settings, habits, fade)
    processed = tuple(
        context.allocate(f"mixed-{stem.track_id}", (2, frames)) for stem in stems.stems
    )
    returned = context.allocate(f"mixed-{RETURNS_ID}", (2, frames))
    total = context.allocate("mix", (2, frames))
    with ThreadPoolExecutor(_THREADS) as threads:
        gains_db, faders = _balance(desk, stems, processed, context, threads)
        context.report(0.45, "Blending the tracks")
        highest = blend(
            desk,
            faders,
            processed,
            Returns(habits, TempoMap.from_plan(plan)),
            Outputs(returned, total, fade),
            threads,
        )
    _turn_down((*processed, returned, total), highest)
    tracks = tuple(Stem(c.track.id, part) for c, part in zip(desk, processed, strict=True))
    mixed = (*tracks, Stem(RETURNS_ID, returned))
    context.report(0.65, "Mastering")
    audio = context.allocate("master", (2, frames))
    _hand_out(mixed[::2], context)  # meanwhile one core has time for some of them
    master(total, audio, habits, settings)
    _hand_out(mixed[1::2], context)
    context.mastered(audio)
    context.report(0.9, "Measuring the result")
    heard = Heard(audio, _pitched(desk, processed))
    report = song_report(plan, arrangement, stems, settings, heard)
    context.report(1.0, "The song is finished")
    return Master(
        audio=audio,
        stems=mixed,
        tracks=tuple(_track_mix(c, gain) for c, gain in zip(desk, gains_db, strict=True)),
        report=report,
    )


def _hand_out(stems: tuple[Stem, ...], context: StageContext) -> None:
    for stem in stems:
        context.finished(stem)


def _turn_down(parts: tuple[NDArray[np.float32], ...], highest: float) -> None:
    """Make all softer alike, so that no stem clips in a file and their sum stays the mix."""
    if highest > 1.0:
        for part in parts:
            np.divide(part, np.float32(highest), out=part)


def _pitched(
    desk: tuple[Channel, ...], audio: tuple[NDArray[np.float32], ...]
) -> tuple[NDArray[np.float32], ...]:
    """Return the tracks in which a key can be heard."""
    parts = zip(desk, audio, strict=True)
    return tuple(part for channel, part in parts if channel.track.role not in _UNPITCHED)


def _check(stems: Stems, settings: MixSettings) -> None:
    if not LEAST_LUFS <= settings.loudness_lufs <= MOST_LUFS:
        raise InvalidInput(
            f"A master is between {LEAST_LUFS:g} and {MOST_LUFS:g} LUFS loud.", field="loudnessLufs"
        )
    if not stems.stems:
        raise StageFailed("The song has no tracks to mix.", stage="mixing")


def _balance(
    desk: tuple[Channel, ...],
    stems: Stems,
    processed: tuple[NDArray[np.float32], ...],
    context: StageContext,
    threads: Executor,
) -> tuple[list[float], tuple[float, ...]]:
    """Run the strips; return the gains in dB that bring the tracks to their levels, and faders."""
    sources = [stem.audio for stem in stems.stems]
    gains, peaks = [], []
    for index, (gain, peak) in enumerate(threads.map(_run_strip, desk, sources, processed)):
        gains.append(gain)
        peaks.append(peak)
        context.report(0.45 * (index + 1) / len(desk), f"Mixing {desk[index].track.name}")
    faders = [_fader(channel, gain) for channel, gain in zip(desk, gains, strict=True)]
    return gains, unclipped(desk, faders, peaks)


def _run_strip(
    channel: Channel, source: NDArray[np.float32], target: NDArray[np.float32]
) -> tuple[float, float]:
    source = source.view()
    source.flags.writeable = False  # as one that was kept before: one compiled loop takes both
    loudness = spectral_loudness_lufs(sample_spectra(source))
    if loudness < _INAUDIBLE_LUFS:
        return 0.0, 0.0
    strip, peak = chain(channel.strip, NOMINAL_LUFS - loudness), 0.0
    for block in blocks(source.shape[1]):
        if source[:, block].any():  # where a track rests, its strip has nothing to do
            strip.process(source[:, block], target[:, block])
            peak = max(peak, highest_in(target[:, block]))
    gain = channel.target_lufs - spectral_loudness_lufs(sample_spectra(target))
    return min(_MOST_GAIN_DB, gain), peak


def _fader(channel: Channel, gain_db: float) -> float:
    if channel.user.muted:
        return 0.0
    return math.pow(10, (gain_db + channel.user.gain_db) / 20)


def _track_mix(channel: Channel, gain_db: float) -> TrackMix:
    return TrackMix(
        track_id=channel.track.id,
        gain_db=round(gain_db + channel.user.gain_db, 2),
        pan=round(channel.pan, 2),
        muted=channel.user.muted,
    )
