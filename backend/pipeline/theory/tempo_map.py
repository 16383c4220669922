"""Beats to seconds and back, along a stepwise tempo."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from backend.pipeline.artifacts import SongPlan, TempoPoint


@dataclass(frozen=True, slots=True)
class TempoMap:
    """The relation of beats (quarter notes) and seconds.

    Before the first and after the last point the nearest tempo holds, so that tails and count-ins
    have a time as well.

    Parameters
    ----------
    beats_at : tuple of float
        Beat at which each tempo begins, rising; the first is 0.
    seconds_at : tuple of float
        The same places in seconds.
    seconds_per_beat : tuple of float
        Length of a beat from each place on.
    """

    beats_at: tuple[float, ...]
    seconds_at: tuple[float, ...]
    seconds_per_beat: tuple[float, ...]

    @classmethod
    def from_points(cls, points: Sequence[TempoPoint], tempo_bpm: float) -> "TempoMap":
        """Build the map from tempo changes.

        Parameters
        ----------
        points : sequence of TempoPoint
            In any order; of several at one beat the last one counts.
        tempo_bpm : float
            Quarter notes per minute where no point says otherwise.
        """
        tempo_at = {0.0: tempo_bpm} | {
            max(0.0, point.beat): point.tempo_bpm
            for point in sorted(points, key=lambda point: point.beat)
        }
        beats = tuple(sorted(tempo_at))
        lengths = tuple(60.0 / tempo_at[beat] for beat in beats)
        seconds = [0.0]
        for start, end, length in zip(beats, beats[1:], lengths, strict=False):
            seconds.append(seconds[-1] + (end - start) * length)
        return cls(beats, tuple(seconds), lengths)

    @classmethod
    def from_plan(cls, plan: SongPlan) -> "TempoMap":
        """Build the map of a planned song."""
        return cls.from_points(plan.tempo_points, plan.tempo_bpm)

    def seconds(self, beat: float) -> float:
        """Return the time of ``beat`` in seconds from the start of the song."""
        place = max(0, bisect_right(self.beats_at, beat) - 1)
        return self.seconds_at[place] + (beat - self.beats_at[place]) * self.seconds_per_beat[place]

    def beats(self, seconds: float) -> float:
        """Return the beat that sounds at ``seconds``; the inverse of ``seconds``."""
        place = max(0, bisect_right(self.seconds_at, seconds) - 1)
        return (
            self.beats_at[place] + (seconds - self.seconds_at[place]) / self.seconds_per_beat[place]
        )

    def tempo_bpm(self, beat: float) -> float:
        """Return the tempo at ``beat`` in quarter notes per minute."""
        place = max(0, bisect_right(self.beats_at, beat) - 1)
        return 60.0 / self.seconds_per_beat[place]
