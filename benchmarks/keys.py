"""How often the report finds the key of songs whose key is known.

Run: ``python -m benchmarks.keys [--seeds 3,4] [--seconds 60] [--processes 2] [--data-dir .data]``.
Every style, odd seeds in a key of the planner's choice, even seeds in an asked one. Weights were
chosen on other seeds. About three minutes on two quiet cores.
"""

import argparse
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from backend.launch.sound_bank import find_sound_bank
from backend.pipeline.arrangement import arrange
from backend.pipeline.artifacts import (
    Key,
    MixSettings,
    SongRequest,
    SoundBank,
    StageName,
)
from backend.pipeline.generation import generate
from backend.pipeline.mixing import mix
from backend.pipeline.planning import plan
from backend.pipeline.progress import StageContext
from backend.pipeline.rendering import render
from backend.pipeline.styles import Style, all_styles
from backend.pipeline.theory.scales import key_on


def asked_key(style: Style, index: int, seed: int) -> Key | None:
    if seed % 2:
        return None
    modes = list(style.modes)
    return key_on((7 * index + 5 * seed) % 12, modes[(seed // 2) % len(modes)])


@dataclass(frozen=True, slots=True)
class Job:
    """A song to make and to listen to."""

    request: SongRequest
    bank: SoundBank


@dataclass(frozen=True, slots=True)
class Heard:
    """What the report says of the song's key."""

    genre: str
    seed: int
    key: Key
    measured: str | None
    passed: bool


def heard(job: Job) -> Heard:
    request = job.request

    def context(stage: StageName) -> StageContext:
        return StageContext(request.seed, stage)

    song = plan(request, context(StageName.PLANNING))
    score = generate(song, context(StageName.GENERATION))
    played = arrange(song, score, context(StageName.ARRANGEMENT))
    stems = render(song, played, job.bank, context(StageName.RENDERING))
    song.asked.setdefault("key", str(song.key))
    report = mix(song, played, stems, MixSettings(), context(StageName.MIXING)).report
    passed = next(check.passed for check in report.checks if check.name == "key")
    return Heard(song.genre, request.seed, song.key, report.measured_key, passed)


def jobs(options: argparse.Namespace) -> Iterator[Job]:
    bank = find_sound_bank(None, options.data_dir.resolve())
    for seed in map(int, options.seeds.split(",")):
        for index, style in enumerate(all_styles()):
            key = asked_key(style, index, seed)
            request = SongRequest(
                "a song",
                seed,
                genre=style.id,
                key=str(key) if key else None,
                duration_seconds=options.seconds,
            )
            yield Job(request, bank)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seeds", default="3,4")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--data-dir", type=Path, default=Path(".data"))
    options = parser.parse_args()
    songs: list[Heard] = []
    with ProcessPoolExecutor(options.processes) as processes:
        for one in processes.map(heard, jobs(options)):
            songs.append(one)
            if not one.passed:
                print(
                    f"{one.genre}, seed {one.seed}: {one.key} measured as {one.measured}",
                    flush=True,
                )
    kept = sum(one.passed for one in songs)
    tonic = sum((one.measured or "").split(" ")[0] == one.key.spelling for one in songs)
    exact = sum(one.measured == str(one.key) for one in songs)
    print(f"{len(songs)} songs: check passes {kept}, tonic {tonic}, tonic and mode {exact}")


if __name__ == "__main__":
    main()
