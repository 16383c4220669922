"""Form and drama: sections, bars, builds, a huge finish, key change, the ending, loops."""

import re
from collections.abc import Iterable
from dataclasses import replace

from backend.pipeline.planning.understanding.reading import Reading
from backend.pipeline.planning.understanding.sections import Mention, listed_form, mentions
from backend.pipeline.planning.understanding.wishes import Ending, FormWish, KeyChange, Wishes

_BARS = re.compile(
    r"(?<!first )(?<!last )(?<!every )(?<!next )\b(?!12[ -]bar\b)(\d{1,4})[ -]bars?\b(?! [a-d]\b)"
    r"(?![ -](?:\w+ )?(?:intro|outro|verse|chorus|bridge|solo|blues|phrase"
    r"|break|drop|build|pre|section|riff|vamp|hook))"
)
_OF_A_SECTION = re.compile(
    r"\b(?:intro|verse|chorus|bridge|outro|solo|drop|break|breakdown|hook)(?:e?s)?,? ?[(:=]? ?"
    r"(?:of |for |is |lasts |about )?$"
)
_FEWEST_BARS, _MOST_BARS = 8, 400
_SIZE = re.compile(
    r"\b(long|extended|lengthy|drawn[ -]out|short|brief|quick) (?:\w+ )?(intro|outro|coda)\b"
)
_LONG = {"long", "extended", "lengthy", "drawn-out", "drawn out"}
_BUILDS = re.compile(
    r"\bbuild(?:s|ing|-?up)?\b(?! (?:a|my|your|our|houses?)\b)|\bcrescendo\b|\bgrow(?:s|ing)\b(?!"
    r" (?:up|old|older|apart|together|in|on|tomatoes|pains?)\b)|\beverything kicks in\b"
    r"|\bstarts? (?:off |out )?(?:very |really )?(?:quiet|soft|small|sparse|calm|gentl|slow|low)\w*"
    r"|\bgets? (?:bigger|louder|more intense)\b|\bbigger and bigger\b|\blouder and louder\b"
    r"|\bslow burn\b|\bgradual(?:ly)? (?:build|ris|grow|intens)\w*|\bquiet to loud\b"
)
_BIG = r"(?:huge|massive|big|epic|explosive|giant|grand|enormous|triumphant|monster|soaring)"
_BIG_FINISH = re.compile(
    rf"\b{_BIG} (?:\w+ )?(?:finale|ending|finish|climax|(?:final|last) (?:chorus|drop|section))\b"
    rf"|\b(?:final|last) (?:chorus|drop) (?:\w+ ){{0,3}}{_BIG}\b|\b(?:final|last) {_BIG} (?:chorus"
    rf"|drop)"
    r"|\bto a climax\b|\bbig last chorus\b|\bends? (?:really |very )?(?:big|huge|massive|loud)\b"
)
_KEY_CHANGE = re.compile(
    r"\bkey[ -]changes?\b|\bchang(?:es|e|ing) (?:the )?key\b|\bmodulat(?:es?|ing|ion)\b|\btruck"
    r" driver"
    r"'?s? (?:gear )?(?:change|shift)\b|\b(?:goes|go|lift(?:s|ed)?|shifts?|up) (?:up )?(?:a |by a "
    r"|1 )?"
    r"(?:key|semi-?tone|half[ -]?(?:step|tone)|whole[ -]?(?:step|tone)|tone)\b"
)
_INTERVALS = (
    (1, re.compile(r"\bsemi-?tone\b|\bhalf[ -]?(?:step|tone)\b")),
    (2, re.compile(r"\bwhole[ -]?(?:step|tone)\b|\ba tone\b|\b1 tone\b|\b2 semi-?tones\b")),
    (3, re.compile(r"\bminor 3rd\b|\bminor third\b")),
)
_ENDINGS = (
    (
        Ending.FADE,
        re.compile(
            r"\bfad(?:e[sd]?|ing)[ -]?(?:out|away)\b|\bfades? (?:at|to) |\bfade ending\b"
            r"|\bends? (?:with|in|on) a (?:\w+ )?fade\b"
        ),
    ),
    (
        Ending.RITARDANDO,
        re.compile(
            r"\britard\w*|\brit\.|\brallentando\b|\bslow(?:s|ing)? down (?:\w+ )?(?:at|toward"
            r"|towards"
            r"|near|to|in|for|into|on) (?:the )?(?:very )?"
            r"(?:end|close|finish|(?:last|final) (?:line|bars?|notes?|chord|phrase))\b"
        ),
    ),
    (
        Ending.COLD,
        re.compile(
            r"\bcold (?:ending|stop|end|finish|close)\b|\bhard (?:stop|ending|cut)\b"
            r"|\b(?:ends?|stops?|cuts?|ending) (?:off )?(?:on a |with a |very |it )?(?:cold|abrupt"
            r"|sudden"
            r"|dead|tight|hard)\w*|\b(?:abrupt|sudden|tight|clean) (?:end|ending|stop)\b"
        ),
    ),
)
_FASTER = re.compile(
    r"\baccelerando\b|\bgets? faster\b|\bspeed(?:s|ing)? up\b|\bfaster and faster\b|\baccelerat\w+"
)
_SLOWER = re.compile(r"\bgets? slower\b|\bslower and slower\b|\bslow(?:s|ing)? down\b")
_LOOP = re.compile(
    r"\bseamless(?:ly)?\b|\bloop(?:able|s|ing|ed)\b|\bperfect loop\b|\bendless(?:ly)? repeat"
    r"|(?:^|\x00\s*|\b(?:a|an|game|menu|background|this|music|that|second|minute|short|of) )loop\b"
    r"(?! (?:of|pedal))|[,;]\s*loop(?=\s*(?:$|[,;.]))"
)


