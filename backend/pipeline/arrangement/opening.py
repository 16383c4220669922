"""The first beat: somebody strikes it, so that no song begins with a hole."""

from collections.abc import Sequence

from backend.pipeline.arrangement.finale import SUNG
from backend.pipeline.artifacts import Note, Role, SectionPlan, TrackPlan
from backend.pipeline.theory.instruments import INSTRUMENTS

AT_ONCE = 0.06
"""Beats within which a note still is on the first beat."""
_ORDER = (
    Role.BASS, Role.KEYS, Role.GUITAR, Role.ARP, Role.PAD, Role.STRINGS, Role.BRASS,
    Role.PERCUSSION, Role.DRUMS,
)  # fmt: skip
"""Who strikes it, where all would begin later."""


def first_stroke(
    section: SectionPlan, players: Sequence[tuple[TrackPlan, Sequence[Note]]]
) -> tuple[str, Note] | None:
    """Return who strikes the first beat of a song on which nobody plays, and the note.

    Parameters
    ----------
    section : SectionPlan
        The song's first.
    players : sequence of TrackPlan and notes
        What each track plays in it, in any order.

    Returns
    -------
    str and Note, or None
        None where somebody begins at once, or where only melodies are played.
    """
    heard = [(track, notes) for track, notes in players if notes and track.role in _ORDER]
    sung = [note for track, notes in players if track.role in SUNG for note in notes]
    everything = [*sung, *(note for _, notes in heard for note in notes)]
    if not heard or min(note.start_beat for note in everything) <= AT_ONCE:
        return None
    track, notes = min(heard, key=lambda player: _ORDER.index(player[0].role))
    following = min(notes, key=lambda note: note.start_beat)
    pitch = following.pitch if track.is_drums else _pitch(section, track, following.pitch)
    length = 0.25 if track.is_drums else 0.95 * following.start_beat
    return track.id, Note(pitch, 0.0, length, following.velocity)


def _pitch(section: SectionPlan, track: TrackPlan, near: int) -> int:
    """Return the tone of the first chord that lies nearest; for the bass, the one it stands on."""
    chord, instrument = section.chords[0], INSTRUMENTS[track.program]
    classes = {chord.bass % 12} if track.role is Role.BASS else {tone % 12 for tone in chord.tones}
    within = [p for p in range(instrument.low, instrument.high + 1) if p % 12 in classes]
    return min(within, key=lambda pitch: abs(pitch - near))
