"""Which key a listener would name: profiles of the pitch classes, and where the bass stands.

The profiles are the probe-tone ratings of Krumhansl and Kessler (Psychological Review 89, 1982),
correlated with the sounding time of every pitch class in all pitched tracks. Modes count by their
third: D dorian is heard as D minor.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from backend.pipeline.artifacts import Arrangement, Key, Note, Role, SongPlan
from backend.pipeline.theory.scales import is_minor

MAJOR = (6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88)
MINOR = (6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17)

FIRST_BASS, LAST_BASS = 0.06, 0.12
"""What the bass adds to a correlation where it begins, and where it ends."""


def heard_key(song: SongPlan, arrangement: Arrangement) -> tuple[int, bool]:
    """Return tonic and whether it is minor, as the notes of all pitched tracks suggest.

    A song that steps up in key is judged up to the step, where nothing ends.
    """
    bar = song.metre.bar_beats
    lifted = [s.start_bar * bar for s in song.sections if s.key != song.sections[0].key]
    end = min(lifted, default=song.total_beats)
    notes: list[Note] = []
    low: list[Note] = []
    for track in song.tracks:
        if not track.is_drums and track.role is not Role.EFFECTS:
            played = [n for n in arrangement.track(track.id).notes if n.start_beat < end - 0.1]
            notes += played
            low += played if track.role is Role.BASS else []
    first, last = _edges(low or notes)
    return _best(_weights(notes), (first, None if lifted else last))


def names_it(key: Key, heard: tuple[int, bool]) -> bool:
    """Whether the heard key is the planned one."""
    return heard == (key.tonic, is_minor(key))


def _weights(notes: Sequence[Note]) -> NDArray[np.float64]:
    weights = np.zeros(12)
    for note in notes:
        weights[note.pitch % 12] += note.duration_beats
    return weights


def _edges(notes: Sequence[Note]) -> tuple[int, int]:
    """Return the pitch classes of the lowest notes at the beginning and at the end."""
    first = min(notes, key=lambda note: (_struck(note), note.pitch))
    last = max(notes, key=lambda note: (_struck(note), -note.pitch))
    return first.pitch % 12, last.pitch % 12


def _struck(note: Note) -> float:
    """Return where a note was meant to begin: on an eighth, however people play it."""
    return round(note.start_beat * 2) / 2


def _best(weights: NDArray[np.float64], edges: tuple[int, int | None]) -> tuple[int, bool]:
    scores = {}
    for minor, profile in ((False, MAJOR), (True, MINOR)):
        for tonic in range(12):
            shifted = np.roll(profile, tonic)
            match = float(np.corrcoef(weights, shifted)[0, 1])
            scores[tonic, minor] = (
                match + FIRST_BASS * (edges[0] == tonic) + LAST_BASS * (edges[1] == tonic)
            )
    return max(sorted(scores), key=scores.__getitem__)
