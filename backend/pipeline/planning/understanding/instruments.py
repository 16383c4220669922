"""Instruments wanted and unwanted, in front, alone, or in one section only."""

import re
from collections.abc import Mapping
from dataclasses import replace

from backend.pipeline.planning.understanding.instrument_book import entries, played_by
from backend.pipeline.planning.understanding.instrument_names import instrument_hits
from backend.pipeline.planning.understanding.lexicon import lexicon
from backend.pipeline.planning.understanding.phrases import Hit
from backend.pipeline.planning.understanding.places import places_of
from backend.pipeline.planning.understanding.reading import Reading
from backend.pipeline.planning.understanding.wishes import (
    InstrumentWish,
    Place,
    Presence,
    Wishes,
)

_ONLY_BEFORE = re.compile(
    r"\b(?:just|only|solely|nothing but|exclusively|purely|nothing except) "
    r"(?:(?:an?|the|for|with|1|2|3|one|two|some|single|solo|soft|gentle|quiet|simple|lonely) )*$"
)
_ONLY_AFTER = re.compile(
    r"\s?(?:only\b(?! (?:in|at|on|for|from|during|after|until|till|when|comes?|enters?|joins?"
    r"|starts?|kicks?|plays?)\b)"
    r"|alone\b|and nothing else|by itself)"
)
_ONLY_ANYWHERE = re.compile(
    r"\bno other instruments?\b|\bnothing else\b|\bno (?:other )?instruments?\b(?! solo)"
    r"|\bunaccompanied\b|\b(?:no|without) accompaniment\b|\ba ?cap?pella\b"
)
_LESS_OF = re.compile(r"\b(?:less|fewer|not (?:too |so )?(?:much|many)) $")
"""Neither wanted nor refused."""
_SOLO_BEFORE = re.compile(r"\b(?:solo|unaccompanied|lead|led by (?:an? )?|featuring (?:an? )?)\s?$")
_ALONE_BEFORE = re.compile(r"\bsolo $")
_AMONG_OTHERS_BEFORE = re.compile(
    r"\b(?:with|featuring|feat\.?|over|plus|and|has|add|adding|including|then) "
    r"(?:(?:an?|the|1|one|some|beautiful|soft|lonely|sad) )*solo $"
)
_AMONG_OTHERS_AFTER = re.compile(
    r"s? (?:(?:melody|melodies|line|lead|part|loop|sample|section|over|above|on top)\b"
    r"|(?:in|at|after|before|during) (?:the |every |each |a )?(?:\w+ )?(?:intro|verse|chorus"
    r"|refrain|bridge|outro|drop|break|breakdown|hook|middle|end|ending|start|beginning)\b)"
)
"""A solo that is one part of a song, not the song."""
_SOLO_AFTER = re.compile(r"\s?(?:solos?|lead|leads|up front|in front|melody|takes the lead)\b")
_SOLO_ONLY = re.compile(r" solos?\b")
_LESS = re.compile(r"\b(drum|beat|percussion|bass|guitar|piano|string)(?:s)?-?less\b")
_GENERIC = {"guitar", "bass", "saxophone", "synth"}
_RHYTHM_SECTION = re.compile(r"\brhythm section\b")
_JAZZ = re.compile(r"\bjazz|\bswing|\bbebop|\bbop\b")


def read_instruments(reading: Reading, wishes: Wishes) -> Wishes:
    """Fill ``instruments``, ``only_these_instruments``, ``without``, ``no_drums``, ``places``."""
    hits = instrument_hits(reading)
    places = places_of(reading, hits)
    wanted = [_wish(reading, hit) for hit in hits if _is_wanted(reading, hit, places[hit])]
    wanted += _emoji(reading) + _ensemble(reading, hits)
    refused = {hit for hit in hits if _is_refused(reading, hit, places[hit])}
    unwanted = [entries()[hit.value].wish for hit in hits if hit in refused] + _suffixed(reading)
    for hit in hits:
        less = "less " if _LESS_OF.search(reading.text, 0, hit.start) else ""
        how = "no " if hit in refused else less
        name, place = entries()[hit.value].wish.name, places[hit]
        said = str(place) if place is not None else how + name
        reading.cite("instruments", (hit.start, hit.end), said)
    without = _distinct(unwanted)
    instruments = _reconciled(reading, _without_generic(_distinct(wanted)), without)
    _tell_stand_ins(reading, hits, {wish.id for wish in instruments})
    return replace(
        wishes,
        instruments=instruments,
        only_these_instruments=bool(instruments) and _only(reading, hits, places),
        without=without,
        no_drums=any(wish.id in {"drums", "percussion"} for wish in without),
        places=tuple(dict.fromkeys(place for place in places.values() if place is not None)),
    )


def _is_wanted(reading: Reading, hit: Hit[str], place: Place | None) -> bool:
    """Whether the song needs the instrument: not where it is only said to be silent."""
    if _LESS_OF.search(reading.text, 0, hit.start):
        return False
    if place is not None and place.presence is Presence.ABSENT:
        return not reading.negates(hit.start)
    return place is not None or not reading.negates(hit.start)


