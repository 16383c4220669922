"""The parts of a song in words: "long intro, verse, chorus, verse, big chorus", "AABA"."""

import re
from dataclasses import dataclass

from backend.pipeline.planning.understanding.reading import Reading
from backend.pipeline.planning.understanding.wishes import SectionWish

_KINDS = {
    "intro": r"intro(?:duction)?s?",
    "pre": r"pre-? ?chorus(?:es)?",
    "outro": r"outros?|coda",
    "verse": r"verses?",
    "chorus": r"chorus(?:es)?|refrains?",
    "bridge": r"bridges?|middle (?:8|eight)",
    "build": r"build-? ?ups?",
    "breakdown": r"break-?downs?",
    "drop": r"(?:bass )?drops?",
    "solo": r"(?:drum )?solos?",
    "hook": r"hooks?",
    "interlude": r"interludes?",
    "head": r"head(?=s? |,|$)",
}
_SECTION = re.compile(
    r"(?:\b(?P<before>\d{1,2})[ -]bars? (?:long )?)?\b(?:"
    + "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _KINDS.items())
    + r")\b(?: ?\(?(?P<after>\d{1,2})(?: bars?)?\)?(?=\s*(?:[,;>.|-]|$| then)))?"
    r"(?: ?x ?(?P<times>[2-4])\b)?"
)
_LETTERED = re.compile(
    r"\b(?P<before>\d{1,2})[ -]bars? (?P<letter>[a-d])(?=\s*(?:[,;.]|$| part| section))"
)
_JOINT = re.compile(
    r"(?:[\s,>\-/|.:()]|then|and|into|to|followed by|an?|the|long|short|big|huge|final|last|first|"
    r"second|third|quiet|loud|double|another|again|guitar|piano|sax|instrumental|with|soft|1|2)*"
)
_LETTERS = re.compile(r"\b(?:form[: ]+)?([A-D](?:[ -]?[A-D]){2,7})\b(?: form)?")
_WORDS_IN_LETTERS = {"ABBA", "ADD", "ABC", "ABCD", "ABD", "ACDC"}
_NAMED = {
    r"\brondo\b": "ABACA",
    r"\b(?:ternary|da capo) (?:form|aria)\b|\bternary\b": "ABA",
    r"\bbinary form\b": "AB",
    r"\b32[ -]bar (?:song )?form\b": "AABA",
}
_NOT_A_SECTION = re.compile(
    r"\bbluegrass breakdown\b|\bsolo (?=piano|guitar|violin|cello|harp|flute|organ|sax|trumpet"
    r"|instrument|artist"
    r"|performance"
    r"|acoustic|classical)|\bdrop (?=tuning|[a-g]\b|the|d\b)|\bhook up\b|\bbridge (?=over|of sighs)"
    r"|\bchorus (?=guitar|effect|pedal|of)|\bhead(?=bang| (?:in|over|phones))|\b(?:the|my|your)"
    r" head\b"
    r"|\braindrops?\b|\btear ?drops?\b|\b(?:london|golden gate|brooklyn|old|stone|wooden)"
    r" bridges?\b"
    r"|\bhead (?=in\b|over|phones|nod)|\bdrop of\b|\bbuild-? ?up\b|\bcatchy hooks?\b"
    r"|\bone drop\b|\b1 drop\b|\bdrops? out\b"
    r"|\b(?:a |the )?hook you\b"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A section that the prompt names at ``text[start:end]``."""

    section: SectionWish
    start: int
    end: int


def mentions(reading: Reading) -> list[Mention]:
    """Every section that is named and is one, in order."""
    masked = _NOT_A_SECTION.sub(lambda m: "\x00" * len(m.group()), reading.text)
    found: list[Mention] = []
    for match in _SECTION.finditer(masked):
        kind = next(kind for kind in _KINDS if match[kind])
        bars = match["before"] or match["after"]
        section = SectionWish(kind, int(bars) if bars else None)
        mention = Mention(section, match.start(), match.end())
        found += [mention] * int(match["times"] or 1)
    for match in _LETTERED.finditer(masked):
        section = SectionWish(match["letter"].upper(), int(match["before"]))
        found.append(Mention(section, match.start(), match.end()))
    return sorted(found, key=lambda mention: mention.start)


def listed_form(reading: Reading, named: list[Mention]) -> tuple[SectionWish, ...]:
    """Return the form when at least three sections stand in a row, or as letters."""
    run: list[Mention] = []
    for mention in named:
        if run and not _JOINT.fullmatch(reading.text, run[-1].end, max(mention.start, run[-1].end)):
            if len(run) >= 3:
                break
            run = []
        run.append(mention)
    if len(run) >= 3:
        reading.cite("form", (run[0].start, run[-1].end), " ".join(m.section.name for m in run))
        return tuple(mention.section for mention in run)
    return _lettered(reading)


def _lettered(reading: Reading) -> tuple[SectionWish, ...]:
    for match in reading.find(_LETTERS, cased=True):
        letters = re.sub(r"[ -]", "", match.group(1))
        is_word = letters in _WORDS_IN_LETTERS and "form" not in match.group()
        if letters.startswith("A") and len(set(letters)) > 1 and not is_word:
            reading.claim("form", match.span(), letters)
            return tuple(SectionWish(letter) for letter in letters)
    for pattern, letters in _NAMED.items():
        named = reading.wanted(re.compile(pattern))
        if named is not None:
            reading.cite("form", named.span(), letters)
            return tuple(SectionWish(letter) for letter in letters)
    return ()
