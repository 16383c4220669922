"""The artifacts of each stage as files in the scratch folder."""

import hashlib
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import orjson
from numpy.typing import NDArray

from backend.pipeline.artifacts import (
    SAMPLE_RATE,
    Arrangement,
    Artifact,
    Composition,
    Done,
    Master,
    SongPlan,
    Stem,
    Stems,
)
from backend.pipeline.formats import audio, json_artifacts, rendered, tags
from backend.pipeline.formats.lrc import lrc_file
from backend.pipeline.formats.midi import midi_file
from backend.pipeline.formats.musicxml import lead_sheet
from backend.services.files import MOST_PEAKS
from backend.services.making import MadeFile
from backend.services.song_summary import FileRef

THREADS = 2

Sound = NDArray[np.float32]
Write = Callable[[Path], None]

MEDIA_TYPES = {
    ".json": "application/json",
    ".npy": "application/octet-stream",
    ".peaks": "application/octet-stream",
    ".wav": "audio/wav",
    ".mp3": "audio/mpeg",
    ".mid": "audio/midi",
    ".musicxml": "application/vnd.recordare.musicxml+xml",
    ".lrc": "text/plain",
}


@dataclass(frozen=True, slots=True)
class Encoded:
    """A file of the song: how the worker keeps it, how the API shows it."""

    made: MadeFile
    duration_seconds: float | None = None
    peaks: MadeFile | None = None

    @property
    def ref(self) -> FileRef:
        """What the song's summary says of it."""
        made = self.made
        return FileRef(
            name=made.name,
            key=made.key,
            size_bytes=made.size_bytes,
            media_type=made.media_type,
            format=Path(made.name).suffix[1:],
            duration_seconds=self.duration_seconds,
            peaks=self.peaks.key if self.peaks else None,
        )

    @property
    def files(self) -> list[MadeFile]:
        """The file, and the one with its outline."""
        return [self.made, self.peaks] if self.peaks else [self.made]


class StemFiles:
    """The stems of the mix as files, written while the master is being made.

    Parameters
    ----------
    folder : Path
        Where to.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="stem files")
        self._begun: dict[str, Future[Encoded]] = {}

    def begin(self, stem: Stem) -> None:
        """Write a stem in the background; nobody may write to it any more."""
        self._begun[stem.track_id] = self._thread.submit(self._keep, stem)

    def finish(self, stem: Stem) -> Encoded:
        """Return the file of a stem once it is written.

        Raises
        ------
        OSError
            If it could not be written.
        """
        begun = self._begun.pop(stem.track_id, None)
        return self._keep(stem) if begun is None else begun.result()

    def _keep(self, stem: Stem) -> Encoded:
        name = f"stems/{stem.track_id}.wav"
        return _keep_sound(self._folder, name, stem.audio, _wav)


def encode(
    artifact: Artifact, made: Done, folder: Path, stems: StemFiles, date: str | None
) -> list[Encoded]:
    """Write the artifact to files.

    Parameters
    ----------
    artifact : Artifact
        What the stage has made.
    made : Done
        The artifacts before it.
    folder : Path
        Where to; file names are free.
    stems : StemFiles
        What has been written of the mix already.
    date : str or None
        What the MP3 says of when it was made; the WAV says nothing of it, so that the same request
        and seed give the same bytes on every day.

    Raises
    ------
    OSError
        If a file cannot be written.
    """
    match artifact:
        case SongPlan():
            return [_keep_bytes(folder, "plan.json", json_artifacts.dump(artifact))]
        case Composition():
            return [_keep_bytes(folder, "composition.json", json_artifacts.dump(artifact))]
        case Arrangement():
            return _encode_arrangement(artifact, made, folder)
        case Stems():
            return _encode_stems(artifact, folder)
        case Master():
            return _encode_master(artifact, made, folder, stems, date)


def encode_preview(hook: Sound, plan: SongPlan, folder: Path, date: str | None) -> Encoded:
    """Write the song's hook as a tagged MP3; parameters as in ``encode``."""
    return _keep_sound(folder, "preview.mp3", hook, partial(_tagged_mp3, _tags(plan, date)))


