"""One section as its players see it."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from backend.pipeline.artifacts import Chord, Metre, Note, SectionPlan, SongPlan, TrackPlan
from backend.pipeline.progress import StageContext
from backend.pipeline.styles import Style


@dataclass(frozen=True)
class Scene:
    """A section with everything a player needs to know.

    Parameters
    ----------
    melody : tuple of Note
        The melody that sounds in this section.
    stop : float
        Beat at which the players stop: the end of the section, the cut before a drop, or the last
        chord of the song.
    following : Chord or None
        The chord that begins the next section.
    """

    plan: SongPlan
    genre: Style
    section: SectionPlan
    melody: tuple[Note, ...]
    counter: tuple[Note, ...]
    stop: float
    following: Chord | None
    context: StageContext

    @property
    def metre(self) -> Metre:
        """The metre of the song."""
        return self.plan.metre

    @property
    def start(self) -> float:
        """First beat."""
        return self.section.start_bar * self.metre.bar_beats

    @property
    def end(self) -> float:
        """Beat after the last."""
        return self.start + self.section.bars * self.metre.bar_beats

    @property
    def energy(self) -> float:
        """0 to 1."""
        return self.section.energy

    @cached_property
    def _starts(self) -> list[float]:
        return [chord.start_beat for chord in self.section.chords]

    def chord_at(self, beat: float) -> Chord:
        """Return the chord that sounds at a beat."""
        return self.section.chords[max(0, bisect_right(self._starts, beat + 1e-6) - 1)]

    def next_chord(self, beat: float) -> Chord:
        """Return the chord after the one that sounds at a beat; the last one stays."""
        place = bisect_right(self._starts, beat + 1e-6)
        if place < len(self._starts):
            return self.section.chords[place]
        return self.following or self.section.chords[-1]

    def chord_end(self, beat: float) -> float:
        """Return where the chord at a beat ends."""
        chord = self.chord_at(beat)
        return chord.start_beat + chord.duration_beats

    def bars(self) -> Iterator[tuple[int, float]]:
        """Yield number and first beat of each bar."""
        for number in range(self.section.bars):
            yield number, self.start + number * self.metre.bar_beats

    def rng(self, track_id: str, purpose: str) -> np.random.Generator:
        """Return randomness that all sections of this kind share, so that material returns."""
        return self.context.generator(self.section.name, track_id, purpose)

    def own_rng(self, track_id: str, purpose: str) -> np.random.Generator:
        """Return randomness of this very section."""
        return self.context.generator(self.section.index, track_id, purpose)

    def plays(self, role: str) -> bool:
        """Whether any track of a role plays here."""
        return any(
            track.role.value == role and track.id in self.section.track_ids
            for track in self.plan.tracks
        )

    def harmonists(self) -> int:
        """Return how many tracks play chords here."""
        chordal = {"keys", "guitar", "pad", "strings", "arp"}
        return sum(
            track.role.value in chordal and track.id in self.section.track_ids
            for track in self.plan.tracks
        )

    def colleagues(self, track: TrackPlan) -> int:
        """Return the place of a track among those of its role."""
        same = [other.id for other in self.plan.tracks if other.role is track.role]
        return same.index(track.id)
