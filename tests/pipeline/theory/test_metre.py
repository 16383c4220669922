import pytest

from backend.pipeline.artifacts import Metre
from backend.pipeline.styles.patterns import drum_line
from backend.pipeline.theory.metre import (
    COMMON,
    Hit,
    halves,
    parse_metre,
    pulses,
    strength,
    transplant,
)

ALL = [f"{n}/4" for n in range(2, 8)] + [f"{n}/8" for n in range(3, 13)] + ["2/2", "3/2"]


@pytest.mark.parametrize("text", ALL)
def test_pulses_fill_the_bar(text):
    metre = parse_metre(text)
    beats = pulses(metre)
    assert beats[0].function == "down"
    assert sum(pulse.length for pulse in beats) == pytest.approx(metre.bar_beats)
    first, second = halves(metre)
    assert first + second == pytest.approx(metre.bar_beats)
    assert strength(metre, 0.0) == 1.0


@pytest.mark.parametrize(
    ("text", "lengths"),
    [
        ("6/8", [1.5, 1.5]), ("12/8", [1.5] * 4), ("7/8", [1, 1, 1.5]), ("5/8", [1.5, 1]),
        ("5/4", [1] * 5), ("3/4", [1, 1, 1]), ("9/8", [1.5] * 3),
    ],
)  # fmt: skip
def test_metres_are_felt_in_their_own_pulses(text, lengths):
    assert [pulse.length for pulse in pulses(parse_metre(text))] == lengths


@pytest.mark.parametrize("text", ["4/3", "0/4", "17/8", "four", "", "4", "1/4"])
def test_what_nobody_can_count_is_refused(text):
    with pytest.raises(ValueError, match="6/8"):
        parse_metre(text)


ROCK = {
    "K": drum_line("X.......X.......", "sixteenth", 4.0)[0],
    "S": drum_line("....X.......X...", "sixteenth", 4.0)[0],
    "H": drum_line("x.x.x.x.x.x.x.x.", "sixteenth", 4.0)[0],
}


def moved(voice: str, metre: str) -> list[float]:
    hits = transplant(
        ROCK[voice], COMMON, parse_metre(metre), keeps_time=voice == "H", sustains=False
    )
    return [hit.at for hit in hits]


def test_six_eight_has_kick_and_snare_on_its_two_pulses_and_all_eighths():
    assert moved("K", "6/8") == [0.0]
    assert moved("S", "6/8") == [1.5]
    assert moved("H", "6/8") == [0.0, 0.5, 1.0, 1.5, 2.0, 2.5]


def test_seven_eight_answers_on_the_long_pulse():
    assert moved("K", "7/8") == [0.0]
    assert moved("S", "7/8") == [2.0]
    assert set(moved("H", "7/8")) == {0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0}


def test_five_four_is_three_and_two():
    assert moved("K", "5/4") == [0.0, 3.0]
    assert moved("S", "5/4") == [2.0, 4.0]


@pytest.mark.parametrize("text", ALL)
def test_transplanted_hits_stay_in_their_bar_and_apart(text):
    metre = parse_metre(text)
    pattern = tuple(Hit(step / 4, 0.5, "1") for step in range(0, 16, 2))
    hits = transplant(pattern, COMMON, metre, keeps_time=False, sustains=True)
    assert hits
    for hit, after in zip(hits, [*hits[1:], Hit(metre.bar_beats, 0, "")], strict=True):
        assert 0 <= hit.at < metre.bar_beats
        assert hit.at + hit.length <= after.at + 1e-6


@pytest.mark.parametrize("text", ALL)
@pytest.mark.parametrize("step", range(16))
def test_who_plays_chords_once_a_bar_does_so_in_every_metre(text, step):
    pattern = (Hit(step / 4, 0.5, "x"),)
    assert transplant(pattern, COMMON, parse_metre(text), keeps_time=False, sustains=True)


def test_the_own_metre_leaves_a_pattern_alone():
    assert transplant(ROCK["K"], COMMON, Metre(4, 4), keeps_time=False, sustains=False) is ROCK["K"]
