"""What is remembered of documents, and for how long."""

import pytest

from backend.schema import remembered as module
from backend.schema.remembered import remembered


def test_the_same_question_is_worked_out_once_and_forgotten_in_turn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "MOST_CHARACTERS", 10)
    asked = []

    @remembered
    def measure(text: str, times: int) -> int:
        asked.append((text, times))
        return len(text) * times

    assert [measure("aaaa", 1), measure("bbbb", 2), measure("aaaa", 1)] == [4, 8, 4]
    assert asked == [("aaaa", 1), ("bbbb", 2)]
    measure("cccc", 1)  # too much: what was asked for the longest ago goes
    measure("aaaa", 1)
    assert asked[2:] == [("cccc", 1)]
    measure("bbbb", 2)
    assert asked[3:] == [("bbbb", 2)]


def test_a_text_that_is_too_long_is_kept_only_until_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "MOST_CHARACTERS", 10)
    asked = []
    keep = remembered(lambda text: asked.append(text) or len(asked))
    assert [keep("x" * 50), keep("x" * 50), keep("y"), keep("x" * 50)] == [1, 1, 2, 3]


def test_a_failure_is_not_remembered() -> None:
    asked = []

    @remembered
    def fail(text: str) -> None:
        asked.append(text)
        raise ValueError(text)

    for _ in range(2):
        with pytest.raises(ValueError, match="a"):
            fail("a")
    assert asked == ["a", "a"]
