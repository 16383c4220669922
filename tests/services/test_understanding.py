"""What is read in a prompt, with the words that say it."""

import pytest

from backend.errors import InvalidInput
from backend.services.understanding import understanding_of

PROMPT = "A happy lofi\nbeat at 95 bpm in Eb minor with piano, no drums, 2 minutes"


async def test_facets_have_labels_and_the_words_that_say_them() -> None:
    understood = await understanding_of(PROMPT)
    said = {facet.name: facet for facet in understood.facets}
    assert said["tempo"].label == "95 BPM"
    assert said["key"].label == "Eb minor"
    assert said["genre"].label == "Lo-fi Hip-Hop"
    assert {"mood", "instruments", "duration"} <= set(said)
    for facet in understood.facets:
        assert facet.words is not None
        assert facet.start is not None
        assert PROMPT[facet.start : facet.start + len(facet.words)] == facet.words


async def test_what_is_inferred_has_no_words() -> None:
    understood = await understanding_of("rain on the window late at night, studying with coffee")
    genres = [facet for facet in understood.facets if facet.name == "genre"]
    assert [facet.words for facet in genres] == [None] * len(genres)


@pytest.mark.parametrize(
    ("prompt", "instrumental"),
    [("techno, no vocals", True), ("soul with a female singer", False), ("calm piano", None)],
)
async def test_it_says_whether_singing_is_wanted(prompt: str, instrumental: bool | None) -> None:
    assert (await understanding_of(prompt)).instrumental is instrumental


@pytest.mark.parametrize("prompt", ["", "  \n ", "🎵"])
async def test_nothing_is_understood_of_nothing(prompt: str) -> None:
    assert (await understanding_of(prompt)).facets == ()


@pytest.mark.parametrize("prompt", ["x" * 2001, "null \x00 byte"])
async def test_what_no_prompt_can_be_is_refused(prompt: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        await understanding_of(prompt)
    assert refused.value.field == "prompt"
