"""Keys and guitars: the style's patterns on led voicings."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from backend.pipeline.arrangement.ensemble import (
    ENTERS_AT_ONCE,
    covers,
    holds,
    leads,
    silent_bars,
)
from backend.pipeline.arrangement.leading import held, left_hand, voicings_of
from backend.pipeline.arrangement.scene import Scene
from backend.pipeline.arrangement.voicing import Voicing
from backend.pipeline.artifacts import Chord, Note, Role, TrackPlan
from backend.pipeline.styles.patterns import comping_pattern
from backend.pipeline.theory.instruments import INSTRUMENTS
from backend.pipeline.theory.metre import Hit, transplant
from backend.pipeline.theory.pitch import into_range, nearest

GUITAR_KINDS = frozenset(("power", "strum", "pick8", "scratch16", "shuffle", "pluck"))

ANSWERING = frozenset(("block", "strum", "pluck"))
"""Kinds whose offbeats make room for the melody in calm sections and answer in its rests."""

RHYTHMIC = 0.5
"""Share of a stroke that a harmony player lets ring while another holds the chord."""

PUSH = 0.5
"""Quarter notes by which a player anticipates a chord."""

ROLLED = 0.2
"""Quarter notes within which the tones of a rolled chord begin."""

CALM_GUITAR = "pick8 0 2 1 3 0 2 1 3"
BUSY_GUITAR = "strum 0 4,4 2,6 2,10 2,12 2,14 2"
CALM_KEYS = "block 0 8,8 8"


@dataclass(frozen=True, slots=True)
class Stroke:
    """One moment of a comping pattern on one chord."""

    beat: float
    length: float
    value: str
    voicing: Voicing
    chord: Chord
    place: int
    """Number of the hit in its bar."""
    calm: bool
    ring: float
    """Share of its length that a chord sounds."""


def play_comp(scene: Scene, track: TrackPlan) -> list[Note]:
    """Return the chords of a keyboard or guitar in a section."""
    kind, bars = comping_pattern(_pattern(scene, track))
    instrument = INSTRUMENTS[track.program]
    low, high = register(scene, track)
    busy = len(bars[0]) >= 5 and kind == "block"
    full = (scene.harmonists() < 2 and not busy) or kind in {"roll", "montuno"}
    strikes = list(_strikes(scene, track, kind, bars))
    left = left_hand(scene, track)
    voicings = voicings_of(
        scene, low, high, 4 if full and kind != "pick8" else 3,
        beats=[beat for beat, *_ in strikes], left=left,
    )  # fmt: skip
    if kind in {"block", "strum"} and not leads(scene, track):
        voicings = {beat: voicing[-2:] for beat, voicing in voicings.items()}
    execute = EXECUTIONS.get(kind, _block)
    ring = 1.0 if holds(scene, track) else RHYTHMIC
    notes = [
        note for beat, hit, place in strikes
        for note in execute(_stroke(scene, beat, hit, place, voicings, ring))
    ]  # fmt: skip
    notes += held(left, scene)
    fitted = [_within(note, instrument.low, instrument.high) for note in notes]
    return _pushed(scene, fitted, kind)


def _strikes(
    scene: Scene, track: TrackPlan, kind: str, bars: Sequence[tuple[Hit, ...]]
) -> Iterator[tuple[float, Hit, int]]:
    """Yield where the player strikes, with the hit of the pattern and its number in the bar."""
    silent = silent_bars(scene, track)
    answers = kind in ANSWERING and scene.energy < ENTERS_AT_ONCE
    for number, start in scene.bars():
        hits = transplant(
            bars[number % len(bars)] if number >= silent else (), scene.genre.native, scene.metre,
            keeps_time=False, sustains=True,
        )  # fmt: skip
        for place, hit in enumerate(_with_changes(scene, start, hits, kind)):
            beat = round(start + hit.at, 6)
            if beat < scene.stop - 1e-6 and not (answers and covers(scene, beat)):
                yield beat, hit, place


def _pattern(scene: Scene, track: TrackPlan) -> str:
    """Choose the pattern of this player for this kind of section; calm ones for calm sections."""
    is_guitar = track.role is Role.GUITAR
    options = [
        text for text in scene.genre.comping
        if (text.split()[0] in GUITAR_KINDS) == is_guitar
    ]  # fmt: skip
    options = options or ([CALM_GUITAR, BUSY_GUITAR] if is_guitar else [CALM_KEYS])
    order = sorted(options, key=_activity)
    if len(order) == 1:
        return order[0]
    if not leads(scene, track):
        return order[0]
    shift = scene.colleagues(track)
    lean = scene.energy + float(scene.rng(track.id, "pattern").normal(0, 0.15))
    place = min(len(order) - 1, int(max(0.0, lean - 0.1) * len(order)))
    return order[(place + shift) % len(order)]


def _activity(text: str) -> float:
    """Return how full a pattern sounds: its strokes, times the notes of each."""
    kind, bars = comping_pattern(text)
    thickness = 1.0 if kind in {"arp8", "arp16", "ost8", "pick8", "scratch16", "montuno"} else 3.0
    return thickness * sum(len(bar) for bar in bars) / len(bars)


def register(scene: Scene, track: TrackPlan) -> tuple[int, int]:
    """Return where the chords lie: below the melody, above the bass, apart from a colleague."""
    shift = 5 * (scene.colleagues(track) % 2)
    low, high = (48 + shift, 70 + shift) if track.role is Role.GUITAR else (52 + shift, 74 + shift)
    instrument = INSTRUMENTS[track.program]
    low = max(low, instrument.low)
    return low, max(low + 16, min(high, instrument.high))


def _stroke(
    scene: Scene, beat: float, hit: Hit, place: int, voicings: dict[float, Voicing], ring: float
) -> Stroke:
    chord = scene.chord_at(beat)
    length = min(hit.length, scene.chord_end(beat) - beat, scene.stop - beat)
    return Stroke(
        beat, max(0.15, length), hit.value, voicings[chord.start_beat], chord, place,
        scene.energy < 0.6, ring,
    )  # fmt: skip


def _with_changes(scene: Scene, start: float, hits: tuple[Hit, ...], kind: str) -> tuple[Hit, ...]:
    """Strike again where the chord changes under a long hit."""
    if kind in {"stab", "scratch16", "montuno", "pluck"}:
        return hits
    changes = [
        chord.start_beat - start for chord in scene.section.chords
        if 0 < chord.start_beat - start < scene.metre.bar_beats
    ]  # fmt: skip
    missing = [at for at in changes if all(abs(hit.at - at) > 0.2 for hit in hits)]
    if not missing or not hits:
        return hits
    extra = [Hit(at, 2.0, hits[0].value) for at in missing]
    return tuple(sorted([*hits, *extra], key=lambda hit: hit.at))


def _block(stroke: Stroke) -> list[Note]:
    top = stroke.voicing[-1]
    return [
        Note(pitch, stroke.beat, stroke.length * 0.95 * stroke.ring, 84 if pitch == top else 80)
        for pitch in stroke.voicing
    ]


def _stab(stroke: Stroke) -> list[Note]:
    return [Note(pitch, stroke.beat, min(stroke.length, 0.4) * 0.8, 86) for pitch in stroke.voicing]


def _roll(stroke: Stroke) -> list[Note]:
    """Spread the chord from the bottom, all of it within a sixteenth."""
    spread = min(0.05, stroke.length / 8)
    return [
        Note(pitch, stroke.beat + spread * order, stroke.length * 0.95 - spread * order, 76)
        for order, pitch in enumerate(stroke.voicing)
    ]


def _broken(stroke: Stroke) -> list[Note]:
    """Play one tone of the chord; indexes beyond the voicing go up an octave."""
    index = int(stroke.value) if stroke.value.isdigit() else 0
    octave, place = divmod(index, len(stroke.voicing))
    accent = 86 if stroke.place % 4 == 0 else 74
    return [Note(stroke.voicing[place] + 12 * octave, stroke.beat, stroke.length * 1.15, accent)]


def _power(stroke: Stroke) -> list[Note]:
    """Root, fifth and octave; muted when calm, ringing when not."""
    root = into_range(nearest(stroke.chord.root, 43), 40, 51)
    fifth = next((t for t in stroke.chord.tones if (t - stroke.chord.root) % 12 in {6, 7, 8}), None)
    step = 7 if fifth is None else (fifth - stroke.chord.root) % 12
    length = stroke.length * (0.6 if stroke.calm else 0.96 * stroke.ring)
    accent = 96 if stroke.place % 4 == 0 else 84
    steps = (0, step) if stroke.calm or stroke.place % 4 else (0, step, 12)
    return [Note(root + up, stroke.beat, length, accent) for up in steps]


def _strum(stroke: Stroke) -> list[Note]:
    """Strum down on strong places and up, with fewer strings, on weak ones."""
    down = abs(stroke.beat * 2 - round(stroke.beat * 2)) < 1e-6 and stroke.beat % 1 == 0
    strings = stroke.voicing if down else stroke.voicing[-2:][::-1]
    spread, length = 0.018, stroke.length * 0.9 * stroke.ring
    return [
        Note(pitch, stroke.beat + spread * order, length, (84 if down else 66) - order)
        for order, pitch in enumerate(strings)
    ]


def _scratch(stroke: Stroke) -> list[Note]:
    """Ghosted sixteenths with accents, as a muted rhythm guitar."""
    if stroke.value == "X":
        return [Note(p, stroke.beat, 0.2, 96) for p in stroke.voicing[-3:]]
    return [Note(stroke.voicing[-1], stroke.beat, 0.08, 34)] if stroke.place % 2 == 0 else []


def _shuffle(stroke: Stroke) -> list[Note]:
    """Boogie: root with fifth and sixth in turn; on minor chords the seventh takes its place."""
    root = into_range(nearest(stroke.chord.root, 45), 40, 52)
    is_minor = (stroke.chord.root + 3) % 12 in stroke.chord.tones
    upper = (10 if is_minor else 9) if stroke.value == "1" else 7
    return [Note(root + up, stroke.beat, stroke.length * 0.8, 84) for up in (0, upper)]


def _montuno(stroke: Stroke) -> list[Note]:
    """Chord tones in octaves, walking through the voicing."""
    pitch = stroke.voicing[stroke.place % len(stroke.voicing)]
    return [Note(pitch + up, stroke.beat, min(stroke.length, 0.45), 90) for up in (0, 12)]


def _sparse(stroke: Stroke) -> list[Note]:
    pair = stroke.voicing[stroke.place % 2 :: 2]
    return [Note(p, stroke.beat, stroke.length * 1.2, 60) for p in pair]


EXECUTIONS: dict[str, Callable[[Stroke], Sequence[Note]]] = {
    "block": _block, "stab": _stab, "roll": _roll, "arp8": _broken, "arp16": _broken,
    "ost8": _broken, "pick8": _broken, "power": _power, "strum": _strum, "scratch16": _scratch,
    "shuffle": _shuffle, "pluck": _stab, "montuno": _montuno, "sparse": _sparse,
}  # fmt: skip


def _pushed(scene: Scene, notes: list[Note], kind: str) -> list[Note]:
    """Anticipate some chord changes by an eighth, the same ones whenever the section returns.

    The chord before has been struck by then, or it would never be heard.
    """
    share = scene.genre.harmony.push
    if not share or kind not in {"block", "stab", "roll"}:
        return notes
    rng = scene.rng("comp", "push")
    starts = [note.start_beat for note in notes]
    pushed = [
        chord.start_beat
        for before, chord in pairwise(scene.section.chords)
        if rng.random() < share * scene.energy
        and any(before.start_beat <= at < chord.start_beat - PUSH for at in starts)
    ]
    return [early for note in notes for early in _anticipating(note, pushed)]


def _anticipating(note: Note, pushed: Sequence[float]) -> Iterator[Note]:
    """Yield a note early if it belongs to a pushed chord; what that cuts off ends before."""
    if any(0 <= note.start_beat - beat < ROLLED for beat in pushed):
        louder = min(127, note.velocity + 6)
        yield Note(note.pitch, note.start_beat - PUSH, note.duration_beats + PUSH, louder)
        return
    end = next((beat - PUSH for beat in pushed if beat > note.start_beat), math.inf)
    if note.start_beat < end - 1e-6:
        length = min(note.duration_beats, end - note.start_beat)
        yield replace(note, duration_beats=length)


def _within(note: Note, low: int, high: int) -> Note:
    pitch = into_range(note.pitch, low, high)
    return Note(pitch, note.start_beat, note.duration_beats, note.velocity)
