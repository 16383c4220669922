"""Words on notes: a given text, syllable by syllable, word for word."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from backend.pipeline.artifacts import Note, SongPlan, Syllable
from backend.pipeline.progress import StageContext

_VOWELS = "aeiouyäöüáéíóúàèìòùâêîôûåæø"
_NUCLEUS = re.compile(rf"[{_VOWELS}]+", re.IGNORECASE)


def sung_text(
    plan: SongPlan, melody: Sequence[Note], context: StageContext
) -> tuple[Syllable, ...]:
    """Put a given text on the melody.

    One syllable falls on one note; every line begins with a phrase. What is left of the melody is
    sung without words; a text longer than the melody ends with it.
    """
    del context
    text = plan.lyrics.text if plan.lyrics is not None else None
    if not text or not melody:
        return ()
    notes = iter(_phrases(melody))
    syllables: list[Syllable] = []
    lines = [
        line for line in text.splitlines() if line.strip() and not line.strip().startswith("[")
    ]
    for number, line in enumerate(lines):
        phrase = next(notes, None)
        if phrase is None:
            break
        words = [
            (part, place == len(parts) - 1)
            for word in line.split()
            for parts in (split_syllables(word),)
            for place, part in enumerate(parts)
        ]
        while len(phrase) < len(words):
            more = next(notes, None)
            if more is None:
                break
            phrase = [*phrase, *more]
        for note, (part, ends) in zip(phrase, words, strict=False):
            syllables.append(
                Syllable(part, note.start_beat, note.duration_beats, number, word_end=ends)
            )
    return tuple(syllables)


def _phrases(melody: Sequence[Note]) -> Iterator[list[Note]]:
    """Cut the melody at its rests."""
    phrase: list[Note] = []
    for note in melody:
        if phrase and note.start_beat - phrase[-1].end_beat >= 0.45:
            yield phrase
            phrase = []
        phrase.append(note)
    if phrase:
        yield phrase


def split_syllables(word: str) -> tuple[str, ...]:
    """Split a word at its vowels; the parts joined give the word back.

    Rules of thumb for English: a final silent e makes no syllable, one consonant goes with the
    vowel after it, of several the last does.
    """
    nuclei = list(_NUCLEUS.finditer(word))
    if len(nuclei) > 1 and re.search(r"[^aeiouyl]e[^\w]*$", word, re.IGNORECASE):
        nuclei = nuclei[:-1]
    if len(nuclei) < 2:
        return (word,)
    cuts = [0]
    for left, right in pairwise(nuclei):
        between = right.start() - left.end()
        cuts.append(right.start() - (1 if between else 0))
    return tuple(word[start:end] for start, end in zip(cuts, [*cuts[1:], len(word)], strict=True))
