"""Progressions and forms, as written and by name."""

import pytest

from backend.pipeline.planning.understanding import understand
from backend.pipeline.planning.understanding.lexicon import lexicon
from backend.pipeline.planning.understanding.wishes import Ending


def bars(prompt: str) -> str | None:
    chords = understand(prompt).chords
    return "|".join(" ".join(bar) for bar in chords.bars) if chords else None


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("over Am F C G", "Am|F|C|G"),
        ("over am f c g", "Am|F|C|G"),
        ("Dm7 → G7 → Cmaj7", "Dm7|G7|Cmaj7"),
        ("| B♭maj7 Eb/G | F#m7b5 |", "Bbmaj7 Eb/G|F#m7b5"),
        ("chords C, F and vibes", None),
        ("vitamin A B C", None),
        ("i VI III VII", "i|bVI|bIII|bVII"),
        ("vi-IV-I-V", "vi|IV|I|V"),
        ("a 1 5 6 4 progression", "I|V|vi|IV"),
        ("1 2 3 go", None),
        ("555-1234", None),
    ],
)
def test_written_progressions(prompt, expected):
    assert bars(prompt) == expected


def test_a_progression_keeps_its_chords_from_the_key():
    assert understand("Am F C G in C major").spelling == "C"


def test_every_named_progression_has_bars_and_is_found_by_its_name():
    for name, entry in lexicon("progressions").items():
        assert all(bar.split() for bar in entry["bars"].split("|")), name
    for name in ("12-bar blues", "8-bar blues", "andalusian cadence", "rhythm changes"):
        chords = understand(f"a tune on the {name}").chords
        assert chords is not None
        assert chords.name == name


def test_the_twelve_bar_blues_has_twelve_bars():
    chords = understand("12-bar blues in E").chords
    assert chords is not None
    assert len(chords.bars) == 12
    assert understand("12-bar blues in E").form.bars is None


@pytest.mark.parametrize(
    ("prompt", "names"),
    [
        ("AABA", "A A B A"),
        ("ABBA style disco", ""),
        ("rondo form", "A B A C A"),
        ("intro, verse, chorus, verse, big chorus, outro", "intro verse chorus verse chorus outro"),
        ("verse x2 then chorus and a bridge", "verse verse chorus bridge"),
        ("the bridge over the river", ""),
    ],
)
def test_listed_forms(prompt, names):
    assert " ".join(section.name for section in understand(prompt).form.sections) == names


@pytest.mark.parametrize(
    ("prompt", "ending"),
    [
        ("fade out", Ending.FADE),
        ("no fade out", Ending.COLD),
        ("ends abruptly", Ending.COLD),
        ("ritardando", Ending.RITARDANDO),
        ("slows down towards the end", Ending.RITARDANDO),
        ("fade in", None),
    ],
)
def test_endings(prompt, ending):
    assert understand(prompt).form.ending == ending


@pytest.mark.parametrize(
    ("prompt", "semitones", "section"),
    [
        ("key change up a semitone in the last chorus", 1, "last chorus"),
        ("modulates up a whole step for the bridge", 2, "bridge"),
        ("key change at the end", None, "end"),
    ],
)
def test_key_changes(prompt, semitones, section):
    change = understand(prompt).form.key_change
    assert change is not None
    assert (change.semitones, change.section) == (semitones, section)


def test_no_key_change_is_none():
    assert understand("no key change please").form.key_change is None
