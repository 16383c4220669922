"""The voicings that one player leads through a section, and the left hand below them."""

from collections.abc import Collection

from backend.pipeline.arrangement.bass import roots_of
from backend.pipeline.arrangement.scene import Scene
from backend.pipeline.arrangement.voicing import Below, Voicing, lead_voices
from backend.pipeline.artifacts import Note, Role, TrackPlan
from backend.pipeline.theory.pitch import into_range, nearest

ROOTLESS = frozenset(("jazz_swing", "bossa_nova", "lofi_hip_hop", "rnb_soul", "funk"))

LeftHand = dict[float, int]
"""Pitch of the left hand by the start of each chord."""


def voicings_of(
    scene: Scene, low: int, high: int, voices: int, *,
    beats: Collection[float] | None = None, left: LeftHand | None = None,
) -> dict[float, Voicing]:  # fmt: skip
    """Return the led voicing of each chord of the section by its start.

    Parameters
    ----------
    beats : collection of float or None
        Where the player strikes; chords that pass between are not led, since nobody hears them.
    left : dict or None
        What the same player holds below; without it, the top line keeps clear of the bass.
    """
    heard = None if beats is None else {scene.chord_at(beat).start_beat for beat in beats}
    chords = [c for c in scene.section.chords if heard is None or c.start_beat in heard]
    if not chords:
        return {}
    line = left or _bass_part(scene)
    below = Below(tuple(line[chord.start_beat] for chord in chords), bool(left)) if line else None
    rootless = scene.genre.id.split("+")[-1] in ROOTLESS and scene.plays("bass")
    led = lead_voices(
        tuple(chord.tones for chord in chords), voices, low, high, rootless=rootless,
        home=scene.section.key.tonic,
        below=below,
    )  # fmt: skip
    return {chord.start_beat: voicing for chord, voicing in zip(chords, led, strict=True)}


def _bass_part(scene: Scene) -> LeftHand:
    """Return what the bass player has below each chord."""
    players = (
        track
        for track in scene.plan.tracks
        if track.role is Role.BASS and track.id in scene.section.track_ids
    )
    return next((roots_of(scene, player) for player in players), {})


def left_hand(scene: Scene, track: TrackPlan) -> LeftHand:
    """Return roots below the chords, for the first pianist where nobody plays the bass."""
    if scene.plays("bass") or track.role is not Role.KEYS or scene.colleagues(track):
        return {}
    return {
        chord.start_beat: into_range(nearest(chord.bass, 42), 36, 50)
        for chord in scene.section.chords
    }


def held(left: LeftHand, scene: Scene) -> list[Note]:
    """Return the left hand's notes, each held until the chord changes."""
    return [
        Note(pitch, start, 0.97 * (min(scene.chord_end(start), scene.stop) - start), 76)
        for start, pitch in left.items()
        if start < scene.stop - 0.1
    ]
