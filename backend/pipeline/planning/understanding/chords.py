"""Chord progressions: "Am F C G", "| Dm7 G7 | Cmaj7 |", "ii V I", "1-5-6-4", "12-bar blues"."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TypeAlias

from backend.pipeline.planning.understanding.lexicon import lexicon
from backend.pipeline.planning.understanding.reading import Reading
from backend.pipeline.planning.understanding.wishes import ChordsWish, Wishes

_EXTENSION = (
    r"(?:6/9|69|maj13|maj11|maj9|maj7|maj|M9|M7|min|mM7|dim|aug|sus[24]?|add\d{1,2}|alt|[ø°Δ+m]"
    r"|13|11|10|9|7|6|5|4|2|[b#](?:5|9|11|13)|-5|\((?:[b#]?\d{1,2}|maj7)\)){0,4}"
)
_CHORD = rf"(?:[A-G](?:#|b)?{_EXTENSION}(?:/[A-G](?:#|b)?)?(?![\w#'&]))"
_ROMAN = (
    r"(?:[b#]?(?:VII|VI|IV|V|III|II|I|vii|vi|iv|v|iii|ii|i)(?:maj7|maj9|m7b5|sus[24]?|add9|dim"
    r"|aug|[°øo+])*(?:7|9|11|13|6)?(?:/[b#]?(?:VII|VI|IV|V|III|II|vii|vi|iv|iii|ii))?(?![\w'’]))"
)
_GAP = r"(?: ?[|,] ?| ?-+>? ?| ?> ?| ?/ ?| {1,2}|,? and | to )"
_CUE = r"(?:chords?|progression|changes|over|vamp|loop|turnaround|harmony)"

_ABSOLUTE = re.compile(rf"(?<![\w#'&])(?:\| ?)?{_CHORD}(?:{_GAP}{_CHORD})+(?: ?\|)?")
_LOWER = re.compile(
    rf"(?<=\b)(?:chords?|progression|over|changes)(?: of| is| are|[:=])*"
    rf" ({_CHORD}(?:{_GAP}{_CHORD}){{2,}})",
    re.IGNORECASE,
)
_ONLY_CHORD = re.compile(
    rf"\b(?:1|[Oo]ne|[Ss]ingle) chord(?: only| vamp| groove| song| jam)?,? ?[:=(]? ?({_CHORD})"
)
_ROMANS = re.compile(rf"(?<![\w'])(?:\| ?)?{_ROMAN}(?:{_GAP}{_ROMAN})+(?: ?\|)?")
_DEGREES = re.compile(r"(?<![\d.:/,-])\b[1-7](?: ?[-,] ?[1-7]| [1-7]){2,7}\b(?![\d:/%])")
_COUNTING = re.compile(r"1\D+2\D+3")
_CUE_NEAR = re.compile(rf"\b{_CUE}\b")
_ONE_CHORD = re.compile(_CHORD)
_ONE_ROMAN = re.compile(_ROMAN)

_KIND = r"(?P<kind>intro|verse|pre-? ?chorus|chorus|refrain|bridge|outro|middle 8|drop|solo|hook)"
_SECTION_BEFORE = re.compile(
    rf"\b{_KIND}(?:e?s)?\b(?: (?:part|section|chords?|progression|is|are|goes|go|on|over|with|uses"
    r"|the|of|in|stays)| ?[:=(]| -)*\s*\|?$"
)
_SECTION_AFTER = re.compile(
    rf"\|?\)?,? (?:chords? |progression |changes )?(?:in|for|on|during|under) "
    rf"(?:the |each |every )?(?:{_KIND})(?:e?s)?\b"
)

_MAJOR_DEGREES = ("I", "ii", "iii", "IV", "V", "vi", "vii°")
_MINOR_DEGREES = ("i", "ii°", "bIII", "iv", "v", "bVI", "bVII")


Found: TypeAlias = tuple[tuple[int, int], ChordsWish]


def read_chords(reading: Reading, wishes: Wishes) -> Wishes:
    """Fill ``chords`` and ``section_chords``; of several for the same bars, the first is law."""
    whole = reading.whole
    found = [
        item
        for read in (_absolute, _single, _lower_case, _romans, _degrees)
        for item in read(reading)
    ]
    found = sorted(found, key=lambda item: item[0]) or list(_named(reading))
    if not found:
        return wishes
    by_section: dict[str, ChordsWish] = {}
    everywhere: list[ChordsWish] = []
    for span, chords in found:
        kind = _section_of(whole, span)
        if kind is not None and kind not in by_section:
            by_section[kind] = chords
        elif kind is None:
            everywhere.append(chords)
        else:
            _tell_second(reading, by_section[kind], chords, f" in the {kind}")
    for other in everywhere[1:]:
        if other.bars != everywhere[0].bars:
            _tell_second(reading, everywhere[0], other)
    first = (everywhere or list(by_section.values()))[0]
    return replace(wishes, chords=first, section_chords=tuple(by_section.items()),
                   chords_everywhere=bool(everywhere))  # fmt: skip


def _section_of(text: str, span: tuple[int, int]) -> str | None:
    """Return the kind of section that a progression is said for."""
    before = _SECTION_BEFORE.search(text, max(0, span[0] - 48), span[0])
    after = _SECTION_AFTER.match(text, span[1])
    match = before or after
    if match is None:
        return None
    kind = match["kind"].replace("-", "").replace(" ", "")
    return {"prechorus": "pre", "refrain": "chorus", "middle8": "bridge"}.get(kind, kind)


def _tell_second(reading: Reading, taken: ChordsWish, other: ChordsWish, where: str = "") -> None:
    reading.notes.append(f"Two progressions were named{where}; {taken} was taken, not {other}.")


def _absolute(reading: Reading) -> Iterator[Found]:
    for match in reading.find(_ABSOLUTE, cased=True):
        bars = _bars(match.group(), _ONE_CHORD)
        if not reading.negates(match.start()) and _are_chords(reading, match, bars):
            yield _claimed(reading, match.span(), ChordsWish(bars, roman=False))


def _are_chords(reading: Reading, match: re.Match[str], bars: tuple[tuple[str, ...], ...]) -> bool:
    """Tell chords from "plan A, B" and from forms such as "A B A"; two need a cue or bar lines."""
    chords = [chord for bar in bars for chord in bar]
    cued = (
        "|" in match.group()
        or _cue_before(reading, match.start())
        or _cue_after(reading, match.end())
    )
    if all(len(chord) == 1 for chord in chords):
        return (cued and len(chords) >= 3 and "form" not in reading.text[match.end() :][:6]) or (
            len(chords) >= 3 and bool(set(chords) & set("EFG")) and "".join(chords) not in "ABCDEFG"
        )
    return cued or len(chords) >= 3 or all(re.search(r"\d", chord) for chord in chords)


def _cue_before(reading: Reading, position: int) -> bool:
    return _CUE_NEAR.search(reading.whole, max(0, position - 24), position) is not None


def _cue_after(reading: Reading, position: int) -> bool:
    return re.match(rf"\W*{_CUE}\b", reading.whole[position : position + 16]) is not None


def _lower_case(reading: Reading) -> Iterator[Found]:
    for match in reading.find(_LOWER):
        names = [m.group() for m in re.finditer(_CHORD, match.group(1), re.IGNORECASE)]
        bars = tuple((name[0].upper() + name[1:],) for name in names)
        yield _claimed(reading, match.span(1), ChordsWish(bars, roman=False))


def _single(reading: Reading) -> Iterator[Found]:
    for match in reading.find(_ONLY_CHORD, cased=True):
        yield _claimed(reading, match.span(1), ChordsWish(((match.group(1),),), roman=False))


def _romans(reading: Reading) -> Iterator[Found]:
    for match in reading.find(_ROMANS, cased=True):
        bars = _bars(match.group(), _ONE_ROMAN)
        degrees = [degree for bar in bars for degree in bar]
        if len(set(degrees)) < 2 or (len(degrees) < 3 and not _cue_before(reading, match.start())):
            continue
        if "i" in {re.split(r"[^ivIV]", degree)[0] for degree in degrees}:
            bars = tuple(tuple(_from_minor(degree) for degree in bar) for bar in bars)
        yield _claimed(reading, match.span(), ChordsWish(bars, roman=True))


def _from_minor(degree: str) -> str:
    """Natural-minor III, VI and VII as degrees of the major scale."""
    return "b" + degree if re.match(r"(?:VII|VI|III)(?![VI])", degree) else degree


def _degrees(reading: Reading) -> Iterator[Found]:
    for match in reading.find(_DEGREES):
        digits = [int(digit) for digit in re.findall(r"\d", match.group())]
        cued = _CUE_NEAR.search(reading.whole, max(0, match.start() - 24), match.end() + 18)
        known = digits[:3] == [2, 5, 1]
        if _COUNTING.match(match.group()) or not (known or cued or "-" in match.group()):
            continue
        minor = re.search(r"\bmin(?:or)?\b", reading.whole) is not None
        names = _MINOR_DEGREES if minor else _MAJOR_DEGREES
        bars = tuple((names[digit - 1],) for digit in digits)
        yield _claimed(reading, match.span(), ChordsWish(bars, roman=True))


def _named(reading: Reading) -> Iterator[Found]:
    for name, entry in lexicon("progressions").items():
        match = reading.wanted(re.compile(entry["said"]))
        if match is not None:
            bars = tuple(tuple(bar.split()) for bar in entry["bars"].split("|"))
            reading.cite("chords", match.span(), name)
            yield match.span(), ChordsWish(bars, roman=True, name=name)


def _bars(text: str, one: re.Pattern[str]) -> tuple[tuple[str, ...], ...]:
    """Bars between bar lines; without bar lines each chord lasts a bar."""
    if "|" not in text:
        return tuple((chord,) for chord in one.findall(text))
    bars = (tuple(one.findall(bar)) for bar in text.split("|"))
    return tuple(bar for bar in bars if bar)


def _claimed(reading: Reading, span: tuple[int, int], chords: ChordsWish) -> Found:
    reading.claim("chords", span, str(chords))
    return span, chords
