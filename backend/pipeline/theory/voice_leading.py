"""Who sings and who plays the bass are two: they do not go from fifth to fifth to fifth together.

Lines that keep a perfect fifth through several chords fuse into one (Fux, "Gradus ad Parnassum",
1725; Huron, "Tone and Voice", Music Perception 19, 2001). Two fifths in a row pass; the third one
is moved to another tone of its chord.
"""

from collections.abc import Sequence
from dataclasses import replace

from backend.pipeline.artifacts import Chord, Note

FIFTH = 7

EARLY = 0.55
"""Quarter notes by which a note may anticipate the chord that it belongs to."""


def unchained(line: Sequence[Note], chords: Sequence[Chord]) -> tuple[Note, ...]:
    """Return a section's line with no three notes in a row a fifth above moving basses.

    At its first and last change of chord not even two do: another section may go on from there.

    Parameters
    ----------
    line : sequence of Note
        One voice, in order.
    chords : sequence of Chord
        Those of the section; the bass is taken to play their lowest tones as they begin.
    """
    result = list(line)
    before: tuple[int, int] | None = None
    chained = False
    edges = {1, len(chords) - 1}
    for number, chord in enumerate(chords):
        place = _heard_at(result, chord.start_beat)
        if place is None:
            before, chained = None, False
            continue
        note = result[place]
        parallel = before is not None and _fifths(before, (chord.bass, note.pitch))
        strict = chained or number in edges
        if parallel and strict and note.start_beat >= chord.start_beat - EARLY:
            note = result[place] = replace(note, pitch=_elsewhere(note.pitch, chord))
            parallel = False
        if before != (chord.bass, note.pitch):
            chained = parallel
        before = chord.bass, note.pitch
    return tuple(result)


def _heard_at(line: Sequence[Note], beat: float) -> int | None:
    """Return which note sounds as a chord begins, or comes with it."""
    inside = (n for n, note in enumerate(line) if note.start_beat <= beat + 0.1 < note.end_beat)
    return next(inside, None)


def _fifths(before: tuple[int, int], after: tuple[int, int]) -> bool:
    """Whether bass (a pitch class) and line move and stay a fifth apart, octaves aside."""
    moved = before[0] != after[0] and before[1] != after[1]
    return moved and all((pitch - bass) % 12 == FIFTH for bass, pitch in (before, after))


def _elsewhere(pitch: int, chord: Chord) -> int:
    """Return the tone of the chord nearest to its fifth."""
    tones = {tone for tone in chord.tones if (tone - chord.bass) % 12 != FIFTH}
    near = (pitch + step for step in (-3, 3, -4, 4, -2, 2, 5, -5))
    return next((other for other in near if other % 12 in tones), pitch)
