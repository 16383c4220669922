"""What the child leaves on disk, and how it goes on from there."""

from dataclasses import replace
from pathlib import Path

import mido
import mutagen
import numpy as np
import pytest
import soundfile

from backend.jobs.desk import Desk
from backend.jobs.encoding import encode
from backend.jobs.messages import (
    TO_CHILD,
    TO_WORKER,
    Order,
    PreviewMade,
    Progress,
    StageDone,
    ToWorker,
)
from backend.jobs.resuming import load_done
from backend.jobs.sound_files import SoundFiles
from backend.pipeline.artifacts import (
    SAMPLE_RATE,
    MixSettings,
    SongRequest,
    StageName,
    Syllable,
)
from backend.services.song_summary import SongSummary
from tests.fixtures.engine import NO_BANK
from tests.fixtures.standin import FRAMES, StandIn


def make(folder: Path, earlier: dict[StageName, dict[str, Path]], song: SongSummary | None):
    """Return the checkpoints of a song that goes on from ``earlier``."""
    said = spoken(folder, earlier, song)
    return {one.stage: one for one in said if isinstance(one, StageDone)}


def spoken(
    folder: Path, earlier: dict[StageName, dict[str, Path]], song: SongSummary | None
) -> list[ToWorker]:
    """Return everything that is said while a song goes on from ``earlier``."""
    folder.mkdir()
    said: list[ToWorker] = []
    request = SongRequest(prompt="calm", seed=3)
    order = Order(request, MixSettings(), NO_BANK, folder, earlier, song, "2026-02-03")
    assert TO_CHILD.validate_json(TO_CHILD.dump_json(order)) == order
    Desk(order, said.append, lambda: None).run(StandIn)
    for message in said:
        assert TO_WORKER.validate_json(TO_WORKER.dump_json(message)) == message
    return said


@pytest.fixture
def whole(tmp_path: Path) -> dict[StageName, StageDone]:
    return make(tmp_path / "whole", {}, None)


def files_of(checkpoint: StageDone) -> dict[str, Path]:
    return {file.name: file.path for file in checkpoint.files}


def test_every_stage_leaves_its_files(whole: dict[StageName, StageDone]) -> None:
    names = {stage: set(files_of(checkpoint)) for stage, checkpoint in whole.items()}
    assert names[StageName.PLANNING] == {"plan.json"}
    assert names[StageName.GENERATION] == {"composition.json"}
    scores = {"arrangement.json", "song.mid", "lead-sheet.musicxml"}
    assert names[StageName.ARRANGEMENT] == scores
    assert names[StageName.RENDERING] == {
        "stems.json", "rendered/bass.npy", "rendered/keys.npy",
    }  # fmt: skip
    playable = {"master.wav", "master.mp3", "stems/bass.wav", "stems/keys.wav"}
    assert names[StageName.MIXING] == {
        "report.json", *playable, *(f"{name}.peaks" for name in playable),
    }  # fmt: skip


def test_the_files_are_what_they_say(whole: dict[StageName, StageDone]) -> None:
    files = files_of(whole[StageName.MIXING])
    wav = soundfile.info(files["master.wav"])
    assert (wav.samplerate, wav.channels, wav.frames) == (SAMPLE_RATE, 2, FRAMES)
    assert wav.subtype == "PCM_24"
    stems = [soundfile.read(files[f"stems/{name}.wav"])[0] for name in ("bass", "keys")]
    master, _ = soundfile.read(files["master.wav"])
    assert np.allclose(sum(stems), master, atol=1e-5)
    assert str(mutagen.File(files["master.mp3"])["TDRC"]) == "2026-02-03"
    assert "TDRC" not in mutagen.File(files["master.wav"])
    title = mutagen.File(files["master.wav"])["TIT2"]
    assert str(mutagen.File(files["stems/bass.wav"])["TIT2"]).startswith(f"{title} (")
    scores = files_of(whole[StageName.ARRANGEMENT])
    assert mido.MidiFile(scores["song.mid"]).type == 1
    assert b"score-partwise" in scores["lead-sheet.musicxml"].read_bytes()


