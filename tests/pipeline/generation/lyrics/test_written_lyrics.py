"""Lyrics written on a theme: they fit the melody, rhyme, and come back where they should."""

from dataclasses import replace
from functools import cache
from itertools import groupby

import pytest

from backend.pipeline.artifacts import LyricsRequest
from backend.pipeline.generation.lyrics.phrases import stanzas
from backend.pipeline.generation.lyrics.singing import themes
from backend.pipeline.generation.lyrics.vocabulary import plain, vocabulary
from backend.pipeline.styles.kinds import family
from tests.pipeline.songs import finished, planned

SONGS = [
    ("a pop song about rain on a night bus", "rain on a night bus", "pop"),
    ("a song", "losing my dog", "ballad"),
    ("indie folk", "the sea", "folk"),
    ('country called "Gravel and Gold"', "driving home", "country"),
    ("dance track", "Friday night with friends", "disco"),
]


@cache
def song(number: int):
    prompt, theme, genre = SONGS[number]
    return finished(
        planned(prompt, seed=number + 1, genre=genre, lyrics=LyricsRequest(theme=theme))
    )


@cache
def sections(number: int) -> list[tuple[str, str, list[str]]]:
    """Return kind, family and lines of every section with words."""
    made = song(number)
    bar = made.plan.metre.bar_beats

    def section(line):
        beat = line[0].start_beat
        return [s for s in made.plan.sections if s.start_bar * bar <= beat + 1e-6][-1]

    lines = [list(g) for _, g in groupby(made.composition.lyrics, key=lambda s: s.line)]
    found = []
    for place, group in groupby(lines, key=section):
        texts = ["".join(s.text + " " * s.word_end for s in line).strip() for line in group]
        found.append((place.name, family(place.name), texts))
    return found


ALL = pytest.mark.parametrize("number", range(len(SONGS)))


def rhymes_of(line: str) -> set[str]:
    return {
        rhyme
        for rhyme, endings in vocabulary().endings.items()
        for ending in endings
        if line.lower().endswith(" ".join(map("".join, ending.words)).lower())
    }


@ALL
def test_every_sung_section_has_words_and_no_note_more_than_a_line_can_hold(number):
    made = song(number)
    assert len(sections(number)) >= 3
    plain_melody = replace(made.plan, lyrics=None)
    for stanza in stanzas(plain_melody, made.composition.melody):
        starts = {note.start_beat for phrase in stanza.phrases for note in phrase}
        here = [s for s in made.composition.lyrics if s.start_beat in starts]
        assert bool(here) == stanza.is_sung
        if here:
            assert here[0].start_beat == min(starts)
            assert len(here) >= 0.7 * len(starts)


@ALL
def test_verses_rhyme_in_pairs_on_different_words(number):
    verses = [lines for _, kind, lines in sections(number) if kind in {"body", "contrast"}]
    assert verses
    for lines in verses:
        for start in range(0, len(lines) - 3, 4):
            a, b, c, d = lines[start : start + 4]
            pairs = [(a, b), (c, d)] if rhymes_of(a) & rhymes_of(b) else [(a, c), (b, d)]
            for first, second in pairs:
                assert rhymes_of(first) & rhymes_of(second), (first, second)
                assert first.split()[-1].lower() != second.split()[-1].lower()


@ALL
def test_the_chorus_sings_the_title_and_comes_back_the_same(number):
    title = song(number).plan.title
    peaks: dict[str, list[list[str]]] = {}
    for name, kind, lines in sections(number):
        if kind == "peak":
            peaks.setdefault(name, []).append(lines)
    for choruses in peaks.values():
        assert all(title in lines[0] for lines in choruses)
        assert all(lines == choruses[0][: len(lines)] for lines in choruses)


@ALL
def test_no_line_outside_the_chorus_comes_twice(number):
    lines = [line for _, kind, texts in sections(number) if kind != "peak" for line in texts]
    assert len(lines) == len(set(lines))


def test_the_words_belong_to_the_theme():
    said = " ".join(line for _, _, lines in sections(2) for line in lines).lower()
    assert sum(word in said for word in ("sea", "wave", "tide", "anchor", "sail", "wind")) >= 4


def test_another_seed_writes_other_words():
    def words(seed):
        made = finished(planned("a song", seed=seed, genre="pop", lyrics=LyricsRequest("the sea")))
        return [syllable.text for syllable in made.composition.lyrics]

    assert words(1) == words(1)
    assert words(1) != words(2)


@pytest.mark.parametrize(
    ("theme", "first"),
    [("my best friend moving away", "loss"), ("a rainy street", "rain"), ("zorblax", "hope"),
     ("Christmas with family", "winter"), ("dancing all night", "dance")],
)  # fmt: skip
def test_themes_are_found_by_their_words(theme, first):
    plan = replace(song(1).plan, title="X", mood=None, lyrics=LyricsRequest(theme=theme))
    assert themes(plan)[0] == first


def test_the_vocabulary_is_whole():
    words = vocabulary()
    assert len(words.themes) >= 16
    for rhyme, endings in words.endings.items():
        assert len({plain(ending.words[-1]) for ending in endings}) >= 3, rhyme
        assert all(ending.themes <= set(words.themes) for ending in endings)
    every = [*words.clauses, *(c for clauses in words.themes.values() for c in clauses)]
    assert len(set(every)) > 280
    assert all(2 <= clause.size <= 8 for clause in every)
