import numpy as np
import pytest

from backend.pipeline.generation.neural.history import History
from backend.pipeline.generation.neural.phrase import Passage
from backend.pipeline.generation.neural.vocabulary import (
    NO_DURATION,
    NOTHING,
    REST,
    SLOT_NAMES,
    SLOTS,
    nearest_duration,
)
from tests.pipeline.generation.neural.tunes import pop_phrase

QUARTER = nearest_duration(12)


def history(lines: int = 1) -> History:
    return History(lines, Passage.of(pop_phrase()).conditions)


def sing(line: History, tokens: list[int], length: int = 12) -> None:
    for token in tokens:
        one = np.zeros(1, dtype=np.int64)
        line.append(one, one + token, one + nearest_duration(length), one + length)


def known(line: History) -> dict[str, int]:
    row = line.features(np.zeros(1, dtype=np.int64))[0]
    return dict(zip(SLOT_NAMES, row.tolist(), strict=True))


def test_at_the_start_nothing_was_heard() -> None:
    now = known(history())
    assert now["pitch_before"] == NOTHING
    assert now["duration_before"] == NO_DURATION
    assert now["pitch_heard_1"] == now["pitch_next_8"] == now["pitch_melody_run"] == NOTHING
    assert now["melody_run"] == now["rhythm_run"] == now["sung"] == 0


def test_features_stay_within_their_slots() -> None:
    line = history()
    for token in range(40):
        row = line.features(np.zeros(1, dtype=np.int64))[0]
        assert all(0 <= value < slot.size for value, slot in zip(row, SLOTS, strict=True))
        sing(line, [token], 3)


@pytest.mark.parametrize(("lag", "bars"), [(1, 1), (2, 2), (4, 4)])
def test_the_same_place_bars_ago_is_heard(lag: int, bars: int) -> None:
    line = history()
    sing(line, list(range(4 * bars)))
    now = known(line)
    assert now[f"pitch_heard_{lag}"] == 0
    assert now[f"pitch_next_{lag}"] == 1
    assert now[f"duration_heard_{lag}"] == QUARTER


def test_a_note_that_still_sounds_is_heard_without_a_start() -> None:
    line = history()
    sing(line, [5], 24)
    sing(line, [6], 24)
    sing(line, [7])
    now = known(line)
    assert now["pitch_heard_1"] == 5
    assert now["duration_heard_1"] == NO_DURATION
    assert now["pitch_next_1"] == 6


def test_a_repeated_run_grows_and_tells_what_followed() -> None:
    line = history()
    sing(line, [1, 2, 3, 4])
    sing(line, [1, 2, 3])
    now = known(line)
    assert now["melody_run"] == now["rhythm_run"] == 3
    assert now["pitch_melody_run"] == 4
    sing(line, [9])
    now = known(line)
    assert now["melody_run"] == 0
    assert now["rhythm_run"] == 4
    assert now["pitch_rhythm_run"] == 1


def test_of_equally_long_runs_the_newest_counts() -> None:
    line = history()
    sing(line, [1, 2, 8, 8, 1, 7, 8, 8, 1])
    assert known(line)["pitch_melody_run"] == 7


def test_notes_sung_in_the_bar_are_counted_and_rests_are_not() -> None:
    line = history()
    sing(line, [1, REST, 3])
    assert known(line)["sung"] == 2
    sing(line, [4])
    assert known(line)["sung"] == 0


def test_lines_are_independent_and_copies_continue_alike() -> None:
    single = history()
    sing(single, [1, 2, 3, 4, 1, 2])
    pair = single.repeated(2)
    before = pair.features(np.arange(2))
    assert (before == before[0]).all()
    first = np.zeros(1, dtype=np.int64)
    pair.append(first, first + 3, first + QUARTER, first + 12)
    sing(single, [3])
    assert (pair.features(first) == single.features(first)).all()
    assert (pair.features(first + 1)[0] == before[1]).all()