def test_songs_with_words_leave_them_with_their_times(
    whole: dict[StageName, StageDone], tmp_path: Path
) -> None:
    made = load_done({stage: files_of(whole[stage]) for stage in list(StageName)[:3]})
    assert made.composition
    assert made.arrangement
    words = (Syllable("rain", 0.0, 1.0, 0),)
    sung = replace(made, composition=replace(made.composition, lyrics=words))
    files = {
        file.made.name: file.made
        for file in encode(made.arrangement, sung, tmp_path, SoundFiles(tmp_path), None)
    }
    assert b"rain" in files["lyrics.lrc"].path.read_bytes()


def test_the_summary_names_the_stored_files(whole: dict[StageName, StageDone]) -> None:
    checkpoint = whole[StageName.MIXING]
    left = [*whole[StageName.ARRANGEMENT].files, *checkpoint.files]
    keys = {file.key for file in left}
    song = checkpoint.song
    refs = [*song.audio, song.midi, song.music_xml, *(track.stem for track in song.tracks)]
    assert {ref.key for ref in refs if ref} <= keys
    assert {audio.peaks for audio in song.audio} <= keys
    assert [audio.duration_seconds for audio in song.audio] == [2.0, 2.0]


def test_the_hook_can_be_heard_before_the_song_and_is_made_once(
    whole: dict[StageName, StageDone], tmp_path: Path
) -> None:
    symbolic = list(StageName)[:3]
    earlier = {stage: files_of(whole[stage]) for stage in symbolic}
    said = spoken(tmp_path / "first", earlier, whole[StageName.ARRANGEMENT].song)
    (made,) = [one for one in said if isinstance(one, PreviewMade)]
    stages = [one.stage for one in said[said.index(made) :] if isinstance(one, StageDone)]
    assert stages == [StageName.RENDERING, StageName.MIXING]
    assert made.song.preview
    assert {made.song.preview.key, made.song.preview.peaks} == {file.key for file in made.files}
    assert made.files[0].path.read_bytes()[:3] == b"ID3"
    again = spoken(tmp_path / "again", earlier, made.song)
    assert not [one for one in again if isinstance(one, PreviewMade)]
    ends = [one.song for one in (*said, *again) if isinstance(one, StageDone)]
    assert {song.preview for song in ends} == {made.song.preview}


def test_the_last_report_before_the_stems_shows_every_track_as_it_was_played(
    tmp_path: Path,
) -> None:
    said = spoken(tmp_path / "song", {}, None)
    done = next(
        place
        for place, one in enumerate(said)
        if isinstance(one, StageDone) and one.stage is StageName.RENDERING
    )
    told = said[done - 1]
    assert isinstance(told, Progress)
    assert [(one.track_id, one.progress) for one in told.tracks] == [("bass", 1.0), ("keys", 1.0)]
    for track in told.tracks:
        assert track.outline is not None
        low, high = np.reshape(track.outline, (60, 2)).T
        assert np.allclose(high, 0.3, atol=0.01)
        assert np.allclose(low, -0.3, atol=0.01)
    assert not any(
        one.tracks
        for one in said
        if isinstance(one, Progress) and one.stage is not StageName.RENDERING
    )


@pytest.mark.parametrize("first", list(StageName)[1:])
def test_going_on_from_any_checkpoint_gives_the_same_bytes(
    whole: dict[StageName, StageDone], tmp_path: Path, first: StageName
) -> None:
    position = list(StageName).index(first)
    done = list(StageName)[:position]
    earlier = {stage: files_of(whole[stage]) for stage in done}
    resumed = make(tmp_path / "resumed", earlier, whole[done[-1]].song)
    assert list(resumed) == list(StageName)[position:]
    for stage, checkpoint in resumed.items():
        assert {file.name: file.sha256 for file in checkpoint.files} == {
            file.name: file.sha256 for file in whole[stage].files
        }
    assert resumed[StageName.MIXING].song == whole[StageName.MIXING].song
