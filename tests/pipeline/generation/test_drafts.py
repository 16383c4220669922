from dataclasses import replace

import numpy as np
import pytest

from backend.pipeline.generation.drafts import developed
from backend.pipeline.generation.themes import Sung, Themer
from tests.pipeline.songs import planned

IDEA = [Sung(at, 1.0, pitch) for at, pitch in enumerate((60, 62, 64, 62, 60, 64, 65, 64))]


def again(count):
    return tuple(replace(note, at=note.at + 8.0 * turn) for turn in range(count) for note in IDEA)


def themer_of(genre):
    plan = planned("a song in C major", 1, genre=genre, time_signature="4/4")
    return Themer(plan, max(plan.sections, key=lambda section: section.bars))


@pytest.mark.parametrize("seed", range(4))
def test_what_comes_again_at_once_keeps_its_opening_and_ends_in_another_way(seed):
    theme = again(2)
    other = developed(theme, themer_of("pop"), np.random.default_rng(seed))
    assert other[:12] == theme[:12]
    assert [note.at for note in other] == [note.at for note in theme]
    assert other[12:] != theme[12:]


def test_riffs_stay_as_they_are():
    theme = again(3)
    assert developed(theme, themer_of("techno"), np.random.default_rng(1)) == theme
