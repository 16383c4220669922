"""A melody of the training data is never sung again, and the user is told so."""

import numpy as np
import pytest

from backend.pipeline.artifacts import StageName
from backend.pipeline.generation import generate
from backend.pipeline.generation.neural import copied_runs, originality
from tests.pipeline.songs import context, planned


def hashes_of(melody):
    pitches = np.array([note.pitch for note in melody])
    onsets = np.array([round(note.start_beat * 12) for note in melody])
    return originality.run_hashes(pitches, onsets)


@pytest.mark.parametrize("genre", ["pop", "waltz", "jazz_swing", "techno"])
def test_a_melody_of_the_training_data_is_not_sung(genre, monkeypatch):
    plan = planned(seed=3, genre=genre, duration_seconds=60.0)
    usual = generate(plan, context(StageName.GENERATION, 3))
    planted = hashes_of(usual.melody[: len(usual.melody) // 2])
    known = np.unique(np.concatenate([originality._index(), planted]))
    monkeypatch.setattr(originality, "_index", lambda: known)
    assert copied_runs(usual.melody)
    again = generate(plan, context(StageName.GENERATION, 3))
    assert not copied_runs(again.melody)
    assert "No 10 notes in a row of the melody stand in the training data." in again.notes


def test_a_run_that_mending_completed_is_broken():
    plan = planned(seed=21, genre="punk", duration_seconds=120.0)
    assert not copied_runs(generate(plan, context(StageName.GENERATION, 21)).melody)


def test_the_path_that_composed_each_section_is_told():
    plan = planned(seed=1, genre="pop")
    song = generate(plan, context(StageName.GENERATION, 1))
    for index, path in song.composed_by.items():
        words = {"neural": "neural melody model"}.get(path, path)
        [told] = [note for note in song.notes if words in note]
        assert plan.sections[index].label in told
