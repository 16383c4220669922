"""The bass player: roots that lead somewhere, locked to the kick where the style wants it."""

from functools import cache

import numpy as np

from backend.pipeline.arrangement.grooves import kicks
from backend.pipeline.arrangement.scene import Scene
from backend.pipeline.artifacts import Chord, Note, TrackPlan
from backend.pipeline.styles.patterns import bass_pattern
from backend.pipeline.theory.instruments import INSTRUMENTS
from backend.pipeline.theory.metre import Hit, pulses, transplant
from backend.pipeline.theory.pitch import into_range, nearest
from backend.pipeline.theory.scales import scale_classes

LOW, HIGH = 28, 50
"""E1 to D3: where a bass supports without growling or singing."""

ABOVE_ROOT = frozenset({"3", "5", "-5", "6", "b7"})
"""Degrees that give way to the root where a chord begins: in two-feel, the second half of a bar."""


def play_bass(scene: Scene, track: TrackPlan) -> list[Note]:
    """Return the bass line of a section."""
    pattern = _pattern(scene)
    if pattern == "walk":
        return _walk(scene, track)
    low, high = reach(track)
    roots = roots_of(scene, track)
    hits = transplant(
        bass_pattern(pattern), scene.genre.native, scene.metre, keeps_time=False, sustains=True
    )
    notes: list[Note] = []
    for number, start in scene.bars():
        played = _locked(scene, number, _with_changes(scene, start, hits))
        for hit in _settled(scene, number, played):
            beat = round(start + hit.at, 6)
            if beat >= scene.stop - 1e-6:
                continue
            chord = scene.chord_at(beat)
            begins = abs(beat - chord.start_beat) < 1e-6
            degree = "1" if begins and hit.value in ABOVE_ROOT else hit.value
            pitch = _degree(degree, scene, beat, roots[chord.start_beat], low, high)
            length = min(hit.length * 0.94, scene.stop - beat)
            notes.append(Note(pitch, beat, max(0.15, length), 92 if hit.at == 0 else 84))
    return notes


def roots_of(scene: Scene, track: TrackPlan) -> dict[float, int]:
    """Return the bass note of each chord of the section by its start, each near the one before."""
    low, high = reach(track)
    before = nearest(scene.section.chords[0].bass, (low + high) / 2 - 4)
    roots = {}
    for chord in scene.section.chords:
        before = roots[chord.start_beat] = _root(chord, before, low, high)
    return roots


