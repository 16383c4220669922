"""Edit a take: every edit makes a new one, which runs from the first stage that it touches."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, Final

from backend.auth import Viewer
from backend.errors import Conflict, InvalidInput
from backend.models import Project, Status, Take
from backend.pipeline.artifacts import SectionSeed, SongRequest, StageName
from backend.services import library
from backend.services.change import Change, ChangeKind
from backend.services.describing import describe_mix, describe_request
from backend.services.mix_request import MixChange, check_mix, fields_of
from backend.services.new_take import Asked, Edit, make, mix_of, request_of
from backend.services.platform import Platform
from backend.services.song_request import LARGEST_SEED, StartSong, check_request, check_seed
from backend.services.song_summary import SongSummary, from_take

REQUEST_NAMES: Final[Mapping[str, str]] = {
    "prompt": "prompt",
    "genre": "style.genre",
    "mood": "style.mood",
    "energy": "style.energy",
    "tempo_bpm": "style.tempoBpm",
    "key": "style.key",
    "time_signature": "style.timeSignature",
    "instruments": "style.instruments",
    "without_instruments": "style.withoutInstruments",
    "lyrics": "lyrics",
    "instrumental": "instrumental",
    "duration_seconds": "durationSeconds",
    "seed": "seed",
}
"""What of a request can be revised, and how the API spells it."""


@dataclass(frozen=True, slots=True)
class RemixTake:
    """Set something at the mixer."""

    take_id: str
    mix: MixChange
    idempotency_key: str | None = None


@dataclass(frozen=True, slots=True)
class RegenerateSection:
    """Compose one section anew; without a seed one is drawn."""

    take_id: str
    section_index: int
    seed: int | None = None
    idempotency_key: str | None = None


@dataclass(frozen=True, slots=True)
class ReviseTake:
    """Ask for something else; what ``request`` leaves out stays, None lets the composer decide."""

    take_id: str
    request: Mapping[str, Any] = field(default_factory=dict)
    """By the names of ``StartSong``."""
    idempotency_key: str | None = None


@dataclass(frozen=True, slots=True)
class MakeTake:
    """Make the same song of another seed; without one it is drawn."""

    project_id: str
    seed: int | None = None
    idempotency_key: str | None = None


async def remix(platform: Platform, viewer: Viewer, command: RemixTake) -> tuple[Project, Take]:
    """Mix a completed take anew; raises what ``new_take.make`` does."""

    def edit(parent: Take) -> Edit:
        song = _finished_song(parent)
        names = {track.id: track.name for track in song.tracks}
        mix = check_mix(mix_of(parent), command.mix, frozenset(names))
        summary = describe_mix(command.mix, names)
        change = Change(ChangeKind.MIX, summary, fields=fields_of(command.mix))
        return Edit(request_of(parent), mix, change, StageName.MIXING)

    return await make(platform, viewer, _asked(command, command.take_id), edit)


async def regenerate_section(
    platform: Platform, viewer: Viewer, command: RegenerateSection
) -> tuple[Project, Take]:
    """Compose one section of a completed take anew; raises what ``new_take.make`` does."""
    given = check_seed(command.seed)

    def edit(parent: Take) -> Edit:
        sections = _finished_song(parent).sections
        index = command.section_index
        if not 0 <= index < len(sections):
            raise InvalidInput(
                f"The song has sections 0 to {len(sections) - 1}.", field="sectionIndex"
            )
        seed = _draw_seed() if given is None else given
        asked = request_of(parent)
        others = tuple(one for one in asked.section_seeds if one.index != index)
        request = replace(asked, section_seeds=(*others, SectionSeed(index, seed)))
        summary = f"Another {sections[index].name}"
        change = Change(ChangeKind.SECTION, summary, section_index=index)
        return Edit(request, mix_of(parent), change, StageName.PLANNING)

    return await make(platform, viewer, _asked(command, command.take_id), edit)


async def revise(platform: Platform, viewer: Viewer, command: ReviseTake) -> tuple[Project, Take]:
    """Make a take of a changed request; raises what ``new_take.make`` does."""
    longest = platform.settings.max_duration_seconds

    def edit(parent: Take) -> Edit:
        before = request_of(parent)
        request = check_request(_revised(before, command.request), longest_seconds=longest)
        if request.seed == before.seed:
            request = replace(request, section_seeds=before.section_seeds)
        if request == before:
            raise InvalidInput("This asks for the same song; change something.")
        names = tuple(REQUEST_NAMES[name] for name in command.request)
        summary = describe_request(command.request)
        change = Change(ChangeKind.REQUEST, summary, fields=names)
        return Edit(request, mix_of(parent), change, StageName.PLANNING)

    return await make(platform, viewer, _asked(command, command.take_id), edit)


async def make_another(
    platform: Platform, viewer: Viewer, command: MakeTake
) -> tuple[Project, Take]:
    """Make the current take's song of another seed; raises what ``new_take.make`` does."""
    given = check_seed(command.seed)
    project = await library.project(platform, viewer, command.project_id)

    def edit(parent: Take) -> Edit:
        seed = _draw_seed() if given is None else given
        request = replace(request_of(parent), seed=seed, section_seeds=())
        change = Change(ChangeKind.SEED, "Another take")
        return Edit(request, mix_of(parent), change, StageName.PLANNING)

    return await make(platform, viewer, _asked(command, project.current_take_id or ""), edit)


def _asked(command: RemixTake | RegenerateSection | ReviseTake | MakeTake, take_id: str) -> Asked:
    return Asked(take_id, command, command.idempotency_key)


def _finished_song(take: Take) -> SongSummary:
    song = from_take(take)
    if take.status is not Status.COMPLETED or song is None:
        raise Conflict("Only a finished take can be edited.")
    return song


def _revised(before: SongRequest, changed: Mapping[str, Any]) -> StartSong:
    """Return the command that asks for what was asked for, with the changes."""
    known = {one.name for one in fields(StartSong)}
    asked = {one.name: getattr(before, one.name) for one in fields(before) if one.name in known}
    lists = {"instruments", "without_instruments"}
    given = {name: value or () if name in lists else value for name, value in changed.items()}
    return StartSong(**{**asked, **given})


def _draw_seed() -> int:
    return secrets.randbelow(LARGEST_SEED + 1)
