"""Where phrases come to rest: notes that are held, breaths that are taken, ends that land."""

from collections.abc import Sequence
from dataclasses import replace

from backend.pipeline.generation.taste import STRONG
from backend.pipeline.generation.themes import Sung, Themer
from backend.pipeline.styles import style
from backend.pipeline.theory.metre import strength

BREATH = 0.5
"""Quarter notes of silence that a phrase keeps before the next one."""

RESTS = 0.12
"""Share of rests that a singing melody has; POP909 measures 0.12 ± 0.09."""

LONGEST_SECONDS = 4.0
"""How long a singer holds a note at the end of a phrase."""

PHRASE_BARS = 4

ANCHORED = 0.7
"""Least share of strong beats on chord tones; POP909 measures 0.74 ± 0.18."""


def anchored(theme: Sequence[Sung], themer: Themer) -> tuple[Sung, ...]:
    """Move strong notes onto tones of their chords, the longest first, until enough stand there."""
    metre = themer.plan.metre
    strong = [
        number for number, note in enumerate(theme)
        if strength(metre, round(note.at % metre.bar_beats, 6)) >= STRONG
    ]  # fmt: skip
    loose = [
        number for number in strong
        if theme[number].pitch % 12 not in themer.chord_at(max(theme[number].at, 0.0)).tones
    ]  # fmt: skip
    excess = len(loose) - int((1 - ANCHORED) * len(strong))
    result = list(theme)
    for number in sorted(loose, key=lambda n: (-theme[n].length, n))[: max(0, excess)]:
        before = result[number - 1].pitch if number else result[number].pitch
        goal = _goal(result[number], before, themer, closing=False)
        result[number] = replace(result[number], pitch=goal)
    return tuple(result)


def landed(theme: Sequence[Sung], themer: Themer, *, closing: bool) -> tuple[Sung, ...]:
    """Let each phrase of four bars end on a tone of its chord, the last one at home.

    Parameters
    ----------
    closing : bool
        The last note is the tonic where the chord has it.
    """
    if not theme:
        return ()
    bar = themer.plan.metre.bar_beats
    result = list(theme)
    for number, note in enumerate(theme):
        following = theme[number + 1].at if number + 1 < len(theme) else float("inf")
        phrase_end = (note.at // (PHRASE_BARS * bar) + 1) * PHRASE_BARS * bar
        if note.at < 0 or following < phrase_end - themer.plan.metre.bar_beats / 2:
            continue
        is_last = number + 1 == len(theme)
        if is_last or note.length >= 1 or following - note.at >= 1:
            before = result[number - 1].pitch if number else note.pitch
            result[number] = replace(
                note, pitch=_goal(note, before, themer, closing=closing and is_last)
            )
    return tuple(result)


def _goal(note: Sung, before: int, themer: Themer, *, closing: bool) -> int:
    """Return the pitch nearest to the note, and to the one before, on which it may rest."""
    tones: Sequence[int] = themer.chord_at(max(note.at, 0.0)).tones[:3]
    if closing and themer.gamut.tonic in tones:
        tones = (themer.gamut.tonic,)
    if note.pitch % 12 in tones:
        return note.pitch
    options = [pitch for pitch in themer.path.pitches.tolist() if pitch % 12 in tones]
    return min(
        options,
        key=lambda pitch: (abs(pitch - note.pitch) + 0.5 * abs(pitch - before), pitch),
        default=note.pitch,
    )


def held(theme: Sequence[Sung], themer: Themer) -> tuple[Sung, ...]:
    """Hold notes that break off into silence, the longest silences first.

    A breath stays before each phrase; styles of riffs keep their notes short within a phrase.
    """
    end = themer.section.bars * themer.plan.metre.bar_beats
    limits = [*(note.at for note in theme[1:]), end]
    gaps = [limit - note.at - note.length for note, limit in zip(theme, limits, strict=False)]
    spare = sum(max(0.0, gap) for gap in gaps) - RESTS * end
    longest = LONGEST_SECONDS * themer.plan.tempo_bpm / 60
    least = 1.0 if "riff" in style(themer.plan.genre).melody.phrases else 0.5
    result = list(theme)
    for number in sorted(range(len(gaps)), key=lambda place: (-gaps[place], place)):
        note, gap = result[number], gaps[number]
        if spare <= 0 or gap < least:
            break
        breath = 0.0 if gap < 2 * BREATH else min(2 * BREATH, gap / 2)
        more = min(gap - breath, longest - note.length)
        if more > 0 and not themer.clashes(replace(note, length=note.length + more)):
            result[number] = replace(note, length=round(note.length + more, 6))
            spare -= more
    return tuple(result)
