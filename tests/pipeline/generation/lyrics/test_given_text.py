"""A given text is sung: every word, in order, each syllable on a note of its own."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.pipeline.artifacts import LyricsRequest, Note, StageName
from backend.pipeline.generation.lyrics import sung
from backend.pipeline.generation.lyrics.placing import capacity, place
from backend.pipeline.generation.lyrics.syllables import split_syllables
from backend.pipeline.styles.kinds import family
from tests.pipeline.songs import composed, context, finished, planned


def lines_of(lyrics) -> list[str]:
    lines: dict[int, str] = {}
    for syllable in lyrics:
        ending = " " if syllable.word_end else ""
        lines[syllable.line] = lines.get(syllable.line, "") + syllable.text + ending
    return [lines[number].strip() for number in sorted(lines)]


TEXTS = {
    "short": "Stay",
    "plain": "Rain upon the window\nEvery light is moving\nYou were never leaving",
    "crowded": "\n".join(["Understanding everything that nobody remembers anymore, darling"] * 12),
    "strange": "J'ai 24 amis — déjà!\n東京の夜\n...and rock'n'roll, it's 4/4",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("genre", ["ballad", "pop"])
def test_every_word_is_sung_in_order(text, genre):
    song = finished(planned("a song", genre=genre, seed=4, lyrics=LyricsRequest(text=text)))
    assert lines_of(song.composition.lyrics) == text.splitlines()
    starts = {note.start_beat for note in song.composition.melody}
    assert all(syllable.start_beat in starts for syllable in song.composition.lyrics)


def test_headings_lead_to_their_sections_and_are_not_sung():
    text = "[Verse 1]\nSilver in the morning\nGolden in the day\n[Chorus]\nTake me to the river"
    song = finished(planned("pop song", seed=2, genre="pop", lyrics=LyricsRequest(text=text)))
    lyrics = song.composition.lyrics
    assert lines_of(lyrics) == [line for line in text.splitlines() if line[0] != "["]

    def kind(beat: float) -> str:
        bar = song.plan.metre.bar_beats
        section = [s for s in song.plan.sections if s.start_bar * bar <= beat + 1e-6][-1]
        return family(section.name)

    assert [kind(s.start_beat) for s in lyrics if s.line == 2] == ["peak"] * 6
    assert {kind(s.start_beat) for s in lyrics if s.line < 2} == {"body"}


def notes(*lengths: float) -> list[Note]:
    starts = [sum(lengths[:place]) for place in range(len(lengths))]
    return [Note(60, at, length, 80) for at, length in zip(starts, lengths, strict=True)]


def line(text: str):
    return tuple(split_syllables(word) for word in text.split())


def test_a_vowel_is_held_over_notes_without_a_syllable():
    placed = place(line("long ago"), notes(1, 0.5, 0.5, 2), 0, 4.0)
    assert [s.text for s in placed.syllables] == ["long", "a", "go"]
    assert sum(s.duration_beats for s in placed.syllables) == pytest.approx(4)
    assert placed.syllables[-1].start_beat == 2


def test_long_notes_are_struck_again_for_more_syllables():
    phrase = notes(2, 2)
    placed = place(line("never ever again"), phrase, 0, 4.0)
    assert len(placed.notes) == len(placed.syllables) == 6
    assert sum(note.duration_beats for note in placed.notes) == pytest.approx(4)


@given(
    st.lists(st.sampled_from((0.25, 0.5, 0.75, 1.0, 2.0, 4.0)), min_size=1, max_size=12),
    st.lists(st.sampled_from(("rain", "window", "yesterday", "2024", "—")), min_size=1, max_size=9),
)
def test_each_syllable_has_a_note_of_its_own(lengths, words):
    phrase = notes(*lengths)
    text = line(" ".join(words))
    count = sum(map(len, text))
    placed = place(text, phrase, 3, 4.0)
    starts = [syllable.start_beat for syllable in placed.syllables]
    assert starts == sorted(set(starts))
    assert set(starts) <= {note.start_beat for note in placed.notes}
    assert len(starts) == min(count, max(len(phrase), capacity(phrase)))
    assert starts[0] == 0


MELODY = composed(seed=2, genre="pop")


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=300))
def test_any_text_can_be_given(text):
    plan = replace(MELODY.plan, lyrics=LyricsRequest(text=text or None))
    _, lyrics = sung(plan, MELODY.composition.melody, context(StageName.GENERATION))
    starts = [syllable.start_beat for syllable in lyrics]
    assert starts == sorted(set(starts))
