"""Whether what was asked is in the plan and in the MIDI file, read back by mido and pretty_midi.

The labels say what was asked; nothing here asks the composer what it understood.
"""

import io
import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import mido
import numpy as np
import pretty_midi

from backend.pipeline.arrangement.grooves import KEYS
from backend.pipeline.artifacts import Arrangement, Composition, Role, SongPlan, SongRequest
from backend.pipeline.formats.midi import midi_file
from backend.pipeline.planning.players import PIECES
from backend.pipeline.planning.understanding.instrument_book import entries
from backend.pipeline.planning.understanding.wishes import LENGTH_RANGE, TEMPO_RANGE
from backend.pipeline.styles import all_styles
from backend.pipeline.theory.chords import roman_shape, symbol_shape
from backend.pipeline.theory.pitch import pitch_class
from backend.pipeline.theory.scales import MODE_FIFTHS
from benchmarks.table import Line

Label = dict[str, Any]
Compose = Callable[[SongRequest], tuple[SongPlan, Composition, Arrangement]]
Ask = tuple[str, bool]
"""A facet, and whether it was obeyed."""

PROMPTS = Path(__file__).resolve().parents[1] / "tests/pipeline/planning/understanding/prompts"

OTHERS = ("development", "wild", "fresh", "second_sight", "third_sight", "fourth_sight")
CHORD_SHARE = 0.8
"""Least share of chord tones in the accompaniment; the rest are sixths of shuffles and the like."""

_KEYS = ("C", "G", "D", "A", "E", "F", "Bb", "Eb", "F#", "Ab", "B", "C#")
_METRES = ("4/4", "3/4", "6/8", "5/4", "7/8", "12/8")
_CHORDS = ("Am F C G", "Dm G C Am", "Em C G D", "Gm Eb Bb F")
_WITH = ("piano", "cello", "flute", "trumpet", "harp", "violin", "organ", "clarinet")
_WITHOUT = ("drums", "guitar", "strings", "brass")


def labelled_prompts(*halves: str) -> list[Label]:
    """Return the labelled prompts of the test sets."""
    return [
        label
        for half in halves
        for label in json.loads((PROMPTS / f"{half}.json").read_text("utf-8"))
    ]


