"""How much there is to compute for a track, and how it is shared between threads."""

from dataclasses import replace

from backend.pipeline.artifacts import SAMPLE_RATE, Track
from backend.pipeline.rendering.events import held_notes
from backend.pipeline.theory.tempo_map import TempoMap

_RELEASE_SECONDS = 0.4
_MUCH_SECONDS = 300.0
"""Of sounding notes: a few minutes of piano, most of a second of computing."""


def note_seconds(track: Track, tempo: TempoMap) -> float:
    """Return how long all notes of a track sound together, each with its release."""
    notes = held_notes(track, tempo)
    return sum(note.end - note.start for note in notes) / SAMPLE_RATE + (
        _RELEASE_SECONDS * len(notes)
    )


def hands(track: Track, tempo: TempoMap) -> tuple[Track, ...]:
    """Return the track for one player, or for two when it is much for one.

    Both follow the same controllers; one plays the even pitches, one the odd. A note and its
    repetition stay in one hand. What a track sounds like depends on nothing but the track: the rule
    looks neither at other tracks nor at the threads.

    FluidSynth blends a voice in over one block (64 frames) when it is used for the first time, and
    out of its last note's place when it was used before; which voice a note gets depends on what
    the synth has played. So two players differ from one in the first 1.45 ms of some notes, by less
    than -37 dB of the energy of their first 50 ms, and nowhere else (-112 dB).

    Parameters
    ----------
    track : Track
        One whose notes do not cut each other short, as those of drums may.
    tempo : TempoMap
        Where beats lie in time.
    """
    if note_seconds(track, tempo) < _MUCH_SECONDS:
        return (track,)
    return tuple(
        replace(track, notes=tuple(note for note in track.notes if note.pitch % 2 == hand))
        for hand in range(2)
    )
