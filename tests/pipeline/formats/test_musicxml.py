from xml.etree import ElementTree

import pytest

from backend.pipeline.artifacts import LyricsRequest
from backend.pipeline.formats.musicxml import DEGREES, DIVISIONS, KINDS, lead_sheet
from backend.pipeline.styles import all_styles
from backend.pipeline.theory.chords import QUALITIES
from backend.pipeline.theory.pitch import LETTERS
from tests.pipeline.songs import composed, finished, planned

STYLES = [candidate.id for candidate in all_styles()]


def measures(song):
    score = ElementTree.fromstring(lead_sheet(song.plan, song.composition))  # noqa: S314 (own file)
    return score.findall("./part/measure")


@pytest.mark.parametrize("genre", STYLES)
@pytest.mark.parametrize("metre", ["6/8", "7/8"])
def test_measures_sum_exactly(genre, metre):
    song = composed(seed=3, genre=genre, time_signature=metre, duration_seconds=30.0)
    found = measures(song)
    assert len(found) == song.plan.total_bars
    for measure in found:
        total = sum(int(d.text) for d in measure.findall("./note/duration"))
        assert total == song.plan.metre.bar_beats * DIVISIONS


def test_the_notes_are_the_melody():
    song = composed(seed=1, genre="folk", time_signature="4/4")
    read = []
    for measure in measures(song):
        for note in measure.findall("note"):
            pitch = note.find("pitch")
            if pitch is not None and not any(t.get("type") == "stop" for t in note.findall("tie")):
                alter = int(pitch.findtext("alter", "0"))
                octave = int(pitch.findtext("octave"))
                read.append(LETTERS[pitch.findtext("step")] + alter + 12 * (octave + 1))
    assert read == [note.pitch for note in song.composition.melody]


def test_sections_chords_and_tempo_are_shown():
    song = composed(seed=1, genre="pop")
    found = measures(song)
    labels = [r.text for m in found for r in m.iter("rehearsal")]
    assert labels == [section.label for section in song.plan.sections]
    assert sum(1 for m in found for _ in m.iter("harmony")) == len(song.plan.chords)
    assert float(found[0].find(".//sound").get("tempo")) == song.plan.tempo_bpm


TRIADS = {"minor": (0, 3, 7), "major": (0, 4, 7), "suspended-fourth": (0, 5, 7),
          "dominant": (0, 4, 7, 10), "major-sixth": (0, 4, 7, 9),
          "major-seventh": (0, 4, 7, 11)}  # fmt: skip
DOMINANT = {5: 7, 7: 10, 9: 2, 11: 5}
"""Semitones of the degrees from which alterations count, as MusicXML has them."""


def test_every_chord_quality_has_a_kind_that_programs_know():
    assert KINDS.keys() == QUALITIES.keys()


@pytest.mark.parametrize("quality", DEGREES)
def test_kind_and_degree_are_the_chord(quality):
    change, value, semitones = DEGREES[quality]
    tones = set(TRIADS[KINDS[quality]])
    if change == "alter":
        tones.remove(DOMINANT[value])
    assert tones | {DOMINANT[value] + semitones} == set(QUALITIES[quality])


def test_words_stand_under_their_notes():
    text = "Morning comes again"
    song = finished(planned("a ballad", genre="ballad", lyrics=LyricsRequest(text=text)))
    parts = [e.text for m in measures(song) for e in m.findall("./note/lyric/text")]
    assert "".join(parts) == text.replace(" ", "")


def test_syllables_say_where_in_the_word_they_stand():
    text = LyricsRequest(text="Everything is returning")
    song = finished(planned("a folk song", seed=3, lyrics=text))
    score = ElementTree.fromstring(lead_sheet(song.plan, song.composition))  # noqa: S314 (own file)
    places = [lyric.findtext("syllabic") for lyric in score.iter("lyric")]
    words, word = [], []
    for syllable in song.composition.lyrics:
        word.append(syllable)
        if syllable.word_end:
            words.append(word)
            word = []
    expected = [
        place
        for word in words
        for place in (["single"] if len(word) == 1
                      else ["begin", *["middle"] * (len(word) - 2), "end"])
    ]  # fmt: skip
    assert "middle" in expected
    assert places == expected
