from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from backend.pipeline.generation.neural.events import Event
from backend.pipeline.generation.neural.vocabulary import REST
from training.encode import encode
from training.tunes import Tune, group_of, shift_to_c


def tune(*events: Event, group: str = "a") -> Tune:
    return Tune("Test", "ryansMammoth", group_of(group), "folk", "4/4", "major", events, ())


@given(st.lists(st.integers(40, 90), min_size=1), st.integers(0, 11))
def test_the_tonic_goes_to_c_and_the_mean_near_g4(pitches: list[int], tonic: int) -> None:
    shift = shift_to_c(pitches, tonic)
    if shift is None:
        assert max(pitches) - min(pitches) > 12
    else:
        assert (tonic + shift) % 12 == 0
        assert 64 <= sum(pitches) / len(pitches) + shift < 76


def test_the_split_is_nine_tenths_and_follows_the_group() -> None:
    note = Event(0, 12, 12)
    sides = Counter(tune(note, group=str(index)).split for index in range(4_000))
    assert sides["train"] / 4_000 > 0.87
    assert min(sides["validation"], sides["test"]) > 120
    assert tune(note, group="x").split == tune(note._replace(length=6), group="x").split


def test_a_pick_up_can_begin_with_its_silence() -> None:
    upbeat = tune(Event(36, 12, 12), Event(48, 12, 14)).with_opening_rest()
    assert upbeat.events[0] == Event(0, 36, REST)
    assert upbeat.with_opening_rest() == upbeat


def test_encoding_has_a_row_per_event_and_knows_the_past_only() -> None:
    events = [Event(12 * index, 12, 12 + index % 5) for index in range(20)]
    encoded = encode(tune(*events))
    changed = encode(tune(*events[:-1], events[-1]._replace(token=30)))
    assert encoded.features.shape == (20, 27)
    assert encoded.targets[:, 1].tolist() == [event.token for event in events]
    assert (encoded.features == changed.features).all()
