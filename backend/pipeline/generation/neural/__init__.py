"""Our own small neural melody model, in numpy.

::

    model = MelodyModel.load()
    if MelodyModel.supports(plan.metre, section.key):
        context = PhraseContext(
            metre=plan.metre,
            key=section.key,
            chords=plan.chords,             # song time; the model picks what it needs
            start_beat=64.0,                # on a bar line
            bars=4,
            lowest=57,
            highest=76,
            density=(6, 6, 6, 3),           # notes per bar, about; () leaves it to the model
            breath_bars=(1, 3),             # a rest of a beat or more starts in these bars
            bars_after=4,                   # 0: the passage closes with this phrase
            previous=melody_so_far,         # is continued, alluded to, never copied from training
        )
        phrases = model.sample(context, generator, candidates=12)
        surprises = model.score(context, phrases)   # nats per event, duration and pitch

``sample`` returns phrases of ``artifacts.Note`` in song time and sounding pitch. It knows pop and
fiddle tunes in 4/4, 3/4 and 6/8, in major, minor, dorian and mixolydian; all other music is for
rules. Notes lie on sixteenths. The same generator state gives the same phrases on every machine,
as far as float32 sums allow: probabilities are rounded to six decimals before a choice.

The model reads the chord, the next chord and when it comes, scale, metre, place in bar and period,
bars to the end, wanted density and breaths, what was sung 1, 2, 4 and 8 bars ago, and what followed
when its newest notes were last heard. ``training/MODEL_CARD.md`` says how it was made and how well
it predicts music that it has never seen.

``originality`` knows every run of ten notes of the training data. ``sample`` never completes one;
melodies that were changed or assembled afterwards can be checked with ``longest_copied_run``.
"""

from backend.pipeline.generation.neural.model import MelodyModel, Surprise
from backend.pipeline.generation.neural.originality import (
    RUN_NOTES,
    contains_copied_run,
    copied_runs,
    longest_copied_run,
)
from backend.pipeline.generation.neural.phrase import MelodyStyle, PhraseContext

__all__ = [
    "RUN_NOTES",
    "MelodyModel",
    "MelodyStyle",
    "PhraseContext",
    "Surprise",
    "contains_copied_run",
    "copied_runs",
    "longest_copied_run",
]
