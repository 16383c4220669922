"""Length: "a 45 second jingle", "2:30", "two and a half minutes", "half a minute"."""

import re
from dataclasses import replace

from backend.pipeline.planning.understanding.reading import Reading
from backend.pipeline.planning.understanding.wishes import LENGTH_RANGE, Wishes

_MINUTES = r"(?:minutes?|mins?(?![a-z])\.?|m(?![a-z]))"
_SECONDS = r"(?:seconds?|secs?\b\.?|s\b)"
_NOT_A_LENGTH_BEFORE = re.compile(
    r"\b(?:in|after|every|first|last|final|at|within|ago|another|next|beats|times|bpm)[ \x00]$"
)
_NOT_A_LENGTH_AFTER = re.compile(
    r"'? ?(?:of fame|to (?:midnight|go|live)|past|till|until|before|after|away|late\b|later|ago"
    r"|time\b"
    r"|from now|intro|outro|solo|drop|verse|fade|chorus|bridge|silence|notice|rice|walk|drive)"
)
_CLOCK = re.compile(r"(?<![\d:])(\d{1,2}):([0-5]\d)(?![\d:])(?! ?(?:[ap]\.?m\b|o'clock))")
_MINUTES_SECONDS = re.compile(
    rf"(?<![\d.])(\d{{1,2}}) ?(?:{_MINUTES}|') ?(?:,? ?and )?(\d{{1,2}})(?: ?{_SECONDS}|''|\"|\b(?!"
    rf" ?\w))"
)
_AND_A_HALF = re.compile(
    r"\b(an?|\d{1,2}) (minutes?|mins?|hours?) and (?:a )?(half|quarter)\b(?: long)?"
)
_HALF = re.compile(r"\bhalf (?:a|an) (minute|min|hour)\b|\b(?:a )?half[ -](minute|hour)\b")
_VAGUE = re.compile(r"\b(?:a )?(couple|few)(?: of)? (minutes|mins)\b")
_PLAIN = re.compile(
    rf"(?<![\d.:/'])(an?|\d+(?:\.\d+)?|\.\d+)[ -]?(?:({_MINUTES})|({_SECONDS})|(hours?|hrs?)\b)"
)
_QUOTED = re.compile(r"(?<![\d.:/'])\b(\d{1,3})(?:\"|'')(?=\s*(?:$|[,;.)]))")
_LENGTH_OF = re.compile(r"\s*(?:$|[,;.]|(?:of|long|and|in length|song|track|piece|loop|jingle)\b)")
_LIMIT = re.compile(
    r"\b(under|less than|at most|no more than|max(?:imum)?|up to|below|not more than) $"
)
_DECADES = {"30", "40", "50", "60", "70", "80", "90"}
_MACHINES = {"303", "606", "707", "808", "909"}
_UNIT = {"minute": 60.0, "min": 60.0, "hour": 3600.0}


def read_duration(reading: Reading, wishes: Wishes) -> Wishes:
    """Fill ``duration_seconds``."""
    found: list[float] = []
    for pattern in (_AND_A_HALF, _HALF, _VAGUE, _MINUTES_SECONDS, _CLOCK, _QUOTED, _PLAIN):
        for match in reading.find(pattern):
            if not _is_length(reading, match):
                continue
            seconds = _seconds(match)
            limit = _LIMIT.search(reading.text, 0, match.start())
            found.append(seconds)
            reading.claim("duration", match.span(), f"{seconds:g} seconds")
            if limit:
                reading.notes.append(
                    f'"{limit.group(1)} {match.group()}" was taken as {seconds:g} seconds.'
                )
    if not found:
        return wishes
    _warn(reading, found)
    return replace(wishes, duration_seconds=found[0])


def _seconds(match: re.Match[str]) -> float:
    if match.re is _HALF:
        return _UNIT[match.group(1) or match.group(2)] / 2
    if match.re is _VAGUE:
        return 120.0 if match.group(1) == "couple" else 180.0
    if match.re in {_CLOCK, _MINUTES_SECONDS}:
        return int(match.group(1)) * 60.0 + int(match.group(2))
    if match.re is _QUOTED:
        return float(match.group(1))
    amount = 1.0 if match.group(1) in {"a", "an"} else float(match.group(1))
    if match.re is _AND_A_HALF:
        amount += 0.5 if match.group(3) == "half" else 0.25
        return amount * _UNIT[match.group(2).removesuffix("s")]
    return amount * (60.0 if match.group(2) else 1.0 if match.group(3) else 3600.0)


def _is_length(reading: Reading, match: re.Match[str]) -> bool:
    text = reading.text
    if _NOT_A_LENGTH_BEFORE.search(text, 0, match.start()):
        return False
    if _NOT_A_LENGTH_AFTER.match(text, match.end()):
        return False
    if match.re is _PLAIN:
        return _is_plain_length(text, match)
    return True


def _is_plain_length(text: str, match: re.Match[str]) -> bool:
    """Tell "90s synth pop" (an era), "a second verse" and "5 m" from lengths."""
    amount, unit = match.group(1), match.group().removeprefix(match.group(1)).lstrip(" -")
    if unit == "s" and (amount in _MACHINES or len(amount) > 3):
        return False
    if unit == "s" and match.group().endswith(amount + "s") and amount in _DECADES:
        era = amount >= "50" or re.search(
            r"\b(?:the|early|late|mid|in|')[ -]?$", text[: match.start()]
        )
        return not era
    if amount in {"a", "an"}:
        return unit.startswith(("minute", "hour")) and bool(_LENGTH_OF.match(text, match.end()))
    return not (unit == "m" and " " in match.group())


def _warn(reading: Reading, found: list[float]) -> None:
    if len(set(found)) > 1:
        reading.notes.append(f"Several lengths were named; {found[0]:g} seconds was taken.")
    low, high = LENGTH_RANGE
    if not low <= found[0] <= high:
        reading.notes.append(
            f"A length of {found[0]:g} seconds was asked for; {low:g} to {high:g} can be made."
        )
