"""Tempo: exact ("128 bpm", "dotted quarter = 60"), a range, in words, double-time, swing."""

import re
from dataclasses import replace

from backend.pipeline.planning.understanding.bare_tempo import bare_tempos
from backend.pipeline.planning.understanding.reading import Reading
from backend.pipeline.planning.understanding.wishes import TEMPO_RANGE, Pulse, TempoFeel, Wishes

_BPM = r"(?:bpm|bmp|b\.p\.m\.?|beats? (?:per|a|/) ?min(?:ute)?s?|beats?/min(?:ute)?)\b"
_NUMBER = r"(\d{2,3}(?:\.\d+)?)"
_ABOUT = r"(?:\s|=|:|of|is|at|to|about|around|approx\w*\.?|roughly|exactly|~)*"
_RANGE = re.compile(
    rf"(?:\b(?:tempo|bpm|between|from){_ABOUT})?(?<![\d/]){_NUMBER}(?: ?{_BPM})? ?(?:-|to|and"
    rf"|\.\.+) ?{_NUMBER}"
    rf"(?![\d/])(?: ?-?({_BPM}))?"
)
_TENS = re.compile(
    r"\b(?:tempo|bpm|speed)\b[^,.;\n\d]{0,24}?\b(?:(low|early|mid|high|late|upper)[ -])?"
    r"(1?\d0)'?s\b"
)
"""A tempo by its tens: "a tempo in the low 90s"."""
_THIRDS = {"low": (0, 3), "early": (0, 3), "mid": (4, 6), "high": (7, 9), "late": (7, 9),
           "upper": (7, 9), None: (0, 9)}  # fmt: skip
_NOTE_VALUE = re.compile(
    r"(?:(dotted[ -])?\b(whole|half|quarter|eighth|minim|crotchet|quaver)(?:[ -]notes?)?|(♩)(\.)?)"
    rf"\s*(?:=|\bat|\bis|\bequals)\s*{_NUMBER}(?: ?{_BPM})?"
)
_EXACT = (
    re.compile(rf"(?<![\d/.])[@~]? ?(\d{{1,4}}(?:\.\d+)?)(?:-?ish|\+)? ?-?{_BPM}"),
    re.compile(rf"\b(?:bpm|tempo|speed|velocity)(?:'s)?{_ABOUT}{_NUMBER}\b(?! ?%)"),
    re.compile(rf"@ ?{_NUMBER}\b"),
)
_CORRECTION = re.compile(
    r"\b(?:actually|no wait|wait|sorry|i mean|rather|scratch that|correction|make (?:it|that))\b"
)
"""Words after which the later number counts."""
_QUARTERS = {"whole": 4.0, "half": 2.0, "minim": 2.0, "eighth": 0.5, "quaver": 0.5}

_VERY = r"(?:very|super|really|extremely|incredibly|ultra|painfully)[ -]"
_FEELS = (
    (
        TempoFeel.MEDIUM,
        (
            r"\bnot (?:too|very|so|overly|that) (?:fast|slow|quick)\b(?:,? (?:and |or |but )?not "
            r"(?:too|very|so|that) (?:fast|slow|quick))?|\bmid-? ?tempo\b|\bmedium[ -](?:tempo"
            r"|swing"
            r"|speed|pace)\b|\bmoderate(?:ly)?\b|\bmoderato\b|\ballegretto\b|\bandantino\b"
        ),
    ),
    (
        TempoFeel.VERY_SLOW,
        rf"\b{_VERY}slow\b|\blargo\b|\blarghissimo\b|\bgrave(?= tempo)|\blargamente\b",
    ),
    (
        TempoFeel.VERY_FAST,
        rf"\b{_VERY}(?:fast|quick)\b|\bpresto\b|\bprestissimo\b|\bbreakneck\b|\blightning fast\b",
    ),
    (
        TempoFeel.SLOW,
        (
            r"\bhalf as (?:fast|quick)\b"
            r"|\bslow(?:er)?\b(?![ -](?:build|fade|burn|motion|food|down|cooker|intro|outro|fad"
            r"|rit))|\bdown-?tempo\b|\bslow-tempo\b|\blow tempo\b|\badagio\b|\blento\b|\bandante\b"
            r"|\blarghetto\b|\blangsam\b|\bdespacio\b|\blent(?:e|a|ement)?\b"
        ),
    ),
    (
        TempoFeel.FAST,
        (
            r"\btwice (?:as fast|the speed)\b"
            r"|(?<!half as )\bfast(?:er)?\b(?![ -](?:food|cars?|lane|forward|asleep|break))"
            r"|\bup-? ?tempo\b"
            r"|\ballegro\b|\bvivace\b|\bspeedy\b|\bhigh tempo\b|\bbrisk\b|\bschnell\b|\brapido\b"
            r"|\brapide\b|\bquick (?:tempo|pace)\b|\b(?:tempo|pace|speed):? quick\b"
        ),
    ),
)
_FEEL_PATTERNS = tuple((feel, re.compile(pattern)) for feel, pattern in _FEELS)
_PULSE = re.compile(r"\b(double|half)[ -]?time\b(?! (?:show|score|whistle))")
_SWING = (
    (0.5, re.compile(r"\bstraight (?:8ths|16ths|eighths?|sixteenths?|feel|time)\b|\bno swing\b")),
    (0.667, re.compile(r"\btriplet (?:feel|swing|groove)\b|\bshuffle\b|\bshuffled\b|\bhard swing")),
    (0.62, re.compile(r"\bswung\b|\bswing (?:feel|8ths|16ths|eighths|groove)\b|\blight swing\b")),
)


