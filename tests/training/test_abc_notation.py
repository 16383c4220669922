from fractions import Fraction

import pytest

from training.abc_notation import AbcTune, UnreadableTuneError, read_tune, read_tunes


def tune(body: str, **fields: str) -> AbcTune:
    header = {"X": "1", "T": "Test", "M": "4/4", "L": "1/8"} | fields
    key = header.pop("K", "C")
    lines = [*(f"{name}:{value}" for name, value in header.items()), f"K:{key}", body]
    return read_tune("\n".join(lines))


def pitches(read: AbcTune) -> list[int | None]:
    return [note.pitch for note in read.notes]


def lengths(read: AbcTune) -> list[float]:
    return [float(note.length) for note in read.notes]


def test_letters_and_marks_are_octaves() -> None:
    assert pitches(tune("C, C c c' z x")) == [48, 60, 72, 84, None, None]


@pytest.mark.parametrize(
    ("key", "tonic", "mode", "scale"),
    [
        ("G", 7, "major", [66, 71, 60]),
        ("Bb", 10, "major", [65, 70, 60]),
        ("A min", 9, "minor", [65, 71, 60]),
        ("Em", 4, "minor", [66, 71, 60]),
        ("Ddor", 2, "dorian", [65, 71, 60]),
        ("Amix", 9, "mixolydian", [66, 71, 61]),
        ("F#m", 6, "minor", [66, 71, 61]),
        ("Eb", 3, "major", [65, 70, 60]),
    ],
)
def test_signatures(key: str, tonic: int, mode: str, scale: list[int]) -> None:
    read = tune("F B C", K=key)
    assert (read.tonic, read.mode, pitches(read)) == (tonic, mode, scale)


def test_an_accidental_lasts_to_the_bar_line_in_its_octave() -> None:
    assert pitches(tune("^C C c | C =F", K="D")) == [61, 61, 73, 61, 65]
    assert pitches(tune("_B B | B")) == [70, 70, 71]


def test_lengths_multiply_and_divide_the_unit() -> None:
    assert lengths(tune("C C2 C3/2 C/ C// C/4")) == [0.5, 1, 0.75, 0.25, 0.125, 0.125]
    assert lengths(tune("C C2", L="1/16")) == [0.25, 0.5]


def test_broken_rhythm_moves_time_between_neighbours() -> None:
    assert lengths(tune("C>D E<F G>>A")) == [0.75, 0.25, 0.25, 0.75, 0.875, 0.125]


def test_triplets_fit_three_in_two() -> None:
    read = tune("(3CDE F")
    assert [note.length for note in read.notes] == [Fraction(1, 3)] * 3 + [Fraction(1, 2)]
    assert read.notes[3].start == 1


def test_ties_join_and_slurs_do_not() -> None:
    assert lengths(tune("C2-C2 | (C D)")) == [2, 0.5, 0.5]


def test_bar_lines_stand_where_they_are_written() -> None:
    assert [float(line) for line in tune("G | C4 C4 |: D8 :|").bar_lines] == [0, 0.5, 4.5, 8.5]


def test_ornaments_chord_names_and_graces_are_passed_over() -> None:
    assert pitches(tune('"Am"C !trill!D {cd}E')) == [60, 62, 64]


@pytest.mark.parametrize("body", ["C [K:G] D", "C [M:3/4] D", "[CEG] D", "[V:2] C"])
def test_what_cannot_be_one_steady_voice_is_refused(body: str) -> None:
    with pytest.raises(UnreadableTuneError):
        tune(body)


def test_a_file_yields_its_readable_tunes() -> None:
    text = (
        "% header\nX:1\nT:A\nM:4/4\nK:C\nCDEF|\nX:2\nT:B\nK:C\n[CE]\nX:3\nT:C\nM:3/4\nK:G\nGAB|\n"
    )
    assert [read.title for read in read_tunes(text)] == ["A", "C"]
