"""A real song mixed again from its packed tracks: the same settings, the same bytes."""

from dataclasses import replace
from pathlib import Path

from backend.jobs.desk import Desk
from backend.jobs.messages import Order, StageDone, ToWorker
from backend.pipeline.artifacts import MixSettings, SongRequest, StageName, StripSettings
from backend.pipeline.formats.rendered import pack
from backend.pipeline.runner import Runner
from tests.pipeline.builders import small_bank

REQUEST = SongRequest(prompt="calm piano", seed=3, duration_seconds=10)
OTHERS = (
    MixSettings(loudness_lufs=-20.0),
    MixSettings(preset="techno"),
    MixSettings(strips={"bass": StripSettings(gain_db=-6.0)}),
    MixSettings(strips={"bass": StripSettings(hall_db=-3.0)}),
)


def made(folder: Path, mix: MixSettings, first: list[StageDone]) -> list[StageDone]:
    """Make the song, going on from all but the last of the ``first`` checkpoints."""
    folder.mkdir()
    done = {one.stage: {file.name: file.path for file in one.files} for one in first[:-1]}
    song = first[-2].song if first else None
    said: list[ToWorker] = []
    Desk(Order(REQUEST, mix, small_bank(), folder, done, song), said.append, lambda: None).run(
        Runner
    )
    return [one for one in said if isinstance(one, StageDone)]


def master(stage: StageDone) -> str:
    return next(file.sha256 for file in stage.files if file.name == "master.wav")


def packed(stage: StageDone) -> StageDone:
    """Return the checkpoint with its tracks packed."""
    for file in [file for file in stage.files if file.path.suffix == ".npy"]:
        target = file.path.with_suffix(".flac")
        with target.open("wb") as flac:
            assert pack(file.path, flac)
        name = file.name.replace(".npy", ".flac")
        stage.files[stage.files.index(file)] = replace(file, name=name, path=target)
    return stage


def test_equal_settings_give_equal_bytes_and_others_do_not(tmp_path: Path) -> None:
    first = made(tmp_path / "first", MixSettings(), [])
    assert [one.stage for one in first] == list(StageName)
    again = made(tmp_path / "raw", MixSettings(), first)
    packed(first[3])
    small = made(tmp_path / "packed", MixSettings(), first)
    assert [one.stage for one in (*again, *small)] == [StageName.MIXING] * 2
    assert {file.sha256 for file in again[0].files} == {file.sha256 for file in first[-1].files}
    assert {file.sha256 for file in small[0].files} == {file.sha256 for file in first[-1].files}
    heard = {master(first[-1])}
    for number, mix in enumerate(OTHERS):
        (mixed,) = made(tmp_path / str(number), mix, first)
        heard.add(master(mixed))
    assert len(heard) == 1 + len(OTHERS)
