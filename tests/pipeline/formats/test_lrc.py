"""Lyrics with times."""

import re

import pytest

from backend.pipeline.artifacts import LyricsRequest
from backend.pipeline.formats.lrc import lrc_file
from backend.pipeline.theory.tempo_map import TempoMap
from tests.pipeline.songs import composed, finished, planned

TEXT = "Silver river under winter\nEverything returning"


def test_a_given_text_is_written_word_for_word_at_its_times():
    song = finished(planned("a folk song", seed=3, lyrics=LyricsRequest(text=TEXT)))
    lines = lrc_file(song.plan, song.composition).decode().splitlines()[2:]
    plain = [re.sub(r"[\[<]\d\d:\d\d\.\d\d[\]>]", "", line) for line in lines]
    assert plain == TEXT.splitlines()
    minutes, seconds = lines[0][1:9].split(":")
    first = TempoMap.from_plan(song.plan).seconds(song.composition.lyrics[0].start_beat)
    assert int(minutes) * 60 + float(seconds) == pytest.approx(first, abs=0.006)


def test_written_words_stand_at_the_times_of_their_notes():
    song = finished(planned("a pop song", seed=6, lyrics=LyricsRequest(theme="the sea")))
    tempo = TempoMap.from_plan(song.plan)
    starts = [tempo.seconds(note.start_beat) for note in song.composition.melody]
    times = re.findall(r"<(\d\d):(\d\d\.\d\d)>", lrc_file(song.plan, song.composition).decode())
    assert len(times) == sum(syllable.word_end for syllable in song.composition.lyrics) > 40
    for minutes, seconds in times:
        sung = int(minutes) * 60 + float(seconds)
        assert min(abs(sung - start) for start in starts) < 0.006


def test_times_never_fall():
    song = finished(planned("a pop song", seed=5, lyrics=LyricsRequest(text=TEXT)))
    times = re.findall(r"<(\d\d:\d\d\.\d\d)>", lrc_file(song.plan, song.composition).decode())
    assert times == sorted(times)
    assert len(times) == len(TEXT.split())


def test_a_song_without_words_has_a_header_only():
    song = composed("a pop song", seed=1)
    assert len(lrc_file(song.plan, song.composition).decode().splitlines()) == 2