def _is_refused(reading: Reading, hit: Hit[str], place: Place | None) -> bool:
    """Tell "no guitar" from "no guitar solo" and "no guitar until the chorus"."""
    if _SOLO_ONLY.match(reading.text, hit.end) or _LESS_OF.search(reading.text, 0, hit.start):
        return False
    return reading.negates(hit.start) and place is None


def _wish(reading: Reading, hit: Hit[str]) -> InstrumentWish:
    text = reading.text
    in_front = _SOLO_BEFORE.search(text, 0, hit.start) or _SOLO_AFTER.match(text, hit.end)
    return replace(entries()[hit.value].whole, is_solo=in_front is not None)


def _tell_stand_ins(reading: Reading, hits: list[Hit[str]], wanted: set[str]) -> None:
    for hit in hits:
        word = reading.text[hit.start : hit.end]
        stands = played_by().find(word)
        if stands and entries()[hit.value].whole.id in wanted:
            reading.notes.append(
                f"“{word}” has no sound of its own here; "
                f"the nearest one, {stands[0].value}, plays it."
            )


def _emoji(reading: Reading) -> list[InstrumentWish]:
    found = []
    for sign, name in lexicon("instruments")["emoji"].items():
        position = reading.text.find(sign)
        if position >= 0:
            reading.cite("instruments", (position, position + 1), entries()[name].wish.name)
            found.append(entries()[name].wish)
    return found


def _ensemble(reading: Reading, hits: list[Hit[str]]) -> list[InstrumentWish]:
    """Name the players of a "rhythm section" or "piano trio" (in jazz: with bass and drums)."""
    if reading.wanted(_RHYTHM_SECTION):
        return [entries()[name].wish for name in ("drums", "bass")]
    for hit in hits:
        if hit.value == "piano" and re.match(r" trio\b", reading.text[hit.end : hit.end + 6]):
            jazz = _JAZZ.search(reading.whole)
            players = ("double_bass", "drums") if jazz else ("violin", "cello")
            return [entries()[name].wish for name in players]
    return []


def _suffixed(reading: Reading) -> list[InstrumentWish]:
    found = []
    for match in reading.find(_LESS):
        name = {"drum": "drums", "beat": "drums", "string": "strings"}.get(match[1], match[1])
        reading.cite("instruments", match.span(), f"no {entries()[name].wish.name}")
        found.append(entries()[name].wish)
    return found


def _distinct(wishes: list[InstrumentWish]) -> tuple[InstrumentWish, ...]:
    """Return each instrument once, in order, in front when any mention says so."""
    merged: dict[str, InstrumentWish] = {}
    for wish in wishes:
        known = merged.get(wish.id, wish)
        merged[wish.id] = replace(known, is_solo=known.is_solo or wish.is_solo)
    return tuple(merged.values())


def _without_generic(wishes: tuple[InstrumentWish, ...]) -> tuple[InstrumentWish, ...]:
    """Drop "guitar" beside "nylon guitar": both words mean the same player."""
    return tuple(
        wish
        for wish in wishes
        if wish.id not in _GENERIC
        or not any(
            other.id != wish.id and other.programs and set(other.programs) <= set(wish.programs)
            for other in wishes
        )
    )


def _reconciled(
    reading: Reading, wanted: tuple[InstrumentWish, ...], without: tuple[InstrumentWish, ...]
) -> tuple[InstrumentWish, ...]:
    """Drop what is both wanted and unwanted by the same word; "without" wins."""
    refused = {wish.id for wish in without}
    for wish in wanted:
        if wish.id in refused:
            reading.notes.append(f"The prompt both names and refuses {wish.name}; it was left out.")
    return tuple(wish for wish in wanted if wish.id not in refused)


def _only(reading: Reading, hits: list[Hit[str]], places: Mapping[Hit[str], Place | None]) -> bool:
    text = reading.whole
    alone = _ONLY_ANYWHERE.search(text)
    if alone:
        reading.cite("instruments", alone.span(), "nobody else")
        return True
    for hit in hits:
        if reading.negates(hit.start) or places[hit] is not None:
            continue
        if _ONLY_BEFORE.search(text, 0, hit.start) or _ONLY_AFTER.match(text, hit.end):
            return True
        if _is_whole_song(text, hit):
            return True
        solo = re.match(r" solo\b", text[hit.end :])
        if solo and _ONLY_AFTER.match(text, hit.end + solo.end()):
            return True
    return False


def _is_whole_song(text: str, hit: Hit[str]) -> bool:
    """Tell "a piece for solo violin" from "a house track with a solo violin"."""
    if not _ALONE_BEFORE.search(text, 0, hit.start):
        return False
    among = _AMONG_OTHERS_BEFORE.search(text, 0, hit.start)
    return among is None and _AMONG_OTHERS_AFTER.match(text, hit.end) is None
