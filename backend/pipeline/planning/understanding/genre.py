"""The genre: named, blended of two, or inferred from everything else the prompt says."""

import re
from dataclasses import replace
from itertools import pairwise

from backend.pipeline.planning.understanding.genre_inference import inferred_genre, scenes
from backend.pipeline.planning.understanding.genre_names import GenreName, named_genres
from backend.pipeline.planning.understanding.reading import Reading
from backend.pipeline.planning.understanding.wishes import GenreWish, Wishes

_EQUAL = re.compile(
    r"[ ,]*(?:meets|x|/|and|mixed with|crossed with|vs\.?|versus|fused with|blended with|with"
    r"|but with|but make it|but as|plus|into|to|, ?half|half|combined with|crossover|fusion)"
    r"\s*(?:an? |some |half )?"
)
_TOUCH = re.compile(
    r"[ ,]*(?:but |and )?(?:with |plus )?(?:an? )?(?:touch|hint|dash|bit|elements?|influences?"
    r"|flavou?rs?"
    r"|splash|pinch|notes?|bits)(?: of)? (?:of )?"
)
_COLOURS = re.compile(r"[ -](?:infused|inspired|tinged|flavou?red|influenced|style)[ -]")
_BLEND_CUE = re.compile(
    r"\b(?:blend|mix|mixture|cross|fusion|hybrid|combination|mash-?up|marriage) (?:of|between)\b"
)
_COMPOUND = re.compile(r"[ -]")
_COVER = re.compile(r" (?:version|cover|take|remix|rendition|spin) (?:of|on) (?:an? |the )?")
_MOSTLY = re.compile(r"\b(?:mostly|mainly|primarily|largely) (?:an? )?$")

_NAMED = 1.0
_HEAVY, _LIGHT = 0.7, 0.3


def read_genre(reading: Reading, wishes: Wishes) -> Wishes:
    """Fill ``genres`` and ``genre_confidence``; call it last, it looks at all other wishes."""
    named, refused = named_genres(reading)
    for name in named:
        reading.cite("genre", (name.start, name.end), name.style)
    for name in refused:
        reading.cite("genre", (name.start, name.end), f"no {name.style.replace('_', ' ')}")
    if named:
        genres = _decided(reading, named)
        _hear_companions(reading, named, genres)
        _tell_left_out(reading, named, {wish.style for wish in genres})
        return replace(wishes, genres=genres, genre_confidence=_NAMED)
    guess = inferred_genre(reading, {name.style for name in refused}, wishes.era)
    if guess is None:
        return wishes
    style, confidence, because = guess
    reading.notes.append(f"No genre was named; {because} suggested {style.replace('_', ' ')}.")
    return replace(wishes, genres=(GenreWish(style, 1.0),), genre_confidence=confidence)


def _hear_companions(
    reading: Reading, named: list[GenreName], genres: tuple[GenreWish, ...]
) -> None:
    """Hear what joins two genres, and scenes that say no more than the genres themselves."""
    for first, second in pairwise(named):
        if _blend(reading, first, second) is not None:
            reading.hear((first.end, second.start))
    for hit in scenes().find(reading.text):
        if not set(hit.value).isdisjoint(wish.style for wish in genres):
            reading.hear((hit.start, hit.end))


def _decided(reading: Reading, named: list[GenreName]) -> tuple[GenreWish, ...]:
    """One style, or two that the words join."""
    for first, second in pairwise(named):
        blend = _blend(reading, first, second)
        if first.style != second.style and blend is not None:
            return blend
    heads = [name for name in named if not name.is_modifier] or named
    return (GenreWish(heads[0].style, 1.0),)


def _tell_left_out(reading: Reading, named: list[GenreName], taken: set[str]) -> None:
    others = [n for n in named if n.style not in taken and not n.is_modifier]
    if others:
        words = ", ".join(dict.fromkeys(reading.typed(n.start, n.end).strip() for n in others))
        reading.notes.append(
            f"Two genres can be joined, and only where the words join them; left out: {words}."
        )


def _blend(reading: Reading, first: GenreName, second: GenreName) -> tuple[GenreWish, ...] | None:
    between = reading.whole[first.end : second.start]
    mostly = _MOSTLY.search(reading.whole, 0, first.start) is not None
    if (
        _TOUCH.fullmatch(between)
        or _COVER.fullmatch(between)
        or (mostly and _EQUAL.fullmatch(between))
    ):
        return _weighted(first.style, second.style, _HEAVY)
    if _COLOURS.fullmatch(between):
        return _weighted(second.style, first.style, _HEAVY)
    if _COMPOUND.fullmatch(between):
        return _weighted(second.style, first.style, _HEAVY)
    if first.is_modifier and not _BLEND_CUE.search(reading.whole):
        return None
    if _EQUAL.fullmatch(between):
        return _weighted(first.style, second.style, 0.5)
    return None


def _weighted(heavy: str, light: str, weight: float) -> tuple[GenreWish, ...]:
    return GenreWish(heavy, weight), GenreWish(light, round(1 - weight, 3))
