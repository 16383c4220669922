"""How a melody is written down: note heads and rests, bar by bar, that sum exactly.

Time is counted in divisions of a quarter note that hold both thirty-seconds and triplets. A beat
whose notes fall on thirds is written as a triplet, every other beat on sixteenths (thirty-seconds
where notes are struck that fast). Swung eighths are written straight, as players read them. Notes
that cross a beat in a way that hides it are tied (Gould, "Behind Bars", 2011, on beaming and ties).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from backend.pipeline.artifacts import Metre, Note
from backend.pipeline.theory.metre import pulses

DIVISIONS = 24
"""Steps of a quarter note."""

THIRD = DIVISIONS // 3
FINE, USUAL = DIVISIONS // 8, DIVISIONS // 4
"""Thirty-seconds and sixteenths."""

TYPES = {96: ("whole", 0), 72: ("half", 1), 48: ("half", 0), 36: ("quarter", 1),
         24: ("quarter", 0), 18: ("eighth", 1), 12: ("eighth", 0), 9: ("16th", 1),
         6: ("16th", 0), 3: ("32nd", 0)}  # fmt: skip
"""Lengths that one note head can show, with dots; the longest first."""

TRIPLET_TYPES = {THIRD: ("eighth", 0), 2 * THIRD: ("quarter", 0)}
"""The same within a triplet."""


@dataclass(frozen=True, slots=True)
class Written:
    """A note of the melody in divisions from the start of the song."""

    start: int
    end: int
    pitch: int
    note: Note


@dataclass(frozen=True, slots=True)
class Head:
    """One note head, or rest, within a measure."""

    start: int
    """In divisions from the start of the measure."""
    length: int
    written: Written | None
    tied_from: bool = False
    tied_to: bool = False
    in_triplet: bool = False
    opens_triplet: bool = False
    closes_triplet: bool = False

    @property
    def type(self) -> tuple[str, int]:
        """Name of the note value, and its dots."""
        return (TRIPLET_TYPES if self.in_triplet else TYPES)[self.length]


class Notation:
    """A melody on paper.

    Parameters
    ----------
    melody : sequence of Note
        One voice in order.
    metre : Metre
        The metre of the song.
    bars : int
        Length of the song.
    """

    def __init__(self, melody: Sequence[Note], metre: Metre, bars: int) -> None:
        self._metre = metre
        self.bar = round(metre.bar_beats * DIVISIONS)
        self._pulses = [round(pulse.start * DIVISIONS) for pulse in pulses(metre)]
        downs = [pulse.start for pulse in pulses(metre) if pulse.function == "down"]
        self._groups = {round(start * DIVISIONS) for start in downs}
        self._divides = metre.denominator != 8
        self.triplets = frozenset(self._triplet_beats(melody))
        """Beats, from the start of the song, that are written as triplets."""
        self.written = tuple(self._quantised(melody, bars * self.bar))

    def _triplet_beats(self, melody: Sequence[Note]) -> Iterator[int]:
        """Yield the beats whose onsets are thirds, of which one at least is no downbeat."""
        if not self._divides:
            return
        for beat, notes in groupby(melody, key=lambda note: int(note.start_beat + 1e-6)):
            places = [(note.start_beat - beat) * DIVISIONS for note in notes]
            on_thirds = all(abs(place - THIRD * round(place / THIRD)) < 1 for place in places)
            if on_thirds and any(place > 1 for place in places):
                yield beat

    def step(self, beat: float, *, finely: bool = False) -> int:
        """Return a place in divisions, on the grid of its beat.

        Parameters
        ----------
        finely : bool
            Thirty-seconds count; otherwise sixteenths.
        """
        grid = FINE if finely else USUAL
        if int(beat + 1e-6) in self.triplets:
            grid = THIRD
        return grid * round(beat * DIVISIONS / grid)

    def _quantised(self, melody: Sequence[Note], end_of_song: int) -> Iterator[Written]:
        starts = [self.step(note.start_beat, finely=True) for note in melody]
        for note, start, following in zip(melody, starts, [*starts[1:], end_of_song], strict=True):
            end = min(max(self.step(note.end_beat), start + FINE), following, end_of_song)
            if int(start / DIVISIONS) in self.triplets and end - start < THIRD:
                end = min(start + THIRD, following)
            if end > start:
                yield Written(start, end, note.pitch, note)

    def measure(self, number: int, cuts: Sequence[int] = ()) -> list[Head]:
        """Return the heads of a measure in order.

        Parameters
        ----------
        cuts : sequence of int
            Places in the measure, in divisions, at which a head must begin: where chords change.
        """
        first = number * self.bar
        inside = [w for w in self.written if w.start < first + self.bar and w.end > first]
        heads: list[Head] = []
        place = 0
        for written in inside:
            at, until = max(written.start - first, 0), min(written.end - first, self.bar)
            heads += self._heads(first, place, at, None, cuts)
            shown = list(self._heads(first, at, until, written, cuts))
            heads += [
                replace(
                    head,
                    tied_from=order > 0 or written.start < first,
                    tied_to=order < len(shown) - 1 or written.end > first + self.bar,
                )
                for order, head in enumerate(shown)
            ]
            place = until
        heads += self._heads(first, place, self.bar, None, cuts)
        return list(_bracketed(heads))

    def _heads(
        self, first: int, start: int, end: int, written: Written | None, cuts: Sequence[int]
    ) -> Iterator[Head]:
        """Split a stretch where chords change, at triplets, and into lengths that can be shown."""
        if start >= end:
            return
        edges = {
            beat * DIVISIONS - first + side for beat in self.triplets for side in (0, DIVISIONS)
        }
        borders = sorted({start, end, *(cut for cut in {*edges, *cuts} if start < cut < end)})
        for left, right in pairwise(borders):
            if (first + left) // DIVISIONS in self.triplets and right - left < DIVISIONS:
                yield Head(left, right - left, written, in_triplet=True)
                continue
            place = left
            while place < right:
                length = self._longest(place, right, rests=written is None)
                yield Head(place, length, written)
                place += length

    def _longest(self, start: int, end: int, *, rests: bool) -> int:
        """Return how much of a stretch its first head shows."""
        beyond = next((p for p in [*self._pulses, self.bar] if p > start), end)
        whole = end - start
        if whole in TYPES and (end <= beyond or self._reads_well(start, end, rests=rests)):
            return whole
        limit = min(end, beyond)
        if start in self._pulses and end > beyond:
            ends = [place for place in (*self._pulses, self.bar) if start < place <= end]
            shown = [place for place in ends if place - start in TYPES]
            limit = max(shown, key=lambda place: (place in self._groups, place), default=limit)
        return next(length for length in TYPES if length <= limit - start)

    def _reads_well(self, start: int, end: int, *, rests: bool) -> bool:
        """Whether a note may cross a pulse without hiding it."""
        on_pulse = start in self._pulses
        ends_on_pulse = end in (*self._pulses, self.bar)
        if on_pulse and (ends_on_pulse or (self._divides and not rests)):
            return True
        syncopated = start % (DIVISIONS // 2) == 0 and end - start <= DIVISIONS
        return self._divides and syncopated and not rests


def _bracketed(heads: Sequence[Head]) -> Iterator[Head]:
    """Mark where triplets begin and end."""
    for head in heads:
        if not head.in_triplet:
            yield head
            continue
        through = head.start % DIVISIONS
        yield replace(
            head, opens_triplet=through == 0, closes_triplet=through + head.length == DIVISIONS
        )
