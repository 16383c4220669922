"""The labelled prompts are understood at least as well as promised."""

import pytest

from benchmarks.understanding import LAW, Label, measure, read_prompts

LAW_ACCURACY = {
    "development": 0.99, "wild": 0.98, "test": 0.94, "fresh": 0.95, "second_sight": 0.96,
    "third_sight": 0.95, "fourth_sight": 0.95,
}  # fmt: skip
GENRE_ACCURACY = {
    "development": 0.95, "wild": 0.95, "test": 0.9, "fresh": 0.9, "second_sight": 0.9,
    "third_sight": 0.9, "fourth_sight": 0.9,
}  # fmt: skip


@pytest.fixture(scope="module", params=LAW_ACCURACY)
def half(request: pytest.FixtureRequest) -> tuple[str, dict[str, float], list[str]]:
    misses: list[str] = []

    def on_miss(name: str, label: Label, got: object) -> None:
        misses.append(f"{name}: {label['prompt']!r} read as {got}")

    results = measure(read_prompts(request.param), on_miss)
    judged = {name: [r for r in rights if r is not None] for name, rights in results.items()}
    return request.param, {n: sum(r) / len(r) for n, r in judged.items() if r}, misses


@pytest.mark.parametrize("facet", LAW)
def test_what_is_law_is_read_rightly(half, facet):
    name, accuracy, misses = half
    assert accuracy[facet] >= LAW_ACCURACY[name], [m for m in misses if m.startswith(facet)]


def test_the_genre_is_found(half):
    name, accuracy, misses = half
    assert accuracy["genre"] >= GENRE_ACCURACY[name], [m for m in misses if m.startswith("genre")]


@pytest.mark.parametrize("facet", ["valence", "arousal"])
def test_the_mood_lies_on_the_right_side(half, facet):
    _, accuracy, _ = half
    assert accuracy[facet] >= 0.8


def test_the_prompts_are_many_and_no_two_are_the_same():
    prompts = [label["prompt"] for name in LAW_ACCURACY for label in read_prompts(name)]
    assert len(prompts) >= 160
    assert len(set(prompts)) == len(prompts)
