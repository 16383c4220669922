import numpy as np

from backend.pipeline.generation.neural.conditions import (
    Harmony,
    bars_to_breath,
    breath_bars,
    count_down,
    merge_equal,
    metre_style,
    spread_harmony,
    sung_densities,
)
from backend.pipeline.generation.neural.events import Event
from backend.pipeline.generation.neural.vocabulary import METRES, REST

C_MAJOR = Harmony(0, 0, (0, 4, 7))
G_MAJOR = Harmony(48, 7, (2, 7, 11))


def pitch_classes(row: np.ndarray) -> list[int]:
    return np.flatnonzero(row).tolist()


def test_the_grid_holds_the_chord_the_next_chord_and_the_scale() -> None:
    grid, _ = spread_harmony([C_MAJOR, G_MAJOR], "major", 96)
    assert grid.shape == (32, 60)
    assert pitch_classes(grid[0, :12]) == [0, 4, 7]
    assert pitch_classes(grid[0, 12:24]) == [0]
    assert pitch_classes(grid[0, 24:36]) == [2, 7, 11]
    assert pitch_classes(grid[15, :12]) == [0, 4, 7]
    assert pitch_classes(grid[16, :12]) == [2, 7, 11]
    assert pitch_classes(grid[31, 48:]) == [0, 2, 4, 5, 7, 9, 11]


def test_beats_to_the_next_chord_count_down_to_one() -> None:
    _, until = spread_harmony([C_MAJOR, G_MAJOR], "major", 96)
    assert until[:16].tolist() == [4] * 4 + [3] * 4 + [2] * 4 + [1] * 4
    assert until[16:].tolist() == [8] * 16


def test_before_the_first_chord_and_in_silence_no_tone_is_chordal() -> None:
    grid, until = spread_harmony([G_MAJOR, Harmony(72, 0, ())], "minor", 96)
    assert not grid[:16, :24].any()
    assert not grid[24:, :24].any()
    assert until[15] == 1


def test_no_chords_at_all_leave_the_scale() -> None:
    grid, until = spread_harmony([], "dorian", 48)
    assert pitch_classes(grid[0]) == [48 + step for step in (0, 2, 3, 5, 7, 9, 10)]
    assert (until == 8).all()


def test_densities_count_pairs_of_notes_and_not_rests() -> None:
    bar = [Event(6 * i, 6, 12) for i in range(7)] + [Event(42, 6, REST)]
    assert sung_densities([*bar, Event(48, 48, 12)], 48, 3).tolist() == [3, 0, 0]


def test_bars_to_the_next_breath() -> None:
    events = [Event(0, 36, 12), Event(36, 12, REST), Event(48, 42, 12), Event(90, 6, REST)]
    assert breath_bars(events, 48) == [0]
    assert bars_to_breath([2, 7], 9).tolist() == [2, 1, 0, 4, 3, 2, 1, 0, 4]


def test_bars_left_end_at_nothing_or_at_what_follows() -> None:
    assert count_down(10).tolist() == [8, 8, 7, 6, 5, 4, 3, 2, 1, 0]
    assert count_down(3, after=4).tolist() == [6, 5, 4]


def test_metre_and_style_have_numbers_of_their_own() -> None:
    numbers = {metre_style(metre, style) for metre in METRES for style in ("pop", "folk")}
    assert numbers == set(range(6))


def test_equal_neighbours_become_one_chord() -> None:
    again = C_MAJOR._replace(start=24)
    assert merge_equal([C_MAJOR, again, G_MAJOR]) == (C_MAJOR, G_MAJOR)
