import numpy as np

from backend.pipeline.generation.neural.breathing import Breathing
from backend.pipeline.generation.neural.vocabulary import REST

BOTH = np.arange(2)


def breathing() -> Breathing:
    """Two bars of 4/4, a breath wanted in each."""
    return Breathing(np.array([0, 48]), 48, 96, lines=2)


def test_notes_may_last_until_the_last_beat_of_a_breath_bar() -> None:
    assert breathing().room(BOTH, np.array([0, 30])).tolist() == [36, 6]


def test_on_the_last_beat_a_breath_is_due() -> None:
    state = breathing()
    assert state.due(BOTH, np.array([36, 33])).tolist() == [True, False]
    assert state.room(BOTH, np.array([36, 33])).tolist() == [48, 3]


def test_who_breathed_earlier_in_the_bar_is_free_until_the_next_breath() -> None:
    state = breathing()
    state.notice(BOTH, np.array([12, 12]), np.array([REST, REST]), np.array([12, 6]))
    assert state.due(BOTH, np.array([36, 36])).tolist() == [False, True]
    assert state.room(BOTH, np.array([24, 24])).tolist() == [60, 12]


def test_long_notes_are_no_breaths() -> None:
    state = breathing()
    state.notice(BOTH, np.array([24, 24]), np.array([5, REST]), np.array([12, 12]))
    assert state.due(BOTH, np.array([36, 36])).tolist() == [True, False]


def test_without_wishes_only_the_end_counts() -> None:
    state = Breathing(np.zeros(0, dtype=np.int64), 48, 96, lines=2)
    assert not state.due(BOTH, np.array([36, 84])).any()
    assert state.room(BOTH, np.array([0, 84])).tolist() == [96, 12]
