"""What may occur in no song, counted over all that a benchmark composes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from backend.pipeline.artifacts import Arrangement, Composition, SongPlan, SongRequest
from backend.pipeline.generation.neural import RUN_NOTES, longest_copied_run
from benchmarks.part_writing import (
    chains_with_the_bass,
    chains_within,
    out_of_range,
    overlaps,
)
from benchmarks.song_metrics import clashes
from benchmarks.table import Line, none_of

Song = tuple[SongPlan, Composition, Arrangement]
Compose = Callable[[SongRequest], Song]

FAULTS = (
    "notes outside their instrument's range",
    "two notes of a monophonic part at once",
    "chains of parallel fifths within a part",
    "chains of parallel fifths with the bass",
    "long strong notes a semitone above a chord tone",
    f"runs of {RUN_NOTES} notes from the training data",
)


@dataclass(slots=True)
class Faults:
    """The faults of many songs."""

    songs: int = 0
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FAULTS, 0))
    places: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in FAULTS})

    def add(self, song: SongPlan, composition: Composition, arrangement: Arrangement) -> None:
        """Look through one song."""
        self.songs += 1
        found = (
            out_of_range(song, arrangement),
            overlaps(song, arrangement),
            len(chains_within(song, arrangement)),
            len(chains_with_the_bass(song, arrangement)),
            clashes(song, composition),
            int(longest_copied_run(composition.melody) > 0),
        )
        for name, count in zip(FAULTS, found, strict=True):
            self.counts[name] += int(count)
            self.places[name] += [f"{song.genre} {song.seed}"] * bool(count)

    def watching(self, compose: Compose) -> Compose:
        """Return a composer whose songs are all looked through."""

        def watched(request: SongRequest) -> Song:
            song = compose(request)
            self.add(*song)
            return song

        return watched

    def lines(self, where: str) -> Iterator[Line]:
        """Yield one line for each fault."""
        for name in FAULTS:
            yield none_of(f"{name}, {self.songs} {where}", self.counts[name], self.places[name])
