"""How far a take is, as one number over its five stages."""

from collections.abc import Mapping, Sequence

from backend.models import Stage, StageStatus
from backend.models.stage import StageRecord
from backend.pipeline.artifacts import StageName

WEIGHTS: Mapping[str, float] = {
    StageName.PLANNING: 0.03,
    StageName.GENERATION: 0.04,
    StageName.ARRANGEMENT: 0.05,
    StageName.RENDERING: 0.55,
    StageName.MIXING: 0.33,
}
"""Share of each stage in the time that a song takes."""

DONE = frozenset({StageStatus.COMPLETED, StageStatus.REUSED})


def progress_of(stages: Sequence[Stage | StageRecord]) -> float:
    """Return the progress of a take, 0 to 1; it never falls, also when a stage runs again."""
    parts = (WEIGHTS[stage.name] * min(1.0, stage.progress) for stage in stages)
    return min(1.0, round(sum(parts), 4))


def current_stage_of(stages: Sequence[Stage | StageRecord]) -> str | None:
    """Return the name of the first stage that is not done; None when all are."""
    for stage in sorted(stages, key=lambda stage: stage.position):
        if stage.status not in DONE:
            return stage.name
    return None
