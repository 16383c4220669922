"""Lines written by rules: sentences of our own vocabulary that rhyme and fit the melody.

Every line is a clause and an ending that goes with any clause. Their syllables add up to the notes
of the phrase, and of all such lines that one is taken whose stresses fall best on the heavy notes.
Verses rhyme in pairs or crosswise; the chorus begins with the title and comes back to it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from backend.pipeline.generation.lyrics.syllables import split_syllables
from backend.pipeline.generation.lyrics.vocabulary import Line, Phrase, plain, vocabulary

LONGEST_TITLE = 11
"""Syllables; a longer title is no hook."""
_PASSES = (((0,), True), ((0, -1, 1), True), ((0, -1, 1, -2, 2), True), (range(0, -12, -1), False))
"""How far from the number of notes a line may be, best first (what lacks is sung as melisma), and
whether only words are taken that the section has not had."""
_EMPTY = Phrase((), ())
_CALL = Phrase((("Oh,",),), (True,))


@dataclass(frozen=True, slots=True)
class Deck:
    """What one section is written from, so that no section needs to know another's words."""

    clauses: tuple[Phrase, ...]
    rhymes: tuple[str, ...]
    """In the order in which they are tried."""
    favoured: frozenset[Phrase]
    """Clauses that belong to the themes."""
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    clause: Phrase
    ending: Phrase
    value: float


class Poet:
    """Writes one section.

    Parameters
    ----------
    deck : Deck
        Its clauses and rhymes.
    slots : sequence of tuple of float
        For every line, how heavy each of its notes is.
    said : set of Line
        Lines of the song so far, which do not come again; those written here are added.
    rng : numpy.random.Generator
        Draws among lines that are nearly as good.
    """

    def __init__(
        self,
        deck: Deck,
        slots: Sequence[tuple[float, ...]],
        said: set[Line],
        rng: np.random.Generator,
    ) -> None:
        self._deck, self._slots, self._said, self._rng = deck, slots, said, rng
        self._spent: set[Phrase] = set()
        self._rhymes = list(deck.rhymes)

    def verse(self, *, crosswise: bool) -> tuple[Line, ...]:
        """Return lines that rhyme as ABAB or AABB, in fours."""
        steps = ((0, 2), (1, 3)) if crosswise else ((0, 1), (2, 3))
        count = len(self._slots)
        pairs = [(base + a, base + b) for base in range(0, count, 4) for a, b in steps]
        return self._rhymed([pair for pair in pairs if pair[0] < count])

    def chorus(self, title: str) -> tuple[Line, ...]:
        """Return lines of which every other one is the hook, which sings the title."""
        hook = Phrase(tuple(split_syllables(word) for word in title.split()), ())
        hook = replace(hook, stresses=(True,) * sum(map(len, hook.words)))
        if not 0 < hook.size <= LONGEST_TITLE:
            return self.verse(crosswise=True)
        count = len(self._slots)
        hooks = {place: self._hook(hook, place) for place in range(0, count, 2)}
        pairs = [(place, place + 2) for place in range(1, count, 4)]
        between = self._rhymed(pairs)
        return tuple(hooks.get(place) or between[place] for place in range(count))

    def _hook(self, title: Phrase, place: int) -> Line:
        """Return the title, followed by what fills the phrase; the same for the same length."""
        rest = len(self._slots[place]) - title.size
        if rest <= 0:
            return _sentence(title.words)
        if rest == 1:
            return _sentence(_CALL.words + title.words)
        fitting = [
            ending
            for rhyme in (*self._deck.rhymes, *vocabulary().endings)
            for ending in vocabulary().rhyming(rhyme, self._deck.themes)
            if ending.size <= rest and not ending.content & title.content
        ]
        tail = max(fitting, key=lambda ending: ending.size)
        self._spent.add(tail)
        last = title.words[-1]
        called = (*title.words[:-1], (*last[:-1], last[-1].rstrip(",.!") + ","))
        return _sentence(called + tail.words)

    def _rhymed(self, pairs: Sequence[tuple[int, int]]) -> tuple[Line, ...]:
        count = len(self._slots)
        lines: list[Line] = [()] * count
        for pair in pairs:
            places = [place for place in pair if place < count]
            for place, written in zip(places, self._couplet(places), strict=True):
                lines[place] = _sentence(written.clause.words + written.ending.words)
                self._said.add(lines[place])
        return tuple(lines)

    def _couplet(self, places: Sequence[int]) -> list[_Candidate]:
        """Return lines that end on one rhyme: the first rhyme that serves all of them well."""
        for tries, fresh in _PASSES:
            others = () if fresh else vocabulary().endings
            for rhyme in [*self._rhymes, *self._deck.rhymes, *others]:
                written = self._on_rhyme(rhyme, places, tries, fresh=fresh)
                if written is not None:
                    self._spent.update(p for line in written for p in (line.clause, line.ending))
                    self._spent.discard(_EMPTY)
                    if rhyme in self._rhymes:
                        self._rhymes.remove(rhyme)
                    return written
        return [_Candidate(_CALL, _EMPTY, 0.0) for _ in places]

    def _on_rhyme(
        self, rhyme: str, places: Sequence[int], tries: Sequence[int], *, fresh: bool
    ) -> list[_Candidate] | None:
        written: list[_Candidate] = []
        for place in places:
            weights = self._slots[place]
            for more in tries:
                options = self._options(rhyme, weights, len(weights) + more, written)
                if fresh:
                    options = [o for o in options if not {o.clause, o.ending} & self._spent]
                if options:
                    written.append(max(options, key=lambda option: option.value))
                    break
            else:
                return None
        return written

    def _options(
        self, rhyme: str, weights: tuple[float, ...], size: int, beside: Sequence[_Candidate]
    ) -> list[_Candidate]:
        """Return the lines of a size on a rhyme that have no word of the line they rhyme with."""
        taken = {plain(line.ending.words[-1]) for line in beside}
        clauses = {line.clause for line in beside} - {_EMPTY}
        found = []
        for ending in vocabulary().rhyming(rhyme, self._deck.themes):
            if plain(ending.words[-1]) in taken:
                continue
            bare = [_EMPTY] if ending.size == size and size <= 4 else []
            for clause in [*self._deck.clauses, *bare]:
                fits = clause.size + ending.size == size and clause not in clauses
                new = _sentence(clause.words + ending.words) not in self._said if fits else False
                if new and not clause.content & ending.content:
                    found.append(_Candidate(clause, ending, self._value(clause, ending, weights)))
        return found

    def _value(self, clause: Phrase, ending: Phrase, weights: tuple[float, ...]) -> float:
        """Judge a line: stresses on heavy notes, the theme, nothing used before."""
        stresses = clause.stresses + ending.stresses
        mean = sum(weights) / len(weights)
        met = sum(
            (weight - mean) * (1 if stressed else -1)
            for weight, stressed in zip(weights, stresses, strict=False)
        )
        spent = (clause in self._spent) + 0.7 * (ending in self._spent)
        theme = 0.5 * (clause in self._deck.favoured)
        return met / len(weights) + theme - 2 * spent + 0.35 * float(self._rng.random())


def _sentence(words: Line) -> Line:
    """Return a line with its first letter in capitals."""
    if not words:
        return words
    (first, *rest), *others = words
    return ((first[:1].upper() + first[1:], *rest), *others)
