"""Public-domain tunes for the tests: some held out from training, one trained on."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from backend.pipeline.artifacts import Chord, Key, Metre, Note
from backend.pipeline.generation.neural import MelodyStyle, PhraseContext

FILE = Path(__file__).with_name("public_domain_tunes.json")


@dataclass(frozen=True, slots=True)
class Tune:
    """A tune in C with what a planner would know of it."""

    title: str
    context: PhraseContext
    notes: tuple[Note, ...]


def held_out() -> list[Tune]:
    return [_tune(stored) for stored in json.loads(FILE.read_text())["held_out"]]


def trained_on() -> Tune:
    return _tune(json.loads(FILE.read_text())["trained_on"])


def _tune(stored: dict[str, Any]) -> Tune:
    metre = Metre(*map(int, stored["metre"].split("/")))
    notes = tuple(Note(pitch, start, length, 80) for pitch, start, length in stored["notes"])
    per_bar = [0] * stored["bars"]
    for note in notes:
        per_bar[int(note.start_beat // metre.bar_beats)] += 1
    chords = tuple(chord(root, tones, start) for root, tones, start in stored["chords"])
    context = PhraseContext(
        metre=metre,
        key=Key(0, stored["mode"], "C"),
        chords=chords,
        start_beat=0.0,
        bars=stored["bars"],
        lowest=52,
        highest=88,
        style=MelodyStyle.FOLK,
        density=tuple(per_bar),
    )
    return Tune(stored["title"], context, notes)


def chord(root: int, tones: list[int], start_beat: float, beats: float = 4.0) -> Chord:
    return Chord("", root, tuple(tones), root, start_beat, beats)


def pop_phrase(**changes: Any) -> PhraseContext:
    """Eight bars of I–V–vi–IV in C."""
    shapes = ((0, [0, 4, 7]), (7, [7, 11, 2]), (9, [9, 0, 4]), (5, [5, 9, 0]))
    progression = [chord(*shapes[bar % 4], 4.0 * bar) for bar in range(24)]
    values: dict[str, Any] = {
        "metre": Metre(4, 4),
        "key": Key(0, "major", "C"),
        "chords": tuple(progression),
        "start_beat": 0.0,
        "bars": 8,
        "lowest": 57,
        "highest": 76,
    }
    return PhraseContext(**(values | changes))
