from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.pipeline.artifacts import Note
from backend.pipeline.generation.neural import (
    contains_copied_run,
    copied_runs,
    longest_copied_run,
)
from backend.pipeline.generation.neural.originality import CopyGuard, run_hashes
from tests.pipeline.generation.neural.tunes import held_out, trained_on

TUNE = trained_on().notes
HASHES_OF_A_CHROMATIC_SCALE = [443062917776, 443062917776]


def test_a_tune_of_the_training_data_is_known_from_end_to_end() -> None:
    assert longest_copied_run(TUNE) == len(TUNE)
    assert copied_runs(TUNE) == list(range(len(TUNE) - 9))


@settings(max_examples=20)
@given(semitones=st.integers(-24, 24), beats=st.integers(0, 64))
def test_moving_a_copy_in_pitch_or_time_does_not_hide_it(semitones: int, beats: int) -> None:
    moved = [
        replace(note, pitch=note.pitch + semitones, start_beat=note.start_beat + beats)
        for note in TUNE[:10]
    ]
    assert longest_copied_run(moved) == 10


def test_shorter_notes_and_other_accents_do_not_hide_a_copy() -> None:
    staccato = [replace(n, duration_beats=n.duration_beats / 2, velocity=30) for n in TUNE]
    assert longest_copied_run(staccato) == len(TUNE)


def test_nine_notes_are_anybodys() -> None:
    assert longest_copied_run(TUNE[:9]) == 0
    assert longest_copied_run([]) == 0
    assert not contains_copied_run(TUNE[:9])
    assert contains_copied_run(TUNE[:10])


def test_a_changed_note_cuts_the_run() -> None:
    middle = len(TUNE) // 2
    changed = [
        *TUNE[:middle],
        replace(TUNE[middle], pitch=TUNE[middle].pitch + 13),
        *TUNE[middle + 1 :],
    ]
    hits = copied_runs(changed)
    assert hits
    assert not any(middle - 9 <= hit <= middle for hit in hits)


def test_a_stretched_rhythm_is_another_rhythm() -> None:
    stretched = [replace(n, start_beat=n.start_beat * 1.75) for n in TUNE]
    assert longest_copied_run(stretched) == 0


def test_the_asked_length_counts() -> None:
    assert contains_copied_run(TUNE[:15], length=15)
    assert not contains_copied_run(TUNE[:15], length=16)
    with pytest.raises(ValueError, match="not indexed"):
        contains_copied_run(TUNE, length=9)


def test_held_out_tunes_are_indexed_too() -> None:
    assert all(contains_copied_run(tune.notes) for tune in held_out())


def test_random_walks_are_not_known() -> None:
    draw = np.random.default_rng(11)
    pitches = 60 + np.cumsum(draw.integers(-9, 10, 5_000))
    starts = np.cumsum(draw.integers(1, 9, 5_000)) / 4
    walk = [Note(int(p), float(s), 0.25, 80) for p, s in zip(pitches, starts, strict=True)]
    assert longest_copied_run(walk) == 0


def test_hashes_are_the_same_on_every_machine() -> None:
    hashes = run_hashes(np.arange(60, 71), np.arange(0, 66, 6))
    assert hashes.tolist() == HASHES_OF_A_CHROMATIC_SCALE


def test_the_guard_sees_the_tenth_note_of_a_copy_coming() -> None:
    guard = CopyGuard(2)
    both = np.arange(2)
    for index, note in enumerate(TUNE[:10]):
        pitches = np.array([note.pitch, note.pitch + (index == 9)])
        onsets = np.full(2, round(note.start_beat * 12))
        expected = [index == 9, False]
        assert guard.copies(both, pitches, onsets).tolist() == expected
        guard.push(both, pitches, onsets)
