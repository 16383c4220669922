"""The song as a musician would sketch it."""

from dataclasses import dataclass, field
from enum import StrEnum

from backend.pipeline.artifacts.request import LyricsRequest


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
class Metre:
    """A time signature such as 6/8."""

    numerator: int
    denominator: int
    grouping: tuple[int, ...] = ()
    """How its beats gather, such as 3, 2, 2 of seven; empty for the usual way."""

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
    asked_voices: tuple[str, ...] = ()
    """Voices of the hand percussion that were asked for, whatever the style has."""
    silent_voices: tuple[str, ...] = ()
    """Voices of the drums ("H", "CB") that are never struck: pieces that were ruled out."""


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
    seed: int | None = None
    """What its own material is drawn from; None: from the seed of the song."""


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
    pulse: str = ""
    """"half-time" or "double-time" when the drums go half or twice as fast as the tempo."""
    lyrics: LyricsRequest | None = None

    @property
    def total_bars(self) -> int:
        """Bars of all sections."""
        return sum(section.bars for section in self.sections)

    @property
    def total_beats(self) -> float:
        """Quarter notes of all sections."""
        return self.total_bars * self.metre.bar_beats

    def span(self, section: SectionPlan) -> tuple[float, float]:
        """First beat of a section, and the beat after its last."""
        start = section.start_bar * self.metre.bar_beats
        return start, start + section.bars * self.metre.bar_beats

    @property
    def chords(self) -> tuple[Chord, ...]:
        """The harmony of the whole song in order."""
        return tuple(chord for section in self.sections for chord in section.chords)
