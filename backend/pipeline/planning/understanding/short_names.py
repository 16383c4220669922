"""Short names of instruments that are ordinary words too: "bones", "vibes", "hats".

Such a word counts only where nothing but an instrument can stand: as a whole item of a list whose
neighbours are instruments ("saxes, bones and trumpets"), or alone behind a refusal ("no hats").
"Good vibes", "feel it in my bones" and "hats off" stay what they are. The words are kept apart
from the lexicon's, to which typing errors are corrected: "hate" must not become "hats".
"""

import re
from collections.abc import Sequence

from backend.pipeline.planning.understanding.lexicon import lexicon
from backend.pipeline.planning.understanding.phrases import Hit

_NAMES: dict[str, str] = lexicon("instruments")["short_names"]
_NAME = rf"(?P<name>{'|'.join(_NAMES)})\b"
_ENDS = r"(?= ?(?:$|[,;.!?)\n]|(?:please|but|in|until|during)\b|(?P<joined_on>and|or|plus)\b))"
_ITEM = re.compile(
    r"(?:^|[,;:.(\n]|\bwith\b|\b(?P<joined>and|or|plus)\b) ?(?:(?:the|some|an?|\d) )?"
    rf"{_NAME}{_ENDS}"
)
_REFUSED = re.compile(rf"\b(?:no|without|minus|skip|lose|omit)(?: any| the)? {_NAME}{_ENDS}")
_NEXT = re.compile(r"(?: ?(?:,|and\b|or\b|plus\b)){0,2}")
_BREAK = re.compile(r"[,;:.(\n]| and | or | plus ")


def short_names(text: str, known: Sequence[Hit[str]]) -> list[Hit[str]]:
    """Return the short names in a lower-case text in which other instruments are known."""
    found = [_hit(match) for match in _REFUSED.finditer(text)]
    listed = list(_ITEM.finditer(text))
    while more := [m for m in listed if _hit(m) not in found and _is_listed(m, [*known, *found])]:
        found += map(_hit, more)
    return found


def _hit(match: re.Match[str]) -> Hit[str]:
    return Hit(_NAMES[match["name"]], *match.span("name"))


def _is_listed(match: re.Match[str], known: Sequence[Hit[str]]) -> bool:
    """Whether a neighbour is an instrument, and so is everything that an "and" joins to it."""
    text = match.string
    breaks = [0, *(found.end() for found in _BREAK.finditer(text, 0, match.start()))]
    before = any(breaks[-1] <= hit.start and hit.end <= match.start() for hit in known)
    joint = _NEXT.match(text, match.end())
    start = joint.end() if joint else match.end()
    closing = _BREAK.search(text, start)
    after = any(start <= hit.start < (closing.start() if closing else len(text)) for hit in known)
    return (
        (before or after) and (before or not match["joined"]) and (after or not match["joined_on"])
    )
