"""The frozen hand-offs of the pipeline.

``SongRequest → SongPlan → Composition → Arrangement → Stems → Master``

Conventions
-----------
* A *beat* is a quarter note in every metre, as in MIDI and in every sequencer; ``tempo_bpm`` counts
  quarter notes per minute. ``start_beat`` counts from the start of the song.
* Bars and sections are counted from 0 here; the user interfaces count from 1.
* Pitches are MIDI numbers (60 = middle C), pitch classes 0 to 11 (0 = C), velocities 1 to 127.
* Audio is float32, shape ``(2, frames)``, nominal range −1 to 1.
* The symbolic artifacts survive a round trip through JSON unchanged (``formats.json_artifacts``).
"""

from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

SAMPLE_RATE = 44_100
"""Frames per second of all audio."""


class StageName(StrEnum):
    """The five stages, in order."""

    PLANNING = "planning"
    GENERATION = "generation"
    ARRANGEMENT = "arrangement"
    RENDERING = "rendering"
    MIXING = "mixing"


class Role(StrEnum):
    """What a track does in the arrangement."""

    DRUMS = "drums"
    PERCUSSION = "percussion"
    BASS = "bass"
    KEYS = "keys"
    GUITAR = "guitar"
    PAD = "pad"
    STRINGS = "strings"
    BRASS = "brass"
    ARP = "arp"
    LEAD = "lead"
    COUNTER = "counter"
    EFFECTS = "effects"


@dataclass(frozen=True, slots=True)
class LyricsRequest:
    """What the user asked for in words; ``text`` is kept word for word."""

    theme: str | None = None
    text: str | None = None
    style: str | None = None
    mood: str | None = None
    language: str | None = None
    explicit: bool = False


@dataclass(frozen=True, slots=True)
class SongRequest:
    """What the user asked for, validated; structured fields win over the prompt."""

    prompt: str
    seed: int
    title: str | None = None
    genre: str | None = None
    mood: str | None = None
    energy: float | None = None
    """0 (calm) to 1 (intense)."""
    tempo_bpm: float | None = None
    """40 to 240, obeyed exactly."""
    key: str | None = None
    time_signature: str | None = None
    instruments: tuple[str, ...] = ()
    without_instruments: tuple[str, ...] = ()
    duration_seconds: float | None = None
    """10 to 600."""
    lyrics: LyricsRequest | None = None


@dataclass(frozen=True, slots=True)
class Metre:
    """A time signature such as 6/8."""

    numerator: int
    denominator: int

    @property
    def bar_beats(self) -> float:
        """Length of a bar in quarter notes."""
        return self.numerator * 4 / self.denominator

    def __str__(self) -> str:
        return f"{self.numerator}/{self.denominator}"


@dataclass(frozen=True, slots=True)
class Key:
    """A tonic and a mode: ``Key(9, "minor", "A")`` prints as "A minor"."""

    tonic: int
    """Pitch class, 0 to 11."""
    mode: str
    """major, minor, dorian, phrygian, lydian, mixolydian or locrian."""
    spelling: str
    """How the tonic is written: "Eb", "F#"."""

    def __str__(self) -> str:
        return f"{self.spelling} {self.mode}"


@dataclass(frozen=True, slots=True)
class Chord:
    """One chord of the harmony at its place in the song."""

    symbol: str
    """As a musician writes it: "Am7", "F/A", "Bbmaj7"."""
    root: int
    """Pitch class."""
    tones: tuple[int, ...]
    """Pitch classes, root first."""
    bass: int
    """Pitch class of the lowest note."""
    start_beat: float
    duration_beats: float
    roman: str = ""


@dataclass(frozen=True, slots=True)
class TempoPoint:
    """From ``beat`` on the tempo is ``tempo_bpm`` (stepwise, as in a MIDI file)."""

    beat: float
    tempo_bpm: float


@dataclass(frozen=True, slots=True)
class TrackPlan:
    """One instrument of the song."""

    id: str
    """Stable within the song, such as "bass" or "keys-2"."""
    name: str
    """As shown to the user: "Electric Bass"."""
    role: Role
    instrument: str
    """The instrument's plain name, such as "electric bass (finger)"."""
    program: int
    """General MIDI program 0 to 127; for drum tracks the kit's program."""
    is_drums: bool = False
    voice: str = "soundfont"
    """"soundfont", or the name of a synthesiser voice of ``rendering``."""


