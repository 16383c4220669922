"""Lyrics with times, as karaoke players read them: the LRC format with word times.

A line begins with the time of its first syllable in ``[mm:ss.xx]``; words carry theirs in
``<mm:ss.xx>`` (the "enhanced" form, which plain readers skip).
"""

from itertools import groupby

from backend.pipeline.artifacts import Composition, SongPlan, Syllable
from backend.pipeline.theory.tempo_map import TempoMap


def lrc_file(plan: SongPlan, composition: Composition) -> bytes:
    """Write the sung text.

    Parameters
    ----------
    plan : SongPlan
        Title, length and tempo.
    composition : Composition
        Its lyrics; without any, the file holds its header only.

    Returns
    -------
    bytes
        UTF-8 text, one line per line of the lyrics.
    """
    tempo = TempoMap.from_plan(plan)
    lines = [f"[ti:{plan.title}]", f"[length:{_clock(plan.duration_seconds)[:5]}]"]
    for _, sung in groupby(composition.lyrics, key=lambda syllable: syllable.line):
        syllables = list(sung)
        words = " ".join(
            f"<{_clock(tempo.seconds(beat))}>{text}" for beat, text in _words(syllables)
        )
        lines.append(f"[{_clock(tempo.seconds(syllables[0].start_beat))}]{words}")
    return ("\n".join(lines) + "\n").encode()


def _words(syllables: list[Syllable]) -> list[tuple[float, str]]:
    """Join syllables to words, each with the beat on which it begins."""
    words: list[tuple[float, str]] = []
    inside = False
    for syllable in syllables:
        if inside:
            beat, text = words.pop()
            words.append((beat, text + syllable.text))
        else:
            words.append((syllable.start_beat, syllable.text))
        inside = not syllable.word_end
    return words


def _clock(seconds: float) -> str:
    """Return minutes and seconds to the hundredth: 01:05.25."""
    hundredths = round(seconds * 100)
    return f"{hundredths // 6000:02d}:{hundredths // 100 % 60:02d}.{hundredths % 100:02d}"
