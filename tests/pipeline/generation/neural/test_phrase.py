from typing import Any

import numpy as np
import pytest

from backend.pipeline.artifacts import Key, Metre, Note
from backend.pipeline.generation.neural.phrase import Passage
from backend.pipeline.generation.neural.vocabulary import REST, UNKNOWN_BREATH, UNKNOWN_DENSITY
from tests.pipeline.generation.neural.tunes import chord, pop_phrase

D_MAJOR = Key(2, "major", "D")


def test_a_phrase_in_d_is_moved_to_c() -> None:
    harmony = Passage.of(
        pop_phrase(key=D_MAJOR, chords=(chord(9, [9, 1, 4], 0.0),))
    ).conditions.harmony
    assert np.flatnonzero(harmony[0, :12]).tolist() == [2, 7, 11]
    assert np.flatnonzero(harmony[0, 12:24]).tolist() == [7]


@pytest.mark.parametrize("tonic", range(12))
@pytest.mark.parametrize("lowest", [36, 48, 55, 60, 72])
def test_the_range_falls_into_the_trained_register(tonic: int, lowest: int) -> None:
    phrase = pop_phrase(key=Key(tonic, "major", "?"), lowest=lowest, highest=lowest + 17)
    passage = Passage.of(phrase)
    assert passage.shift % 12 == tonic
    middle = (passage.tokens.start + passage.tokens.stop) / 2 + 48
    assert 63 <= middle <= 76
    assert passage.tokens.stop - passage.tokens.start == 18


def test_notes_survive_the_way_to_events_and_back() -> None:
    notes = [Note(62, 32.0, 1.5, 80), Note(66, 34.0, 0.25, 80), Note(69, 34.25, 1.75, 80)]
    passage = Passage.of(pop_phrase(key=D_MAJOR, start_beat=32.0))
    back = [passage.note(event) for event in passage.events(notes) if event.token != REST]
    assert back == notes


def test_earlier_notes_are_remembered_from_their_own_bar_on() -> None:
    earlier = (Note(60, 21.0, 1.0, 80), Note(64, 30.0, 4.0, 80))
    passage = Passage.of(pop_phrase(start_beat=32.0, previous=earlier))
    assert passage.origin_beat == 20.0
    assert passage.start == 3 * 48
    assert [(e.onset, e.length) for e in passage.memory] == [(0, 12), (12, 12), (24, 96), (120, 24)]
    assert [e.token == REST for e in passage.memory] == [True, False, True, False]


def test_the_memory_ends_where_the_phrase_starts() -> None:
    passage = Passage.of(pop_phrase(start_beat=32.0, previous=(Note(60, 28.0, 1.0, 80),)))
    last = passage.memory[-1]
    assert last.token == REST
    assert last.onset + last.length == passage.start


def test_notes_far_back_and_notes_ahead_are_not_remembered() -> None:
    previous = (Note(60, 0.0, 1.0, 80), Note(60, 128.0, 1.0, 80), Note(60, 144.0, 1.0, 80))
    passage = Passage.of(pop_phrase(start_beat=132.0, previous=previous))
    assert passage.origin_beat == 128.0


def test_conditions_know_the_form_and_the_wishes() -> None:
    wishes = pop_phrase(
        start_beat=32.0,
        bars=4,
        density=(6, None, 13, 0),
        breath_bars=(1, 3),
        bars_after=2,
        place=4,
        previous=(Note(60, 28.0, 4.0, 80),),
    )
    given = Passage.of(wishes).conditions
    assert given.place.tolist() == [3, 4, 5, 6, 7]
    assert given.bars_left.tolist() == [6, 5, 4, 3, 2]
    assert given.density.tolist() == [0, 3, UNKNOWN_DENSITY, 6, 0]
    assert given.breath.tolist() == [2, 1, 0, 1, 0]


def test_without_wishes_the_model_is_free() -> None:
    given = Passage.of(pop_phrase()).conditions
    assert (given.density == UNKNOWN_DENSITY).all()
    assert (given.breath == UNKNOWN_BREATH).all()


@pytest.mark.parametrize(
    "wrong",
    [
        {"metre": Metre(5, 4)},
        {"key": Key(0, "phrygian", "C")},
        {"bars": 0},
        {"lowest": 60, "highest": 70},
        {"density": (4, 4)},
        {"breath_bars": (8,)},
    ],
)
def test_what_the_model_cannot_do_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"melody model|phrase|densities|breaths"):
        pop_phrase(**wrong)
