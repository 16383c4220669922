"""Where the child makes one song: the hooks that the runner calls."""

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from backend.jobs.encoding import encode
from backend.jobs.messages import Order, PreviewMade, Progress, StageDone, ToWorker
from backend.jobs.resuming import load_done
from backend.jobs.rooms import Rooms
from backend.jobs.sound_files import (
    SoundFiles,
    master_files,
    preview_file,
    stem_file,
    track_file,
)
from backend.models import TrackProgress
from backend.pipeline.artifacts import (
    Arrangement,
    Artifact,
    Composition,
    Done,
    Master,
    MixSettings,
    SongPlan,
    SongRequest,
    SoundBank,
    StageName,
    Stem,
    Stems,
)
from backend.pipeline.formats.audio import peaks
from backend.pipeline.progress import (
    Allocate,
    Checkpoint,
    Finished,
    Mastered,
    Played,
    PreviewReady,
    StageReport,
)
from backend.services.song_summary import FileRef, SongSummary
from backend.services.summarising import arranged, composed, mixed, planned

REPORT_EVERY_SECONDS = 0.125
OUTLINE_POINTS = 60
"""Parts of a track's outline that is shown before it is mixed."""


class Running(Protocol):
    """Something that makes a song from where it stands."""

    def run(self, done: Done) -> Master:
        """Run the stages that are not done."""
        ...


class RunnerType(Protocol):
    """``backend.pipeline.runner.Runner``, or one that makes a shorter song for tests."""

    def __call__(  # noqa: PLR0913 - a hook for each thing that a runner tells or asks for
        self,
        *,
        request: SongRequest,
        bank: SoundBank,
        settings: MixSettings,
        report: StageReport,
        checkpoint: Checkpoint,
        allocate: Allocate,
        played: Played,
        finished: Finished,
        mastered: Mastered,
        preview: PreviewReady | None,
    ) -> Running:
        """Return a runner."""
        ...


class Desk:
    """One song in work.

    Parameters
    ----------
    order : Order
        What to make.
    send : callable
        Says something to the worker.
    wait_to_go_on : callable
        Returns once the worker has kept the checkpoint.
    """

    def __init__(
        self,
        order: Order,
        send: Callable[[ToWorker], None],
        wait_to_go_on: Callable[[], None],
    ) -> None:
        self._order = order
        self._send = send
        self._wait_to_go_on = wait_to_go_on
        self._rooms = Rooms(order.scratch)
        self._made = load_done(order.done, self._rooms.allocate)
        self._song = order.song
        self._sounds = SoundFiles(order.scratch)
        self._reported_at = 0.0
        self._tracks: dict[str, TrackProgress] = {}

    def run(self, runner: RunnerType) -> None:
        """Make the song from the first stage that is not done."""
        for stem in self._made.stems.stems if self._made.stems else ():
            self._rooms.adopt(stem.audio)
        with self._rooms:
            runner(
                request=self._order.request,
                bank=self._order.bank,
                settings=self._order.mix,
                report=self._report,
                checkpoint=self._checkpoint,
                allocate=self._rooms.allocate,
                played=self._played,
                finished=self._finished,
                mastered=self._mastered,
                preview=None if self._has_preview() else self._preview,
            ).run(self._made)

    def _has_preview(self) -> bool:
        """Whether an earlier run made the preview of this very arrangement."""
        return self._made.arrangement is not None and bool(self._song and self._song.preview)

    def _report(self, stage: StageName, progress: float, message: str) -> None:
        """Tell the worker, at most eight times a second."""
        if time.monotonic() - self._reported_at >= REPORT_EVERY_SECONDS:
            self._tell(stage, progress, message)

    def _tell(self, stage: StageName, progress: float, message: str) -> None:
        self._reported_at = time.monotonic()
        playing = stage is StageName.RENDERING
        tracks = tuple(self._tracks.values()) if playing else ()
        self._send(Progress(stage, progress, message, tracks))

    def _played(self, stem: Stem, share: float) -> None:
        """Note how far a track is, which the next report tells; keep one that is done."""
        outline = None
        if share >= 1.0:
            outline = tuple(peaks(stem.audio, OUTLINE_POINTS).round(2).ravel().tolist())
            self._sounds.begin(track_file(stem))
        self._tracks[stem.track_id] = TrackProgress(stem.track_id, round(share, 3), outline)

    def _mastered(self, audio: NDArray[np.float32]) -> None:
        """Begin the MP3, and keep one core for it: nothing is measured before all WAVs are made."""
        plan, _ = self._known()
        as_mp3, as_wav = master_files(audio, plan, self._order.date)
        self._sounds.begin(as_mp3)
        self._sounds.make(as_wav)

    def _finished(self, stem: Stem) -> None:
        plan, _ = self._known()
        self._sounds.begin(stem_file(stem, plan))

    def _checkpoint(self, stage: StageName, artifact: Artifact) -> None:
        if isinstance(artifact, Stems):
            self._tell(stage, 1.0, "Every instrument has played")
        order = self._order
        encoded = encode(artifact, self._made, order.scratch, self._sounds, order.date)
        refs = {file.made.name: file.ref for file in encoded}
        self._made, self._song = self._with(artifact, refs)
        files = [made for file in encoded for made in file.files]
        self._send(StageDone(stage, files, self._song))
        self._wait_to_go_on()

    def _preview(self, hook: NDArray[np.float32]) -> None:
        plan, song = self._known()
        encoded = self._sounds.finish(preview_file(hook, plan, self._order.date))
        self._song = replace(song, preview=encoded.ref)
        self._send(PreviewMade(encoded.files, self._song))

    def _with(self, artifact: Artifact, files: dict[str, FileRef]) -> tuple[Done, SongSummary]:
        """Return the song with one more artifact, for the next stages and for show."""
        made = self._made
        match artifact:
            case SongPlan():
                return replace(made, plan=artifact), planned(artifact)
            case Composition():
                plan, song = self._known()
                return replace(made, composition=artifact), composed(song, plan, artifact)
            case Arrangement():
                _, song = self._known()
                return replace(made, arrangement=artifact), arranged(song, artifact, files)
            case Stems():
                _, song = self._known()
                return replace(made, stems=artifact), song
            case Master():
                _, song = self._known()
                return made, mixed(song, artifact.tracks, artifact.report, files)

    def _known(self) -> tuple[SongPlan, SongSummary]:
        if self._made.plan is None:
            raise ValueError("the plan comes first")
        return self._made.plan, self._song or planned(self._made.plan)