def stated(genre: str, name: str, number: int) -> Label:
    """Return a prompt that states much about a song of a style, as a label."""
    spelling, metre = _KEYS[number % 12], _METRES[number % len(_METRES)]
    mode = ("minor", "major", "dorian")[number % 3]
    bpm, seconds = 70 + number * 7 % 90, 60 + number * 11 % 140
    wanted, refused = _WITH[number % 8], _WITHOUT[number // 2 % 4]
    label: Label = {
        "genre": genre, "bpm": bpm, "metre": metre, "seconds": seconds, "with": [wanted],
        "without": [] if wanted in {"cello", "violin"} and refused == "strings" else [refused],
    }  # fmt: skip
    if wanted == "trumpet" and refused == "brass":
        label["without"] = []
    text = f"{name}, {bpm} bpm, {metre}, {seconds} seconds, with {wanted}"
    text += "".join(f", no {refused}" for refused in label["without"])
    if number % 2:
        chords = _CHORDS[number // 2 % 4]
        label["chords"] = chords.replace(" ", "|")
        text += f", over {chords}"
    else:
        label |= {"tonic": spelling, "mode": mode}
        text += f", in {spelling} {mode}"
    return label | {"prompt": text}


def judged(
    label: Label, song: SongPlan, composition: Composition, arrangement: Arrangement
) -> Iterator[Ask]:
    """Yield every facet that the label asks for, obeyed or not."""
    data = midi_file(song, arrangement, composition)
    score = mido.MidiFile(file=io.BytesIO(data))
    music = pretty_midi.PrettyMIDI(io.BytesIO(data))
    if "bpm" in label:
        yield "tempo", _tempo(min(max(label["bpm"], TEMPO_RANGE[0]), TEMPO_RANGE[1]), song, score)
    if "tonic" in label:
        yield "key", _key(label, song, score)
    if "metre" in label:
        yield "metre", str(song.metre) == label["metre"] == _written_metre(score)
    if "seconds" in label:
        asked = min(max(label["seconds"], LENGTH_RANGE[0]), LENGTH_RANGE[1])
        yield "length", _length(asked, song, score)
    if "chords" in label or "roman" in label:
        yield "chords in the plan", _chords_planned(label, song)
        yield "chords in the file", _chords_heard(song, music) >= CHORD_SHARE
    for name in label.get("with", ()):
        yield f"with {name}", (_strikes if name in PIECES else _plays)(name, music)
    for name in label.get("without", ()):
        yield f"without {name}", not (_strikes if name in PIECES else _plays)(name, music)


def _tempo(asked: float, song: SongPlan, score: mido.MidiFile) -> bool:
    written = next(m for m in score.tracks[0] if m.type == "set_tempo")
    return song.tempo_bpm == asked and abs(60e6 / written.tempo - asked) < 0.01


def _key(label: Label, song: SongPlan, score: mido.MidiFile) -> bool:
    tonic = pitch_class(label["tonic"])
    planned = song.key.tonic == tonic and song.key.mode == label.get("mode", song.key.mode)
    written = next(m for m in score.tracks[0] if m.type == "key_signature").key
    minor = written.endswith("m")
    major_tonic = (pitch_class(written.removesuffix("m")) + (3 if minor else 0)) % 12
    asked = (tonic + 7 * MODE_FIFTHS[song.key.mode]) % 12
    return planned and major_tonic == asked


def _written_metre(score: mido.MidiFile) -> str:
    event = next(m for m in score.tracks[0] if m.type == "time_signature")
    return f"{event.numerator}/{event.denominator}"


def _length(asked: float, song: SongPlan, score: mido.MidiFile) -> bool:
    bar = song.metre.bar_beats * 60 / song.tempo_bpm
    slack = max(2.0, bar)
    return abs(song.duration_seconds - asked) < 0.01 and abs(score.length - asked) <= slack


def _chords_planned(label: Label, song: SongPlan) -> bool:
    """Whether every section goes round the asked chords; the song may end on its tonic.

    Where sections were given chords of their own, those are judged and the others are free.
    """
    own: dict[str, str] = label.get("section_chords", {})
    last = song.total_beats - song.metre.bar_beats - 1e-6
    for section in song.sections:
        text = own.get(section.name) if own else label.get("chords") or label["roman"]
        if text is None:
            continue
        bars = [bar.split() for bar in text.split("|")]
        written: dict[int, list[tuple[int, frozenset[int]]]] = defaultdict(list)
        shift = section.key.tonic - song.key.tonic
        for chord in section.chords:
            if chord.start_beat < last:
                bar = int(chord.start_beat // song.metre.bar_beats) - section.start_bar
                written[bar].append((chord.root, frozenset(chord.tones)))
        for bar, chords in written.items():
            shapes = [
                symbol_shape(token) if "chords" in label else roman_shape(token, section.key)
                for token in bars[bar % len(bars)]
            ]
            moved = shift if "chords" in label else 0
            wanted = [
                ((s.root + moved) % 12, frozenset((t + moved) % 12 for t in s.tones))
                for s in shapes
            ]
            if chords != wanted:
                return False
    return True


def _chords_heard(song: SongPlan, music: pretty_midi.PrettyMIDI) -> float:
    """Return which share of what harmony and bass sound belongs to the chord's tones.

    Of the bass only what sounds with a new chord counts: between, it may walk. Effects are noise
    without a pitch.
    """
    others = {Role.LEAD, Role.COUNTER, Role.EFFECTS}
    beside = {track.name for track in song.tracks if track.role in others}
    bass = {track.name for track in song.tracks if track.role is Role.BASS}
    inside, total = 0.0, 0.0
    edges = [
        (music.tick_to_time(round(c.start_beat * music.resolution)), set(c.tones) | {c.bass})
        for c in song.chords
    ]
    starts = np.array([edge for edge, _ in edges])
    for player in music.instruments:
        if player.is_drum or player.name in beside:
            continue
        for note in player.notes:
            place = max(0, int(np.searchsorted(starts, note.start + 0.12)) - 1)
            if player.name in bass and note.start > starts[place] + 0.12:
                continue
            length = note.end - note.start
            total += length
            inside += length * (note.pitch % 12 in edges[place][1])
    return inside / total if total else 1.0


def _plays(name: str, music: pretty_midi.PrettyMIDI) -> bool:
    """Whether a lexicon's instrument has notes in the file."""
    wish = entries()[name].wish
    programs = set(wish.programs)
    drums = wish.is_drums or not programs
    return any(
        player.notes and (player.is_drum if drums else
                          not player.is_drum and player.program in programs)
        for player in music.instruments
    )  # fmt: skip


def _strikes(name: str, music: pretty_midi.PrettyMIDI) -> bool:
    """Whether a piece of the drums is struck in the file."""
    keys = {KEYS[voice] for voice in PIECES[name].split()}
    return any(n.pitch in keys for player in music.instruments if player.is_drum
               for n in player.notes)  # fmt: skip


def obedience(compose: Compose, seeds: int) -> Iterator[Line]:
    """Yield which share of what was asked is obeyed, by facet; print every miss."""
    stating = [
        stated(genre.id, genre.name, place * seeds + seed)
        for place, genre in enumerate(all_styles())
        for seed in range(seeds)
    ]
    for title, labels in (
        (f"{len(stating)} songs that state everything", stating),
        ("prompts of the untouched half", labelled_prompts("test")),
        ("other labelled prompts", labelled_prompts(*OTHERS)),
    ):
        asked: dict[str, list[bool]] = defaultdict(list)
        for seed, label in enumerate(labels, 1):
            for facet, obeyed in judged(label, *compose(SongRequest(label["prompt"], seed))):
                asked[facet if facet.startswith("chords") else facet.split()[0]].append(obeyed)
                if not obeyed:
                    print(f"missed {facet}: {label['prompt']}")
        for facet, found in asked.items():
            measured = f"{np.mean(found):.1%} of {len(found)}"
            yield Line(f"{facet} obeyed, {title}", measured, all(found))
