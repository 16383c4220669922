"""The drummer and the percussionist: grooves that vary, fills, crashes, builds."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from backend.pipeline.arrangement.asked_percussion import asked_lines
from backend.pipeline.arrangement.grooves import KEYS, bar_lines
from backend.pipeline.arrangement.odd_metres import Lines, hands
from backend.pipeline.arrangement.scene import Scene
from backend.pipeline.artifacts import Note, TrackPlan
from backend.pipeline.styles.kinds import family
from backend.pipeline.styles.patterns import VELOCITIES
from backend.pipeline.theory.metre import Hit, halves, pulses

HAND_VOICES = frozenset(("SH", "TB", "CO", "BO", "CB", "CL", "AG", "CA", "TI", "GU"))
"""What the percussionist plays; the rest is the drummer's."""

ROLLING = frozenset({"trap"})
"""Styles whose hats roll in thirty-seconds and triplets."""

RISE = 0.3
"""Energy gained from one section to the next that a drummer announces."""

CALM = 0.42
"""Energy below which a drummer marks the phrase with an accent, not with a fill."""

STEADY = frozenset(("H", "O", "D", "P"))

Beat = dict[float, dict[str, str]]


def play_drums(scene: Scene, track: TrackPlan) -> list[Note]:
    """Return the drum kit's notes of a section."""
    notes: list[Note] = []
    for number, start in scene.bars():
        lines = _drummed(scene, number)
        if scene.section.name == "build":
            lines = _build(scene, number)
        lines = _with_ending(scene, number, lines)
        notes += _struck(lines, start, scene)
    if notes and _arrives(scene):
        notes.append(Note(KEYS["A"], scene.start, 1.0, round(84 + 26 * scene.energy)))
    del track
    return notes


def _arrives(scene: Scene) -> bool:
    """Whether a crash opens the section: a peak, or much more energy than what came before."""
    place = scene.section.index
    before = scene.plan.sections[place - 1].energy if place else scene.energy
    kind = family(scene.section.name)
    rises = kind == "peak" or scene.energy >= before + RISE
    return rises and scene.energy >= 0.55 and kind != "rest"


def play_percussion(scene: Scene, track: TrackPlan) -> list[Note]:
    """Return the hand percussion's notes of a section."""
    notes: list[Note] = []
    asked = asked_lines(scene.metre, track.asked_voices)
    for number, start in scene.bars():
        lines = {v: hits for v, hits in bar_lines(scene, number).items() if v in HAND_VOICES}
        if not lines and scene.metre.grouping:
            lines = hands(scene.metre, number)
        notes += _struck(asked | lines or _shaken(scene), start, scene)
    return notes


def _shaken(scene: Scene) -> Lines:
    """Shake eighths, accented on the pulses, when the style has no hand percussion here."""
    unit = 0.5
    count = round(scene.metre.bar_beats / unit)
    starts = {round(pulse.start, 3) for pulse in pulses(scene.metre)}
    return {
        "SH": tuple(
            Hit(place * unit, unit, "x" if round(place * unit, 3) in starts else "o")
            for place in range(count)
        )
    }


def _drummed(scene: Scene, number: int) -> Lines:
    """Return the drummer's bar: opened or thinned by energy, varied every second bar."""
    lines = {v: hits for v, hits in bar_lines(scene, number).items() if v not in HAND_VOICES}
    if scene.energy < 0.42:
        lines = {v: hits for v, hits in lines.items() if v in {"K", "H", "D", "P", "R", "T3"}}
    if scene.energy < 0.6:
        lines = {v: hits for v, hits in lines.items() if v != "A"}
    if scene.energy >= 0.8 and "H" in lines and "O" not in lines:
        lines = _opened(lines, scene)
    if _rolls(scene) and number % 4 == 3 and "H" in lines:
        return _rolled(lines, scene)
    if number % 8 == 3 and scene.section.bars > 8:
        lines = _varied(lines, scene)
    return lines


def _rolls(scene: Scene) -> bool:
    """Whether the hats roll into the phrases instead of a fill."""
    return scene.genre.id.split("+")[0] in ROLLING


