"""No holes: where everybody would rest for long, the last note is held."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from backend.pipeline.arrangement.scene import Scene
from backend.pipeline.artifacts import Note

LONGEST_REST_SECONDS = 1.0
"""What is heard as a breath; a longer silence is heard as a fault."""
BREATH = 0.5
"""Beats of silence that stay before the next note."""
LONGEST_SECONDS = 5.0
"""How much longer a note is held: as long as a bow or a breath lasts."""

Parts = Mapping[str, Sequence[Note]]


def held_over(scene: Scene, parts: Parts) -> dict[str, tuple[Note, ...]]:
    """Return the notes of those who hold one over a hole in a section.

    Parameters
    ----------
    scene : Scene
        The section.
    parts : mapping of str to sequence of Note
        What each track plays in it.

    Returns
    -------
    dict of str to tuple of Note
        All notes of the tracks in which something changed.
    """
    drums = {track.id for track in scene.plan.tracks if track.is_drums}
    beat = 60.0 / scene.plan.tempo_bpm
    changed: dict[str, tuple[Note, ...]] = {}
    for end, following, held in _rests(scene, parts, drums):
        if held is None or (following - end) * beat <= LONGEST_REST_SECONDS:
            continue
        track_id, note = held
        until = min(following - BREATH, note.end_beat + LONGEST_SECONDS / beat)
        longer = replace(note, duration_beats=until - note.start_beat)
        notes = changed.get(track_id, tuple(parts[track_id]))
        changed[track_id] = tuple(longer if other == note else other for other in notes)
    return changed


def _rests(
    scene: Scene, parts: Parts, drums: set[str]
) -> Iterator[tuple[float, float, tuple[str, Note] | None]]:
    """Yield where a silence begins and ends, and who could hold the note that ended last."""
    events = sorted(
        ((note.start_beat, track_id, note) for track_id, notes in parts.items() for note in notes),
        key=lambda event: event[:2],
    )
    end: float | None = None
    held: tuple[str, Note] | None = None
    for start, track_id, note in events:
        if end is not None and start > end:
            yield end, start, held
        end = note.end_beat if end is None else max(end, note.end_beat)
        if track_id not in drums and (held is None or note.end_beat >= held[1].end_beat):
            held = track_id, note
    if end is not None and end < scene.stop:
        yield end, scene.stop, held
