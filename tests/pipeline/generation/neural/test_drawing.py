import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.pipeline.generation.neural.drawing import draw, probabilities

SCORES = np.log(np.array([[0.5, 0.3, 0.2]], dtype=np.float32))
ALL = np.ones((1, 3), dtype=np.bool_)


def test_probabilities_are_those_of_the_scores() -> None:
    assert probabilities(SCORES, ALL, 1.0)[0] == pytest.approx([0.5, 0.3, 0.2])


def test_what_is_not_allowed_has_no_chance() -> None:
    allowed = np.array([[False, True, True]])
    assert probabilities(SCORES, allowed, 1.0)[0] == pytest.approx([0, 0.6, 0.4])


def test_a_low_temperature_sharpens() -> None:
    assert probabilities(SCORES, ALL, 0.5)[0] == pytest.approx(
        [0.25 / 0.38, 0.09 / 0.38, 0.04 / 0.38], abs=1e-6
    )


def test_hopeless_choices_are_dropped() -> None:
    scores = np.log(np.array([[0.99, 0.01]], dtype=np.float32))
    assert probabilities(scores, ALL[:, :2], 1.0).tolist() == [[1.0, 0.0]]


def test_noise_of_the_last_bits_does_not_change_probabilities() -> None:
    noisy = SCORES + np.float32(1e-7)
    assert (probabilities(SCORES, ALL, 0.9) == probabilities(noisy, ALL, 0.9)).all()


@given(st.floats(0, 1, exclude_max=True))
def test_drawing_inverts_the_cumulative_distribution(uniform: float) -> None:
    chances = np.array([[0.0, 0.5, 0.0, 0.25, 0.25, 0.0]])
    expected = 1 if uniform < 0.5 else 3 if uniform < 0.75 else 4
    assert draw(chances, np.array([uniform])).tolist() == [expected]
