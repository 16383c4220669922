"""Read POP909 (Wang et al., ISMIR 2020): melodies with beats, chords and keys.

A song is used when one key covers 90 % of it and nine bars of ten have the same three or four
beats. Silences of more than eight beats cut it into segments; segments of 24 notes and more are
kept.
"""

import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pretty_midi
from numpy.typing import NDArray

from backend.pipeline.generation.neural.conditions import Harmony, merge_equal
from backend.pipeline.generation.neural.events import Span, tile
from backend.pipeline.generation.neural.vocabulary import (
    GRID_TICKS,
    TICKS_PER_BEAT,
)
from training.tunes import Tune, group_of, shift_to_c

NATURALS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
QUALITIES = {
    "maj": (0, 4, 7),
    "min": (0, 3, 7),
    "dim": (0, 3, 6),
    "aug": (0, 4, 8),
    "7": (0, 4, 7, 10),
    "maj7": (0, 4, 7, 11),
    "min7": (0, 3, 7, 10),
    "hdim7": (0, 3, 6, 10),
    "dim7": (0, 3, 6, 9),
    "sus4": (0, 5, 7),
    "sus4(b7)": (0, 5, 7),
    "sus2": (0, 2, 7),
    "maj6": (0, 4, 7, 9),
    "min6": (0, 3, 7, 9),
    "minmaj7": (0, 3, 7),
    "maj9": (0, 4, 7, 11),
    "min9": (0, 3, 7, 10),
    "9": (0, 4, 7, 10),
    "11": (0, 4, 7, 10),
    "13": (0, 4, 7, 10),
}
STEADY = 0.9
LONGEST_SILENCE_TICKS = 96
FEWEST_NOTES = 24

Clock = Callable[[float], float]


def read_pop909(folder: Path) -> Iterator[Tune]:
    """Read every usable song of the data set's ``POP909`` folder, one tune per segment."""
    for song in sorted(path for path in folder.iterdir() if path.is_dir()):
        yield from _segments(song)


def _segments(song: Path) -> Iterator[Tune]:
    beats = np.loadtxt(song / "beat_midi.txt")
    downbeats = np.flatnonzero(beats[:, 2] > 0)
    key = _main_key(song / "key_audio.txt")
    if len(downbeats) < 4 or key is None:
        return
    gaps = np.diff(downbeats)
    per_bar = Counter(gaps.tolist()).most_common(1)[0][0]
    if per_bar not in (3, 4) or np.mean(gaps == per_bar) < STEADY:
        return
    tonic, mode = key
    clock = _clock(beats[:, 0], downbeats[0] % per_bar)
    chords = _chords(song / "chord_midi.txt", clock, tonic)
    for index, spans in enumerate(_phrases(_melody(song, clock))):
        tune = _tune(song.name, index, spans, (per_bar, tonic, mode), chords)
        if tune is not None:
            yield tune


def _main_key(path: Path) -> tuple[int, str] | None:
    """Return tonic and mode of the key that covers nine tenths of the song, if there is one."""
    lengths: Counter[str] = Counter()
    for line in path.read_text().splitlines():
        start, end, name = line.split()
        lengths[name] += float(end) - float(start)
    name, length = lengths.most_common(1)[0]
    if length < STEADY * sum(lengths.values()):
        return None
    tonic, mode = name.split(":")
    return _pitch_class(tonic), "major" if "maj" in mode else "minor"


def _pitch_class(name: str) -> int:
    return (NATURALS[name[0].upper()] + name.count("#") - name[1:].count("b")) % 12


def _clock(times: NDArray[np.float64], first_downbeat: int) -> Clock:
    """Return the function from seconds to beats, with beat 0 on a bar line."""
    last_gap = float(np.median(np.diff(times)))

    def beat(seconds: float) -> float:
        if seconds <= times[-1]:
            return float(np.interp(seconds, times, np.arange(len(times)))) - first_downbeat
        return len(times) - 1 + (seconds - times[-1]) / last_gap - first_downbeat

    return beat


def _chords(path: Path, clock: Clock, tonic: int) -> tuple[Harmony, ...]:
    chords = []
    for line in path.read_text().splitlines():
        start, _, name = line.split()
        tick = round(clock(float(start))) * TICKS_PER_BEAT
        if name == "N":
            chords.append(Harmony(tick, 0, ()))
            continue
        root_name, _, quality = name.partition(":")
        root = (_pitch_class(root_name) - tonic) % 12
        tones = _tones(quality or "maj")
        chords.append(Harmony(tick, root, tuple(sorted((root + tone) % 12 for tone in tones))))
    return merge_equal(sorted(chords, key=lambda chord: chord.start))


def _tones(quality: str) -> tuple[int, ...]:
    plain = quality.partition("/")[0]
    return QUALITIES.get(plain, QUALITIES["min" if "min" in plain else "maj"])


def _melody(song: Path, clock: Clock) -> list[Span]:
    """Return the melody on sixteenths, one note at a time; of notes together the highest."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pretty_midi warns of tempo events on later tracks
        midi = pretty_midi.PrettyMIDI(str(song / f"{song.name}.mid"))
    track = next(t for t in midi.instruments if t.name.strip().upper() == "MELODY")
    spans: list[Span] = []
    for note in sorted(track.notes, key=lambda note: (note.start, note.end, note.pitch)):
        start = _grid(clock(note.start))
        end = max(_grid(clock(note.end)), start + GRID_TICKS)
        if spans and start <= spans[-1].start:
            last = spans.pop()
            end = max(end, last.start + GRID_TICKS)
            spans.append(Span(last.start, end, max(note.pitch, last.pitch)))
        else:
            spans.append(Span(start, end, note.pitch))
    return [span for span in spans if span.start >= 0]


def _grid(beat: float) -> int:
    return round(beat * TICKS_PER_BEAT / GRID_TICKS) * GRID_TICKS


def _phrases(spans: list[Span]) -> Iterator[list[Span]]:
    """Cut where nobody sings for more than eight beats."""
    phrase: list[Span] = []
    for span in spans:
        if phrase and span.start - phrase[-1].end > LONGEST_SILENCE_TICKS:
            yield phrase
            phrase = []
        phrase.append(span)
    if phrase:
        yield phrase


def _tune(
    song: str,
    index: int,
    spans: list[Span],
    frame: tuple[int, int, str],
    chords: tuple[Harmony, ...],
) -> Tune | None:
    per_bar, tonic, mode = frame
    shift = shift_to_c([span.pitch for span in spans], tonic)
    if len(spans) < FEWEST_NOTES or shift is None:
        return None
    bar_ticks = per_bar * TICKS_PER_BEAT
    origin = spans[0].start // bar_ticks * bar_ticks
    moved = [Span(s.start - origin, s.end - origin, s.pitch + shift) for s in spans]
    return Tune(
        title=f"{song} segment {index}",
        source="pop909",
        group=group_of(song),
        style="pop",
        metre=f"{per_bar}/4",
        mode=mode,
        events=tuple(tile(moved)),
        chords=_from(chords, origin),
    )


def _from(chords: tuple[Harmony, ...], origin: int) -> tuple[Harmony, ...]:
    """Move chords to the segment's own time; the one that sounds at its start starts there."""
    moved = [chord._replace(start=chord.start - origin) for chord in chords]
    before = [chord._replace(start=0) for chord in moved if chord.start <= 0][-1:]
    return (*before, *(chord for chord in moved if chord.start > 0))
