"""What a good arranger forbids: notes nobody can play, and lines that move in chained fifths.

A chain is two moves on end, three fifths in a row, after the rule of counterpoint that lines which
move in perfect fifths are no longer heard as two (Fux 1725; Huron, "Tone and Voice", 2001, on why).
It holds within what one player plays, and between the outer voices: the bass, and the top line of
everybody else, where the chord changes. Whatever doubles the bass by the nature of its style, such
as power chords and the boogie figure, is named with its reason in the style (``Style.parallels``).
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from backend.pipeline.artifacts import Arrangement, Note, Role, SongPlan, TrackPlan
from backend.pipeline.styles import style
from backend.pipeline.theory.instruments import INSTRUMENTS, MONOPHONIC

FIFTH = 7

CHAIN = 2
"""Moves on end that make a chain."""

TOGETHER = 0.15
"""Quarter notes within which a player strikes the tones of one chord, rolled or strummed."""

SETTLED = 0.2
"""Quarter notes after a change of chord at which everybody who comes late has come."""

OVERLAP = 1e-4
"""Quarter notes below which two notes do not overlap: the rounding of their places."""

SINGLE = frozenset({Role.LEAD, Role.COUNTER, Role.BASS})
"""Roles that play one note at a time on whatever instrument."""

Chord = tuple[int, ...]
"""Pitches that sound at once, low to high."""


def out_of_range(song: SongPlan, arrangement: Arrangement) -> int:
    """Return how many notes lie outside their instrument's range."""
    return sum(
        not INSTRUMENTS[track.program].low <= note.pitch <= INSTRUMENTS[track.program].high
        for track in _pitched(song)
        for note in arrangement.track(track.id).notes
    )


def overlaps(song: SongPlan, arrangement: Arrangement) -> int:
    """Return how many notes of monophonic parts begin while the one before still sounds."""
    return sum(
        after.start_beat < note.end_beat - OVERLAP
        for track in _pitched(song)
        if track.role in SINGLE or track.program in MONOPHONIC
        for note, after in pairwise(_in_order(arrangement.track(track.id).notes))
    )


def chains_within(song: SongPlan, arrangement: Arrangement) -> list[str]:
    """Return the players who chain parallel fifths and have no reason to."""
    return [
        track.id
        for track in _unexcused(song)
        if longest_chain(arrangement.track(track.id).notes) >= CHAIN
    ]


def chains_with_the_bass(song: SongPlan, arrangement: Arrangement) -> list[str]:
    """Return the players whose top line chains parallel fifths with the bass without a reason."""
    return [
        track.id
        for track in _unexcused(song)
        if track.role is not Role.BASS and outer_chain(song, arrangement, track) >= CHAIN
    ]


def _unexcused(song: SongPlan) -> Iterator[TrackPlan]:
    excused = style(song.genre).parallels
    return (track for track in _pitched(song) if track.role not in excused)


def _pitched(song: SongPlan) -> Iterator[TrackPlan]:
    return (track for track in song.tracks if not track.is_drums)


def longest_chain(notes: Sequence[Note]) -> int:
    """Return the most moves on end in which two tones of one player's chords keep a fifth.

    A note alone moves in parallel with nothing; neither does what joins a chord that sounds on.
    """
    chain, longest = 0, 0
    for before, after, struck in _chords_heard(notes):
        if before:
            chain = chain + 1 if struck > 1 and in_parallel_fifths(before, after) else 0
        longest = max(longest, chain)
    return longest


def outer_chain(song: SongPlan, arrangement: Arrangement, upper: TrackPlan) -> int:
    """Return the most changes of chord on end at which bass and top line move in fifths."""
    bass = [
        note
        for track in song.tracks
        if track.role is Role.BASS
        for note in arrangement.track(track.id).notes
    ]
    moments = [chord.start_beat + SETTLED for chord in song.chords]
    lines = [_sounding(notes, moments) for notes in (bass, arrangement.track(upper.id).notes)]
    chain, longest = 0, 0
    before: Chord = ()
    for bottom, top in zip(*lines, strict=True):
        after = (min(bottom), max(top)) if bottom and top else ()
        if after != before:
            parallel = before and after and in_parallel_fifths(before, after)
            chain = chain + 1 if parallel else 0
        before, longest = after, max(longest, chain)
    return longest


def in_parallel_fifths(before: Chord, after: Chord) -> bool:
    """Whether two voices of a chord move the same way and stay a fifth apart, octaves aside.

    Of chords with different numbers of tones, the outer voices are compared.
    """
    if len(before) != len(after):
        before, after = (before[0], before[-1]), (after[0], after[-1])
    return any(
        (before[high] - before[low]) % 12 == FIFTH == (after[high] - after[low]) % 12
        and (after[low] - before[low]) * (after[high] - before[high]) > 0
        for high in range(len(before))
        for low in range(high)
    )


def _chords_heard(notes: Sequence[Note]) -> Iterator[tuple[Chord, Chord, int]]:
    """Yield what one player lets sound before and after each change, and how much was struck."""
    heard: Chord = ()
    sounding: list[Note] = []
    ordered = _in_order(notes)
    while ordered:
        now = ordered[0].start_beat + TOGETHER
        struck = [note for note in ordered if note.start_beat < now]
        ordered = ordered[len(struck) :]
        sounding = [note for note in sounding if note.end_beat > now + 0.1] + struck
        chord = tuple(sorted({note.pitch for note in sounding}))
        if len(chord) > 1 and not set(chord) <= set(heard):
            yield () if set(heard) <= set(chord) else heard, chord, len(struck)
            heard = chord


def _sounding(notes: Sequence[Note], moments: Sequence[float]) -> Iterator[Chord]:
    """Yield the pitches that sound at each moment."""
    pitches = np.array([note.pitch for note in notes], dtype=np.int64)
    starts = np.array([note.start_beat for note in notes])
    ends = np.array([note.end_beat for note in notes])
    for moment in moments:
        yield tuple(pitches[(starts <= moment) & (moment < ends)].tolist())


def _in_order(notes: Sequence[Note]) -> list[Note]:
    return sorted(notes, key=lambda note: (note.start_beat, note.pitch))
