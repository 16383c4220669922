"""Genres that a prompt names, and the ordinary words that only look like one.

"house" by the sea is no music. A word that is both counts as a genre where it ends its phrase
("deep and warm, house") or where a musical word follows ("house track"), unless an article or
possessive claims it for ordinary language.
"""

import re
from dataclasses import dataclass
from functools import cache

from backend.pipeline.planning.understanding.instrument_names import instrument_hits
from backend.pipeline.planning.understanding.lexicon import lexicon
from backend.pipeline.planning.understanding.phrases import Hit, PhraseBook
from backend.pipeline.planning.understanding.reading import Reading

_MUSICAL = re.compile(
    r"[ -](?:music|song|songs|track|tracks|beats?|tunes?|groove|grooves|vibe|vibes|anthem|ballad"
    r"|band|bands"
    r"|riffs?|style|piece|jam|banger|drums|guitars?|bass|piano|loop|instrumental|feel|energy|mix"
    r"|sound"
    r"|melody|synths?|chords|rhythm|trio|opera|hit|singer|cover|version|vocals|production|genre"
    r"|type|set"
    r"|and roll|n roll)\b"
)
_PHRASE_ENDS = re.compile(
    r"\s*(?:$|[^\w\s'-]|\x00)|\s(?:with|at|and|but|meets|over|x|featuring|feat|plus|mixed|or|please"
    r"|from the)\b"
)
_ORDINARY_BEFORE = re.compile(
    r"\b(?:the|my|your|our|his|her|their|this|that|old|haunted|whose|every|slow|first|last|a)"
    r"(?: (?:quiet|little|big|small|old|empty|white|haunted|new))?[ -]$"
)
_IDIOMS = re.compile(
    r"\bcountry house\b|\bhouse (?:party|of|plants?|music box)\b|\bjazz hands\b|\bpop (?:the|up|in"
    r"|quiz|corn)\b"
    r"|\brock (?:bottom|garden|climb\w*|pool|the boat)\b|\bsoul (?:search\w*|mate)\b|\bheavy metal"
    r" (?:poison|music box)"
    r"|\bmetal (?:chimes|wind|door|detector|box)\b|\bswing (?:set|by|door)\b"
    r"|\bfolks?(?= (?:who|like|are))|\bsci-fi\b|\bblues skies\b|\bunder the radio\b|\bclub"
    r" sandwich\b"
    r"|\bmouse ?trap\b|\btrap door\b|\bspeed trap\b|\bdrill sergeant\b|\brap on the\b"
    r"|\bcountry(?:side| road)\b"
)
_LIKE_ARTIST = re.compile(
    r"\b(?:like|style of|inspired by|vein of|a la|reminiscent of|fans? of|sounds? of|meets|homage"
    r" to|tribute to) $"
)
_MODIFIERS = {
    "jazzy", "bluesy", "funky", "soulful", "orchestral", "cinematic", "ambient", "lullaby",
    "love song", "sad song", "wedding song", "breakup song", "jingle", "acoustic", "trailer",
    "unplugged", "latin", "rapper", "rap", "rapping", "shuffle", "chamber", "study", "serenade",
    "acid", "minimal", "electronic", "dance", "indie", "alternative", "industrial", "rave",
    "epic orchestral", "drone", "prelude", "swing", "worship", "praise", "gospel",
}  # fmt: skip

_REFUSED_VOICE = re.compile(r"\b(?:vocals?|voices?|singing|lyrics|words|melody)$")


@dataclass(frozen=True, slots=True)
class GenreName:
    """A style as named at ``text[start:end]``."""

    style: str
    start: int
    end: int
    is_modifier: bool = False
    """"jazzy" colours another genre and stands for jazz only when alone."""


@cache
def _book() -> PhraseBook[tuple[str, str]]:
    meanings = {
        phrase: (style, kind)
        for style, genre in lexicon("genres").items()
        for kind in ("artists", "ambiguous", "names")
        for phrase in genre[kind]
    }
    return PhraseBook(meanings)


@cache
def _single_words() -> frozenset[str]:
    genres = lexicon("genres").values()
    phrases = (p for genre in genres for kind in ("names", "ambiguous") for p in genre[kind])
    return frozenset(phrase.split(" ")[-1] for phrase in phrases)


def without_idioms(text: str) -> str:
    """Hide ordinary phrases such as "country house"; the length stays."""
    return _IDIOMS.sub(lambda match: "\x00" * len(match.group()), text)


def names_genre(word: str) -> bool:
    """Whether a lower-case word alone or as last of its phrase can name a genre."""
    return word in _single_words()


def named_genres(reading: Reading) -> tuple[list[GenreName], list[GenreName]]:
    """Genres that are named and genres that are refused ("anything but jazz"), each in order."""
    text = without_idioms(reading.text)
    instruments = instrument_hits(reading)
    named: list[GenreName] = []
    appended: list[GenreName] = []
    refused: list[GenreName] = []
    for hit in _book().find(text):
        style, kind = hit.value
        if not _is_genre(text, hit, kind) or _describes_instrument(hit, instruments):
            continue
        phrase = text[hit.start : hit.end].replace("-", " ")
        name = GenreName(style, hit.start, hit.end, phrase in _MODIFIERS)
        if not reading.negates(hit.start):
            named.append(name)
        elif _follows_refused(text, hit, instruments):
            appended.append(name)
        else:
            refused.append(name)
    if named:
        return named, refused + appended
    return appended, refused


def _follows_refused(text: str, hit: Hit[tuple[str, str]], instruments: list[Hit[str]]) -> bool:
    """Whether the word stands bare after what is refused, as in "no drums no bass ambient".

    The refusal is complete with the instrument, so a genre set beside it, where none is named
    elsewhere, says what the song is.
    """
    before = text[: hit.start].rstrip(" ")
    ends = {other.end for other in instruments}
    return len(before) in ends or _REFUSED_VOICE.search(before) is not None


def _is_genre(text: str, hit: Hit[tuple[str, str]], kind: str) -> bool:
    if kind == "names":
        return True
    if kind == "artists":
        return _LIKE_ARTIST.search(text, 0, hit.start) is not None
    if _MUSICAL.match(text, hit.end):
        return True
    ends = _PHRASE_ENDS.match(text, hit.end) or _genre_follows(text, hit.end)
    return bool(ends) and not _ORDINARY_BEFORE.search(text, 0, hit.start)


def _genre_follows(text: str, end: int) -> bool:
    word = re.match(r"[ -/]([a-z]+)", text[end:])
    return word is not None and names_genre(word.group(1))


def _describes_instrument(hit: Hit[tuple[str, str]], instruments: list[Hit[str]]) -> bool:
    """Whether the word belongs to an instrument: "blues harp", "rock organ"."""
    return any(
        other.start <= hit.start
        and hit.end <= other.end
        and other.end - other.start > hit.end - hit.start
        for other in instruments
    )
