"""Instruments that a prompt names, and the ordinary words that only look like one."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from backend.pipeline.planning.understanding.instrument_book import BEAT, instrument_book
from backend.pipeline.planning.understanding.phrases import Hit
from backend.pipeline.planning.understanding.reading import Reading
from backend.pipeline.planning.understanding.short_names import short_names

_IDIOMS = re.compile(
    r"\bdrum(?: and | n | n' |'n'| 'n' )bass\b|\bd ?and ?b\b|\bbass music\b|\bfuture bass\b"
    r"|\bno strings attached\b|\bstrings? attached\b|\bheart ?strings\b|\bguitar band\b"
    r"|\bdrum ?roll please\b|\btriangle (?:wave|of)\b"
    r"|\btriangle (?=bass|lead)|\blove triangle\b|\bring(?:s|ing)? (?:a|the) bell"
    r"|\bwind ?chimes?\b|\bwedding bells\b|\bfrench horn of\b|\b(?:fog|car|shoe) ?horns?\b"
    r"|\b(?:minor|major|all|black|white|car|two|2) keys\b|\bkeys to\b"
    r"|\bbrass (?:knuckles|monkey)\b|\bpianissimo\b|\bno instruments?\b|\bother instruments?\b"
    r"|\bpad thai\b|\bphone recorder\b|\bice pick\b|\bhats? (?:off|trick)\b|\bbatteries\b"
    r"|\bkick(?:s|ing)? (?:back|off|it|in|out|up)\b"
)
_BLUES = re.compile(r"\bblues(?:y|es)?\b")
_BASS_DRUMS = "bass drums"


def instrument_hits(reading: Reading) -> list[Hit[str]]:
    """Instruments that the unclaimed text names, from left to right, idioms left out."""
    text = _IDIOMS.sub(lambda match: "\x00" * len(match.group()), reading.text)
    first, last = reading.theme or (0, 0)
    named = [
        hit
        for hit in instrument_book().find(text)
        if not first <= hit.start < last
        and (text[hit.start : hit.end] not in BEAT or reading.negates(hit.start))
    ]
    named = list(_as_listed(text, named))
    short = [hit for hit in short_names(text, named) if not first <= hit.start < last]
    return sorted(_as_played(reading, [*named, *short]), key=lambda hit: hit.start)


def _as_listed(text: str, hits: Iterable[Hit[str]]) -> Iterator[Hit[str]]:
    """Part bass and drums where no comma does: "two guitars bass drums" has no bass drum."""
    before = 0
    for hit in hits:
        if before and text[before : hit.end] == f" {_BASS_DRUMS}":
            yield Hit("bass", hit.start, hit.start + len("bass"))
            yield Hit("drums", hit.end - len("drums"), hit.end)
        else:
            yield hit
        before = hit.end


def _as_played(reading: Reading, hits: Iterable[Hit[str]]) -> Iterator[Hit[str]]:
    """Read the harp of a blues as a harmonica."""
    blues = reading.wanted(_BLUES) is not None
    for hit in hits:
        is_plain = reading.text[hit.start : hit.end] in {"harp", "harps"}
        yield replace(hit, value="harmonica") if blues and is_plain else hit
