"""What a prompt said, and nothing that it did not say.

Every field is optional: ``None`` or empty means that the words leave it open and planning may
choose. What is filled is law (tempo, key, metre, length, instruments, chords, form);
``tempo_feel``, ``mood``, ``valence``, ``arousal``, ``energy``, ``era`` and the genre guide.
"""

from dataclasses import dataclass
from enum import StrEnum

from backend.pipeline.artifacts import Key, Metre

TEMPO_RANGE = (40.0, 240.0)
"""Quarter notes per minute that can be played."""
LENGTH_RANGE = (10.0, 600.0)
"""Seconds that a song can last."""


class TempoFeel(StrEnum):
    """A tempo in words, relative to what is usual for the genre."""

    VERY_SLOW = "very slow"
    SLOW = "slow"
    MEDIUM = "medium"
    FAST = "fast"
    VERY_FAST = "very fast"


class Pulse(StrEnum):
    """The drums feel twice as fast or half as fast as the tempo; the tempo itself stays."""

    DOUBLE_TIME = "double-time"
    HALF_TIME = "half-time"


class Ending(StrEnum):
    """How the song ends; the values are those of ``SongPlan.ending``."""

    COLD = "cold"
    RITARDANDO = "ritardando"
    FADE = "fade"


@dataclass(frozen=True, slots=True)
class GenreWish:
    """One style of a prompt; a blend has two, heaviest first, whose weights sum to 1."""

    style: str
    """Id of a style of ``pipeline.styles``."""
    weight: float


@dataclass(frozen=True, slots=True)
class InstrumentWish:
    """An instrument, or a family of them, that the prompt names."""

    id: str
    """Canonical: "piano", "electric_piano", "strings", "drums"."""
    name: str
    """Plain name, as shown to the user: "electric piano"."""
    programs: tuple[int, ...]
    """General MIDI programs 0 to 127 that the word covers, best first; none for drums."""
    is_drums: bool = False
    is_solo: bool = False
    """The prompt wants it in front: "sax solo", "led by a cello"."""


class Presence(StrEnum):
    """What a prompt says about an instrument and a section."""

    ABSENT = "not in"
    ONLY = "only in"
    FROM = "from"
    """Silent before, there from then on."""
    THERE = "in"
    ALONE = "alone in"
    """Nobody else plays there."""


@dataclass(frozen=True, slots=True)
class Place:
    """An instrument in one kind of section: "no drums in the intro"."""

    instrument: InstrumentWish
    presence: Presence
    section: str
    """Kind of the section, or "start" for whichever comes first."""
    number: int | None = None
    """Which one of its kind, from 1; -1 the last; None: all of them."""

    def __str__(self) -> str:
        which = {None: "", -1: "last "}.get(self.number, f"{self.number}. ")
        presence = "not" if self.presence is Presence.ABSENT else self.presence.value
        at = " in" if self.presence is Presence.ABSENT else ""
        return f"{self.instrument.name} {presence}{at} the {which}{self.section}"


@dataclass(frozen=True, slots=True)
class ChordsWish:
    """A chord progression, bar by bar."""

    bars: tuple[tuple[str, ...], ...]
    """Chords of each bar, absolute ("Am7", "Bb", "C/E") or roman ("ii7", "V7", "bVII").

    Roman degrees are relative to the MAJOR scale of the tonic, so natural minor reads
    ``i bIII iv v bVI bVII``, as in the style data.
    """
    roman: bool
    name: str | None = None
    """The pattern's name, when it was asked for by name: "12-bar blues"."""

    def __str__(self) -> str:
        return " | ".join(" ".join(bar) for bar in self.bars)


@dataclass(frozen=True, slots=True)
class SectionWish:
    """One part of a form that the prompt spells out."""

    name: str
    """intro, verse, pre, chorus, bridge, drop, build, breakdown, solo, outro, or a letter: "A"."""
    bars: int | None = None


@dataclass(frozen=True, slots=True)
class KeyChange:
    """A modulation that was asked for."""

    semitones: int | None = None
    """Up (positive) or down; None leaves it to planning (usually up a tone)."""
    section: str = "last chorus"
    """From where on: "last chorus", "bridge", "end"."""


