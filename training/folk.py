"""Read the public-domain collections in music21's corpus: Ryan 1883, O'Neill 1850, Aird's Airs."""

from collections.abc import Iterator
from fractions import Fraction
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

from backend.pipeline.generation.neural.conditions import merge_equal
from backend.pipeline.generation.neural.events import Event
from backend.pipeline.generation.neural.vocabulary import (
    LOWEST_PITCH,
    METRES,
    REST,
    TICKS_PER_BEAT,
)
from training.abc_notation import AbcTune, read_tunes
from training.harmonise import harmonise
from training.tunes import Tune, group_of, shift_to_c

COLLECTIONS = ("ryansMammoth", "oneills1850", "airdsAirs")
METRE_OF = {
    (4, 4): ("4/4", Fraction(1)),
    (2, 2): ("4/4", Fraction(1)),
    (2, 4): ("4/4", Fraction(2)),
    (4, 2): ("4/4", Fraction(1, 2)),
    (3, 4): ("3/4", Fraction(1)),
    (3, 8): ("3/4", Fraction(2)),
    (3, 2): ("3/4", Fraction(1, 2)),
    (6, 8): ("6/8", Fraction(1)),
    (6, 4): ("6/8", Fraction(1, 2)),
}
"""Metre as the model knows it and how much longer notes are written there."""
FEWEST_NOTES = 16
FEWEST_BARS, MOST_BARS = 4, 72
TIDY = 0.8
"""Share of bar lines that must fall where the metre has them."""


def corpus_folder() -> Path:
    """Return the folder of music21's corpus without importing the package."""
    spec = find_spec("music21")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("music21 is not installed: pip install -r training/requirements.txt")
    return Path(spec.submodule_search_locations[0]) / "corpus"


def read_folk() -> Iterator[Tune]:
    """Read every usable tune of the three collections."""
    for collection in COLLECTIONS:
        for path in sorted((corpus_folder() / collection).glob("*.abc")):
            text = path.read_text(encoding="latin-1").replace("\r", "")
            for tune in read_tunes(text):
                made = _tune(tune, collection)
                if made is not None:
                    yield made


def _tune(tune: AbcTune, collection: str) -> Tune | None:
    pitches = [note.pitch for note in tune.notes if note.pitch is not None]
    if tune.metre not in METRE_OF or len(pitches) < FEWEST_NOTES:
        return None
    metre, stretch = METRE_OF[tune.metre]
    shift, pickup = shift_to_c(pitches, tune.tonic), _pickup(tune)
    if shift is None or not _is_tidy(tune, pickup, stretch, METRES[metre]):
        return None
    events = _events(tune, pickup, stretch, shift)
    if not FEWEST_BARS <= events[-1].onset // METRES[metre] + 1 <= MOST_BARS:
        return None
    return Tune(
        title=tune.title,
        source=collection,
        group=group_of(str([b - a for a, b in pairwise(pitches[2:15])])),
        style="folk",
        metre=metre,
        mode=tune.mode,
        events=tuple(events),
        chords=merge_equal(harmonise(events, metre, tune.mode)),
    )


def _pickup(tune: AbcTune) -> Fraction:
    """Return the silence before an upbeat, so that bar lines fall on whole bars."""
    bar = Fraction(4 * tune.metre[0], tune.metre[1])
    first = tune.bar_lines[1] - tune.bar_lines[0] if len(tune.bar_lines) > 1 else bar
    return max(bar - first, Fraction(0))


def _is_tidy(tune: AbcTune, pickup: Fraction, stretch: Fraction, bar_ticks: int) -> bool:
    lines = [(line + pickup) * stretch * TICKS_PER_BEAT for line in tune.bar_lines[1:]]
    return len(lines) >= FEWEST_BARS and sum(line % bar_ticks == 0 for line in lines) >= TIDY * len(
        lines
    )


def _events(tune: AbcTune, pickup: Fraction, stretch: Fraction, shift: int) -> list[Event]:
    """Put notes and rests on ticks; each event ends where the next starts."""
    onsets = [round((note.start + pickup) * stretch * TICKS_PER_BEAT) for note in tune.notes]
    last = tune.notes[-1]
    onsets.append(round((last.start + last.length + pickup) * stretch * TICKS_PER_BEAT))
    return [
        Event(onset, end - onset, REST if note.pitch is None else note.pitch + shift - LOWEST_PITCH)
        for note, onset, end in zip(tune.notes, onsets, onsets[1:], strict=False)
        if end > onset
    ]
