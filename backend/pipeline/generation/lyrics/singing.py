"""The words of the whole song on its melody."""

from collections.abc import Sequence
from itertools import cycle
from typing import TypeVar

import numpy as np

from backend.pipeline.artifacts import Note, SongPlan, Syllable
from backend.pipeline.generation.lyrics.given import Passage, passages
from backend.pipeline.generation.lyrics.phrases import Stanza, stanzas
from backend.pipeline.generation.lyrics.placing import place, weight
from backend.pipeline.generation.lyrics.verses import Deck, Poet
from backend.pipeline.generation.lyrics.vocabulary import Line, vocabulary
from backend.pipeline.progress import StageContext
from backend.pipeline.styles.kinds import family

T = TypeVar("T")

_FEWEST_CLAUSES, _FEWEST_RHYMES = 24, 3
_FALLBACK = ("hope", "road")
_NEAR = {"night": "stars", "loss": "night", "love": "home", "sea": "summer", "winter": "home",
         "party": "dance", "dance": "party", "city": "night", "road": "hope", "stars": "night",
         "fire": "hope", "rain": "city", "summer": "road", "home": "love", "dream": "stars",
         "hope": "road"}  # fmt: skip
"""Which theme lends its words to a theme that was named alone."""


def sung(
    plan: SongPlan, melody: tuple[Note, ...], context: StageContext
) -> tuple[tuple[Note, ...], tuple[Syllable, ...]]:
    """Put words on the melody: a given text, or lines written on the plan's theme.

    Returns
    -------
    melody : tuple of Note
        As it was, except that long notes are struck again where the text has more syllables.
    lyrics : tuple of Syllable
        In the order in which they are sung, each beginning with a note of the melody.
    """
    asked = plan.lyrics
    if asked is None or not melody:
        return melody, ()
    sections = stanzas(plan, melody)
    if asked.text:
        dealt = passages(asked.text, sections)
    else:
        dealt = _written(plan, [stanza for stanza in sections if stanza.is_sung], context)
    return _placed(dealt, melody, plan.metre.bar_beats)


def _placed(
    dealt: Sequence[Passage], melody: tuple[Note, ...], bar_beats: float
) -> tuple[tuple[Note, ...], tuple[Syllable, ...]]:
    notes = {note.start_beat: note for note in melody}
    syllables: list[Syllable] = []
    for number, (line, phrase) in enumerate(dealt):
        placed = place(line, phrase, number, bar_beats)
        notes.update((note.start_beat, note) for note in placed.notes)
        syllables += placed.syllables
    return tuple(notes[beat] for beat in sorted(notes)), tuple(syllables)


def _written(plan: SongPlan, sections: Sequence[Stanza], context: StageContext) -> list[Passage]:
    """Write every section; what a peak sings the first time it sings again."""
    bar = plan.metre.bar_beats
    crosswise = bool(context.generator("words", "scheme").random() < 0.5)
    first = {stanza.section.name: stanza for stanza in reversed(sections)}
    fresh = [s for s in sections if not _is_peak(s) or s is first[s.section.name]]
    said: set[Line] = set()
    decks = iter(_decks(plan, len(fresh), context))
    hooks: dict[str, tuple[Line, ...]] = {}
    found: list[Passage] = []
    for stanza in sections:
        section = stanza.section
        if section.name in hooks:
            found += _in_turn(hooks[section.name], stanza.lines)
            continue
        slots = [weight(phrase, bar) for phrase in stanza.lines]
        rng = context.generator("words", section.index)
        poet = Poet(next(decks), slots, said, rng)
        if _is_peak(stanza):
            lines = hooks[section.name] = poet.chorus(plan.title)
        else:
            lines = poet.verse(crosswise=crosswise)
        found += _in_turn(lines, stanza.lines)
    return found


def _in_turn(lines: Sequence[Line], phrases: Sequence[tuple[Note, ...]]) -> list[Passage]:
    """Return one line per phrase: from the first again when the lines are fewer."""
    return list(zip(cycle(lines), phrases, strict=False))


def _is_peak(stanza: Stanza) -> bool:
    return family(stanza.section.name) == "peak"


def _decks(plan: SongPlan, count: int, context: StageContext) -> list[Deck]:
    """Deal clauses and rhymes out to the sections, so that none repeats another's lines."""
    words = vocabulary()
    named = themes(plan)
    themed = [clause for name in named for clause in words.themes[name]]
    order = context.generator("words", "deck")
    own, plain = _shuffled(themed, order), _shuffled(words.clauses, order)
    rhymes = _shuffled(tuple(words.endings), order)
    decks = []
    for turn in range(count):
        clauses = _dealt(own, turn, count, _FEWEST_CLAUSES // 2)
        clauses += _dealt(plain, turn, count, _FEWEST_CLAUSES // 2)
        dealt = _dealt(rhymes, turn, count, _FEWEST_RHYMES)
        decks.append(Deck(tuple(clauses), tuple(dealt), frozenset(themed), named))
    return decks


def _shuffled(items: Sequence[T], rng: np.random.Generator) -> list[T]:
    return [items[place] for place in rng.permutation(len(items)).tolist()]


def _dealt(items: list[T], place: int, count: int, fewest: int) -> list[T]:
    """Return every ``count``-th item from ``place`` on, and more of them when they are few."""
    hand = items[place::count]
    more = [item for item in items[place * fewest % len(items) :] + items if item not in hand]
    return hand + more[: max(0, fewest - len(hand))]


def themes(plan: SongPlan) -> tuple[str, ...]:
    """Return the two themes of the vocabulary that the plan's words speak of."""
    theme = plan.lyrics.theme if plan.lyrics is not None else None
    said = words_of(theme or "") * 2 + words_of(f"{plan.title} {plan.mood or ''}")
    known = vocabulary().said
    scores = {name: sum(word in keys for word in said) for name, keys in known.items()}
    spoken = sorted((name for name in scores if scores[name]), key=lambda n: _first(known[n], said))
    ranked = sorted(spoken, key=lambda name: -scores[name])
    if not ranked:
        return _FALLBACK
    return (ranked[0], ranked[1] if len(ranked) > 1 else _NEAR[ranked[0]])


def _first(keys: frozenset[str], said: list[str]) -> int:
    return next(place for place, word in enumerate(said) if word in keys)


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case, without their marks."""
    return ["".join(filter(str.isalpha, word)) for word in text.lower().split()]
