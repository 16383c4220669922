"""A tempo without its unit: "medium swing, 140", "trance 138", "at around 92ish".

A number is one where nothing else can be counted: alone between commas or last; behind a genre or
"at", when music goes on behind it; or before players, where it is too large to count them
("phonk drift 150 cowbells").
"""

import re
from functools import cache

from backend.pipeline.planning.understanding.genre_names import names_genre
from backend.pipeline.planning.understanding.instrument_book import instrument_book
from backend.pipeline.planning.understanding.lexicon import lexicon
from backend.pipeline.planning.understanding.phrases import PhraseBook
from backend.pipeline.planning.understanding.reading import Reading
from backend.pipeline.planning.understanding.wishes import TEMPO_RANGE

_NUMBER = re.compile(r"(?<![\w.:#'+-])(\d{2,3}(?:\.\d+)?)(?:-?ish\b|\+)?(?!\w|[/:%'\"-]|\.\d)")
_EDGE_BEFORE = re.compile(r"(?:^|[,;\n|(]|[.!?] |(?<!\d)/)\s*$")
_EDGE_AFTER = re.compile(r"\s*(?:$|[,;\n|)]|\.(?:\s|$))")
_CUE = re.compile(
    r"(?:\b(?:at|around|about|roughly|like|say|wait|sorry|rather|actually|make (?:it|that)) )+$"
)
_LAST_WORD = re.compile(r"([^\s,;/|]+) $")
_JOINED = re.compile(r" (?:but|with|without|no|and|w/|feat|plus|then|please|pls)\b")
_KEY = re.compile(r" [A-G](?:#|b)?(?:m\b| ?(?:maj|min|major|minor|dorian|phrygian|lydian)\b)")
_FEW_WORDS = re.compile(
    r"(?:[\w'&-]+ ){1,3}(?<!\bwith )(?<!\bof )(?<!\bfor )(?<!\band )(?<!\bby )$"
)
_LEAST_BEFORE_PLAYERS = 60


def bare_tempos(reading: Reading) -> list[re.Match[str]]:
    """Return the unclaimed numbers that can only be tempos, in order; the number is group 1."""
    return [
        match
        for match in reading.find(_NUMBER)
        if TEMPO_RANGE[0] <= float(match[1]) <= TEMPO_RANGE[1] and _is_tempo(reading, match)
    ]


def _is_tempo(reading: Reading, match: re.Match[str]) -> bool:
    text, start = reading.text, match.start()
    ends = _EDGE_AFTER.match(text, match.end()) is not None
    if _EDGE_BEFORE.search(text, 0, start):
        return ends
    cue = _CUE.search(text, 0, start)
    goes_on = ends or _music_follows(reading, match.end())
    if cue is not None:
        opened = _EDGE_BEFORE.search(text, 0, cue.start()) is not None
        return ends or (goes_on and (opened or _genre_before(text, cue.start())))
    if _genre_before(text, start):
        return goes_on
    few = _FEW_WORDS.search(text, 0, start)
    large = float(match[1]) >= _LEAST_BEFORE_PLAYERS
    behind_genre = few is not None and any(map(names_genre, few.group().split()))
    return large and behind_genre and _book_follows(instrument_book(), text, match.end())


def _genre_before(text: str, position: int) -> bool:
    word = _LAST_WORD.search(text, 0, position)
    return word is not None and names_genre(word[1].rstrip(".:!?"))


def _music_follows(reading: Reading, position: int) -> bool:
    """Whether the sentence goes on with music, not with what the number could count."""
    text = reading.text
    word = re.compile(r" ([a-z]+)").match(text, position)
    return (
        _JOINED.match(text, position) is not None
        or _KEY.match(reading.cased, position) is not None
        or (word is not None and names_genre(word[1]))
        or _book_follows(instrument_book(), text, position)
        or _book_follows(_moods(), text, position)
    )


@cache
def _moods() -> PhraseBook[bool]:
    return PhraseBook(dict.fromkeys(lexicon("moods")["words"], True))


def _book_follows(book: PhraseBook[str] | PhraseBook[bool], text: str, position: int) -> bool:
    following = re.compile(r" [^,;.\n]{1,40}").match(text, position)
    if following is None:
        return False
    return any(hit.start == 1 for hit in book.find(following.group()))
