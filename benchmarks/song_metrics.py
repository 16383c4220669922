"""Musical metrics of a song; definitions as in the reference measurements.

Groove consistency and scale consistency follow MusPy (Dong et al. 2020); self-similarity is the
cosine of duration-weighted bar chroma.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from backend.pipeline.artifacts import Arrangement, Composition, Key, Note, SongPlan
from backend.pipeline.theory.metre import strength
from backend.pipeline.theory.scales import scale_classes


def melody_metrics(song: SongPlan, melody: Sequence[Note]) -> dict[str, float]:
    """Return the metrics of a melody; definitions as in the reference measurements."""
    if len(melody) < 12:
        return {}
    pitches = np.array([note.pitch for note in melody])
    moves = np.diff(pitches)
    size = np.abs(moves)
    shares = np.bincount(pitches % 12, minlength=12) / len(pitches)
    entropy = -sum(share * np.log2(share) for share in shares if share)
    leaps = [n for n in range(len(moves) - 1) if size[n] >= 5]
    turned = [moves[n + 1] * moves[n] <= 0 for n in leaps]
    strong = [note for note in melody if _strength(song, note) >= 0.6]
    chords = song.chords
    starts = [chord.start_beat for chord in chords]
    tonal = [
        note.pitch % 12 in chords[int(np.searchsorted(starts, note.start_beat + 1e-6)) - 1].tones
        for note in strong
    ]
    keyed = [note.pitch % 12 in scale_classes(_section_key(song, note)) for note in melody]
    sung = _sung_beats(song, melody)
    return {
        "in_key": float(np.mean(keyed)),
        "pc_entropy": float(entropy),
        "strong_chord_tones": float(np.mean(tonal)) if tonal else 1.0,
        "steps": float(((size > 0) & (size <= 2)).mean()),
        "repeats": float((size == 0).mean()),
        "large_leaps": float((size >= 8).mean()),
        "turn_after_leap": float(np.mean(turned)) if turned else 1.0,
        "range": float(np.ptp(pitches)),
        "rests": 1 - sum(note.duration_beats for note in melody) / sung,
        "bar_repeats": _bar_repeats(song, melody),
    }


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
        seen: set[tuple[tuple[float, int], ...]] = set()
        again = 0
        for number in window:
            shape = tuple(content[number])
            again += shape in seen
            seen.add(shape)
        shares.append(again / len(window))
    return float(np.mean(shares)) if shares else 0.25


def arrangement_metrics(song: SongPlan, arrangement: Arrangement) -> dict[str, float]:
    """Return the metrics of the whole score."""
    drums = {track.id for track in song.tracks if track.is_drums}
    pitched = [n for t in arrangement.tracks if t.track_id not in drums for n in t.notes]
    struck = [n for t in arrangement.tracks if t.track_id in drums for n in t.notes]
    result = {
        "notes_per_beat": (len(pitched) + len(struck)) / song.total_beats,
        "polyphony": _polyphony(pitched),
        "groove": _groove(song, [*pitched, *struck]),
        "energy_variation": _energy_variation(song, [*pitched, *struck]),
    }
    result |= _self_similarity(song, pitched)
    if struck:
        result |= _drum_repeats(song, struck)
    return result


def _polyphony(notes: Sequence[Note]) -> float:
    events = sorted([(n.start_beat, 1) for n in notes] + [(n.end_beat, -1) for n in notes])
    sounding, area, span = 0, 0.0, 0.0
    for (beat, step), (after, _) in pairwise(events):
        sounding += step
        if sounding:
            area += sounding * (after - beat)
            span += after - beat
    return area / span if span else 0.0


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
    levels = [sum(note.velocity for note in bar) for bar in _bars_of(song, notes)]
    return float(np.std(levels) / np.mean(levels))


def _self_similarity(song: SongPlan, notes: Sequence[Note]) -> dict[str, float]:
    chroma = np.zeros((song.total_bars, 12))
    for number, bar in enumerate(_bars_of(song, notes)):
        for note in bar:
            chroma[number, note.pitch % 12] += note.duration_beats

    def lag(distance: int) -> float:
        return float(np.mean([
            _cosine(chroma[n], chroma[n - distance]) for n in range(distance, song.total_bars)
        ])) if song.total_bars > distance else 1.0  # fmt: skip

    far = max(lag(4), lag(8))
    return {"self_similarity": far, "similarity_gain": far - lag(1)}


def _cosine(a: NDArray[np.float64], b: NDArray[np.float64]) -> float:
    size = float(np.linalg.norm(a) * np.linalg.norm(b))
    return float(a @ b) / size if size else 0.0


def _drum_repeats(song: SongPlan, struck: Sequence[Note]) -> dict[str, float]:
    shapes = []
    for number, bar in enumerate(_bars_of(song, struck)):
        start = number * song.metre.bar_beats
        shapes.append(frozenset((round((n.start_beat - start) * 4), n.pitch) for n in bar))
    filled = [(n, shape) for n, shape in enumerate(shapes) if shape]
    if len(filled) < 8:
        return {}
    again = [shape in shapes[max(0, n - 8) : n] for n, shape in filled]
    return {
        "drum_repeat": float(np.mean(again)),
        "drum_unique": len(Counter(shape for _, shape in filled)) / len(filled),
    }


def clashes(song: SongPlan, composition: Composition) -> int:
    """Return how many long strong melody notes lie a semitone above a chord tone."""
    starts = [chord.start_beat for chord in song.chords]
    count = 0
    for note in composition.melody:
        chord = song.chords[int(np.searchsorted(starts, note.start_beat + 1e-6)) - 1]
        strong = _strength(song, note) >= 0.8 and note.duration_beats >= 1
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
