import pytest

from backend.pipeline.artifacts import Role
from backend.pipeline.theory.instruments import INSTRUMENTS, NAMED, named


def test_every_program_has_a_name_and_an_octave_at_least():
    assert [instrument.program for instrument in INSTRUMENTS] == list(range(128))
    assert len({instrument.name for instrument in INSTRUMENTS}) == 128
    assert all(instrument.high - instrument.low >= 12 for instrument in INSTRUMENTS)


@pytest.mark.parametrize(
    ("text", "program"), [("Cello", 42), ("pianno", 0), ("saxophones", 65), ("upright_bass", 32)]
)
def test_instruments_are_found_as_people_write_them(text, program):
    assert named(text)[2] == (program,)


def test_drums_have_no_program():
    assert named("drums")[1:] == (Role.DRUMS, ())


def test_named_programs_exist():
    assert all(0 <= program < 128 for _, programs in NAMED.values() for program in programs)


def test_what_is_no_instrument_is_refused_with_examples():
    with pytest.raises(ValueError, match="piano"):
        named("washing machine")
