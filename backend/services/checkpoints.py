"""Which finished stages a new run can build on."""

import logging
from collections.abc import Sequence

from backend.errors import ServiceUnavailable
from backend.models import Artifact, Stage, StageStatus
from backend.persistence import artifacts, downloads
from backend.pipeline.artifacts import StageName
from backend.services.platform import Platform
from backend.services.stage_progress import DONE

logger = logging.getLogger(__name__)


async def kept_artifacts(platform: Platform, take_id: str) -> dict[str, dict[str, str]]:
    """Return stage name → artifact name → key, of the stages whose files are all whole.

    Downloads are left out: no stage needs them, and one that is lost is made again.
    """
    async with platform.database.read() as session:
        found = await artifacts.of_take(session, take_id)
    kept: dict[str, dict[str, str]] = {}
    broken: set[str] = set()
    for stage_name, artifact in found:
        if artifact.name.startswith(downloads.PREFIX):
            continue
        if await _is_whole(platform, artifact):
            kept.setdefault(stage_name, {})[artifact.name] = artifact.key
        else:
            broken.add(stage_name)
            logger.error("the file %s of take %s is gone", artifact.name, take_id)
    return {name: files for name, files in kept.items() if name not in broken}


async def _is_whole(platform: Platform, artifact: Artifact) -> bool:
    """Whether the file is there; while nobody can say, it is taken to be.

    A run that needs it will know, and how often a run fails is counted.
    """
    try:
        return await platform.storage.size(artifact.key) == artifact.size_bytes
    except ServiceUnavailable:
        return True


def leading_checkpoints(
    found: Sequence[Stage], kept: dict[str, dict[str, str]]
) -> dict[StageName, dict[str, str]]:
    """Return the artifacts of the first stages, up to the first one that must run (again)."""
    done: dict[StageName, dict[str, str]] = {}
    for stage in found:
        if stage.status not in DONE or stage.name not in kept:
            break
        done[StageName(stage.name)] = kept[stage.name]
    return done


def reopen(found: Sequence[Stage], done: dict[StageName, dict[str, str]]) -> Stage | None:
    """Set every stage that must still run to pending; return the first."""
    open_stages = [stage for stage in found if StageName(stage.name) not in done]
    for stage in open_stages:
        stage.status = StageStatus.PENDING
    return open_stages[0] if open_stages else None
