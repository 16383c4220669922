"""Where in the song an instrument plays: "no drums in the intro", "piano enters at the bridge".

What names a section (and perhaps which one of its kind) becomes a wish that the band obeys. What
names bars or a half of the song is told in the notes: players join and leave with sections here.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from backend.pipeline.planning.understanding.instrument_book import entries
from backend.pipeline.planning.understanding.phrases import Hit
from backend.pipeline.planning.understanding.reading import Reading
from backend.pipeline.planning.understanding.wishes import Place, Presence

_SECTION = (
    r"(?:the |each |every |all |a )?(?:very )?"
    r"(?P<which>last |final |1st |first |2nd |second |3rd |third |4th |fourth )?"
    r"(?P<kind>intro(?:duction)?|verse|pre-? ?chorus|chorus|refrain|bridge|outro|breakdown|break"
    r"|drop|solo|hook|middle (?:8|eight)|beginning|start|end|ending)(?:e?s)?\b"
    r"(?: (?P<number>[1-4])\b)?"
)
_AT = r"(?:in|during|at|for|on|with|by)"
_COME = (
    r"(?:come|enter|join|kick|start|begin|appear|drop)(?:s|ing)?(?: back| first| playing)*"
    r"(?: in)?(?: only| just)?"
)
_SOMETIMES = r"s?\)?(?: only| finally| then| who| that)?"
_OUT = rf"(?: out| silent| away| tacet)+ {_AT} {_SECTION}"
_AFTER = tuple(
    (presence, re.compile(pattern))
    for presence, pattern in (
        (
            Presence.ABSENT,
            rf"s? (?:drops?|go|goes|falls?|cuts?|stops?|leaves?|lays?|sits?|is|are)(?:ping)?{_OUT}",
        ),
        (Presence.FROM, rf"{_SOMETIMES} {_COME} (?:{_AT}|from) {_SECTION}"),
        (Presence.FROM, rf"{_SOMETIMES}(?: {_COME})? (?:from|starting (?:at|in)) {_SECTION}"),
        (Presence.FROM, rf"{_SOMETIMES}(?: {_COME})? after (?:the )?(?P<kind>intro)\b"),
        (Presence.ONLY, rf"s?(?: only| just| solely)? {_AT} {_SECTION}"),
    )
)
_UNTIL = re.compile(rf"s? (?:until|till|before) {_SECTION}")
_DURING = re.compile(rf"s? {_AT} {_SECTION}")
_BEFORE = re.compile(
    rf"{_SECTION}(?: (?:is|has|uses|features|plays|being|explodes|opens|starts"
    r"|(?:should|must|can|to) (?:be|have)))?"
    r"(?: (?:very |really )?(?:quiet|soft|sparse|calm|loud|big|huge|stripped(?: down| back)?))?"
    r" ?(?::|(?P<comma>,)|=|-)? ?"
    r"(?P<how>(?:with(?:out)?|no|only|just|solo|nothing but|purely|some|an?|the|lush|big|soft|quiet"
    r"|loud|heavy|to|1|2) )+(?:\w+ )?$"
)
_HEADS_CLAUSE = re.compile(r"(?:^|[,;.:(\n])\s*(?:(?:and|then|in|at|for|on|with) )*$")
"""A section before a comma governs what follows only where it opens its clause."""
_ONLY_NEXT = re.compile(r"s? (?:only|alone)\b(?! (?:in|at|for|from|on)\b)")
_PULSE = re.compile(r"\b(?:half|double)[ -]?time $")
_OPENS = re.compile(
    r"\b(?:starts?|begins?|opens?|starting|beginning|opening|kicks off)(?: (?:off|out))?"
    r" (?:with|on) (?P<how>(?:only|just|solo|nothing but|an?|the|some|1) )*$"
)
_AFTER_INTRO = r"after (?:the )?(?P<kind>intro)\b"
_JOINED = re.compile(r"s? and (?:the |a )?")
_SAID = re.compile(r"with|\bno\b|only|just|solo|nothing|purely|\bto\b|:|=|has|uses|features|plays")
_ALONE = re.compile(r"\b(?:only|just|solo|nothing but|purely)\b")
_UNPLACED = re.compile(
    r"s?[^,.;\n]{0,24}\b(?:in|from|at|for|until|till|after|during) (?:the )?(?:(?:first|last|next)"
    r" \d+ bars|bar \d+|(?:1st|first|2nd|second|last|other) half|middle\b|half-?way"
    r"|\d+ (?:seconds|bars))"
)
_NUMBERS = {"1st": 1, "first": 1, "2nd": 2, "second": 2, "3rd": 3, "third": 3, "4th": 4,
            "fourth": 4, "last": -1, "final": -1}  # fmt: skip
_NAMES = {"introduction": "intro", "refrain": "chorus", "break": "breakdown",
          "middle 8": "bridge", "middle eight": "bridge", "beginning": "start",
          "ending": "end"}  # fmt: skip


def places_of(reading: Reading, hits: Sequence[Hit[str]]) -> dict[Hit[str], Place | None]:
    """Return the place of every instrument; "bass and drums in the verse" share theirs."""
    found: dict[Hit[str], Place | None] = {}
    for hit, after in zip(reversed(hits), [None, *reversed(hits)], strict=False):
        place = _place_of(reading, hit)
        shared = found[after] if after is not None else None
        if place is None and after is not None and shared and not reading.negates(hit.start):
            joined = _JOINED.fullmatch(reading.text, hit.end, after.start)
            if joined and _after(reading, after) is not None:
                place = replace(shared, instrument=entries()[hit.value].whole)
        found[hit] = place
    return {hit: found[hit] for hit in hits}


def _place_of(reading: Reading, hit: Hit[str]) -> Place | None:
    """Return where an instrument is wished to play or to be silent; None for everywhere."""
    if _PULSE.search(reading.whole, 0, hit.start):
        return None
    found = _after(reading, hit) or _before(reading, hit)
    entry = entries()[hit.value]
    if found is None:
        _tell_unplaced(reading, hit)
        return None
    if entry.wish != entry.whole and found[0] is Presence.ABSENT:
        reading.notes.append(
            f"{entry.wish.name}: a piece of the kit is silent in the whole song or not at all."
        )
        return None
    presence, match = found
    reading.hear(match.span())
    if match.re is _OPENS:
        return Place(entry.whole, presence, "start")
    if match.re.pattern.endswith(_AFTER_INTRO):
        return Place(entry.whole, Presence.ABSENT, "intro")
    kind = "pre" if match["kind"].startswith("pre") else _NAMES.get(match["kind"], match["kind"])
    number = _NUMBERS.get((match["which"] or "").strip()) or int(match["number"] or 0)
    return Place(entry.whole, presence, kind, number or None)


def _after(reading: Reading, hit: Hit[str]) -> tuple[Presence, re.Match[str]] | None:
    text = reading.text
    if reading.negates(hit.start):
        until = _UNTIL.match(text, hit.end)
        if until:
            return Presence.FROM, until
        during = _DURING.match(text, hit.end)
        return (Presence.ABSENT, during) if during else None
    for presence, pattern in _AFTER:
        match = pattern.match(text, hit.end)
        if match:
            return presence, match
    return None


def _before(reading: Reading, hit: Hit[str]) -> tuple[Presence, re.Match[str]] | None:
    text = reading.text
    opening = _OPENS.search(text, 0, hit.start)
    if opening:
        alone = _ALONE.search(opening.group())
        return (Presence.ALONE if alone else Presence.THERE), opening
    match = _BEFORE.search(text, 0, hit.start)
    if match is None or not _SAID.search(match.group()):
        return None
    if match["comma"] and not _HEADS_CLAUSE.search(text, 0, match.start()):
        return None
    if reading.negates(hit.start) or "without" in match["how"]:
        return Presence.ABSENT, match
    alone = _ALONE.search(match.group()) or _ONLY_NEXT.match(text, hit.end)
    return (Presence.ALONE if alone else Presence.THERE), match


def _tell_unplaced(reading: Reading, hit: Hit[str]) -> None:
    match = _UNPLACED.match(reading.text, hit.end)
    if match is not None and not re.search(r"\bfade", match.group()):
        words = reading.typed(hit.start, match.end()).strip()
        reading.hear((hit.start, match.end()))
        reading.notes.append(f"“{words}”: players join and leave with sections here, not by bars.")
