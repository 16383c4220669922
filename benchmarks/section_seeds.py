"""Whether a section with a seed of its own leaves all others as they were.

    python -m benchmarks.section_seeds [--seeds 1]

For every style and every section: another seed, and all events that begin in the other sections are
compared.
"""

import argparse
from collections.abc import Iterator
from dataclasses import replace

from backend.pipeline.arrangement import arrange
from backend.pipeline.artifacts import (
    Arrangement,
    Composition,
    Note,
    SectionPlan,
    SongPlan,
    SongRequest,
    StageName,
    Syllable,
)
from backend.pipeline.generation import generate
from backend.pipeline.planning import plan
from backend.pipeline.progress import StageContext
from backend.pipeline.styles import all_styles
from benchmarks.table import Line, print_table

OTHER_SEED = 2**31 + 7


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=1)
    print_table(list(section_seeds(parser.parse_args().seeds)))


def section_seeds(seeds: int) -> Iterator[Line]:
    """Yield in how many cases a changed section was new and all others were untouched."""
    cases = new = untouched = 0
    for genre in all_styles():
        for seed in range(1, seeds + 1):
            request = SongRequest("a song", seed=seed, genre=genre.id, duration_seconds=60.0)
            song = plan(request, StageContext(seed, StageName.PLANNING))
            before = _played(song)
            for section in song.sections:
                after = _played(_reseeded(song, section.index))
                changed = {
                    other.index for other in song.sections
                    if _events(song, other, *before) != _events(song, other, *after)
                }  # fmt: skip
                cases += 1
                new += section.index in changed
                untouched += changed <= {section.index}
    yield Line("a section's seed makes it anew", f"{new / cases:.1%} of {cases}", new == cases)
    yield Line(
        "a section's seed leaves all others byte-identical",
        f"{untouched / cases:.1%} of {cases}",
        untouched == cases,
    )


def _reseeded(song: SongPlan, index: int) -> SongPlan:
    sections = list(song.sections)
    sections[index] = replace(sections[index], seed=OTHER_SEED)
    return replace(song, sections=tuple(sections))


def _played(song: SongPlan) -> tuple[Composition, Arrangement]:
    composition = generate(song, StageContext(song.seed, StageName.GENERATION))
    context = StageContext(song.seed, StageName.ARRANGEMENT)
    return composition, arrange(song, composition, context)


def _events(
    song: SongPlan, section: SectionPlan, composition: Composition, arrangement: Arrangement
) -> list[object]:
    """Return all that begins between the bar lines of a section, track by track."""
    start, end = song.span(section)
    sung: list[Note | Syllable] = [*composition.melody, *composition.counter, *composition.lyrics]
    found: list[object] = [event for event in sung if start <= event.start_beat < end]
    for track in arrangement.tracks:
        found += [track.track_id, *(n for n in track.notes if start <= n.start_beat < end)]
        found += [change for change in track.controls if start <= change.beat < end]
        found += [bend for bend in track.bends if start <= bend.beat < end]
    return found


if __name__ == "__main__":
    main()
