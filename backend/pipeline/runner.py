"""The five verbs in order, with a checkpoint after each."""

from dataclasses import dataclass

from backend.pipeline.arrangement import arrange
from backend.pipeline.artifacts import (
    Arrangement,
    Composition,
    Done,
    Master,
    MixSettings,
    SongPlan,
    SongRequest,
    SoundBank,
    StageName,
    Stems,
)
from backend.pipeline.generation import generate
from backend.pipeline.mixing import mix
from backend.pipeline.one_thread import one_thread
from backend.pipeline.planning import plan
from backend.pipeline.preview import preview
from backend.pipeline.progress import (
    Allocate,
    Checkpoint,
    Finished,
    Mastered,
    Played,
    PreviewReady,
    StageContext,
    StageReport,
    in_memory,
    unheeded,
    unwatched,
)
from backend.pipeline.rendering import render
from backend.pipeline.warming import warm_up

__all__ = ["Runner", "warm_up"]


@dataclass(frozen=True, slots=True)
class Runner:
    """Makes one song, starting at the first stage without an artifact.

    Parameters
    ----------
    request : SongRequest
        What the user asked for.
    bank : SoundBank
        The SoundFont to render with.
    settings : MixSettings
        What the user changed about the mix.
    report : callable
        Called with stage, progress within the stage (0 to 1) and a sentence.
    checkpoint : callable
        Called with stage and artifact as soon as a stage has finished.
    allocate : callable
        Gives room for audio.
    played : callable
        Called with each stem and its share that is played, while it is rendered.
    finished : callable
        Called with each stem of the mix once nothing will change it.
    mastered : callable
        Called with the master before it is measured.
    preview : callable or None
        Called with the song's hook before rendering, unless it is silent; None makes no preview.
    """

    request: SongRequest
    bank: SoundBank
    settings: MixSettings
    report: StageReport
    checkpoint: Checkpoint
    allocate: Allocate = in_memory
    played: Played = unwatched
    finished: Finished = unheeded
    mastered: Mastered = unheeded
    preview: PreviewReady | None = None

    def run(self, done: Done) -> Master:
        """Run every stage that is not in ``done``.

        Parameters
        ----------
        done : Done
            Artifacts of earlier stages.

        Returns
        -------
        Master
            The finished song.

        Raises
        ------
        backend.errors.MusicError
            When a stage cannot make its artifact.
        """
        with one_thread():
            song_plan = done.plan or self._plan()
            composition = done.composition or self._generate(song_plan)
            arrangement = done.arrangement or self._arrange(song_plan, composition)
            stems = done.stems or self._render(song_plan, arrangement)
            return self._mix(song_plan, arrangement, stems)

    def _context(self, stage: StageName) -> StageContext:
        return StageContext(
            seed=self.request.seed,
            stage=stage,
            report=lambda progress, message: self.report(stage, progress, message),
            allocate=self.allocate,
            played=self.played,
            finished=self.finished,
            mastered=self.mastered,
        )

    def _plan(self) -> SongPlan:
        song_plan = plan(self.request, self._context(StageName.PLANNING))
        self.checkpoint(StageName.PLANNING, song_plan)
        return song_plan

    def _generate(self, song_plan: SongPlan) -> Composition:
        composition = generate(song_plan, self._context(StageName.GENERATION))
        self.checkpoint(StageName.GENERATION, composition)
        return composition

    def _arrange(self, song_plan: SongPlan, composition: Composition) -> Arrangement:
        arrangement = arrange(song_plan, composition, self._context(StageName.ARRANGEMENT))
        self.checkpoint(StageName.ARRANGEMENT, arrangement)
        return arrangement

    def _render(self, song_plan: SongPlan, arrangement: Arrangement) -> Stems:
        context = self._context(StageName.RENDERING)
        if self.preview is not None:
            context.report(0.0, "Playing the hook")
            hook = preview(song_plan, arrangement, self.bank, self.settings)
            if hook is not None:
                self.preview(hook)
        stems = render(song_plan, arrangement, self.bank, context)
        self.checkpoint(StageName.RENDERING, stems)
        return stems

    def _mix(self, song_plan: SongPlan, arrangement: Arrangement, stems: Stems) -> Master:
        context = self._context(StageName.MIXING)
        master = mix(song_plan, arrangement, stems, self.settings, context)
        self.checkpoint(StageName.MIXING, master)
        return master
