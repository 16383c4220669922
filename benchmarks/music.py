"""What the composed songs measure, against windows measured on real music.

    python benchmarks/music.py [--seeds 3] [--styles pop,rock] [--verbose]

Prints the share of songs inside every window, by metric and by style. The reference windows come
from POP909, fiddle tunes and multi-track hits; where a genre differs, ``EXCEPTIONS`` says how and
why.
"""

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from backend.pipeline.arrangement import arrange
from backend.pipeline.artifacts import (
    Arrangement,
    Composition,
    Key,
    Note,
    SongPlan,
    SongRequest,
    StageName,
)
from backend.pipeline.generation import generate
from backend.pipeline.planning import plan
from backend.pipeline.progress import StageContext
from backend.pipeline.styles import all_styles, style
from backend.pipeline.theory.metre import strength
from backend.pipeline.theory.scales import scale_classes

Window = tuple[float, float]

WINDOWS: dict[str, Window] = {
    "in_key": (0.90, 1.0),
    "pc_entropy": (1.9, 3.0),
    "strong_chord_tones": (0.65, 0.97),
    "steps": (0.35, 0.62),
    "repeats": (0.10, 0.35),
    "large_leaps": (0.0, 0.05),
    "turn_after_leap": (0.70, 1.0),
    "range": (8, 21),
    "rests": (0.05, 0.30),
    "bar_repeats": (0.15, 0.45),
    "self_similarity": (0.65, 1.0),
    "similarity_gain": (0.0, 1.0),
    "drum_repeat": (0.60, 0.92),
    "drum_unique": (0.06, 0.32),
    "energy_variation": (0.15, 0.55),
    "groove": (0.72, 0.99),
    "polyphony": (2.5, 8.0),
    "notes_per_beat": (3.0, 14.0),
}

LOOP = "riffs and loops repeat by design"
QUIET = "sparse on purpose"
EXCEPTIONS: dict[str, dict[str, tuple[float, float, str]]] = {
    name: {"bar_repeats": (0.15, 0.9, LOOP), "repeats": (0.05, 0.5, LOOP),
           "similarity_gain": (-0.1, 1.0, "one chord or two-bar loops"),
           "pc_entropy": (1.2, 3.0, LOOP), "steps": (0.25, 0.65, "pentatonic"),
           "rests": (0.05, 0.6, "the riff leaves room")}
    for name in ("hip_hop", "trap", "house", "techno", "drum_and_bass", "lofi_hip_hop", "funk",
                 "reggaeton", "dubstep", "afrobeat", "reggae", "latin_salsa", "metal", "trance")
}  # fmt: skip
EXCEPTIONS |= {
    name: {"strong_chord_tones": (0.5, 0.97, "ninths and thirteenths are stable here"),
           "in_key": (0.75, 1.0, "chord scales"), "bar_repeats": (0.0, 0.45, "improvised lines"),
           "steps": (0.3, 0.65, "arpeggiated lines")}
    for name in ("jazz_swing", "bossa_nova", "blues")
}  # fmt: skip
EXCEPTIONS["blues"] |= {"in_key": (0.7, 1.0, "blue notes")}
EXCEPTIONS["funk"] |= {"in_key": (0.75, 1.0, "blue notes")}
for _name in ("ambient", "classical", "cinematic", "waltz"):
    EXCEPTIONS[_name] = {
        "polyphony": (2.0, 9.0, QUIET), "notes_per_beat": (0.8, 9.0, QUIET),
        "rests": (0.0, 0.6, QUIET), "bar_repeats": (0.0, 0.5, "through-composed phrases"),
        "repeats": (0.02, 0.35, "lyrical lines"),
    }  # fmt: skip
EXCEPTIONS["chiptune"] = {"polyphony": (1.2, 5.0, "four voices at most")}


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


def compose(genre: str, seed: int) -> tuple[SongPlan, Composition, Arrangement]:
    """Return a song of a style with everything else left open."""
    request = SongRequest(prompt=f"a {style(genre).name} song", seed=seed, genre=genre)
    song = plan(request, StageContext(seed, StageName.PLANNING))
    composition = generate(song, StageContext(seed, StageName.GENERATION))
    return song, composition, arrange(song, composition, StageContext(seed, StageName.ARRANGEMENT))


def window_of(genre: str, metric: str) -> Window:
    """Return the window that holds for a style."""
    low, high, *_ = EXCEPTIONS.get(genre, {}).get(metric, WINDOWS[metric])
    return float(low), float(high)


def inside(genre: str, metrics: dict[str, float]) -> dict[str, bool]:
    """Return which metrics lie in their windows."""
    return {
        name: window_of(genre, name)[0] - 1e-9 <= value <= window_of(genre, name)[1] + 1e-9
        for name, value in metrics.items()
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--styles", default="")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    names = options.styles.split(",") if options.styles else [s.id for s in all_styles()]
    by_metric: dict[str, list[bool]] = defaultdict(list)
    values: dict[str, list[float]] = defaultdict(list)
    for name in names:
        rates, misses, clash = [], Counter[str](), 0
        for seed in range(1, options.seeds + 1):
            song, composition, arrangement = compose(name, seed)
            metrics = melody_metrics(song, composition.melody)
            metrics |= arrangement_metrics(song, arrangement)
            good = inside(name, metrics)
            rates.append(float(np.mean(list(good.values()))))
            clash += clashes(song, composition)
            for metric, is_good in good.items():
                by_metric[metric].append(is_good)
                values[metric].append(metrics[metric])
                if not is_good:
                    misses[f"{metric}={metrics[metric]:.2f}"] += 1
        shown = ", ".join(misses) if options.verbose or np.mean(rates) < 0.85 else ""
        print(f"{name:15s} {np.mean(rates):6.1%}  clashes {clash}  {shown}")
    print()
    for metric in WINDOWS:
        if by_metric[metric]:
            print(f"{metric:20s} {np.mean(by_metric[metric]):6.1%} inside"
                  f"   {np.mean(values[metric]):6.2f} ± {np.std(values[metric]):.2f}")  # fmt: skip
    melodies = [[n.pitch for n in compose("pop", seed)[1].melody] for seed in range(100, 100 + 12)]
    print(f"\nlargest share of 8-note runs that two of 12 seeds share: {shared_runs(melodies):.1%}")


if __name__ == "__main__":
    main()