@dataclass(frozen=True, slots=True)
class SectionPlan:
    """One part of the form."""

    index: int
    name: str
    """The kind: intro, verse, pre, chorus, bridge, drop, solo, outro …"""
    label: str
    """As shown: "Verse 2"."""
    start_bar: int
    bars: int
    energy: float
    """0 to 1."""
    key: Key
    chords: tuple[Chord, ...]
    track_ids: tuple[str, ...]
    """The tracks that play here."""
    repeat_of: int | None = None
    """Index of the earlier section whose material comes back here."""
    transition: str | None = None
    """How it leads into the next: fill, riser, drop, break, pickup, ritardando, fade."""


@dataclass(frozen=True, slots=True)
class SongPlan:
    """The song as a musician would sketch it; every explicit wish is already in it."""

    title: str
    seed: int
    genre: str
    """Id of a style of ``styles``."""
    mood: str | None
    energy: float
    tempo_bpm: float
    key: Key
    metre: Metre
    duration_seconds: float
    """Length of the music including the final tail, as it will be rendered."""
    swing: float
    """0.5 straight to 0.67 triplet."""
    sections: tuple[SectionPlan, ...]
    tracks: tuple[TrackPlan, ...]
    tempo_points: tuple[TempoPoint, ...]
    ending: str
    """cold, ritardando or fade."""
    asked: dict[str, str] = field(default_factory=dict)
    """What the user named explicitly, for the report: {"tempo": "128 BPM", "key": "A minor"}."""
    notes: tuple[str, ...] = ()
    """What was understood, assumed or resolved, in sentences for the user."""
    lyrics: LyricsRequest | None = None

    @property
    def total_bars(self) -> int:
        """Bars of all sections."""
        return sum(section.bars for section in self.sections)

    @property
    def total_beats(self) -> float:
        """Quarter notes of all sections."""
        return self.total_bars * self.metre.bar_beats

    @property
    def chords(self) -> tuple[Chord, ...]:
        """The harmony of the whole song in order."""
        return tuple(chord for section in self.sections for chord in section.chords)


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


@dataclass(frozen=True, slots=True)
class SoundBank:
    """The SoundFont to render with; its licence and hash stand in the song's report."""

    path: str
    name: str
    licence: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Stem:
    """The sound of one track."""

    track_id: str
    audio: NDArray[np.float32]
    """Shape (2, frames)."""


@dataclass(frozen=True, slots=True)
class Stems:
    """All tracks as rendered, before the mixer; equal length, starting at bar 0."""

    stems: tuple[Stem, ...]
    bank: SoundBank


@dataclass(frozen=True, slots=True)
class StripSettings:
    """What the user set on one mixer strip."""

    gain_db: float = 0.0
    pan: float = 0.0
    """−1 left to 1 right, added to the style's own placing."""
    muted: bool = False


@dataclass(frozen=True, slots=True)
class MixSettings:
    """Everything about the mix that a user can change; data of the Take."""

    loudness_lufs: float = -14.0
    ceiling_dbtp: float = -1.0
    strips: dict[str, StripSettings] = field(default_factory=dict)
    """By track id."""


@dataclass(frozen=True, slots=True)
class Check:
    """One promise, asked against measured."""

    name: str
    asked: str
    measured: str
    passed: bool


@dataclass(frozen=True, slots=True)
class SongReport:
    """What was measured on the finished audio and the score."""

    loudness_lufs: float
    loudness_range_lu: float
    true_peak_dbtp: float
    duration_seconds: float
    measured_tempo_bpm: float | None
    measured_key: str | None
    checks: tuple[Check, ...]
    sound_bank: str
    sound_bank_licence: str
    sound_bank_sha256: str


@dataclass(frozen=True, slots=True)
class TrackMix:
    """Where the mixer put a track: the style's balance and the user's changes together."""

    track_id: str
    gain_db: float
    pan: float
    muted: bool


@dataclass(frozen=True, slots=True)
class Master:
    """The finished song."""

    audio: NDArray[np.float32]
    """The master, shape (2, frames)."""
    stems: tuple[Stem, ...]
    """Post-fader; their sum is the mix before mastering."""
    tracks: tuple[TrackMix, ...]
    report: SongReport


Artifact = SongPlan | Composition | Arrangement | Stems | Master
"""What a stage leaves."""


@dataclass(frozen=True, slots=True)
class Done:
    """Artifacts of stages that need not run again."""

    plan: SongPlan | None = None
    composition: Composition | None = None
    arrangement: Arrangement | None = None
    stems: Stems | None = None
