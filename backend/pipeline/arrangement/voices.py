"""Those who sing: the lead, and the second voice that answers or doubles."""

from bisect import bisect_right
from collections.abc import Sequence

from backend.pipeline.arrangement.scene import Scene
from backend.pipeline.artifacts import Note, TrackPlan
from backend.pipeline.styles.kinds import family
from backend.pipeline.theory.instruments import INSTRUMENTS
from backend.pipeline.theory.pitch import into_range
from backend.pipeline.theory.scales import scale_classes
from backend.pipeline.theory.voice_leading import unchained


def play_lead(scene: Scene, track: TrackPlan) -> list[Note]:
    """Return the melody, in the instrument's range, phrased."""
    instrument = INSTRUMENTS[track.program]
    shift = _octaves(scene.melody, instrument.low, instrument.high)
    return [
        Note(
            into_range(note.pitch + shift, instrument.low, instrument.high), note.start_beat,
            max(0.1, note.duration_beats * 0.96), _velocity(scene, number),
        )
        for number, note in enumerate(scene.melody)
    ]  # fmt: skip


def _velocity(scene: Scene, number: int) -> int:
    """Louder on pulses, on high and long notes, and towards the middle of four bars."""
    note = scene.melody[number]
    bar = scene.metre.bar_beats
    through = ((note.start_beat - scene.start) / bar % 4) / 4
    arch = 8 * (1 - abs(2 * through - 1))
    accent = 7 if note.start_beat % 1 == 0 else 0
    longer = 4 if note.duration_beats >= 1 else 0
    pitches = [other.pitch for other in scene.melody]
    height = 8 * (note.pitch - min(pitches)) / max(1, max(pitches) - min(pitches))
    return round(74 + arch + accent + longer + height)


def _octaves(melody: Sequence[Note], low: int, high: int) -> int:
    """Return the octaves that bring the whole line into range, none when it fits."""
    if not melody:
        return 0
    bottom, top = min(n.pitch for n in melody), max(n.pitch for n in melody)
    for shift in (0, 12, -12, 24, -24):
        if bottom + shift >= low and top + shift <= high:
            return shift
    return 0


def play_counter(scene: Scene, track: TrackPlan) -> list[Note]:
    """Answer the melody; in the last peak sing with it, a third or sixth below."""
    instrument = INSTRUMENTS[track.program]
    peaks = [s.index for s in scene.plan.sections if family(s.name) == "peak"]
    is_last_peak = len(peaks) > 1 and scene.section.index == peaks[-1]
    first = scene.colleagues(track) == 0
    if is_last_peak and first and scene.melody:
        line = unchained(_harmonised(scene), scene.section.chords)
    elif first:
        line = scene.counter
    else:
        line = tuple(
            Note(n.pitch + 12, n.start_beat, n.duration_beats, n.velocity - 12)
            for n in scene.melody
        )
    shift = _octaves(line, instrument.low, instrument.high)
    return [
        Note(
            into_range(note.pitch + shift, instrument.low, instrument.high), note.start_beat,
            max(0.1, note.duration_beats * 0.95), note.velocity,
        )
        for note in line
    ]  # fmt: skip


def _harmonised(scene: Scene) -> list[Note]:
    """Follow the melody a diatonic third below, a sixth where the third does not fit the chord."""
    scale = set(scale_classes(scene.section.key))
    lowest = min(note.pitch for note in scene.melody) - 12
    highest = max(note.pitch for note in scene.melody)
    ladder = [p for p in range(lowest, highest + 1) if p % 12 in scale]
    line = []
    for note in scene.melody:
        place = bisect_right(ladder, note.pitch) - 1
        third = ladder[max(0, place - 2)]
        tones = scene.chord_at(note.start_beat).tones
        if note.duration_beats >= 1 and third % 12 not in tones:
            below = [p for p in range(note.pitch - 9, note.pitch - 2) if p % 12 in tones]
            third = max(below, default=third)
        line.append(Note(third, note.start_beat, note.duration_beats, 72))
    return line
