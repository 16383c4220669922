"""Whoever plays above the bass does not go with it from fifth to fifth to fifth.

Lines that keep a perfect fifth through several chords fuse into one (Fux, "Gradus ad Parnassum",
1725; Huron, "Tone and Voice", Music Perception 19, 2001). Two fifths in a row pass; the third one
is moved to another tone of its chord, or left out of several.
"""

from collections.abc import Sequence
from dataclasses import replace

from backend.pipeline.artifacts import Chord, Note

FIFTH = 7

EARLY = 0.7
"""Quarter notes by which a note may come before its chord: a long swung eighth."""

SETTLED = 0.2
"""Quarter notes after a change of chord at which a note that belongs to it has come."""


def unchained(
    part: Sequence[Note], chords: Sequence[Chord], low: int = 0, high: int = 127
) -> tuple[Note, ...]:
    """Return a section's part whose top line has no three notes in a row a fifth above the bass.

    At its first and last change of chord not even two do: another section may go on from there.
    A note alone moves to another tone of its chord; of several the highest one is left out.

    Parameters
    ----------
    part : sequence of Note
        One voice or several, in order.
    chords : sequence of Chord
        Those of the section; the bass is taken to play their lowest tones as they begin.
    low, high : int
        MIDI pitches that the part stays between.
    """
    result = list(part)
    before: tuple[int, int] | None = None
    chained = False
    edges = {1, len(chords) - 1}
    for number, chord in enumerate(chords):
        if before is not None and (chained or number in edges):
            result = _clear_of(before, result, chord, range(low, high + 1))
        top = _top_at(result, chord.start_beat)
        if top is None:
            before, chained = None, False
            continue
        after = chord.bass, top.pitch
        if before != after:
            chained = before is not None and _fifths(before, after)
        before = after
    return tuple(result)


def _clear_of(
    before: tuple[int, int], part: Sequence[Note], chord: Chord, reach: range
) -> list[Note]:
    """Return the part with no top note that moves in fifths with the bass into this chord."""
    result = list(part)
    for _ in part:
        top = _top_at(result, chord.start_beat)
        if top is None or top.start_beat < chord.start_beat - EARLY:
            return result
        if not _fifths(before, (chord.bass, top.pitch)):
            return result
        changed = _without_top(result, top, chord, reach)
        if changed == result:
            return result
        result = changed
    return result


def _top_at(part: Sequence[Note], beat: float) -> Note | None:
    """Return the highest note that sounds as a chord begins, or comes with it."""
    heard = _heard_at(part, beat)
    return max(heard, key=lambda note: note.pitch) if heard else None


def _heard_at(part: Sequence[Note], beat: float) -> list[Note]:
    settled = beat + SETTLED
    return [note for note in part if note.start_beat <= settled < note.end_beat]


def _without_top(part: Sequence[Note], top: Note, chord: Chord, reach: range) -> list[Note]:
    """Let another tone of the chord be the highest one, for as long as the chord is struck."""
    if len({note.pitch for note in _heard_at(part, chord.start_beat)}) == 1:
        other = replace(top, pitch=_elsewhere(top.pitch, chord, reach))
        return [other if note is top else note for note in part]
    begin, end = top.start_beat, chord.start_beat + chord.duration_beats
    return [
        note for note in part if note.pitch != top.pitch or not begin <= note.start_beat < end - 0.1
    ]


def _fifths(before: tuple[int, int], after: tuple[int, int]) -> bool:
    """Whether bass (a pitch class) and line move and stay a fifth apart, octaves aside."""
    moved = before[0] != after[0] and before[1] != after[1]
    return moved and all((pitch - bass) % 12 == FIFTH for bass, pitch in (before, after))


def _elsewhere(pitch: int, chord: Chord, reach: range) -> int:
    """Return the tone of the chord nearest to its fifth."""
    tones = {tone for tone in chord.tones if (tone - chord.bass) % 12 != FIFTH}
    near = (pitch + step for step in (-3, 3, -4, 4, -2, 2, 5, -5))
    return next((other for other in near if other % 12 in tones and other in reach), pitch)