def _encode_arrangement(arrangement: Arrangement, made: Done, folder: Path) -> list[Encoded]:
    """Keep the events, and the scores that are made of them: they can be read from now on."""
    if made.plan is None or made.composition is None:
        raise ValueError("the melody comes before the arrangement")
    files = {
        "arrangement.json": json_artifacts.dump(arrangement),
        "song.mid": midi_file(made.plan, arrangement, made.composition),
        "lead-sheet.musicxml": lead_sheet(made.plan, made.composition),
    }
    if made.composition.lyrics:
        files["lyrics.lrc"] = lrc_file(made.plan, made.composition)
    return [_keep_bytes(folder, name, data) for name, data in files.items()]


def _encode_stems(stems: Stems, folder: Path) -> list[Encoded]:
    """Keep what was rendered in float32, settled, so that it can be packed later on."""
    names = [stem.track_id for stem in stems.stems]
    index = orjson.dumps({"tracks": names, "bank": stems.bank, "fallbacks": stems.fallbacks})
    with ThreadPoolExecutor(THREADS) as threads:
        kept = threads.map(lambda stem: _keep_array(folder, stem.track_id, stem.audio), stems.stems)
        return [_keep_bytes(folder, "stems.json", index), *kept]


def _encode_master(
    master: Master, made: Done, folder: Path, stems: StemFiles, date: str | None
) -> list[Encoded]:
    if made.plan is None:
        raise ValueError("the plan comes before the master")
    sounds: list[tuple[str, Sound, Callable[[Path, Sound], None]]] = [
        ("master.mp3", master.audio, partial(_tagged_mp3, _tags(made.plan, date))),
        ("master.wav", master.audio, partial(_tagged_wav, _tags(made.plan, None))),
    ]
    with ThreadPoolExecutor(THREADS) as threads:
        encoded = threads.map(lambda sound: _keep_sound(folder, *sound), sounds)
        report = _keep_bytes(folder, "report.json", json_artifacts.dump(master.report))
        return [report, *(stems.finish(stem) for stem in master.stems), *encoded]


def _tags(plan: SongPlan, date: str | None) -> tags.SongTags:
    return tags.SongTags(
        title=plan.title,
        genre=plan.genre,
        tempo_bpm=plan.tempo_bpm,
        key=str(plan.key),
        seed=plan.seed,
        date=date,
    )


def _wav(path: Path, sound: Sound) -> None:
    with path.open("wb") as file:
        audio.write_wav24(file, sound)


def _tagged_mp3(words: tags.SongTags, path: Path, sound: Sound) -> None:
    with path.open("w+b") as file:
        audio.write_mp3(file, sound)
        tags.tag_mp3(file, words)


def _tagged_wav(words: tags.SongTags, path: Path, sound: Sound) -> None:
    with path.open("w+b") as file:
        audio.write_wav24(file, sound)
        tags.tag_wav(file, words)


def _keep_sound(
    folder: Path, name: str, sound: Sound, write: Callable[[Path, Sound], None]
) -> Encoded:
    path = _path(folder, name)
    write(path, sound)
    outline = audio.peaks(sound, MOST_PEAKS).astype("<f4").tobytes()
    return Encoded(
        made=_made(name, path),
        duration_seconds=sound.shape[1] / SAMPLE_RATE,
        peaks=_keep_bytes(folder, f"{name}.peaks", outline).made,
    )


def _keep_array(folder: Path, track_id: str, sound: Sound) -> Encoded:
    """Keep the array; one that lies in a file of its own already is not copied.

    Nobody may write to it any more: its file is about to become an artifact.
    """
    rendered.settle(sound)
    sound.flags.writeable = False
    name = f"rendered/{track_id}.npy"
    if isinstance(sound, np.memmap) and sound.filename is not None:
        backing = Path(sound.filename)
        if backing.stat().st_size == sound.offset + sound.nbytes:
            return Encoded(_made(name, backing))
    path = _path(folder, name)
    np.save(path, sound)
    return Encoded(_made(name, path))


def _keep_bytes(folder: Path, name: str, data: bytes) -> Encoded:
    path = _path(folder, name)
    path.write_bytes(data)
    return Encoded(_made(name, path))


def _path(folder: Path, name: str) -> Path:
    return folder / name.replace("/", "-")


def _made(name: str, path: Path) -> MadeFile:
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return MadeFile(
        name=name,
        path=path,
        sha256=sha256,
        size_bytes=path.stat().st_size,
        media_type=MEDIA_TYPES[path.suffix],
    )
