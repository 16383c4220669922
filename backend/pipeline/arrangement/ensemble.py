"""How harmony players share a section: one leads, one holds, the others wait or make room."""

from backend.pipeline.arrangement.scene import Scene
from backend.pipeline.artifacts import Role, TrackPlan
from backend.pipeline.theory.metre import pulses

ENTERS_AT_ONCE = 0.7
"""Energy from which every harmony player plays from the first bar."""


def leads(scene: Scene, track: TrackPlan) -> bool:
    """Whether this player carries the chords of the section; the others stay calm around it."""
    return _leader(scene) == track.id


def _leader(scene: Scene) -> str:
    players = _chordal(scene, Role.KEYS, Role.GUITAR)
    return players[int(scene.rng("comp", "leader").integers(len(players)))]


def _chordal(scene: Scene, *roles: Role) -> list[str]:
    """Return who of some roles plays in the section."""
    return [
        other.id
        for other in scene.plan.tracks
        if other.role in roles and other.id in scene.section.track_ids
    ]


def holds(scene: Scene, track: TrackPlan) -> bool:
    """Whether this player is the one who lets the chords ring through.

    Pads and strings do where there are any, else the first who does not lead; who is alone, too.
    """
    if _chordal(scene, Role.PAD, Role.STRINGS):
        return False
    players = _chordal(scene, Role.KEYS, Role.GUITAR)
    others = [player for player in players if player != _leader(scene)]
    return (others or players)[0] == track.id


def covers(scene: Scene, beat: float) -> bool:
    """Whether an offbeat stroke would fall on a note of the melody instead of answering it."""
    inside = round((beat - scene.start) % scene.metre.bar_beats, 6)
    on_pulse = any(abs(pulse.start - inside) < 1e-6 for pulse in pulses(scene.metre))
    return not on_pulse and any(abs(note.start_beat - beat) < 0.2 for note in scene.melody)


def silent_bars(scene: Scene, track: TrackPlan) -> int:
    """Return the bars for which a second harmony player lets a full band begin without it."""
    waits = scene.harmonists() >= 3 and scene.energy < ENTERS_AT_ONCE
    return 4 * (scene.section.bars // 8) if waits and not leads(scene, track) else 0
