from xml.etree import ElementTree

import pytest

from backend.pipeline.artifacts import LyricsRequest
from backend.pipeline.formats.musicxml import lead_sheet
from backend.pipeline.formats.musicxml_chords import KINDS
from backend.pipeline.formats.notation import DIVISIONS
from backend.pipeline.styles import all_styles
from backend.pipeline.theory.chords import QUALITIES
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


def test_every_chord_quality_has_a_kind():
    assert KINDS.keys() == QUALITIES.keys()


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
