"""Musical metrics of a song, defined exactly as in the reference measurements.

Groove consistency follows MusPy (Dong et al. 2020), sixteen steps to a bar of 4/4; self-similarity
is the cosine of duration-weighted bar chroma; a bar of drums is what kick, snare and hats play.
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from backend.pipeline.artifacts import Arrangement, Composition, Key, Note, SongPlan
from backend.pipeline.theory.metre import strength
from backend.pipeline.theory.scales import scale_classes

DRUM_GROUPS = {35: 0, 36: 0, 37: 1, 38: 1, 39: 1, 40: 1, 42: 2, 44: 2, 46: 2, 51: 2}
"""General MIDI drum keys to kick, snare and hats."""

SAME_STROKE = 0.1
"""Quarter notes within which two strokes of people stand at the same place of their bars."""

STRONG = 0.8
"""Strength from which a place is a strong beat: one and three of 4/4."""


def melody_metrics(song: SongPlan, melody: Sequence[Note]) -> dict[str, float]:
    """Return the metrics of a melody; nothing for one of fewer than twelve notes."""
    if len(melody) < 12:
        return {}
    pitches = np.array([note.pitch for note in melody])
    moves = np.diff(pitches)
    size = np.abs(moves)
    leaps = [n for n in range(len(moves) - 1) if size[n] >= 5]
    turned = [moves[n + 1] * moves[n] <= 0 for n in leaps]
    keyed = [note.pitch % 12 in scale_classes(_section_key(song, note)) for note in melody]
    sung = _sung_beats(song, melody)
    bars = {int(note.start_beat // song.metre.bar_beats) for note in melody}
    return {
        "in_key": float(np.mean(keyed)),
        "strong_chord_tones": _strong_chord_tones(song, melody),
        "steps": float(((size > 0) & (size <= 2)).mean()),
        "repeats": float((size == 0).mean()),
        "large_leaps": float((size >= 8).mean()),
        "turn_after_leap": float(np.mean(turned)) if turned else 1.0,
        "range": float(np.ptp(pitches)),
        "notes_per_bar": len(melody) / len(bars) * 4 / song.metre.bar_beats,
        "rests": 1 - sum(note.duration_beats for note in melody) / sung,
        "bar_repeats": _bar_repeats(song, melody),
    }


def _strong_chord_tones(song: SongPlan, melody: Sequence[Note]) -> float:
    starts = [chord.start_beat for chord in song.chords]
    tonal = [
        note.pitch % 12
        in song.chords[int(np.searchsorted(starts, note.start_beat + 1e-6)) - 1].tones
        for note in melody
        if _strength(song, note) >= STRONG
    ]
    return float(np.mean(tonal)) if tonal else 1.0


def _strength(song: SongPlan, note: Note) -> float:
    return strength(song.metre, round(note.start_beat % song.metre.bar_beats, 6))


def _section_key(song: SongPlan, note: Note) -> Key:
    bar = int(note.start_beat // song.metre.bar_beats)
    return next(
        (s.key for s in song.sections if s.start_bar <= bar < s.start_bar + s.bars), song.key
    )


def _sung_beats(song: SongPlan, melody: Sequence[Note]) -> float:
    """Return the beats of the sections in which there is a melody."""
    bar = song.metre.bar_beats
    bars = {int(note.start_beat // bar) for note in melody}
    return sum(
        section.bars * bar
        for section in song.sections
        if any(section.start_bar <= b < section.start_bar + section.bars for b in bars)
    )


def _bar_repeats(song: SongPlan, melody: Sequence[Note]) -> float:
    """Return the mean over windows of 16 bars of the share of bars heard before in the window."""
    bar = song.metre.bar_beats
    content: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for note in melody:
        content[int(note.start_beat // bar)].append((round(note.start_beat % bar, 3), note.pitch))
    shares = []
    numbers = sorted(content)
    for first in range(0, len(numbers), 16):
        window = numbers[first : first + 16]
        if len(window) < 8:
            continue
        shapes = [tuple(content[number]) for number in window]
        shares.append(1 - len(set(shapes)) / len(shapes))
    return float(np.mean(shares)) if shares else 0.25


def arrangement_metrics(song: SongPlan, arrangement: Arrangement) -> dict[str, float]:
    """Return the metrics of the whole score."""
    drums = {track.id for track in song.tracks if track.is_drums}
    pitched = [n for t in arrangement.tracks if t.track_id not in drums for n in t.notes]
    struck = [n for t in arrangement.tracks if t.track_id in drums for n in t.notes]
    result = {
        "pc_entropy": _entropy(pitched),
        "notes_per_beat": len(pitched) / song.total_beats,
        "polyphony": _polyphony(song, pitched),
        "groove": _groove(song, [*pitched, *struck]),
        "energy_variation": _energy_variation(song, [*pitched, *struck]),
    }
    result |= _self_similarity(song, pitched)
    if struck:
        result |= _drum_repeats(song, struck)
    return result


def _entropy(notes: Sequence[Note]) -> float:
    """Return the entropy of the pitch classes, in bits."""
    shares = np.bincount([note.pitch % 12 for note in notes], minlength=12) / len(notes)
    return float(-sum(share * np.log2(share) for share in shares if share))


def _polyphony(song: SongPlan, notes: Sequence[Note]) -> float:
    """Return the mean number of sounding notes on the eighths on which any sounds."""
    starts = np.sort([note.start_beat for note in notes])
    ends = np.sort([note.end_beat for note in notes])
    times = np.arange(0, song.total_beats, 0.5) + 0.02
    sounding = np.searchsorted(starts, times) - np.searchsorted(ends, times)
    return float(sounding[sounding > 0].mean())


def _bars_of(song: SongPlan, notes: Sequence[Note]) -> list[list[Note]]:
    bars: list[list[Note]] = [[] for _ in range(song.total_bars)]
    for note in notes:
        place = int((note.start_beat + 0.06) // song.metre.bar_beats)
        if place < len(bars):
            bars[place].append(note)
    return bars


def _groove(song: SongPlan, notes: Sequence[Note]) -> float:
    steps = round(song.metre.bar_beats * 4)
    grid = np.zeros((song.total_bars + 1, steps), dtype=bool)
    for note in notes:
        place = round(note.start_beat * 4)
        grid[min(place // steps, song.total_bars), place % steps] = True
    return float(np.mean([1 - np.mean(a ^ b) for a, b in pairwise(grid[:-1])]))


def _energy_variation(song: SongPlan, notes: Sequence[Note]) -> float:
    """Return the coefficient of variation of the notes in a bar."""
    levels = [len(bar) for bar in _bars_of(song, notes)]
    return float(np.std(levels) / np.mean(levels))


def _self_similarity(song: SongPlan, notes: Sequence[Note]) -> dict[str, float]:
    """Return how alike bars are that lie a phrase apart, and the gain over neighbours.

    A phrase has four bars or eight, whichever are more alike; both must gain.
    """
    chroma = np.zeros((song.total_bars, 12))
    for number, bar in enumerate(_bars_of(song, notes)):
        for note in bar:
            chroma[number, note.pitch % 12] += note.duration_beats

    def lag(distance: int) -> float:
        return float(np.mean([
            _cosine(chroma[n], chroma[n - distance]) for n in range(distance, song.total_bars)
        ])) if song.total_bars > distance else 1.0  # fmt: skip

    far = lag(4), lag(8)
    return {"self_similarity": max(far), "similarity_gain": min(far) - lag(1)}


def _cosine(a: NDArray[np.float64], b: NDArray[np.float64]) -> float:
    size = float(np.linalg.norm(a) * np.linalg.norm(b))
    return float(a @ b) / size if size else 0.0


Bar = tuple[tuple[int, float], ...]
"""Strokes of kick, snare and hats, with their places in the bar."""


def _drum_repeats(song: SongPlan, struck: Sequence[Note]) -> dict[str, float]:
    """Return how many bars were heard within eight bars before, and how many are unique."""
    known: list[Bar] = []
    numbered: list[tuple[int, int]] = []
    for number, notes in enumerate(_bars_of(song, struck)):
        start = number * song.metre.bar_beats
        bar = tuple(sorted(
            (DRUM_GROUPS[n.pitch], n.start_beat - start) for n in notes if n.pitch in DRUM_GROUPS
        ))  # fmt: skip
        if bar:
            kind = next((k for k, other in enumerate(known) if _same(bar, other)), len(known))
            known += [bar] * (kind == len(known))
            numbered.append((number, kind))
    if len(numbered) <= 8:
        return {}
    again = [
        any(other == kind and number - before <= 8 for before, other in numbered[:place])
        for place, (number, kind) in enumerate(numbered)
    ]
    return {
        "drum_repeat": float(np.mean(again[1:])),
        "drum_unique": len(known) / len(numbered),
    }


def _same(bar: Bar, other: Bar) -> bool:
    return len(bar) == len(other) and all(
        group == second and abs(at - place) <= SAME_STROKE
        for (group, at), (second, place) in zip(bar, other, strict=True)
    )


def clashes(song: SongPlan, composition: Composition) -> int:
    """Return how many long strong melody notes lie a semitone above a chord tone."""
    starts = [chord.start_beat for chord in song.chords]
    count = 0
    for note in composition.melody:
        chord = song.chords[int(np.searchsorted(starts, note.start_beat + 1e-6)) - 1]
        strong = _strength(song, note) >= STRONG and note.duration_beats >= 1
        outside = note.pitch % 12 not in chord.tones
        count += strong and outside and (note.pitch - 1) % 12 in chord.tones
    return count


def shared_runs(melodies: Sequence[Sequence[int]], length: int = 8) -> float:
    """Return the largest share of interval runs that any two melodies have in common."""
    runs = []
    for melody in melodies:
        moves = [b - a for a, b in pairwise(melody)]
        runs.append({tuple(moves[n : n + length]) for n in range(len(moves) - length + 1)})
    return max(
        (len(a & b) / max(1, min(len(a), len(b))) for n, a in enumerate(runs) for b in runs[:n]),
        default=0.0,
    )
