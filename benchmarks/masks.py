"""Whether what carries a song is covered: the kick by the bass, the lead by what lies under it.

Run: ``python -m benchmarks.masks [--seeds 1,2] [--seconds 60] [--styles pop,rock]``.

For each struck kick and each held lead note the post-fader stems are compared in third-octave
bands. A band is covered when what might mask it is stronger; what counts is the share of the power
of kick or lead that lies in bands which are not covered.
"""

import argparse
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from backend.launch.sound_bank import find_sound_bank
from backend.pipeline.artifacts import (
    SAMPLE_RATE,
    Arrangement,
    Artifact,
    Done,
    Master,
    MixSettings,
    Role,
    SongPlan,
    SongRequest,
    StageName,
)
from backend.pipeline.mixing.curves import KICKS
from backend.pipeline.runner import Runner
from backend.pipeline.styles import all_styles
from backend.pipeline.theory.tempo_map import TempoMap
from benchmarks.table import Line, print_table

Sound = NDArray[np.float32]

UNDER_THE_LEAD = frozenset({Role.PAD, Role.STRINGS})
KICK_BANDS_HZ = tuple(50.0 * 2 ** (n / 3) for n in range(6))
LEAD_BANDS_HZ = tuple(250.0 * 2 ** (n / 3) for n in range(16))
FEATHERED = frozenset({"jazz_swing"})
"""Styles whose kick is to be felt under a walking bass, not heard beside it."""
KICK_SECONDS, LEAD_SECONDS = 0.09, 0.09
SHORTEST_LEAD_SECONDS = 0.15
LEAST = 0.9
"""Share of its power that is heard: what is covered is then 10 dB softer than what is not."""


@dataclass(frozen=True, slots=True)
class Job:
    """One song to make and to look at."""

    genre: str
    seed: int
    seconds: float
    data_dir: Path


@dataclass(frozen=True, slots=True)
class Clear:
    """Median share of power in bands that are not covered, 0 to 1; None where there is neither."""

    kick: float | None
    lead: float | None


def measured(job: Job) -> tuple[Job, Clear]:
    """Make a song and measure what is covered."""
    made: dict[StageName, Artifact] = {}
    song = Runner(
        SongRequest("a song", job.seed, genre=job.genre, duration_seconds=job.seconds),
        find_sound_bank(None, job.data_dir),
        MixSettings(),
        lambda *_: None,
        checkpoint=made.__setitem__,
    ).run(Done())
    plan, arrangement = made[StageName.PLANNING], made[StageName.ARRANGEMENT]
    assert isinstance(plan, SongPlan)
    assert isinstance(arrangement, Arrangement)
    return job, Clear(kick(plan, arrangement, song), lead(plan, arrangement, song))


def kick(plan: SongPlan, arrangement: Arrangement, song: Master) -> float | None:
    """Look at every kick that the bass might cover."""
    drums, bass = (mixed(plan, song, {role}) for role in (Role.DRUMS, Role.BASS))
    if drums is None or bass is None:
        return None
    starts = [start for start, _, pitch in played(plan, arrangement, {Role.DRUMS})
              if pitch in KICKS]  # fmt: skip
    return clear(drums, bass, starts, KICK_SECONDS, KICK_BANDS_HZ)


def lead(plan: SongPlan, arrangement: Arrangement, song: Master) -> float | None:
    """Look at the middle of every lead note that is held for a moment."""
    above, under = (mixed(plan, song, roles) for roles in ({Role.LEAD}, UNDER_THE_LEAD))
    if above is None or under is None:
        return None
    starts = [
        (start + end - LEAD_SECONDS) / 2
        for start, end, _ in played(plan, arrangement, {Role.LEAD})
        if end - start >= SHORTEST_LEAD_SECONDS
    ]
    return clear(above, under, starts, LEAD_SECONDS, LEAD_BANDS_HZ)


def mixed(plan: SongPlan, song: Master, roles: set[Role] | frozenset[Role]) -> Sound | None:
    """Return the sum of the roles' stems; None if nobody plays them."""
    ids = {track.id for track in plan.tracks if track.role in roles}
    parts = [stem.audio for stem in song.stems if stem.track_id in ids]
    return np.sum(parts, axis=0) if parts else None


def played(
    plan: SongPlan, arrangement: Arrangement, roles: set[Role]
) -> Iterator[tuple[float, float, int]]:
    """Yield start, end and pitch of the roles' notes, in seconds."""
    tempo = TempoMap.from_plan(plan)
    ids = {track.id for track in plan.tracks if track.role in roles}
    for track in arrangement.tracks:
        for note in track.notes if track.track_id in ids else ():
            start, end = (
                tempo.seconds(beat)
                for beat in (note.start_beat, note.start_beat + note.duration_beats)
            )
            yield start, end, note.pitch


def clear(
    sound: Sound, mask: Sound, starts: Sequence[float], seconds: float, centres: Sequence[float]
) -> float | None:
    """Return the median share of the sound's power in bands where it is the stronger one.

    Moments in which nothing would cover it (less than a hundredth of its power) do not count.
    """
    shares = []
    for start in starts:
        place = slice(round(start * SAMPLE_RATE), round((start + seconds) * SAMPLE_RATE))
        own, other = (bands(part[:, place], centres) for part in (sound, mask))
        if own.sum() > 1e-9 and other.sum() > own.sum() / 100:
            shares.append(own[own >= other].sum() / own.sum())
    return float(np.median(shares)) if shares else None


def bands(part: Sound, centres: Sequence[float]) -> NDArray[np.float64]:
    """Return the power in third-octave bands."""
    size = 1 << 14
    window = np.hanning(part.shape[1])
    power = np.square(np.abs(np.fft.rfft(part * window, size, axis=1))).sum(axis=0)
    edges = [round(c * 2**e * size / SAMPLE_RATE) for c in centres for e in (-1 / 6, 1 / 6)]
    return np.array(
        [power[a : max(b, a + 1)].sum() for a, b in zip(edges[::2], edges[1::2], strict=True)]
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seeds", default="1,2")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--styles", default="")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--data-dir", type=Path, default=Path(".data"))
    options = parser.parse_args()
    wanted = options.styles.split(",") if options.styles else [known.id for known in all_styles()]
    songs = [Job(genre, int(seed), options.seconds, options.data_dir.resolve())
             for genre in wanted for seed in options.seeds.split(",")]  # fmt: skip
    with ProcessPoolExecutor(options.processes) as processes:
        found = list(processes.map(measured, songs))
    for job, clear_share in found:
        shown = "  ".join(
            f"{name} {'–' if share is None else f'{share:.0%}':>4}"
            for name, share in (("kick", clear_share.kick), ("lead", clear_share.lead))
        )
        print(f"{job.genre:16s} {job.seed}  {shown}")
    print_table([*lines("kick", found), *lines("lead", found)])


def lines(name: str, found: Sequence[tuple[Job, Clear]]) -> Iterator[Line]:
    """Yield what is asked of one of the two."""
    shares = [
        (share, f"{job.genre} {job.seed}")
        for job, clear_share in found
        if (share := getattr(clear_share, name)) is not None
        and not (name == "kick" and job.genre in FEATHERED)
    ]
    low = [where for share, where in sorted(shares) if share < LEAST]
    worst = min(shares, default=(1.0, ""))[0]
    text = f"worst {worst:.0%}, under it: {', '.join(low) or 'none'}"
    yield Line(f"{name}: {LEAST:.0%} of its power uncovered, {len(shares)} songs", text, not low)


if __name__ == "__main__":
    main()
