"""Set what the model writes over held-out chords beside what was really sung there.

Sixteen bars of each held-out POP909 segment in 4/4, written with the shipped weights; the model is
told chords, mode and the real notes per bar, as a planner would.

Usage: python -m training.compare --pop909 POP909_FOLDER
"""

import argparse
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np

from backend.pipeline.artifacts import Chord, Key, Metre, Note
from backend.pipeline.generation.neural import (
    MelodyModel,
    PhraseContext,
    contains_copied_run,
)
from backend.pipeline.generation.neural.vocabulary import (
    LOWEST_PITCH,
    MODES,
    REST,
    TICKS_PER_BEAT,
)
from training.pop909 import read_pop909
from training.tunes import Tune

BARS = 16
BAR_BEATS = 4
SEED = 16
TEMPERATURE = 0.95

Phrase = Sequence[Note]
Measure = Callable[[Phrase, PhraseContext], float]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pop909", type=Path, required=True)
    parser.add_argument("--temperature", type=float, default=TEMPERATURE)
    options = parser.parse_args()
    tunes = [tune for tune in read_pop909(options.pop909) if is_long(tune)]
    model, draw = MelodyModel.load(), np.random.default_rng(SEED)
    contexts = [context_of(tune) for tune in tunes]
    real = [sung(tune) for tune in tunes]
    made = [model.sample(context, draw, 1, options.temperature)[0] for context in contexts]
    print(f"{len(tunes)} excerpts of {BARS} bars, temperature {options.temperature}")
    print(f"{'':24}{'real':>16}{'model':>16}")
    for name, measure in MEASURES.items():
        columns = [
            [measure(phrase, context) for phrase, context in zip(side, contexts, strict=True)]
            for side in (real, made)
        ]
        print(f"{name:24}" + "".join(f"{np.mean(c):9.2f} ± {np.std(c):.2f}" for c in columns))
    surprise = [
        np.mean(
            [
                model.score(context, [phrase])[0].total
                for context, phrase in zip(contexts, side, strict=True)
            ]
        )
        for side in (real, made)
    ]
    print(f"{'nats per event':24}{surprise[0]:9.2f}{surprise[1]:16.2f}")
    print(f"copied runs of 10 notes: {sum(map(contains_copied_run, made))} of {len(made)} phrases")


def is_long(tune: Tune) -> bool:
    return tune.split != "train" and tune.metre == "4/4" and tune.bars >= BARS


def sung(tune: Tune) -> list[Note]:
    """Return the first sixteen bars as notes."""
    end = BARS * tune.bar_ticks
    return [
        Note(
            event.token + LOWEST_PITCH,
            event.onset / TICKS_PER_BEAT,
            min(event.length, end - event.onset) / TICKS_PER_BEAT,
            80,
        )
        for event in tune.events
        if event.token != REST and event.onset < end
    ]


def context_of(tune: Tune) -> PhraseContext:
    """Tell the model what a planner would know."""
    notes = sung(tune)
    counts = np.bincount([int(note.start_beat // BAR_BEATS) for note in notes], minlength=BARS)
    pitches = [note.pitch for note in notes]
    lowest = min(*pitches, max(pitches) - 12)
    return PhraseContext(
        metre=Metre(4, 4),
        key=Key(0, tune.mode, "C"),
        chords=tuple(
            Chord("", c.root, c.tones, c.root, c.start / TICKS_PER_BEAT, 0.0) for c in tune.chords
        ),
        start_beat=0.0,
        bars=BARS,
        lowest=lowest,
        highest=max(pitches),
        density=tuple(counts.tolist()),
        bars_after=tune.bars - BARS,
    )


def _steps(phrase: Phrase) -> list[int]:
    return [b.pitch - a.pitch for a, b in pairwise(phrase)]


def _share(hits: Sequence[bool]) -> float:
    return float(np.mean(hits)) if hits else 0.0


def in_key(phrase: Phrase, context: PhraseContext) -> float:
    return _share([note.pitch % 12 in MODES[context.key.mode] for note in phrase])


def chord_tones_on_strong_beats(phrase: Phrase, context: PhraseContext) -> float:
    hits = []
    for note in phrase:
        here = [chord for chord in context.chords if chord.start_beat <= note.start_beat]
        if note.start_beat % 2 == 0 and here and here[-1].tones:
            hits.append(note.pitch % 12 in here[-1].tones)
    return _share(hits)


def pitch_class_entropy(phrase: Phrase, _context: PhraseContext) -> float:
    counts = np.bincount([note.pitch % 12 for note in phrase], minlength=12)
    shares = counts[counts > 0] / counts.sum()
    return float(-(shares * np.log2(shares)).sum())


def turns_after_leaps(phrase: Phrase, _context: PhraseContext) -> float:
    moves = list(pairwise(_steps(phrase)))
    return _share([a * b < 0 or abs(b) <= 2 for a, b in moves if abs(a) > 5])


def rests(phrase: Phrase, _context: PhraseContext) -> float:
    return 1 - sum(note.duration_beats for note in phrase) / (BARS * BAR_BEATS)


def _bars(phrase: Phrase) -> list[frozenset[tuple[float, int]]]:
    bars: list[set[tuple[float, int]]] = [set() for _ in range(BARS)]
    for note in phrase:
        bars[int(note.start_beat // BAR_BEATS)].add((note.start_beat % BAR_BEATS, note.pitch))
    return [frozenset(bar) for bar in bars]


def repeated_bars(phrase: Phrase, _context: PhraseContext) -> float:
    bars = _bars(phrase)
    return _share([bool(bar) and bar in bars[:index] for index, bar in enumerate(bars)])


def like_four_bars_ago(phrase: Phrase, _context: PhraseContext) -> float:
    bars = _bars(phrase)
    pairs = [(a, b) for a, b in zip(bars, bars[4:], strict=False) if a | b]
    return float(np.mean([len(a & b) / len(a | b) for a, b in pairs])) if pairs else 0.0


MEASURES: dict[str, Measure] = {
    "in key": in_key,
    "chord tones, strong beat": chord_tones_on_strong_beats,
    "pitch-class entropy": pitch_class_entropy,
    "steps": lambda p, _: _share([1 <= abs(step) <= 2 for step in _steps(p)]),
    "repeated pitches": lambda p, _: _share([step == 0 for step in _steps(p)]),
    "leaps of 8 and more": lambda p, _: _share([abs(step) >= 8 for step in _steps(p)]),
    "leaps recovered": turns_after_leaps,
    "range": lambda p, _: float(np.ptp([note.pitch for note in p])),
    "notes per bar": lambda p, _: len(p) / BARS,
    "rests": rests,
    "bars heard before": repeated_bars,
    "like four bars ago": like_four_bars_ago,
}


if __name__ == "__main__":
    main()
