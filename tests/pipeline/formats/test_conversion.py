from pathlib import Path

import numpy as np
import pytest
import soundfile
from mutagen.flac import FLAC
from mutagen.oggvorbis import OggVorbis

from backend.pipeline.artifacts import SAMPLE_RATE
from backend.pipeline.formats.conversion import wav_to_flac, wav_to_ogg
from backend.pipeline.formats.tags import AI_GENERATED, SongTags, tag_flac, tag_ogg


@pytest.fixture(scope="module")
def wav(tmp_path_factory: pytest.TempPathFactory) -> Path:
    t = np.arange(4 * SAMPLE_RATE)[:, None] / SAMPLE_RATE
    noise = 0.02 * np.random.default_rng(2).standard_normal((t.size, 2))
    path = tmp_path_factory.mktemp("wav") / "song.wav"
    audio = 0.4 * np.sin(2 * np.pi * np.array([440, 550]) * t) + noise
    soundfile.write(path, audio, SAMPLE_RATE, subtype="PCM_24")
    return path


def converted(convert, source: Path, target: Path) -> Path:
    with source.open("rb") as wav, target.open("w+b") as file:
        convert(wav, file)
    return target


def test_flac_has_every_bit_of_the_wav(wav, tmp_path):
    target = converted(wav_to_flac, wav, tmp_path / "song.flac")
    assert soundfile.info(target).subtype == "PCM_24"
    one, other = (soundfile.read(path, dtype="int32")[0] for path in (wav, target))
    assert np.array_equal(one, other)


def test_ogg_sounds_the_same_and_is_much_smaller(wav, tmp_path):
    target = converted(wav_to_ogg, wav, tmp_path / "song.ogg")
    one, other = (soundfile.read(path)[0] for path in (wav, target))
    assert one.shape == other.shape
    assert np.square(one - other).mean() < 0.01 * np.square(one).mean()
    assert target.stat().st_size < wav.stat().st_size / 4


@pytest.mark.parametrize(
    ("convert", "tag", "kind", "ending"),
    [(wav_to_flac, tag_flac, FLAC, "flac"), (wav_to_ogg, tag_ogg, OggVorbis, "ogg")],
)
def test_the_same_wav_gives_the_same_bytes_and_tags(wav, tmp_path, convert, tag, kind, ending):
    made = [tmp_path / f"{number}.{ending}" for number in range(2)]
    for path in made:
        converted(convert, wav, path)
        before = soundfile.read(path)[0]
        with path.open("r+b") as file:
            tag(file, SongTags("Étoile 夜", "jazz", 90.4, "Eb major", 1, date="2030-01-02"))
        assert np.array_equal(soundfile.read(path)[0], before)
    assert made[0].read_bytes() == made[1].read_bytes()
    tags = kind(made[0])
    assert (tags["title"], tags["bpm"], tags["key"]) == (["Étoile 夜"], ["90"], ["Eb major"])
    assert (tags["date"], tags["comment"]) == (["2030-01-02"], [AI_GENERATED])


@pytest.mark.parametrize("convert", [wav_to_flac, wav_to_ogg])
def test_what_is_no_wav_is_refused(tmp_path, convert):
    (source := tmp_path / "x.wav").write_bytes(bytes(range(256)))
    with pytest.raises(soundfile.LibsndfileError):
        converted(convert, source, tmp_path / "out")
