"""Lines that do not follow the bass in fifths."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.pipeline.artifacts import Chord, Note
from backend.pipeline.theory.voice_leading import unchained


def triads(*roots):
    return tuple(
        Chord(str(root), root % 12, tuple((root + step) % 12 for step in (0, 4, 7)), root % 12,
              number * 4.0, 4.0)
        for number, root in enumerate(roots)
    )  # fmt: skip


def line(*pitches):
    return [Note(pitch, number * 4.0, 3.5, 80) for number, pitch in enumerate(pitches)]


def moved(chords, pitches):
    return [note.pitch for note in unchained(line(*pitches), chords)]


def test_the_third_fifth_in_a_row_is_another_tone_of_its_chord():
    chords = triads(0, 5, 0, 2, 4, 5, 7)
    assert moved(chords, (64, 65, 67, 69, 71, 72, 67)) == [64, 65, 67, 69, 68, 72, 67]


def test_what_rests_between_breaks_no_rule():
    chords = triads(0, 0, 2, 4, 0)
    sung = [note for note in line(64, 67, 69, 71, 72) if note.start_beat != 8.0]
    assert list(unchained(sung, chords)) == sung


@pytest.mark.parametrize("pitches", [(67, 69), (64, 67), (69, 67)])
def test_a_section_leaves_its_edges_open_to_no_chain(pitches):
    chords = triads(0, 2)
    after = moved(chords, pitches)
    fifths = [(pitch - chord.bass) % 12 == 7 for pitch, chord in zip(after, chords, strict=True)]
    assert not all(fifths)


@given(
    roots=st.lists(st.integers(0, 11), min_size=3, max_size=12),
    tones=st.lists(st.integers(0, 2), min_size=12, max_size=12),
)
def test_no_line_of_chord_tones_keeps_a_chain_and_all_stay_chord_tones(roots, tones):
    chords = triads(*roots)
    pitches = [60 + chord.tones[tone] for chord, tone in zip(chords, tones, strict=False)]
    after = moved(chords, pitches)
    chain = 0
    for (low, high), (bass, pitch) in zip(
        zip(roots, after, strict=True), zip(roots[1:], after[1:], strict=True), strict=False
    ):
        if (low, high) == (bass, pitch):
            continue
        both_move = low != bass and high != pitch
        chain = chain + 1 if both_move and (high - low) % 12 == (pitch - bass) % 12 == 7 else 0
        assert chain < 2
    for chord, pitch in zip(chords, after, strict=True):
        assert pitch % 12 in chord.tones


def test_of_a_chord_the_note_that_follows_the_bass_is_left_out():
    chords = triads(0, 5, 0, 2, 4, 5, 7)
    tops = (64, 65, 67, 69, 71, 72, 67)
    part = [note for top in line(*tops) for note in (top, replace(top, pitch=top.pitch - 7))]
    after = unchained(part, chords)
    assert set(part) - set(after) == {note for note in line(*tops) if note.pitch == 71}
    assert set(after) <= set(part)


def test_a_note_that_moves_stays_on_its_instrument():
    chords = triads(0, 2)
    assert unchained(line(67, 69), chords)[1].pitch == 66
    assert unchained(line(67, 69), chords, low=67)[1].pitch == 74