def read_form(reading: Reading, wishes: Wishes) -> Wishes:
    """Fill ``form``."""
    named = mentions(reading)
    sections = listed_form(reading, named)
    excluded = _unique(m for m in named if reading.negates(m.start))
    included = (
        ()
        if sections
        else _unique(
            m
            for m in named
            if not reading.negates(m.start) and m.section.name not in {"build", "head"}
        )
    )
    sizes = _sizes(reading)
    ending = _ending(reading)
    form = FormWish(
        sections=sections,
        bars=_bars(reading),
        included=included,
        excluded=excluded,
        intro=sizes.get("intro"),
        outro=sizes.get("outro") or sizes.get("coda"),
        builds=_says(reading, _BUILDS, "builds up"),
        big_finish=_says(reading, _BIG_FINISH, "big finish"),
        key_change=_key_change(reading),
        tempo_change=_tempo_change(reading, ending),
        ending=ending,
        is_loop=_says(reading, _LOOP, "loops"),
    )
    for mention in named:
        wish = "no " if reading.negates(mention.start) else ""
        if not sections:
            reading.cite("form", (mention.start, mention.end), wish + mention.section.name)
    return replace(wishes, form=form)


def _unique(found: Iterable[Mention]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(mention.section.name for mention in found))


def _says(reading: Reading, pattern: re.Pattern[str], meaning: str) -> bool:
    match = reading.wanted(pattern)
    if match is None:
        return False
    for other in reading.find(pattern):
        reading.hear(other.span())
    reading.cite("form", match.span(), meaning)
    return True


def _bars(reading: Reading) -> int | None:
    match = reading.wanted(_BARS)
    if match is None or _OF_A_SECTION.search(reading.text, 0, match.start()):
        return None
    bars, words = int(match.group(1)), match.group()
    if not _FEWEST_BARS <= bars <= _MOST_BARS:
        reading.notes.append(f"“{words}”: a song has {_FEWEST_BARS} to {_MOST_BARS} bars.")
        return None
    reading.claim("form", match.span(), f"{bars} bars")
    return bars


def _sizes(reading: Reading) -> dict[str, str]:
    sizes: dict[str, str] = {}
    for match in reading.find(_SIZE):
        if not reading.negates(match.start()):
            sizes[match.group(2)] = "long" if match.group(1) in _LONG else "short"
            reading.cite("form", match.span(), f"{sizes[match.group(2)]} {match.group(2)}")
    return sizes


def _key_change(reading: Reading) -> KeyChange | None:
    match = reading.wanted(_KEY_CHANGE)
    if match is None:
        return None
    for other in (*reading.find(_KEY_CHANGE), *(m for _, p in _INTERVALS for m in reading.find(p))):
        reading.hear(other.span())
    clause = re.split(r"[.;\n]", reading.whole[max(0, match.start() - 40) : match.end() + 40])
    near = max(clause, key=lambda part: match.group() in part)
    semitones = next((size for size, pattern in _INTERVALS if pattern.search(near)), None)
    if semitones is not None and re.search(r"\bdown\b", near):
        semitones = -semitones
    section = "bridge" if "bridge" in near else "last chorus"
    if "chorus" not in near and re.search(r"\bend\b|\bfinale\b", near):
        section = "end"
    reading.cite("form", match.span(), f"key change ({section})")
    return KeyChange(semitones, section)


def _ending(reading: Reading) -> Ending | None:
    said = [(e, m) for e, p in _ENDINGS for m in reading.find(p) if not reading.negates(m.start())]
    if len({ending for ending, _ in said}) > 1:
        reading.notes.append(f"Several endings were named; it is a {said[0][0].value} ending.")
    for ending, pattern in _ENDINGS:
        match = next(iter(reading.find(pattern)), None)
        if match is None:
            continue
        if not reading.negates(match.start()):
            reading.cite("form", match.span(), f"{ending.value} ending")
            return ending
        if ending is Ending.FADE:
            reading.cite("form", match.span(), "no fade: cold ending")
            return Ending.COLD
    return None


def _tempo_change(reading: Reading, ending: Ending | None) -> str | None:
    if _says(reading, _FASTER, "accelerando"):
        return "accelerando"
    if ending is not Ending.RITARDANDO and _says(reading, _SLOWER, "ritardando"):
        return "ritardando"
    return None