def _rolled(lines: Lines, scene: Scene) -> Lines:
    """Let the hat roll through one pulse of the bar, always the same where the section returns."""
    rng = scene.rng("drums", "roll")
    beats = pulses(scene.metre)
    pulse = beats[int(rng.integers(max(1, len(beats) // 2), len(beats)))]
    unit = (1 / 8, 1 / 6, 1 / 8, 1 / 3)[int(rng.integers(4))]
    span = 0.5 if unit == 1 / 8 else 1.0
    start = pulse.start + pulse.length - span
    count = round(span / unit)
    rise = "goox" if rng.random() < 0.5 else "xoog"
    roll = tuple(
        Hit(start + place * unit, unit, rise[place * 4 // count]) for place in range(count)
    )
    kept = tuple(h for h in lines["H"] if not start - 1e-6 <= h.at < start + span - 1e-6)
    return {**lines, "H": (*kept, *roll)}


def _opened(lines: Lines, scene: Scene) -> Lines:
    """Open the hat before the bar line."""
    hats = lines["H"]
    last = max((h.at for h in hats if h.at >= scene.metre.bar_beats - 1), default=None)
    if last is None:
        return lines
    kept = tuple(hit for hit in hats if hit.at != last)
    return {**lines, "H": kept, "O": (Hit(last, 0.5, "x"),)}


def _varied(lines: Lines, scene: Scene) -> Lines:
    """Add or leave out one soft kick or ghost note; the same way whenever the section returns."""
    rng = scene.rng("drums", "variation")
    draw, pick = rng.random(), rng.random()
    kick = lines.get("K", ())
    if draw < 0.3 and kick and scene.energy > 0.4:
        free = [
            at for at in np.arange(0.5, scene.metre.bar_beats, 0.5).tolist()
            if all(abs(hit.at - at) > 0.3 for hit in (*kick, *lines.get("S", ())))
        ]  # fmt: skip
        if free:
            extra = Hit(free[int(pick * len(free))], 0.25, "o")
            return {**lines, "K": (*kick, extra)}
    if draw < 0.55 and "S" in lines and scene.energy > 0.5:
        ghost = Hit(scene.metre.bar_beats - (0.25 if pick < 0.5 else 0.75), 0.25, "g")
        if all(abs(hit.at - ghost.at) > 0.2 for hit in lines["S"]):
            return {**lines, "S": (*lines["S"], ghost)}
    return lines


def _build(scene: Scene, number: int) -> Lines:
    """Return a bar of a build: the snare doubles from quarters to sixteenths, growing louder."""
    lines = {v: h for v, h in bar_lines(scene, number).items() if v not in HAND_VOICES}
    through = number / max(1, scene.section.bars)
    unit = 1.0 if through < 0.5 else 0.5 if through < 0.75 else 0.25
    count = round(scene.metre.bar_beats / unit)
    level = "o" if through < 0.25 else "x" if through < 0.75 else "X"
    roll = tuple(Hit(place * unit, unit, level) for place in range(count))
    kick = () if number == scene.section.bars - 1 else lines.get("K", ())
    return {"K": kick, "S": roll}


def _with_ending(scene: Scene, number: int, lines: Lines) -> Lines:
    """Play a fill: a small one every four bars, a large one where the song rises."""
    is_last = number == scene.section.bars - 1
    if is_last and scene.section.transition in {"fill", "riser", "pickup", "ritardando"}:
        return _filled(scene, lines, large=_announces(scene))
    if is_last and scene.section.transition == "break":
        middle = halves(scene.metre)[0]
        return {v: tuple(h for h in hits if h.at < middle) for v, hits in lines.items()}
    if not is_last and number % 4 == 3:
        if _rolls(scene):
            return lines
        return _leaning(lines, scene) if scene.energy < CALM else _filled(scene, lines, large=False)
    return lines


def _leaning(lines: Lines, scene: Scene) -> Lines:
    """Lean into the next phrase: what keeps time swells through the last pulse."""
    last = pulses(scene.metre)[-1].start
    louder = {"g": "o", "o": "x", "x": "X"}
    return {
        voice: tuple(
            replace(hit, value=louder.get(hit.value, hit.value))
            if voice in STEADY and hit.at >= last - 1e-6
            else hit
            for hit in hits
        )
        for voice, hits in lines.items()
    }


def _announces(scene: Scene) -> bool:
    """Whether the next section brings so much more that a long fill leads there."""
    sections, place = scene.plan.sections, scene.section.index + 1
    if place == len(sections):
        return scene.energy >= 0.35
    return sections[place].energy >= scene.energy + RISE


def _filled(scene: Scene, lines: Lines, *, large: bool) -> Lines:
    """Lay one of the style's fills over the end of a bar."""
    if not scene.genre.fills or not lines:
        return lines
    rng = scene.rng("drums", "large fill" if large else "fill")
    groove = scene.genre.fills[int(rng.integers(len(scene.genre.fills)))]
    shift = scene.metre.bar_beats - groove.native.bar_beats
    earliest = scene.metre.bar_beats * 0.45 if large else scene.metre.bar_beats - 1
    fill = {
        voice: tuple(
            Hit(hit.at + shift, hit.length, hit.value)
            for hit in groove.bars(voice)[0]
            if hit.at + shift >= earliest
        )
        for voice in groove.lines
    }
    first = min((hit.at for hits in fill.values() for hit in hits), default=None)
    if first is None:
        return lines
    under = {
        voice: tuple(hit for hit in hits if hit.at < first or (voice == "K" and hit.at % 1 == 0))
        for voice, hits in lines.items()
        if voice not in HAND_VOICES
    }
    voices = {**under, **{v: h for v, h in fill.items() if v not in under}}
    for voice in set(fill) & set(under):
        voices[voice] = tuple({hit.at: hit for hit in (*under[voice], *fill[voice])}.values())
    return voices


def _struck(lines: Lines, start: float, scene: Scene) -> Iterator[Note]:
    """Turn the lines of a bar into notes; louder with energy, timekeeping less so."""
    for voice, hits in lines.items():
        reach = 0.82 + (0.14 if voice in STEADY else 0.26) * scene.energy
        for hit in hits:
            beat = start + hit.at
            if beat < scene.stop - 1e-6:
                velocity = min(126, round(VELOCITIES[hit.value] * reach))
                yield Note(KEYS[voice], round(beat, 6), max(0.1, min(hit.length, 0.5)), velocity)