@dataclass(frozen=True, slots=True)
class FormWish:
    """The shape of the song."""

    sections: tuple[SectionWish, ...] = ()
    """The whole form in order when the prompt lists it ("AABA", "verse chorus verse chorus")."""
    bars: int | None = None
    """Length of the whole song in bars."""
    included: tuple[str, ...] = ()
    """Kinds of section that must occur: "bridge", "solo", "drop", "breakdown"."""
    excluded: tuple[str, ...] = ()
    """Kinds that must not occur: "intro" for "no intro"."""
    intro: str | None = None
    """"long" or "short"."""
    outro: str | None = None
    """"long" or "short"."""
    builds: bool = False
    """Energy rises through the song: "build to", "starts quiet", "crescendo"."""
    big_finish: bool = False
    """The last chorus (or drop, or section) is the largest: "huge final chorus"."""
    key_change: KeyChange | None = None
    tempo_change: str | None = None
    """"accelerando" or "ritardando" along the song, not only at its end."""
    ending: Ending | None = None
    is_loop: bool = False
    """The end must lead back into the beginning."""


@dataclass(frozen=True, slots=True)
class LyricsWish:
    """Words to be sung."""

    theme: str | None = None
    """What they are about, in the prompt's words."""
    text: str | None = None
    """A text that was given, kept word for word."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Which words of the prompt led to a wish."""

    facet: str
    """tempo, key, metre, duration, instruments, chords, form, genre, mood, era, vocals …"""
    words: str
    """As they stand in the prompt."""
    start: int
    """Index of their first character in the prompt."""
    meaning: str
    """"128 BPM", "A minor", "no drums"."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """Everything that was said."""

    genres: tuple[GenreWish, ...] = ()
    """None, one, or two for a blend, heaviest first."""
    genre_confidence: float = 0.0
    """0 to 1: 1 when a genre is named, lower when it was inferred from the other words."""

    tempo_bpm: float | None = None
    """Quarter notes per minute, exactly as asked (may be outside what the product plays)."""
    tempo_range: tuple[float, float] | None = None
    """Lowest and highest: "between 90 and 100 bpm"."""
    tempo_feel: TempoFeel | None = None
    pulse: Pulse | None = None
    swing: float | None = None
    """0.5 straight to 0.67 triplet."""

    tonic: int | None = None
    """Pitch class 0 to 11."""
    spelling: str | None = None
    """The tonic as written: "Eb", "F#"; given whenever ``tonic`` is."""
    mode: str | None = None
    """major, minor, dorian, phrygian, lydian, mixolydian or locrian, with or without a tonic."""

    metre: Metre | None = None
    duration_seconds: float | None = None
    """As asked (may be outside what the product makes)."""

    instruments: tuple[InstrumentWish, ...] = ()
    only_these_instruments: bool = False
    """"just piano and cello": nothing else may play."""
    without: tuple[InstrumentWish, ...] = ()
    """Unwanted; a family excludes every program it covers."""
    no_drums: bool = False
    """No drum kit and no percussion."""
    places: tuple[Place, ...] = ()
    """Where instruments play or are silent, in the order of the prompt."""
    vocals: bool | None = None
    """True when singing was asked for, False for an instrumental."""
    lyrics: LyricsWish | None = None

    chords: ChordsWish | None = None
    """For the whole song, or the first of those for sections."""
    section_chords: tuple[tuple[str, ChordsWish], ...] = ()
    """Kinds of section with chords of their own."""
    chords_everywhere: bool = False
    """Whether ``chords`` are law in all other sections too."""
    form: FormWish = FormWish()

    energy: float | None = None
    """0 (calm) to 1 (intense)."""
    mood: str | None = None
    """The dominant mood word: "melancholic"."""
    valence: float | None = None
    """-1 (sad, dark) to 1 (happy, bright)."""
    arousal: float | None = None
    """-1 (still) to 1 (excited)."""
    era: str | None = None
    """A decade or period: "1980s", "baroque"."""
    title: str | None = None
    loudness: str | None = None
    """"loud", "quiet", or a target such as "-9 LUFS"."""

    notes: tuple[str, ...] = ()
    """Sentences for the user: what was understood, contradictory or out of reach."""
    evidence: tuple[Evidence, ...] = ()
    """In the order of the prompt."""

    @property
    def key(self) -> Key | None:
        """The whole key, when both the tonic and the mode were said."""
        if self.tonic is None or self.spelling is None or self.mode is None:
            return None
        return Key(self.tonic, self.mode, self.spelling)

    @property
    def genre(self) -> str | None:
        """Id of the (heaviest) style."""
        return self.genres[0].style if self.genres else None
