from io import BytesIO

import mido
import pretty_midi
import pytest

from backend.pipeline.artifacts import LyricsRequest
from backend.pipeline.formats.midi import midi_file
from backend.pipeline.styles import all_styles
from tests.pipeline.songs import composed, finished, planned

STYLES = [candidate.id for candidate in all_styles()]


def written(song) -> bytes:
    return midi_file(song.plan, song.arrangement, song.composition)


def meta(data: bytes, kind: str):
    file = mido.MidiFile(file=BytesIO(data))
    return [message for track in file.tracks for message in track if message.type == kind]


@pytest.mark.parametrize("genre", STYLES)
def test_other_programs_read_every_song(genre):
    song = composed(seed=1, genre=genre)
    data = written(song)
    read = pretty_midi.PrettyMIDI(BytesIO(data))
    assert sum(len(i.notes) for i in read.instruments) == sum(
        len(t.notes) for t in song.arrangement.tracks
    )
    assert read.get_tempo_changes()[1][0] == pytest.approx(song.plan.tempo_bpm, abs=0.01)
    assert {i.program for i in read.instruments if not i.is_drum} == {
        t.program for t in song.plan.tracks if not t.is_drums
    }
    names = [m.name for m in meta(data, "track_name")]
    assert names == [song.plan.title, *(track.name for track in song.plan.tracks)]


@pytest.mark.parametrize(
    ("key", "signature"),
    [
        ("C major", "C"), ("A minor", "Am"), ("F# minor", "F#m"), ("Eb major", "Eb"),
        ("G# minor", "G#m"), ("D dorian", "Am"), ("G mixolydian", "C"), ("E phrygian", "Am"),
        ("F lydian", "C"), ("Db major", "Db"),
    ],
)  # fmt: skip
def test_key_signatures(key, signature):
    song = composed(seed=1, genre="techno", key=key, duration_seconds=15.0)
    assert [m.key for m in meta(written(song), "key_signature")] == [signature]


@pytest.mark.parametrize("metre", ["3/4", "6/8", "7/8", "12/8"])
def test_metre_and_exact_tempo(metre):
    song = composed(seed=1, genre="rock", time_signature=metre, tempo_bpm=127.5,
                    duration_seconds=40.0)  # fmt: skip
    data = written(song)
    [signature] = meta(data, "time_signature")
    assert f"{signature.numerator}/{signature.denominator}" == metre
    assert mido.tempo2bpm(meta(data, "set_tempo")[0].tempo) == pytest.approx(127.5, abs=1e-3)


def test_sections_are_marked():
    song = composed(seed=1, genre="pop")
    texts = [m.text for m in meta(written(song), "marker")]
    assert texts == [*(section.label for section in song.plan.sections), "End"]


def test_words_are_in_the_file():
    plan = planned("a ballad", genre="ballad", lyrics=LyricsRequest(text="Über den Wolken"))
    song = finished(plan)
    text = "".join(m.text for m in meta(written(song), "lyrics"))
    assert text.encode("latin-1").decode().replace("-", "").startswith("Über den Wolken")


def test_equal_songs_are_equal_bytes():
    assert written(finished(planned(seed=7, genre="disco"))) == written(
        finished(planned(seed=7, genre="disco"))
    )


def test_the_file_lasts_as_long_as_the_song():
    song = composed("a pop song, 40 seconds", seed=3)
    data = midi_file(song.plan, song.arrangement, song.composition)
    assert mido.MidiFile(file=BytesIO(data)).length == pytest.approx(40, abs=0.01)
