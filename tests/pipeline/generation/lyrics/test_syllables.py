"""Syllables of any word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.pipeline.generation.lyrics.syllables import split_syllables

WORDS = """
win·dow mo·ving love ta·ble lit·tle ap·ples walked wan·ted loves hor·ses ra·di·o qui·et be·ing
don't did·n't well-·known na·tion vi·de·o li·on beau·ti·ful tax·i rock·et ca·fé Ü·ber se·ño·ri·ta
при·вет 東·京 안·녕 2·4 queen yel·low o'·clock hmm … rhythm
"""


@pytest.mark.parametrize("cut", WORDS.split())
def test_words_are_cut_as_they_are_sung(cut):
    parts = cut.split("·")
    assert list(split_syllables("".join(parts))) == parts


@given(st.text(min_size=1, max_size=30).filter(lambda word: not any(map(str.isspace, word))))
def test_the_parts_joined_are_the_word(word):
    parts = split_syllables(word)
    assert "".join(parts) == word
    assert all(parts)
