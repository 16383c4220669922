"""What a prompt says that had no effect: told in one note, so that nothing is ignored in silence.

Words are heard when a facet cites them, and a story is heard where it helps to find the genre or
the title. What is left is told: whatever describes a player or a refusal, and the rest of the
story where it could not help. Words that only hold a sentence together, ask for music or name its
parts (``lexicon/plain_words.json``) say nothing by themselves.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from backend.pipeline.planning.titles.phrases import fullest_picture, prompt_words
from backend.pipeline.planning.understanding.lexicon import lexicon
from backend.pipeline.planning.understanding.reading import Reading
from backend.pipeline.planning.understanding.wishes import Wishes

UNREAD = "Not understood, so without effect: "
"""How the note begins."""
MOST_TOLD = 8
_SHORTEST = 3
"""Letters of a word that says something, in Latin script."""

_WORD = re.compile(r"(?<![\w.#])[^\W\d_][^\W_]*(?:['’&][^\W_]+)*")
_PURPOSE = re.compile(
    r"\bto [\w'’-]+|\b(?:for|4) (?:(?:an?|the|my|our|your|his|her|their|some|this|that) )?"
    r"[\w'’-]+(?: (?!with\b|in\b|at\b|and\b)[\w'’-]+){0,2}"
)
"""What or whom the music is for: told to nobody, since it asks for nothing."""
_BETWEEN = re.compile(r"[ -]")
_PLAYED = frozenset({"instruments", "chords", "form"})


@dataclass(frozen=True, slots=True)
class _Phrase:
    """Words in a row that no facet cited."""

    start: int
    end: int


def tell_unread(reading: Reading, wishes: Wishes) -> Wishes:
    """Note which words had no effect; call it after all other facets."""
    for match in _PURPOSE.finditer(reading.whole):
        reading.hear(match.span())
    told: dict[str, str] = {}
    for phrase in _phrases(reading):
        if _is_told(reading, wishes, phrase):
            words = " ".join(reading.typed(phrase.start, phrase.end).split())
            told.setdefault(words.lower(), words)
    if told:
        shown = ", ".join(f"“{words}”" for words in list(told.values())[:MOST_TOLD])
        more = f" and {len(told) - MOST_TOLD} more" if len(told) > MOST_TOLD else ""
        reading.notes.append(f"{UNREAD}{shown}{more}.")
    return wishes


@cache
def _plain() -> frozenset[str]:
    return frozenset(word for words in lexicon("plain_words").values() for word in words)


@cache
def _jumbled() -> frozenset[tuple[str, str]]:
    return frozenset((word[0], "".join(sorted(word))) for word in _plain() if len(word) > 2)


def _says_something(word: str) -> bool:
    """Whether a word has a meaning of its own: neither plain, nor plain with its letters mixed."""
    if word in _plain() or (word.isascii() and len(word) < _SHORTEST):
        return False
    return (word[0], "".join(sorted(word))) not in _jumbled()


def _phrases(reading: Reading) -> Iterator[_Phrase]:
    """Yield the longest runs of words that say something and were not heard."""
    run: _Phrase | None = None
    for match in _WORD.finditer(reading.whole):
        if reading.is_heard(match.span()) or not _says_something(match.group()):
            continue
        if run is not None and _BETWEEN.fullmatch(reading.whole, run.end, match.start()):
            run = _Phrase(run.start, match.end())
            continue
        if run is not None:
            yield run
        run = _Phrase(*match.span())
    if run is not None:
        yield run


def _is_told(reading: Reading, wishes: Wishes, phrase: _Phrase) -> bool:
    if reading.touches("vocals", phrase.start, phrase.end):
        return False
    if reading.negates(phrase.start) or _describes_playing(reading, phrase):
        return True
    if wishes.genre is not None and wishes.genre_confidence < 1:
        return False
    return wishes.genre is None or not _entitles(reading, phrase)


def _describes_playing(reading: Reading, phrase: _Phrase) -> bool:
    """Whether the words stand beside a player or a section: "dusty drums", "harp glissandi"."""
    return any(reading.touches(facet, phrase.start, phrase.end) for facet in _PLAYED)


def _entitles(reading: Reading, phrase: _Phrase) -> bool:
    """Whether the words draw the picture that names the song."""
    musical = frozenset(
        place
        for found in reading.evidence
        for place in range(found.start, found.start + len(found.words))
    )
    picture = {word.text.lower() for word in fullest_picture(prompt_words(reading.prompt, musical))}
    return not picture.isdisjoint(reading.typed(phrase.start, phrase.end).lower().split())
