"""The words of a section on another melody: the same words, line by line, where they fit."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, groupby, pairwise

from backend.pipeline.artifacts import Note, Syllable
from backend.pipeline.generation.lyrics.placing import capacity, place

REACH = 3
"""Notes around its fair share within which a line may end where the singer breathes."""

Sung = tuple[tuple[Note, ...], tuple[Syllable, ...]]


def sung_again(
    words: Sequence[Syllable], usual: Sequence[Note], melody: Sequence[Note], bar_beats: float
) -> Sung:
    """Put words that were sung on other notes on a melody.

    Parameters
    ----------
    words : sequence of Syllable
        In order.
    usual : sequence of Note
        What they were sung on.
    melody : sequence of Note
        What carries them now.

    Returns
    -------
    melody : tuple of Note
        As it was, but for long notes that are struck again; where it has no room for all words, its
        pitches in the rhythm that had.
    lyrics : tuple of Syllable
        Every syllable.
    """
    if not words or not melody:
        return tuple(melody), ()
    lines = [tuple(line) for _, line in groupby(words, key=lambda syllable: syllable.line)]
    borders = _borders(lines, melody)
    shares = [melody[first:last] for first, last in pairwise(borders)]
    if any(capacity(share) < len(line) for share, line in zip(shares, lines, strict=True)):
        return _in_rhythm_of(usual, melody), tuple(words)
    notes: list[Note] = []
    lyrics: list[Syllable] = []
    for line, share in zip(lines, shares, strict=True):
        parts = tuple((syllable.text,) for syllable in line)
        placed = place(parts, share, line[0].line, bar_beats)
        notes += placed.notes
        lyrics += [
            replace(new, word_end=old.word_end)
            for new, old in zip(placed.syllables, line, strict=True)
        ]
    return tuple(notes), tuple(lyrics)


def _in_rhythm_of(usual: Sequence[Note], melody: Sequence[Note]) -> tuple[Note, ...]:
    """Return the usual notes on the pitches that the melody has nearest to them in time."""
    return tuple(
        replace(note, pitch=min(melody, key=lambda n: abs(n.start_beat - note.start_beat)).pitch)
        for note in usual
    )


def _borders(lines: Sequence[Sequence[Syllable]], melody: Sequence[Note]) -> list[int]:
    """Return where each line begins: its fair share of the melody, moved to a breath near by."""
    counts = list(accumulate(map(len, lines)))
    borders = [0]
    for number, line in enumerate(lines[:-1]):
        fair = round(len(melody) * counts[number] / counts[-1])
        rest = counts[-1] - counts[number]
        options = [
            place for place in range(borders[-1] + 1, len(melody))
            if capacity(melody[borders[-1] : place]) >= len(line)
            and capacity(melody[place:]) >= rest
        ]  # fmt: skip
        near = [place for place in options if abs(place - fair) <= REACH] or options
        borders.append(max(near, key=lambda place: _pause(melody, place) - abs(place - fair) / 2,
                           default=min(fair, len(melody))))  # fmt: skip
    return [*borders, len(melody)]


def _pause(melody: Sequence[Note], place: int) -> float:
    return melody[place].start_beat - melody[place - 1].end_beat
