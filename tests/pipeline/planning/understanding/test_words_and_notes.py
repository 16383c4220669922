"""Titles, texts, themes, and what the user is told."""

import pytest

from backend.pipeline.planning.understanding import understand
from backend.pipeline.planning.understanding.spelling import correction, distance


def test_a_title_keeps_its_words_to_itself():
    wishes = understand('a rock song called "Slow Piano Waltz" at 150 bpm')
    assert wishes.title == "Slow Piano Waltz"
    assert wishes.tempo_feel is None
    assert wishes.metre is None
    assert wishes.instruments == ()


def test_a_given_text_is_kept_word_for_word():
    text = "Slow down, darling,\nno drums tonight — é♭"
    wishes = understand(f"folk, 90 bpm, lyrics: {text}")
    assert wishes.lyrics is not None
    assert wishes.lyrics.text == text
    assert wishes.vocals is True
    assert not wishes.no_drums


def test_a_theme_is_found_and_a_length_is_none():
    wishes = understand("a song about losing my keys, about 2 minutes")
    assert wishes.lyrics is not None
    assert wishes.lyrics.theme == "losing my keys"
    assert wishes.duration_seconds == 120
    assert wishes.instruments == ()


@pytest.mark.parametrize(
    ("prompt", "words"),
    [
        ("slow, 180 bpm", "do not agree"),
        ("900 bpm", "can be played"),
        ("2 hours of harp", "can be made"),
        ("100 bpm or 120 bpm", "Two tempos"),
        ("piano, no piano", "left out"),
        ("5/4 then 7/8", "Several metres"),
        ("a warehouse full of machines and fog", "No genre was named"),
    ],
)
def test_what_is_contradictory_or_out_of_reach_is_said(prompt, words):
    assert any(words in note for note in understand(prompt).notes)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("gutiar", "guitar"),
        ("regaeton", "reggaeton"),
        ("saxaphone", "saxophone"),
        ("melancoly", "melancholy"),
        ("slwo", "slow"),
        ("accordian", "accordion"),
        ("gutiars", "guitars"),
    ],
)
def test_typing_errors_are_understood(typed, meant):
    assert correction(typed) == meant


@pytest.mark.parametrize(
    "word", ["horse", "hard", "bars", "base", "door", "gate", "walked", "darkly"]
)
def test_ordinary_words_are_left_alone(word):
    assert correction(word) == word


def test_a_swap_of_neighbours_is_one_edit():
    assert distance("slwo", "slow") == 1
    assert distance("guitar", "guitar") == 0
    assert distance("celo", "cello") == 1
