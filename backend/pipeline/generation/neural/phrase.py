"""A phrase to be sung: what the composer asks of the model, and how it becomes conditions in C."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from backend.pipeline.artifacts import Chord, Key, Metre, Note
from backend.pipeline.generation.neural.conditions import (
    Conditions,
    Harmony,
    bars_to_breath,
    breath_bars,
    count_down,
    density_class,
    merge_equal,
    metre_style,
    spread_harmony,
    sung_densities,
)
from backend.pipeline.generation.neural.events import Event, Span, tile
from backend.pipeline.generation.neural.vocabulary import (
    GRID_TICKS,
    LOWEST_PITCH,
    METRES,
    MODES,
    PITCHES,
    REST,
    SHORTEST_REST_TICKS,
    TICKS_PER_BEAT,
    UNKNOWN_BREATH,
    UNKNOWN_DENSITY,
    IntArray,
)

MEMORY_BARS = 24
"""Earlier notes than this are forgotten; the model listens 8 bars back, runs reach further."""
MEAN_PITCH = 69.5
"""Training melodies lie around here in C."""
NOMINAL_VELOCITY = 80


class MelodyStyle(StrEnum):
    """The two kinds of music the model has heard."""

    POP = "pop"
    FOLK = "folk"


@dataclass(frozen=True, slots=True)
class PhraseContext:
    """One phrase and its surroundings, all in song time and sounding pitch.

    Raises
    ------
    ValueError
        When the model knows no such metre or mode (see ``MelodyModel.supports``), when the range is
        narrower than an octave, or lists per bar do not match ``bars``.
    """

    metre: Metre
    key: Key
    chords: tuple[Chord, ...]
    """The song's chords in order; only those around the phrase matter. A chord without tones is
    silence."""
    start_beat: float
    """Where the phrase starts: on a bar line."""
    bars: int
    lowest: int
    highest: int
    """MIDI pitches that may be sung, both included; at least an octave apart."""
    style: MelodyStyle = MelodyStyle.POP
    density: tuple[int | None, ...] = ()
    """Notes wanted in each bar, about (counted in pairs); None or nothing at all leaves it to the
    model. Pop sings 4 to 8 in a bar of 4/4; 1 in the last bar makes a close with a long note."""
    breath_bars: tuple[int, ...] | None = None
    """Bars of the phrase (0 = first) in which a rest of a beat or more starts, surely; None leaves
    it to the model, () asks it to do without."""
    bars_after: int = 0
    """Bars that the passage goes on after the phrase: 0 lets it close, 8 leaves it open."""
    place: int = 0
    """Where in a period of eight bars the phrase starts."""
    previous: tuple[Note, ...] = ()
    """The melody before the phrase, in order; it is continued and alluded to."""

    def __post_init__(self) -> None:
        if not knows(self.metre, self.key):
            raise ValueError(f"the melody model has not learnt {self.metre} in {self.key.mode}")
        if self.bars < 1 or self.highest - self.lowest < 12:
            raise ValueError("a phrase needs a bar and a range of an octave at least")
        if len(self.density) not in (0, self.bars):
            raise ValueError(f"{len(self.density)} densities for {self.bars} bars")
        if any(not 0 <= bar < self.bars for bar in self.breath_bars or ()):
            raise ValueError(f"breaths outside the phrase of {self.bars} bars")


def knows(metre: Metre, key: Key) -> bool:
    """Tell whether the training data has such music."""
    return str(metre) in METRES and key.mode in MODES


@dataclass(frozen=True, slots=True)
class Passage:
    """A phrase in C and in ticks, behind the bars that were sung before it."""

    conditions: Conditions
    memory: tuple[Event, ...]
    """What was sung before, gapless from tick 0 to ``start``."""
    start: int
    end: int
    origin_beat: float
    """Song time of tick 0."""
    shift: int
    """Semitones from C up to the song's key."""
    tokens: slice
    """The pitch tokens within the range."""
    breaths: IntArray
    """Ticks at which the bars start that were asked to have a breath."""

    @classmethod
    def of(cls, context: PhraseContext) -> "Passage":
        """Move a phrase to C."""
        bar_ticks = METRES[str(context.metre)]
        heard = _remembered(context)
        first = heard[0].start_beat if heard else context.start_beat
        bars_before = -int((first - context.start_beat) // context.metre.bar_beats)
        origin_beat = context.start_beat - bars_before * context.metre.bar_beats
        shift = _shift(context)
        start = bars_before * bar_ticks
        memory = tuple(events_of(heard, (origin_beat, shift), (0, start)))
        lowest = max(context.lowest - shift - LOWEST_PITCH, 0)
        highest = min(context.highest - shift - LOWEST_PITCH, PITCHES - 1)
        return cls(
            conditions=_conditions(context, memory, bars_before, origin_beat),
            memory=memory,
            start=start,
            end=start + context.bars * bar_ticks,
            origin_beat=origin_beat,
            shift=shift,
            tokens=slice(lowest, highest + 1),
            breaths=start + bar_ticks * np.array(context.breath_bars or (), dtype=np.int64),
        )

    def events(self, notes: Sequence[Note]) -> list[Event]:
        """Write notes of the phrase as events; the last one ends where its note ends."""
        return events_of(notes, (self.origin_beat, self.shift), (self.start, None))

    def note(self, event: Event) -> Note:
        """Return the note in song time and sounding pitch."""
        return Note(
            pitch=event.token + LOWEST_PITCH + self.shift,
            start_beat=self.origin_beat + event.onset / TICKS_PER_BEAT,
            duration_beats=event.length / TICKS_PER_BEAT,
            velocity=NOMINAL_VELOCITY,
        )


def events_of(
    notes: Sequence[Note], place: tuple[float, int], limits: tuple[int, int | None]
) -> list[Event]:
    """Put notes on sixteenths and write out the rests.

    Parameters
    ----------
    notes : sequence of Note
        One voice, in order. Pitches outside the model's four octaves are folded into them.
    place : (float, int)
        Song time of tick 0 and semitones from C to the key.
    limits : (int, int or None)
        Ticks between which the events lie; with an end, the last gap becomes a rest too.
    """
    origin_beat, shift = place
    begin, end = limits
    spans: list[Span] = []
    for note in notes:
        start = max(_grid(note.start_beat - origin_beat), begin)
        stop = max(_grid(note.end_beat - origin_beat), start + GRID_TICKS)
        if not spans or start > spans[-1].start:
            spans.append(Span(start, stop, _fold(note.pitch - shift)))
    events = tile(spans)
    if events and events[0].onset > begin:
        events.insert(0, Event(begin, events[0].onset - begin, REST))
    return events if end is None else _closed(events, end)


def _closed(events: list[Event], end: int) -> list[Event]:
    if not events:
        return events
    last = events.pop()
    stop = min(last.onset + last.length, end)
    if end - stop < SHORTEST_REST_TICKS:
        return [*events, last._replace(length=end - last.onset)]
    return [*events, last._replace(length=stop - last.onset), Event(stop, end - stop, REST)]


def _grid(beats: float) -> int:
    return round(beats * TICKS_PER_BEAT / GRID_TICKS) * GRID_TICKS


def _fold(pitch: int) -> int:
    while pitch < LOWEST_PITCH:
        pitch += 12
    while pitch >= LOWEST_PITCH + PITCHES:
        pitch -= 12
    return pitch


def _remembered(context: PhraseContext) -> list[Note]:
    """Return the earlier notes that still count; those that start after the phrase are ignored."""
    earliest = context.start_beat - MEMORY_BARS * context.metre.bar_beats
    margin = GRID_TICKS / TICKS_PER_BEAT / 2
    return [n for n in context.previous if earliest <= n.start_beat < context.start_beat - margin]


def _shift(context: PhraseContext) -> int:
    """Return the transposition that brings the middle of the range near the trained register."""
    middle = (context.lowest + context.highest) / 2
    octaves = round((middle - MEAN_PITCH - context.key.tonic) / 12)
    return context.key.tonic + 12 * octaves


def _conditions(
    context: PhraseContext, memory: tuple[Event, ...], bars_before: int, origin_beat: float
) -> Conditions:
    bar_ticks = METRES[str(context.metre)]
    bars = bars_before + context.bars
    harmony, until_change = spread_harmony(
        _chords_in_c(context, origin_beat), context.key.mode, bars * bar_ticks
    )
    return Conditions(
        bar_ticks=bar_ticks,
        metre_style=metre_style(str(context.metre), context.style.value),
        harmony=harmony,
        until_change=until_change,
        place=(np.arange(bars) - bars_before + context.place) % 8,
        bars_left=count_down(bars, context.bars_after),
        density=np.concatenate([sung_densities(memory, bar_ticks, bars_before), _wanted(context)]),
        breath=_breaths(context, memory, bars_before),
    )


def _chords_in_c(context: PhraseContext, origin_beat: float) -> tuple[Harmony, ...]:
    tonic = context.key.tonic
    return merge_equal(
        [
            Harmony(
                round((chord.start_beat - origin_beat) * TICKS_PER_BEAT),
                (chord.root - tonic) % 12,
                tuple(sorted({(tone - tonic) % 12 for tone in chord.tones})),
            )
            for chord in context.chords
        ]
    )


def _wanted(context: PhraseContext) -> IntArray:
    wishes = context.density or (None,) * context.bars
    return np.array(
        [UNKNOWN_DENSITY if wish is None else density_class(wish) for wish in wishes],
        dtype=np.int64,
    )


def _breaths(context: PhraseContext, memory: tuple[Event, ...], bars_before: int) -> IntArray:
    bars = bars_before + context.bars
    if context.breath_bars is None:
        return np.full(bars, UNKNOWN_BREATH, dtype=np.int64)
    before = breath_bars(memory, METRES[str(context.metre)])
    return bars_to_breath([*before, *(bars_before + bar for bar in context.breath_bars)], bars)
