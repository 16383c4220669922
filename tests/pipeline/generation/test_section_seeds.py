"""A section with a seed of its own is new; all others stay what they were, byte for byte."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.errors import InvalidInput
from backend.pipeline.artifacts import LyricsRequest, SectionSeed
from backend.pipeline.formats.json_artifacts import dump
from backend.pipeline.styles import all_styles
from backend.pipeline.styles.kinds import family
from tests.pipeline.songs import Song, composed, finished, planned

STYLES = [candidate.id for candidate in all_styles()]
TEXT = "\n".join(("Rain upon the window again", "Every light is moving away") * 12)
METRES = (None, "3/4", "6/8", "5/4", "7/8")


def events(song: Song, index: int) -> dict[str, list[object]]:
    """Return all that begins between the bar lines of a section, by where it is written."""
    start, end = song.plan.span(song.plan.sections[index])
    found: dict[str, list[object]] = {
        name: [item for item in line if start <= item.start_beat < end]
        for name, line in (
            ("melody", song.composition.melody),
            ("counter", song.composition.counter),
            ("lyrics", song.composition.lyrics),
        )
    }
    for track in song.arrangement.tracks:
        found[f"{track.track_id} notes"] = [n for n in track.notes if start <= n.start_beat < end]
        found[f"{track.track_id} controls"] = [c for c in track.controls if start <= c.beat < end]
        found[f"{track.track_id} bends"] = [b for b in track.bends if start <= b.beat < end]
    return found


def reseeded(song: Song, seeds: dict[int, int]) -> Song:
    sections = (
        replace(section, seed=seeds.get(section.index, section.seed))
        for section in song.plan.sections
    )
    return finished(replace(song.plan, sections=tuple(sections)))


def check_only_changed(before: Song, after: Song, changed: int) -> None:
    for section in before.plan.sections:
        old, new = events(before, section.index), events(after, section.index)
        if section.index != changed:
            assert old == new, section.label
        else:
            assert old != new, section.label
            farewell = family(section.name) == "frame"
            assert farewell or not old["melody"] or old["melody"] != new["melody"], section.label
    assert before.arrangement.automation == after.arrangement.automation


WORDS = (None, LyricsRequest(text=TEXT), LyricsRequest(theme="the sea at night"))


@pytest.mark.parametrize("genre", STYLES)
def test_every_section_of_every_style_can_be_changed_alone(genre):
    number = STYLES.index(genre)
    song = composed(
        seed=6, genre=genre, time_signature=METRES[number % len(METRES)], duration_seconds=50.0,
        lyrics=WORDS[number % len(WORDS)],
    )  # fmt: skip
    for section in song.plan.sections:
        check_only_changed(song, reseeded(song, {section.index: 99}), section.index)


@settings(max_examples=12)
@given(data=st.data())
def test_a_changed_section_can_be_changed_again_beside_other_changed_ones(data):
    genre = data.draw(st.sampled_from(STYLES))
    song = composed(seed=data.draw(st.integers(0, 3)), genre=genre, duration_seconds=60.0)
    places = st.integers(0, len(song.plan.sections) - 1)
    seeds = data.draw(st.dictionaries(places, st.integers(10, 2**53)))
    changed = data.draw(places)
    before = reseeded(song, seeds)
    after = reseeded(before, {changed: data.draw(st.integers(4, 9))})
    check_only_changed(before, after, changed)


@pytest.mark.parametrize("genre", ["pop", "folk", "hip_hop"])
@pytest.mark.parametrize("words", WORDS[1:])
def test_a_changed_section_keeps_its_words(genre, words):
    song = composed(seed=3, genre=genre, lyrics=words)
    after = reseeded(song, {section.index: 12 for section in song.plan.sections})
    assert after.composition.melody != song.composition.melody

    def said(one):
        return [(s.text, s.line, s.word_end) for s in one.composition.lyrics]

    assert said(after) == said(song)
    starts = {note.start_beat for note in after.composition.melody}
    assert all(syllable.start_beat in starts for syllable in after.composition.lyrics)


def test_the_seed_of_the_song_is_no_change():
    song = composed(seed=6, genre="rock")
    same = reseeded(song, {section.index: 6 for section in song.plan.sections})
    assert (same.composition, same.arrangement) == (song.composition, song.arrangement)


def test_sections_of_a_kind_with_one_seed_share_their_theme():
    song = composed(seed=2, genre="pop", key="C", duration_seconds=180.0)
    first, second = [s.index for s in song.plan.sections if s.name == "chorus"][:2]
    again = reseeded(song, {first: 77, second: 77})
    tunes = [
        [(note.pitch, note.start_beat - again.plan.span(again.plan.sections[index])[0])
         for note in events(again, index)["melody"]]
        for index in (first, second)
    ]  # fmt: skip
    assert len(set(tunes[0]) & set(tunes[1])) >= 0.9 * len(tunes[1])
    assert events(again, first)["melody"] != events(song, first)["melody"]


def test_the_planner_hands_the_seeds_on_and_changes_nothing_else():
    usual = planned("a folk song", seed=3)
    seeded = planned("a folk song", seed=3, section_seeds=(SectionSeed(1, 8),))
    assert [section.seed for section in seeded.sections[:3]] == [None, 8, None]
    unseeded = tuple(replace(section, seed=None) for section in seeded.sections)
    assert replace(seeded, sections=unseeded) == usual


@pytest.mark.parametrize(
    ("seeds", "words"),
    [
        ((SectionSeed(40, 1),), "There is no section 40"),
        ((SectionSeed(-1, 1),), "There is no section -1"),
        ((SectionSeed(0, 1), SectionSeed(0, 2)), "one seed"),
    ],
)
def test_seeds_for_sections_that_are_not_there_are_refused(seeds, words):
    with pytest.raises(InvalidInput, match=words) as refusal:
        planned("a folk song", section_seeds=seeds)
    assert refusal.value.field == "sectionSeeds"


def test_the_same_seeds_give_the_same_bytes():
    one, two = (
        finished(planned(seed=5, genre="jazz_swing", section_seeds=(SectionSeed(2, 9),)))
        for _ in range(2)
    )
    for artifact, other in ((one.plan, two.plan), (one.composition, two.composition),
                            (one.arrangement, two.arrangement)):  # fmt: skip
        assert dump(artifact) == dump(other)
