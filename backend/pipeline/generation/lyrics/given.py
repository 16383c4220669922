"""A text that was given: every word, in its order."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TypeAlias

from backend.pipeline.artifacts import Note
from backend.pipeline.generation.lyrics.phrases import Stanza
from backend.pipeline.generation.lyrics.placing import capacity, syllable_count
from backend.pipeline.generation.lyrics.syllables import split_syllables
from backend.pipeline.generation.lyrics.vocabulary import Line
from backend.pipeline.styles.kinds import family

_HEADING = re.compile(
    r"\s*(?:\[\W*(?P<bracketed>[a-z]*)[^\]]*\]"
    r"|\(?(?P<kind>intro|verse|pre-?chorus|chorus|refrain|bridge|hook|outro)(?: \d+)?\)? ?:?)\s*",
    re.IGNORECASE,
)
_KINDS = {"refrain": "chorus", "prechorus": "pre", "pre": "pre", "hook": "chorus"}

Passage: TypeAlias = tuple[Line, tuple[Note, ...]]
"""A line, and the notes on which it is sung."""


@dataclass(frozen=True, slots=True)
class Block:
    """Lines under one heading."""

    kind: str | None
    lines: tuple[Line, ...]


def blocks(text: str) -> tuple[Block, ...]:
    """Read a text; headings such as "[Chorus]" or "Verse 2:" are not sung."""
    found: list[tuple[str | None, list[Line]]] = [(None, [])]
    for line in text.splitlines():
        heading = _HEADING.fullmatch(line)
        if heading is not None:
            name = (heading["bracketed"] or heading["kind"] or "").lower().replace("-", "")
            found.append((_KINDS.get(name, name) or None, []))
        elif line.strip():
            found[-1][1].append(tuple(split_syllables(word) for word in line.split()))
    return tuple(Block(kind, tuple(lines)) for kind, lines in found if lines)


def passages(text: str, stanzas: Sequence[Stanza]) -> list[Passage]:
    """Deal a text out over the melody.

    A block goes to the next section of its kind; when the text would not end in time that way, or
    has no headings, it begins at the first sung section, and at the very first when it is long.
    """
    parts = blocks(text)
    sung = [stanza for stanza in stanzas if stanza.is_sung]
    for chosen, heeding in ((sung, True), (sung, False)):
        dealt = _dealt(parts, chosen, heeding=heeding)
        if dealt is not None:
            return dealt
    notes = [note for stanza in stanzas for phrase in stanza.phrases for note in phrase]
    return _spread([line for part in parts for line in part.lines], notes)


def _dealt(
    parts: Sequence[Block], stanzas: Sequence[Stanza], *, heeding: bool
) -> list[Passage] | None:
    """Return the passages, or None when the melody is too short for all lines."""
    phrases = [(phrase, stanza) for stanza in stanzas for phrase in stanza.phrases]
    position = 0
    found: list[Passage] = []
    for part in parts:
        if heeding and part.kind is not None:
            position = _next_of_kind(part.kind, phrases, position)
        for line in part.lines:
            notes: tuple[Note, ...] = ()
            while position < len(phrases) and not _carries(notes, line):
                notes += phrases[position][0]
                position += 1
            if not notes or capacity(notes) < syllable_count(line):
                return None
            found.append((line, notes))
    return found


def _carries(notes: tuple[Note, ...], line: Line) -> bool:
    """Whether a line can be sung on notes with two of them struck again at most."""
    count = syllable_count(line)
    return bool(notes) and len(notes) + 2 >= count and capacity(notes) >= count


def _next_of_kind(
    kind: str, phrases: Sequence[tuple[tuple[Note, ...], Stanza]], position: int
) -> int:
    """Return where the next section of a kind begins, or the position when none comes."""
    for place in range(position, len(phrases)):
        section = phrases[place][1].section
        begins = place == 0 or phrases[place - 1][1] is not phrases[place][1]
        if begins and family(section.name) == family(kind):
            return place
    return position


def _spread(lines: Sequence[Line], notes: Sequence[Note]) -> list[Passage]:
    """Give every line its share of all notes, breaths or not; what finds no note is not sung."""
    syllables = list(accumulate(map(syllable_count, lines)))
    room = list(accumulate(capacity([note]) for note in notes))
    found: list[Passage] = []
    position = 0
    for line, so_far in zip(lines, syllables, strict=True):
        first = position
        share = room[-1] * so_far / syllables[-1]
        while position < len(notes) and (
            room[position] <= share or capacity(notes[first:position]) < syllable_count(line)
        ):
            position += 1
        if first < position:
            found.append((line, tuple(notes[first:position])))
    return found
