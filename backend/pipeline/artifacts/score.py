"""What is written: the lead sheet, and every event of every track."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Note:
    """One note in quarter-note time."""

    pitch: int
    start_beat: float
    duration_beats: float
    velocity: int

    @property
    def end_beat(self) -> float:
        """Where it is released."""
        return self.start_beat + self.duration_beats


@dataclass(frozen=True, slots=True)
class Syllable:
    """One syllable of the lyrics on its note."""

    text: str
    start_beat: float
    duration_beats: float
    line: int
    """Line of the lyrics, counted from 0."""
    word_end: bool = True


@dataclass(frozen=True, slots=True)
class Composition:
    """The lead sheet: melody, chords (those of the plan) and lyrics."""

    melody: tuple[Note, ...]
    """Monophonic, ordered by start."""
    counter: tuple[Note, ...] = ()
    """A second line that answers the melody."""
    lyrics: tuple[Syllable, ...] = ()
    composed_by: dict[int, str] = field(default_factory=dict)
    """Section index to the path that composed its melody: "chord-scale rules", "neural" …"""
    notes: tuple[str, ...] = ()
    """How the melody came about and whether it is new, in sentences for the user."""


@dataclass(frozen=True, slots=True)
class ControlChange:
    """A MIDI controller at a beat; ``controller`` 1, 7, 10, 11, 64 …, ``value`` 0 to 127."""

    beat: float
    controller: int
    value: int


@dataclass(frozen=True, slots=True)
class PitchBend:
    """Bend at a beat, in semitones within ±2."""

    beat: float
    semitones: float


@dataclass(frozen=True, slots=True)
class Track:
    """What one player plays, humanised: timing and velocities are final."""

    track_id: str
    notes: tuple[Note, ...]
    controls: tuple[ControlChange, ...] = ()
    bends: tuple[PitchBend, ...] = ()


@dataclass(frozen=True, slots=True)
class AutomationPoint:
    """Value at a beat; straight lines between points."""

    beat: float
    value: float


@dataclass(frozen=True, slots=True)
class Automation:
    """A mixer parameter of a track over time, written by the arrangement."""

    track_id: str
    parameter: str
    """gain_db, filter_hz or send_db."""
    points: tuple[AutomationPoint, ...]


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Every event of every track: the content of the MIDI file."""

    tracks: tuple[Track, ...]
    automation: tuple[Automation, ...] = ()

    def track(self, track_id: str) -> Track:
        """Return the track with that id.

        Raises
        ------
        KeyError
            If there is none.
        """
        for track in self.tracks:
            if track.track_id == track_id:
                return track
        raise KeyError(track_id)