def read_tempo(reading: Reading, wishes: Wishes) -> Wishes:
    """Fill ``tempo_bpm``, ``tempo_range``, ``tempo_feel``, ``pulse`` and ``swing``."""
    bpm_range = None
    bpm = _note_value(reading)
    if bpm is None:
        bpm_range = _range(reading)
    if bpm is None and bpm_range is None:
        bpm = _exact(reading)
    if bpm is None and bpm_range is None:
        bpm = _bare(reading)
    wishes = replace(
        wishes,
        tempo_bpm=bpm,
        tempo_range=bpm_range,
        tempo_feel=_feel(reading),
        pulse=_pulse(reading),
        swing=_swing(reading),
    )
    _warn(reading, wishes)
    return wishes


def _note_value(reading: Reading) -> float | None:
    match = reading.wanted(_NOTE_VALUE)
    if match is None:
        return None
    quarters = _QUARTERS.get(match.group(2) or "", 1.0)
    if match.group(1) or match.group(4):
        quarters *= 1.5
    bpm = float(match.group(5)) * quarters
    reading.claim("tempo", match.span(), f"{bpm:g} quarter notes per minute")
    return bpm


def _range(reading: Reading) -> tuple[float, float] | None:
    for match in reading.find(_RANGE):
        low, high = sorted((float(match.group(1)), float(match.group(2))))
        named = match.group(3) or re.match(r"(?:tempo|bpm)", match.group())
        if named and low < high and not reading.negates(match.start()):
            reading.claim("tempo", match.span(), f"{low:g} to {high:g} BPM")
            return low, high
    return _tens(reading)


def _tens(reading: Reading) -> tuple[float, float] | None:
    match = reading.wanted(_TENS)
    if match is None:
        return None
    low, high = (float(match[2]) + offset for offset in _THIRDS[match[1]])
    reading.claim("tempo", match.span(), f"{low:g} to {high:g} BPM")
    return low, high


def _exact(reading: Reading) -> float | None:
    found = [
        match
        for pattern in _EXACT
        for match in reading.find(pattern)
        if not reading.negates(match.start())
    ]
    if not found:
        return None
    values = {float(match.group(1)) for match in found}
    found = sorted(found, key=lambda match: match.start())
    corrected = _CORRECTION.search(reading.whole, found[0].end(), found[-1].start())
    bpm = float(found[-1 if corrected else 0].group(1))
    for match in found:
        reading.claim("tempo", match.span(), f"{float(match.group(1)):g} BPM")
    if len(values) > 1:
        others = " and ".join(f"{value:g}" for value in sorted(values - {bpm}))
        reading.notes.append(f"Two tempos were named; {bpm:g} BPM was taken, not {others}.")
    return bpm


def _bare(reading: Reading) -> float | None:
    """Read a number without a unit; of several the first counts, or what corrects it."""
    found = bare_tempos(reading)
    if not found:
        return None
    corrected = _CORRECTION.search(reading.whole, found[0].end(), found[-1].start())
    match = found[-1 if corrected else 0]
    bpm = float(match[1])
    reading.claim("tempo", match.span(), f"{bpm:g} BPM")
    return bpm


def _feel(reading: Reading) -> TempoFeel | None:
    """Return the first tempo in words; "very slow" wins over the "slow" in it."""
    found = [
        (match.start(), place, feel, match)
        for place, (feel, pattern) in enumerate(_FEEL_PATTERNS)
        for match in reading.find(pattern)
        if feel is TempoFeel.MEDIUM or not reading.negates(match.start())
    ]
    medium = [item for item in found if item[2] is TempoFeel.MEDIUM]
    if not found:
        return None
    _, _, feel, match = min(medium or found, key=lambda item: (item[0], item[1]))
    reading.cite("tempo", match.span(), feel.value)
    others = [item[3] for item in found if item[2].value.split()[-1] != feel.value.split()[-1]]
    if others and not medium:
        reading.notes.append(
            f"“{match.group().strip()}” and “{others[0].group().strip()}” contradict each other; "
            "what was said first was taken."
        )
    return feel


def _pulse(reading: Reading) -> Pulse | None:
    match = reading.wanted(_PULSE)
    if match is None:
        return None
    pulse = Pulse.DOUBLE_TIME if match.group(1) == "double" else Pulse.HALF_TIME
    reading.claim("tempo", match.span(), pulse.value)
    return pulse


def _swing(reading: Reading) -> float | None:
    for ratio, pattern in _SWING:
        match = next(iter(reading.find(pattern)), None)
        if match is not None and (ratio == 0.5 or not reading.negates(match.start())):
            reading.cite("tempo", match.span(), "straight" if ratio == 0.5 else "swung")
            return ratio
    return None


def _warn(reading: Reading, wishes: Wishes) -> None:
    bpm, feel = wishes.tempo_bpm, wishes.tempo_feel
    if bpm is None:
        return
    low, high = TEMPO_RANGE
    if not low <= bpm <= high:
        reading.notes.append(f"{bpm:g} BPM was asked for; {low:g} to {high:g} can be played.")
    slow = feel in {TempoFeel.SLOW, TempoFeel.VERY_SLOW}
    fast = feel in {TempoFeel.FAST, TempoFeel.VERY_FAST}
    if (slow and bpm >= 140) or (fast and bpm <= 80):
        reading.notes.append(
            f'"{feel}" and {bpm:g} BPM do not agree; the number was taken for the tempo.'
        )
