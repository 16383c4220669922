"""Mood: known words on the plane of valence and arousal (Russell 1980), negations heeded.

The values of the words are our own judgement. What follows "but" counts more: it is what the
prompt insists on ("rain on a night bus, but hopeful").
"""

import re
from dataclasses import dataclass, replace
from functools import cache

from backend.pipeline.planning.understanding.lexicon import lexicon
from backend.pipeline.planning.understanding.phrases import PhraseBook
from backend.pipeline.planning.understanding.reading import Reading
from backend.pipeline.planning.understanding.wishes import Wishes

_AFTER_BUT = 2.0
_REFUSED = -0.4
_EXPLICIT_ENERGY = re.compile(
    r"\benergy(?: level)?(?: of|:|=| at| is)? ?(?:(\d{1,3}) ?%|(1(?:\.0+)?|0?\.\d+)\b|(\d{1,2}) ?/"
    r" ?10)"
)
_LEVEL = re.compile(r"\b(very )?(low|high|medium|moderate)[ -]energy\b")
_LEVELS = {"low": 0.25, "medium": 0.5, "moderate": 0.5, "high": 0.85}


@dataclass(frozen=True, slots=True)
class _Feeling:
    word: str
    valence: float
    arousal: float
    weight: float
    span: tuple[int, int]


@cache
def _book() -> PhraseBook[tuple[float, float]]:
    moods = lexicon("moods")
    return PhraseBook(
        {word: (v, a) for word, (v, a) in (moods["words"] | moods["phrases"]).items()}
    )


def read_mood(reading: Reading, wishes: Wishes) -> Wishes:
    """Fill ``mood``, ``valence``, ``arousal`` and ``energy``."""
    feelings = [*_spoken(reading), *_drawn(reading)]
    energy = _energy(reading)
    if not feelings:
        return replace(wishes, energy=energy)
    valence = _mean([(feeling.valence, feeling.weight) for feeling in feelings])
    arousal = _mean([(feeling.arousal, feeling.weight) for feeling in feelings])
    named = [feeling for feeling in feelings if feeling.weight > 0 and feeling.word]
    strongest = max(named, key=lambda f: f.weight * (abs(f.valence) + abs(f.arousal)), default=None)
    for feeling in feelings:
        reading.cite("mood", feeling.span, feeling.word or "mood")
    if energy is None and arousal is not None:
        energy = round(0.5 + arousal / 2, 3)
    mood = strongest.word if strongest else None
    return replace(wishes, mood=mood, valence=valence, arousal=arousal, energy=energy)


def _spoken(reading: Reading) -> list[_Feeling]:
    text = reading.text
    turn = text.rfind(" but ")
    feelings = []
    for hit in _book().find(text):
        weight = _REFUSED if reading.negates(hit.start) else 1.0
        weight *= _AFTER_BUT if -1 < turn < hit.start else 1.0
        word = text[hit.start : hit.end]
        feelings.append(_Feeling(word, *hit.value, weight, (hit.start, hit.end)))
    return feelings


def _drawn(reading: Reading) -> list[_Feeling]:
    known = lexicon("moods")["emoji"]
    return [
        _Feeling("", known[sign][0], known[sign][1], 1.0, (index, index + 1))
        for index, sign in enumerate(reading.text)
        if sign in known
    ]


def _mean(parts: list[tuple[float, float]]) -> float | None:
    """Mean of the values that say something, each with its weight; refused words push away."""
    telling = [(value, weight) for value, weight in parts if abs(value) > 0.05]
    if not telling:
        return None
    total = sum(value * weight for value, weight in telling)
    return round(total / sum(abs(weight) for _, weight in telling), 3)


def _energy(reading: Reading) -> float | None:
    match = reading.wanted(_EXPLICIT_ENERGY)
    if match is not None:
        percent, fraction, tenth = match.groups()
        energy = float(fraction) if fraction else int(percent or 0) / 100 + int(tenth or 0) / 10
        reading.cite("mood", match.span(), f"energy {min(energy, 1.0):g}")
        if energy > 1:
            reading.notes.append(f"“{match.group()}”: there is no more energy than 100 %.")
        return min(energy, 1.0)
    level = reading.wanted(_LEVEL)
    if level is None:
        return None
    reading.cite("mood", level.span(), level.group())
    return _LEVELS[level.group(2)]
