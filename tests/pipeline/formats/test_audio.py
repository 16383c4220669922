import io
from pathlib import Path

import numpy as np
import pytest
import soundfile
from mutagen.mp3 import MP3
from mutagen.wave import WAVE

from backend.pipeline.artifacts import SAMPLE_RATE
from backend.pipeline.formats.audio import peaks, write_mp3, write_wav24
from backend.pipeline.formats.tags import AI_GENERATED, SongTags, tag_mp3, tag_wav

TAGS = SongTags("Étoile 夜 🌙", "synthwave", 127.6, "F# minor", 42, "AI Music Platform 0.1")


def music(seconds: float = 3.0) -> np.ndarray:
    t = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    rng = np.random.default_rng(2)
    tones = np.stack([np.sin(2 * np.pi * 440 * t), np.sin(2 * np.pi * 550 * t)])
    return (0.4 * tones + 0.02 * rng.standard_normal(tones.shape)).astype(np.float32)


def written(write, audio: np.ndarray) -> bytes:
    file = io.BytesIO()
    write(file, audio)
    return file.getvalue()


def test_a_wav_keeps_every_sample_to_24_bits():
    audio = music()
    back, rate = soundfile.read(io.BytesIO(written(write_wav24, audio)), always_2d=True)
    assert rate == SAMPLE_RATE
    assert soundfile.info(io.BytesIO(written(write_wav24, audio))).subtype == "PCM_24"
    assert np.abs(back.T - audio).max() <= 2**-23


def test_mp3_sounds_the_same():
    audio = music()
    back, rate = soundfile.read(io.BytesIO(written(write_mp3, audio)), always_2d=True)
    assert rate == SAMPLE_RATE
    assert abs(len(back) - audio.shape[1]) < 4000
    assert np.square(back).mean() == pytest.approx(np.square(audio).mean(), rel=0.05)


@pytest.mark.parametrize(("write", "ending"), [(write_wav24, "wav"), (write_mp3, "mp3")])
def test_the_same_audio_gives_the_same_bytes_in_memory_and_on_disk(write, ending, tmp_path: Path):
    audio = music()
    path = tmp_path / f"song.{ending}"
    with path.open("w+b") as file:
        write(file, audio)
    assert written(write, audio) == written(write, audio) == path.read_bytes()


@pytest.mark.parametrize(
    ("write", "tag", "kind"),
    [(write_wav24, tag_wav, WAVE), (write_mp3, tag_mp3, MP3)],
)
def test_id3_tags_can_be_read_back_and_leave_the_audio_alone(write, tag, kind):
    files = []
    for _ in range(2):
        file = io.BytesIO()
        write(file, music())
        before = soundfile.read(io.BytesIO(file.getvalue()))[0]
        tag(file, TAGS)
        files.append(file)
    tags = kind(io.BytesIO(files[0].getvalue())).tags
    assert str(tags["TIT2"]) == TAGS.title
    assert (str(tags["TBPM"]), str(tags["TKEY"])) == ("128", "F#m")
    assert str(tags["TXXX:SEED"]) == "42"
    assert str(tags["COMM::eng"]) == AI_GENERATED
    assert "TDRC" not in tags
    assert files[0].getvalue() == files[1].getvalue()
    assert np.array_equal(soundfile.read(io.BytesIO(files[0].getvalue()))[0], before)


def test_peaks_outline_the_wave():
    audio = np.zeros((2, 8000), np.float32)
    audio[0, 10], audio[1, 7999] = 0.5, -0.25
    outline = peaks(audio, 800)
    assert outline.shape == (800, 2)
    assert outline[1].tolist() == [0.0, 0.5]
    assert outline[-1].tolist() == [-0.25, 0.0]
    assert not outline[2:-1].any()


@pytest.mark.parametrize("frames", [0, 1, 5, 799])
def test_peaks_of_scraps_have_the_asked_length(frames):
    assert peaks(np.ones((2, frames), np.float32), 800).shape == (800, 2)
