"""Songs that wait in a stage until they may go on."""

from pathlib import Path

from backend.models import Project
from backend.pipeline.artifacts import StageName
from backend.services import projects
from backend.services.platform import Platform
from backend.services.projects import StartSong
from tests.fixtures.engine import ALICE, until


class Gate:
    """Holds a song up in one stage."""

    def __init__(self, folder: Path, stage: StageName) -> None:
        self.path = folder / f"gate-{stage.value}"
        self.path.touch()
        self.stage = stage

    @property
    def prompt(self) -> str:
        return f"hold={self.stage.value}:{self.path}"

    async def is_reached(self) -> bool:
        return self.path.with_name(f"{self.path.name}-reached").exists()

    def open(self) -> None:
        self.path.unlink(missing_ok=True)


async def started_at(platform: Platform, gate: Gate, seed: int = 1) -> Project:
    """Start a song and wait until it stands at the gate."""
    project = await projects.start(platform, ALICE, StartSong(gate.prompt, seed=seed))
    await until(gate.is_reached)
    return project