def _settled(scene: Scene, number: int, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """Rest on the root in the last bar of a song that does not lead back into its beginning."""
    is_last = scene.following is None and number == scene.section.bars - 1
    if is_last and "loop" not in scene.plan.asked:
        return (Hit(0.0, scene.metre.bar_beats, "1"),)
    return hits


def reach(track: TrackPlan) -> tuple[int, int]:
    """Return the lowest and highest pitch of the bass part."""
    instrument = INSTRUMENTS[track.program]
    low = max(LOW, instrument.low)
    return low, max(low + 14, min(HIGH, instrument.high))


def _pattern(scene: Scene) -> str:
    """Choose a pattern: calm sections take the calmer ones."""
    options = scene.genre.bass.patterns
    order = sorted(options, key=lambda text: 4 if text == "walk" else text.count(","))
    if len(order) == 1:
        return order[0]
    lean = scene.energy + float(scene.rng("bass", "pattern").normal(0, 0.12))
    return order[min(len(order) - 1, int(max(0.0, lean - 0.15) * len(order)))]


def _with_changes(scene: Scene, start: float, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """Add a root where the chord changes and nothing is played near."""
    if any(hit.value == "N" for hit in hits):
        return hits
    changes = [
        chord.start_beat - start
        for chord in scene.section.chords
        if 0 < chord.start_beat - start < scene.metre.bar_beats
    ]
    missing = [at for at in changes if all(abs(hit.at - at) > 0.3 for hit in hits)]
    if not missing:
        return hits
    places = sorted([*hits, *(Hit(at, 1.0, "1") for at in missing)], key=lambda hit: hit.at)
    ends = [*(hit.at for hit in places[1:]), scene.metre.bar_beats]
    return tuple(
        Hit(hit.at, min(hit.length, end - hit.at), hit.value)
        for hit, end in zip(places, ends, strict=True)
    )


def _locked(scene: Scene, number: int, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """Move notes that nearly meet the kick onto it; leave out stray ones, as tightly as wanted."""
    lock = scene.genre.bass.kick_lock
    struck = kicks(scene, number)
    if lock < 0.5 or not struck or not scene.plays("drums"):
        return hits
    rng = scene.rng("bass", f"lock {number % 2}")
    result: dict[float, Hit] = {}
    for hit in hits:
        near = min(struck, key=lambda at: abs(at - hit.at))
        stray = abs(near - hit.at) > 1e-6
        at = near if stray and abs(near - hit.at) <= 0.26 else hit.at
        leaves = at not in struck and at % 1 != 0 and rng.random() < lock * 0.55
        if not leaves or hit.value in {"a", "s", "N"}:
            result.setdefault(at, Hit(at, hit.length, hit.value))
    places = sorted(result)
    ends = [*places[1:], scene.metre.bar_beats]
    return tuple(
        Hit(at, min(max(result[at].length, 0.25), end - at), result[at].value)
        for at, end in zip(places, ends, strict=True)
    )


def _root(chord: Chord, before: int, low: int, high: int) -> int:
    """Return the chord's bass note nearest to the last root, low in the range."""
    pitch = nearest(chord.bass, (2 * before + low + 7) / 3)
    return into_range(pitch, low, max(low + 12, high - 5))


def _degree(degree: str, scene: Scene, beat: float, root: int, low: int, high: int) -> int:
    """Return the pitch of a pattern's degree above (or around) the root."""
    chord = scene.chord_at(beat)
    if degree in {"a", "s", "N"}:
        return _towards(degree, scene, beat, root, low, high)
    tones = [(tone - chord.root) % 12 for tone in chord.tones]
    third = next((t for t in tones if t in {3, 4}), 4 if 5 not in tones else 5)
    fifth = next((t for t in tones if t in {6, 7, 8}), 7)
    seventh = next((t for t in tones if t in {10, 11, 9}), 10)
    steps = {
        "1": 0, "3": third, "5": fifth, "6": 9 if third == 4 else 8, "8": 12, "b7": seventh,
        "-5": fifth - 12, "4": 5, "b3": 3, "b2": 1,
    }  # fmt: skip
    pitch = root + steps[degree]
    if degree in {"b3", "b2", "6"} and pitch % 12 not in _allowed(scene, chord):
        pitch = root + fifth
    return into_range(pitch, low, high)


def _allowed(scene: Scene, chord: Chord) -> set[int]:
    return {*scale_classes(scene.section.key), *chord.tones}


def _towards(degree: str, scene: Scene, beat: float, root: int, low: int, high: int) -> int:
    """Return a note that leads into the next root, or that root itself."""
    target = into_range(nearest(scene.next_chord(beat).bass, root), low, high)
    if degree == "N":
        return target
    if target % 12 == scene.chord_at(beat).bass:
        return into_range(root + 7, low, high)
    scale = scale_classes(scene.section.key)
    below, above = target - 1, target + 1
    if degree == "s" or (below % 12 not in scale and above % 12 not in scale):
        steps = [target - 2, target - 1, target + 2, target + 1]
        fitting = [pitch for pitch in steps if pitch % 12 in scale] or steps
        return into_range(min(fitting, key=lambda pitch: abs(pitch - root)), low, high)
    return into_range(below if target >= root else above, low, high)


def _walk(scene: Scene, track: TrackPlan) -> list[Note]:
    """Walk in pulses: the root, tones of chord and scale, an approach to the next root."""
    low, high = reach(track)
    rng = scene.own_rng("bass", "walk")
    places = [
        start + pulse.start for _, start in scene.bars() for pulse in pulses(scene.metre)
        if start + pulse.start < scene.stop - 1e-6
    ]  # fmt: skip
    notes: list[Note] = []
    before = nearest(scene.section.chords[0].bass, (low + high) / 2)
    for beat, following in zip(places, [*places[1:], scene.stop], strict=True):
        pitch = _step(scene, beat, following, before, (low, high), rng)
        notes.append(Note(pitch, round(beat, 6), (following - beat) * 0.92, 86))
        before = pitch
    return notes


def _step(
    scene: Scene, beat: float, following: float, before: int, span: tuple[int, int],
    rng: np.random.Generator,
) -> int:  # fmt: skip
    chord = scene.chord_at(beat)
    low, high = span
    if abs(beat - chord.start_beat) < 1e-6:
        return into_range(nearest(chord.bass, before), low, high)
    changes = following >= scene.chord_end(beat) - 1e-6
    if changes:
        target = into_range(nearest(scene.next_chord(beat).bass, before), low, high)
        side = -1 if before <= target else 1
        return into_range(target + (side if rng.random() < 0.75 else -side), low, high)
    options = _walkable(chord, frozenset(scale_classes(scene.section.key)), low, high)
    near = [pitch for pitch in options if 1 <= abs(pitch - before) <= 5] or list(options)
    weights = np.array([2.0 if pitch % 12 in chord.tones else 1.0 for pitch in near])
    return near[int(rng.choice(len(near), p=weights / weights.sum()))]


@cache
def _walkable(chord: Chord, scale: frozenset[int], low: int, high: int) -> tuple[int, ...]:
    return tuple(p for p in range(low, high + 1) if p % 12 in scale or p % 12 in chord.tones)
