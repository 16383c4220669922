import struct
from pathlib import Path

import pytest

from backend.launch.sf3 import BrokenBankError, convert, is_sf3
from backend.pipeline.rendering.fluidsynth import Synth
from tests.launch.banks import HEADER, compress, emptied, tiny
from tests.pipeline.builders import small_bank


@pytest.fixture(scope="module")
def sf3(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bank") / "small.sf3"
    path.write_bytes(compress(Path(small_bank().path).read_bytes()))
    return path


def names_in(path: str) -> dict[tuple[int, int], str]:
    with Synth(path) as synth:
        return synth.presets()


def test_a_compressed_bank_keeps_presets_and_sample_lengths(sf3, tmp_path):
    target = tmp_path / "bank.sf2"
    with target.open("w+b") as file:
        convert(sf3, file)
    assert is_sf3(sf3)
    assert not is_sf3(target)
    assert names_in(str(target)) == names_in(small_bank().path)
    original, converted = Path(small_bank().path).read_bytes(), target.read_bytes()
    for data in (original, converted):
        assert struct.unpack_from("<I", data, 4)[0] == len(data) - 8
    lengths = []
    for data in (original, converted):
        place = data.rindex(b"shdr") + 8
        lengths.append(
            [
                (end - start, loop_start - start, loop_end - start)
                for start, end, loop_start, loop_end in (
                    struct.unpack_from("<4I", data, record + 20)
                    for record in range(place, len(data) - HEADER, HEADER)
                )
            ]
        )
    assert lengths[0] == lengths[1]


def test_broken_samples_are_an_error(tmp_path):
    broken = tmp_path / "broken.sf3"
    broken.write_bytes(emptied(compress(tiny()), b"smpl"))
    with pytest.raises(BrokenBankError), (tmp_path / "out").open("w+b") as file:
        convert(broken, file)
