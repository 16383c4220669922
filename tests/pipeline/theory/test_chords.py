import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.pipeline.theory.chords import (
    QUALITIES,
    recast,
    roman_shape,
    symbol_shape,
)
from backend.pipeline.theory.pitch import SHARP_NAMES
from backend.pipeline.theory.scales import MODES, key_on, parse_key, scale_classes


@pytest.mark.parametrize(
    ("roman", "symbol"),
    [
        ("i", "Am"), ("bVI", "F"), ("V7", "E7"), ("iiø7", "Bm7b5"), ("#ivo7", "D#dim7"),
        ("ivm6", "Dm6"), ("VI7#9", "F#7#9"), ("V/vi", "C#"), ("V7/V", "B7"), ("I^1", "A/C#"),
        ("bVImaj7", "Fmaj7"), ("ii7/V", "F#m7"), ("Vsus4", "Esus4"), ("V11", "E11"),
    ],
)  # fmt: skip
def test_romans_in_a(roman, symbol):
    assert roman_shape(roman, parse_key("A minor")).symbol(flats=False) == symbol


@given(st.sampled_from(SHARP_NAMES), st.sampled_from(sorted(QUALITIES)))
def test_symbols_are_read_back_as_written(root, quality):
    shape = symbol_shape(root + quality)
    assert shape.symbol(flats=False) == root + quality
    assert shape.tones[0] == shape.root


@pytest.mark.parametrize("text", ["", "H7", "Amin13b9", "hello", "A/Q"])
def test_what_is_no_chord_is_refused(text):
    with pytest.raises(ValueError, match="is not a chord"):
        symbol_shape(text)


@given(
    st.sampled_from(["I", "V", "vi", "IV", "ii7", "bVII", "V7"]),
    st.sampled_from(sorted(MODES)),
    st.integers(0, 11),
)
def test_recast_chords_lie_in_their_key(roman, mode, tonic):
    key = key_on(tonic, mode)
    assert set(recast(roman, key).tones) <= set(scale_classes(key))
