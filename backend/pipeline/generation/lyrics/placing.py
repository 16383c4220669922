"""A line on a phrase of the melody, syllable by syllable.

As many notes as syllables: one each. More notes: the heavier ones take a syllable, the others go on
with its vowel (melisma). Fewer notes: the longest are struck again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from backend.pipeline.artifacts import Note, Syllable
from backend.pipeline.generation.lyrics.vocabulary import Line

SHORTEST = 0.25
"""Beats: no note is cut into shorter ones."""


@dataclass(frozen=True, slots=True)
class Placed:
    """The notes of a phrase, perhaps struck more often, and the syllables on them."""

    notes: tuple[Note, ...]
    syllables: tuple[Syllable, ...]


def syllable_count(line: Line) -> int:
    """Return how many syllables a line has."""
    return sum(map(len, line))


def capacity(notes: Sequence[Note]) -> int:
    """Return how many syllables a phrase can carry."""
    return sum(_pieces(note) for note in notes)


def _pieces(note: Note) -> int:
    pieces = 1
    while note.duration_beats / (2 * pieces) >= SHORTEST:
        pieces *= 2
    return pieces


def place(line: Line, phrase: Sequence[Note], number: int, bar_beats: float) -> Placed:
    """Put a line on a phrase; what is beyond its capacity stays unsung.

    Parameters
    ----------
    number : int
        The line's number in the lyrics.
    """
    parts = [(part, index == len(word) - 1) for word in line for index, part in enumerate(word)]
    notes = _struck(phrase, len(parts))
    starts = _chosen(notes, len(parts), bar_beats)
    ends = [notes[after - 1].end_beat for after in [*starts[1:], len(notes)]]
    syllables = tuple(
        Syllable(
            text=part,
            start_beat=notes[first].start_beat,
            duration_beats=end - notes[first].start_beat,
            line=number,
            word_end=ends_word,
        )
        for (part, ends_word), first, end in zip(parts, starts, ends, strict=False)
    )
    return Placed(tuple(notes), syllables)


def _struck(phrase: Sequence[Note], count: int) -> list[Note]:
    """Halve the longest notes until there are enough."""
    notes = list(phrase)
    while len(notes) < count:
        longest = max(range(len(notes)), key=lambda place: notes[place].duration_beats)
        half = notes[longest].duration_beats / 2
        if half < SHORTEST:
            break
        first = replace(notes[longest], duration_beats=half)
        second = replace(
            first, start_beat=first.start_beat + half, velocity=max(1, first.velocity - 4)
        )
        notes[longest : longest + 1] = [first, second]
    return notes


def _chosen(notes: Sequence[Note], count: int, bar_beats: float) -> list[int]:
    """Return which notes begin a syllable: the first, and the heaviest of the others."""
    weights = weight(notes, bar_beats)
    others = sorted(range(1, len(notes)), key=lambda place: (-weights[place], place))
    return sorted([0, *others[: count - 1]])[:count]


def weight(notes: Sequence[Note], bar_beats: float) -> tuple[float, ...]:
    """Return how heavy each note is: by its length and its place in the bar."""
    return tuple(
        min(note.duration_beats, 2.0) + _accent(note.start_beat, bar_beats) for note in notes
    )


def _accent(beat: float, bar_beats: float) -> float:
    """Return 1.5 on the first beat of a bar, 1 in its middle, 0.5 on other beats, 0 between."""
    at = beat % bar_beats
    if min(at, bar_beats - at) < 0.02:
        return 1.5
    if abs(at - bar_beats / 2) < 0.02:
        return 1.0
    return 0.5 if abs(at - round(at)) < 0.02 else 0.0
