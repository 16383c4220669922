from itertools import pairwise

import pytest

from backend.pipeline.artifacts import LyricsRequest, Role, SectionPlan, StageName
from backend.pipeline.generation import generate
from backend.pipeline.generation.lyrics.syllables import split_syllables
from backend.pipeline.generation.neural import contains_copied_run
from backend.pipeline.generation.phrases import SCHEMAS
from backend.pipeline.styles import all_styles
from backend.pipeline.styles.kinds import family
from backend.pipeline.theory.metre import strength
from tests.pipeline.songs import composed, context, planned

STYLES = [candidate.id for candidate in all_styles()]


def sung_in(song, section: SectionPlan):
    bar = song.plan.metre.bar_beats
    start, end = section.start_bar * bar, (section.start_bar + section.bars) * bar
    return [n for n in song.composition.melody if start <= n.start_beat < end - 0.51]


@pytest.mark.parametrize("genre", STYLES)
def test_melodies_are_one_voice_within_a_singable_span(genre):
    melody = composed(seed=4, genre=genre).composition.melody
    assert len(melody) >= 12
    for note, after in pairwise(melody):
        assert note.duration_beats > 0
        assert note.end_beat <= after.start_beat + 1e-6
    pitches = [note.pitch for note in melody]
    assert max(pitches) - min(pitches) <= 28


@pytest.mark.parametrize("genre", STYLES)
def test_no_long_strong_note_grinds_against_its_chord(genre):
    song = composed(seed=4, genre=genre)
    grinding = []
    for note in song.composition.melody:
        chord = next(
            c for c in reversed(song.plan.chords) if c.start_beat <= note.start_beat + 1e-6
        )
        place = round(note.start_beat % song.plan.metre.bar_beats, 6)
        strong = strength(song.plan.metre, place) >= 0.8 and note.duration_beats >= 1
        outside = note.pitch % 12 not in chord.tones
        grinding.append(strong and outside and (note.pitch - 1) % 12 in chord.tones)
    assert sum(grinding) <= len(grinding) * 0.01


@pytest.mark.parametrize("prompt", ["an Irish jig in D, fiddle, tin whistle and bodhran",
                                    "musette waltz with accordion and violin"])  # fmt: skip
@pytest.mark.parametrize("seed", range(6))
def test_a_second_voice_plays_however_short_the_song_and_full_the_melody(prompt, seed):
    song = composed(prompt, seed=seed, duration_seconds=14)
    seats = {track.id for track in song.plan.tracks if track.role is Role.COUNTER}
    assert not seats or song.composition.counter


def test_choruses_come_back():
    song = composed(seed=2, genre="pop", key="C")
    first, second = (s for s in song.plan.sections if s.name == "chorus" and s.index < 7)
    one, two = sung_in(song, first), sung_in(song, second)
    shift = (second.start_bar - first.start_bar) * 4
    again = {(n.pitch, n.start_beat + shift) for n in one} & {(n.pitch, n.start_beat) for n in two}
    assert len(again) >= 0.9 * min(len(one), len(two))


@pytest.mark.parametrize("genre", ["pop", "rock", "ballad", "folk", "country"])
def test_choruses_lie_higher_than_verses(genre):
    means = []
    for seed in range(6):
        song = composed(seed=seed, genre=genre)
        by_family = {
            kind: [n.pitch for s in song.plan.sections if family(s.name) == kind
                   for n in sung_in(song, s)]
            for kind in ("body", "peak")
        }  # fmt: skip
        if all(by_family.values()):
            low, high = (sum(p) / len(p) for p in (by_family["body"], by_family["peak"]))
            means.append(high - low)
    assert sum(means) / len(means) > 1


def test_melodies_breathe():
    for genre in ("pop", "folk", "gospel", "funk"):
        song = composed(seed=3, genre=genre)
        rests = [b.start_beat - a.end_beat for a, b in pairwise(song.composition.melody)]
        assert sum(rest >= 0.45 for rest in rests) >= song.plan.total_bars / 10


def test_another_seed_is_another_melody():
    tunes = {tuple(n.pitch for n in composed(seed=s, genre="pop").composition.melody[:16])
             for s in range(8)}  # fmt: skip
    assert len(tunes) == 8


def test_melodies_are_not_in_the_training_data():
    for seed in range(4):
        melody = composed(seed=seed, genre="folk").composition.melody
        assert not contains_copied_run(melody)


def test_every_section_says_who_composed_it():
    song = composed(seed=1, genre="pop")
    sections = {s.index for s in song.plan.sections if sung_in(song, s)}
    assert sections <= set(song.composition.composed_by)
    assert set(song.composition.composed_by.values()) <= {
        "neural", "phrase rules", "chord-scale rules",
    }  # fmt: skip
    assert "neural" in song.composition.composed_by.values()
    assert "neural" not in composed(seed=1, genre="blues").composition.composed_by.values()


def test_schemas_name_four_units():
    assert all(len(units) == 4 and units[-1].endswith(".") for units in SCHEMAS.values())


TEXT = "Rain upon the window\nEvery light is moving\nYou were never leaving"


def test_a_given_text_is_sung_word_for_word():
    song = planned("a ballad", genre="ballad", lyrics=LyricsRequest(text=TEXT))
    sung = generate(song, context(StageName.GENERATION))
    for number, line in enumerate(TEXT.splitlines()):
        words = "".join(
            s.text + (" " if s.word_end else "") for s in sung.lyrics if s.line == number
        )
        assert words.strip() == line
    starts = {note.start_beat for note in sung.melody}
    assert all(syllable.start_beat in starts for syllable in sung.lyrics)


@pytest.mark.parametrize(
    ("word", "count"),
    [("rain", 1), ("window", 2), ("every", 3), ("moving", 2), ("love", 1), ("yesterday,", 3)],
)
def test_syllables(word, count):
    parts = split_syllables(word)
    assert "".join(parts) == word
    assert len(parts) == count
