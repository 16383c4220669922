"""What sounds between the notes: risers and impacts, textures, tones held far away."""

from backend.pipeline.arrangement.scene import Scene
from backend.pipeline.artifacts import Note, TrackPlan
from backend.pipeline.theory.instruments import INSTRUMENTS
from backend.pipeline.theory.pitch import into_range, nearest

IMPACT, RISER = 60, 62
"""Pitches of the noise voice, which has none: two, so that they never meet on one."""
_IMPACT_BEATS = 0.5
_RISER_BARS = 4
_TEXTURES = frozenset({"vinyl", "room"})
_TEXTURE_VELOCITY = 80


def play_effects(scene: Scene, track: TrackPlan) -> list[Note]:
    """Play what the track's sound is for: marks of the form, a texture, or tones far away."""
    if track.voice == "noise_fx":
        return _marks(scene)
    if track.voice in _TEXTURES:
        return [Note(IMPACT, scene.start, scene.end - scene.start, _TEXTURE_VELOCITY)]
    return _far_tones(scene, track)


def _marks(scene: Scene) -> list[Note]:
    """Let each section arrive with an impact, and lead by a riser into one that is fuller."""
    notes = [Note(IMPACT, scene.start, _IMPACT_BEATS, round(50 + 60 * scene.energy))]
    bars = min(_RISER_BARS, scene.section.bars - 1)
    if scene.section.transition in {"riser", "drop"} and bars >= 2:
        begin = scene.end - bars * scene.metre.bar_beats
        notes.append(Note(RISER, begin, scene.stop - begin, 100))
    return notes


def _far_tones(scene: Scene, track: TrackPlan) -> list[Note]:
    """Hold the tonic far away, and swell into the next section where it rises."""
    instrument = INSTRUMENTS[track.program]
    root = into_range(nearest(scene.section.key.tonic, 57), instrument.low, instrument.high)
    bar = scene.metre.bar_beats
    notes = []
    for number, start in scene.bars():
        if number % 4 == 0:
            end = min(start + 4 * bar, scene.stop)
            if end - start > 0.5:
                notes.append(Note(root, start, (end - start) * 0.98, 54))
    if scene.section.transition in {"riser", "drop"} and scene.section.bars >= 2:
        begin = scene.end - 2 * bar
        notes.append(Note(into_range(root + 12, instrument.low, instrument.high), begin,
                          max(0.5, scene.stop - begin), 88))  # fmt: skip
    return notes
