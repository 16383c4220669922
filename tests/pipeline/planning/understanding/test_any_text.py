"""Whatever is typed: an answer, the same one each time, with evidence that stands in the prompt."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.pipeline.planning.understanding import sentence_embedding, understand
from backend.pipeline.planning.understanding.lexicon import lexicon
from backend.pipeline.planning.understanding.reading import LONGEST_PROMPT

MUSICAL = [
    "no",
    "without",
    "just",
    "only",
    "128",
    "bpm",
    "A",
    "minor",
    "C#",
    "Bbm",
    "|",
    "Am",
    "F",
    "C",
    "G",
    "ii",
    "V",
    "I",
    "7/8",
    "3:20",
    "drums",
    "piano",
    "sax",
    "in",
    "a",
    "the",
    ",",
    ".",
    "-",
    "not",
    "too",
    "fast",
    "slow",
    "but",
    "waltz",
    "techno",
    "meets",
    "jazz",
    "12-bar",
    "blues",
    "AABA",
    "intro",
    "verse",
    "chorus",
    "about",
    "called",
    "'",
    '"',
    "x4",
    "half",
    "minute",
    "90s",
    "808s",
    "♭",
    "♯",
    "🎷",
    "🎉",
    "é",
    "你好",
    "key",
    "of",
    "(",
    ")",
    "/",
    "fade",
    "out",
    "energy",
    "0.8",
    "title:",
    "lyrics:",
    "with",
    "solo",
]


@pytest.fixture(autouse=True, scope="module")
def lexicon_only():
    """What is arbitrary here is the text; the model has tests of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sentence_embedding, "PACKAGE", "a_package_that_is_not_installed")
        sentence_embedding.sentence_embedding.cache_clear()
        yield
    sentence_embedding.sentence_embedding.cache_clear()


@settings(max_examples=120, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read(prompt):
    assert understand(prompt) == understand(prompt)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(MUSICAL), max_size=25).map(" ".join))
def test_any_musical_words_are_read_and_every_claim_quotes_the_prompt(prompt):
    wishes = understand(prompt)
    for item in wishes.evidence:
        assert prompt[item.start : item.start + len(item.words)] == item.words
    assert all(genre.style in lexicon("genres") for genre in wishes.genres)
    assert abs(sum(genre.weight for genre in wishes.genres) - bool(wishes.genres)) < 1e-9
    for number in (wishes.valence, wishes.arousal):
        assert number is None or -1 <= number <= 1
    assert wishes.energy is None or 0 <= wishes.energy <= 1
    assert (wishes.tonic is None) == (wishes.spelling is None)


@pytest.mark.parametrize(
    "prompt",
    [
        "mM7" * 3000,
        "C" + "sus2" * 2000 + "!",
        "no " * 3000,
        "1-" * 4000,
        "verse chorus " * 800,
        "🎉" * 10_000,
        "\x00" * 10_000,
        "a " * 5000,
        "i" * 10_000,
        "Am F C G " * 1000,
        "about " * 1700,
        "with a touch of " * 600,
    ],
)
def test_long_and_hostile_prompts_are_read(prompt):
    wishes = understand(prompt)
    assert any(str(LONGEST_PROMPT) in note for note in wishes.notes)


def test_silence_says_nothing():
    wishes = understand("  \n ")
    assert wishes.genres == ()
    assert wishes.evidence == ()
    assert wishes.notes == ()
