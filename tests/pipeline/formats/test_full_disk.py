"""Whatever is written when the disk becomes full, and wherever it does, the disk's error is raised.

A process may make its files only so long; where that ends, the system refuses to write, as a full
disk does.
"""

import io
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile

from backend.pipeline.artifacts import SAMPLE_RATE
from backend.pipeline.formats import rendered

SCRIPT = """
import errno, json, resource, sys
from pathlib import Path
import numpy as np
from backend.pipeline.formats import audio, conversion, rendered, tags

folder = Path(sys.argv[1])
words = tags.SongTags("A song", "jazz", 90.0, "Eb major", 1)
sound = np.load(folder / "track.npy")


def tagged(write, tag):
    def make(file):
        write(file)
        tag(file, words)
    return make


def from_wav(convert):
    def write(file):
        with (folder / "song.wav").open("rb") as wav:
            convert(wav, file)
    return write


WRITERS = {
    "flac": tagged(from_wav(conversion.wav_to_flac), tags.tag_flac),
    "ogg": tagged(from_wav(conversion.wav_to_ogg), tags.tag_ogg),
    "mp3": tagged(lambda file: audio.write_mp3(file, sound), tags.tag_mp3),
    "wav": tagged(lambda file: audio.write_wav24(file, sound), tags.tag_wav),
    "packed": lambda file: rendered.pack(folder / "track.npy", file),
}


def outcome(write, path, room):
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
    try:
        with path.open("w+b") as file:
            write(file)
    except Exception as error:
        return errno.errorcode.get(getattr(error, "errno", None), repr(error))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
    return "written"


said = {}
for name, write in WRITERS.items():
    assert outcome(write, folder / name, resource.RLIM_INFINITY) == "written"
    size = (folder / name).stat().st_size
    rooms = (0, 1, 50, 1000, 8192, size // 2, size - 1500, size - 1, size)
    said[name] = [outcome(write, folder / name, room) for room in rooms]
print(json.dumps(said))
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    draw = np.random.default_rng(3)
    sound = (0.1 * draw.standard_normal((2, SAMPLE_RATE))).astype(np.float32)
    rendered.settle(sound)
    np.save(tmp_path / "track.npy", sound)
    soundfile.write(tmp_path / "song.wav", sound.T, SAMPLE_RATE, subtype="PCM_24")
    return tmp_path


def test_the_disks_error_is_raised_and_nothing_is_printed(folder: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(folder)],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert ended.stderr == ""
    said = json.loads(ended.stdout)
    assert said == dict.fromkeys(
        ("flac", "ogg", "mp3", "wav", "packed"), ["EFBIG"] * 8 + ["written"]
    )


@pytest.mark.parametrize(
    "content", [b"", b"\x93NUMPY", b"no array at all", b"PK\x03\x04", None, "short", "mono"]
)
def test_a_damaged_track_is_not_taken_for_a_full_disk(
    folder: Path, content: bytes | str | None
) -> None:
    track = folder / "track.npy"
    match content:
        case bytes():
            track.write_bytes(content)
        case "short":
            track.write_bytes(track.read_bytes()[:-4])
        case "mono":
            np.save(track, np.zeros(100, np.float32))
        case None:
            np.save(track, np.array([{}], dtype=object))
    with pytest.raises(ValueError, match=r"."):
        rendered.pack(track, io.BytesIO())
