"""Choosing among phrases: typical of its kind, singable, at peace with the chords."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from backend.pipeline.artifacts import Note
from backend.pipeline.generation.neural import PhraseContext, Surprise
from backend.pipeline.generation.themes import Themer

TYPICAL_SURPRISE = 2.1
"""Nats per note of real pop melodies; less is dull, more is lost."""

Phrase = tuple[Note, ...]


def best_phrase(
    context: PhraseContext, versions: Sequence[tuple[Phrase, Surprise]], themer: Themer,
    wanted: float,
) -> Phrase:  # fmt: skip
    """Return the best of several phrases.

    Parameters
    ----------
    wanted : float
        Onsets per bar.
    """
    sung = [(phrase, surprise) for phrase, surprise in versions if phrase]
    if not sung:
        return ()
    costs = [
        0.7 * abs(surprise.total - TYPICAL_SURPRISE)
        + flaws(phrase, themer)
        + 0.25 * abs(len(phrase) / context.bars - wanted)
        + _breathless(phrase, context)
        for phrase, surprise in sung
    ]
    return sung[int(np.argmin(costs))][0]


def flaws(phrase: Phrase, themer: Themer) -> float:
    """Return a cost for what singers and listeners would mind."""
    pitches = np.array([note.pitch for note in phrase])
    moves = np.diff(pitches)
    size = np.abs(moves)
    cost = 0.12 * abs(float(pitches.mean()) - themer.centre)
    if len(moves):
        same = float((size == 0).mean())
        cost += 2.0 * max(0.0, same - 0.32) + 0.5 * float((size >= 8).sum())
        steps = float(((size > 0) & (size <= 2)).mean())
        cost += 2.5 * max(0.0, 0.42 - steps) + 2.5 * max(0.0, steps - 0.56)
        cost += 2.5 * max(0.0, 0.12 - same)
    for first, second in pairwise(moves):
        cost += 0.5 if abs(first) >= 5 and first * second > 0 else 0.0
    cost += 0.3 * max(0, 4 - len(set(pitches.tolist())))
    cost += 0.8 * sum(themer.jars(note.pitch, note.start_beat, note.duration_beats)
                      for note in phrase)  # fmt: skip
    return cost


def _breathless(phrase: Phrase, context: PhraseContext) -> float:
    """Cost of a phrase that runs into the next one without a rest."""
    end = context.start_beat + context.bars * context.metre.bar_beats
    silence = sum(
        after - note.end_beat
        for note, after in zip(phrase, [*(n.start_beat for n in phrase[1:]), end], strict=True)
    )
    share = silence / (context.bars * context.metre.bar_beats)
    return 4.0 * max(0.0, 0.06 - share) + 2.0 * max(0.0, share - 0.4)
