import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.pipeline.theory.scales import (
    MODES,
    key_on,
    key_signature,
    parse_key,
    relative_key,
    scale_classes,
    transposed,
)


@pytest.mark.parametrize(
    ("text", "shown", "fifths"),
    [
        ("A minor", "A minor", 0), ("Am", "A minor", 0), ("F#m", "F# minor", 3),
        ("b flat major", "Bb major", -2), ("E♭", "Eb major", -3), ("D dorian", "D dorian", 0),
        ("g# minor", "G# minor", 5), ("Db", "Db major", -5), ("G mixolydian", "G mixolydian", 0),
        ("C lydian", "C lydian", 1), ("EM", "E major", 4), ("A# major", "Bb major", -2),
    ],
)  # fmt: skip
def test_keys_are_read_as_people_write_them(text, shown, fifths):
    key = parse_key(text)
    assert str(key) == shown
    assert key_signature(key) == fifths


@pytest.mark.parametrize("text", ["", "H major", "A bebop", "12", "minor", "A minor minor"])
def test_what_is_no_key_is_refused_with_an_example(text):
    with pytest.raises(ValueError, match="A minor"):
        parse_key(text)


@given(st.integers(0, 11), st.sampled_from(sorted(MODES)))
def test_a_key_and_its_relative_share_their_notes(tonic, mode):
    key = key_on(tonic, mode)
    relative = relative_key(key)
    assert relative.mode in {"major", "minor"}
    assert set(scale_classes(relative)) == set(scale_classes(key))
    assert abs(key_signature(relative)) <= 7


@given(st.integers(0, 11), st.sampled_from(sorted(MODES)), st.integers(-12, 12))
def test_transposing_there_and_back_is_home(tonic, mode, semitones):
    key = key_on(tonic, mode)
    assert transposed(transposed(key, semitones), -semitones).tonic == key.tonic
