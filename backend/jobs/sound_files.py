"""The song's sound as files, written in the background as soon as nothing will change it."""

import hashlib
import mmap
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from backend.jobs.encoded import Encoded, keep_bytes, made_file, path_in
from backend.pipeline.artifacts import SAMPLE_RATE, SongPlan, Stem
from backend.pipeline.formats import audio, tags
from backend.services.files import MOST_PEAKS

Sound = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class SoundFile:
    """A file that can be made."""

    name: str
    make: Callable[[Path], Encoded]
    """Makes it in a folder; nobody may write to its sound any more."""


class SoundFiles:
    """Makes files beside what else goes on: one thread for MP3s, which take long, one for the rest.

    Parameters
    ----------
    folder : Path
        Where to.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._quick = ThreadPoolExecutor(1, thread_name_prefix="files")
        self._slow = ThreadPoolExecutor(1, thread_name_prefix="mp3")
        self._begun: dict[str, Future[Encoded]] = {}

    def begin(self, file: SoundFile) -> None:
        """Make a file in the background."""
        threads = self._slow if file.name.endswith(".mp3") else self._quick
        self._begun[file.name] = threads.submit(file.make, self._folder)

    def make(self, file: SoundFile) -> None:
        """Make a file, and those begun before; whether it could be written says ``finish``."""
        self.begin(file)
        wait([self._begun[file.name]])

    def finish(self, file: SoundFile) -> Encoded:
        """Return a file once it is made; one that was never begun is made now.

        Raises
        ------
        OSError
            If it could not be written.
        """
        begun = self._begun.pop(file.name, None)
        return file.make(self._folder) if begun is None else begun.result()


def track_file(stem: Stem) -> SoundFile:
    """Return a track as it was rendered, settled, so that it can be packed later on."""
    name = f"rendered/{stem.track_id}.npy"
    return SoundFile(name, partial(_keep_array, name, stem.audio))


def stem_file(stem: Stem, plan: SongPlan) -> SoundFile:
    """Return a track as it is in the mix; its tags are the song's, its title names the track."""
    name = f"stems/{stem.track_id}.wav"
    played = {track.id: track.name for track in plan.tracks}.get(stem.track_id, stem.track_id)
    words = replace(_tags(plan, None), title=f"{plan.title} ({played})")
    return SoundFile(name, partial(_keep_sound, name, stem.audio, partial(_tagged_wav, words)))


def master_files(master: Sound, plan: SongPlan, date: str | None) -> list[SoundFile]:
    """Return the song; the WAV says nothing of ``date``, so that its bytes are the same every day.

    Parameters
    ----------
    master : ndarray
        Shape (2, frames).
    plan : SongPlan
        What the tags tell of.
    date : str or None
        What the MP3 says of when it was made.
    """
    as_mp3, as_wav = (
        partial(_tagged_mp3, _tags(plan, date)),
        partial(_tagged_wav, _tags(plan, None)),
    )
    return [
        SoundFile("master.mp3", partial(_keep_sound, "master.mp3", master, as_mp3)),
        SoundFile("master.wav", partial(_keep_sound, "master.wav", master, as_wav)),
    ]


def preview_file(hook: Sound, plan: SongPlan, date: str | None) -> SoundFile:
    """Return the song's hook as a tagged MP3; parameters as in ``master_files``."""
    as_mp3 = partial(_tagged_mp3, _tags(plan, date))
    return SoundFile("preview.mp3", partial(_keep_sound, "preview.mp3", hook, as_mp3))


def _tags(plan: SongPlan, date: str | None) -> tags.SongTags:
    return tags.SongTags(
        title=plan.title,
        genre=plan.genre,
        tempo_bpm=plan.tempo_bpm,
        key=str(plan.key),
        seed=plan.seed,
        date=date,
    )


def _tagged_mp3(words: tags.SongTags, path: Path, sound: Sound) -> None:
    with path.open("w+b") as file:
        audio.write_mp3(file, sound)
        tags.tag_mp3(file, words)


def _tagged_wav(words: tags.SongTags, path: Path, sound: Sound) -> None:
    with path.open("w+b") as file:
        audio.write_wav24(file, sound)
        tags.tag_wav(file, words)


def _keep_sound(
    name: str, sound: Sound, write: Callable[[Path, Sound], None], folder: Path
) -> Encoded:
    path = path_in(folder, name)
    write(path, sound)
    outline = audio.peaks(sound, MOST_PEAKS).astype("<f4").tobytes()
    return Encoded(
        made=made_file(name, path),
        duration_seconds=sound.shape[1] / SAMPLE_RATE,
        peaks=keep_bytes(folder, f"{name}.peaks", outline).made,
    )


def _keep_array(name: str, sound: Sound, folder: Path) -> Encoded:
    """Keep an array; one that lies in a file of its own already is not copied.

    Its hash is read from where the process holds it, which copies nothing.
    """
    sound.flags.writeable = False
    mapped = sound.base
    if (
        isinstance(sound, np.memmap)
        and isinstance(mapped, mmap.mmap)
        and sound.filename is not None
    ):
        backing = Path(sound.filename)
        if backing.stat().st_size == len(mapped) == sound.offset + sound.nbytes:
            return Encoded(made_file(name, backing, hashlib.sha256(mapped).hexdigest()))
    path = path_in(folder, name)
    np.save(path, sound)
    return Encoded(made_file(name, path))
