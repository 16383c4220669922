"""The routes about songs."""

from datetime import timedelta
from itertools import islice

from backend.compat.answers import (
    Aggregate,
    Event,
    FinishedSong,
    History,
    ProjectLine,
    ProjectList,
    ProjectState,
    StageState,
    Started,
    Stem,
)
from backend.compat.asked import GenerateFullSong, Nothing, Since, Window
from backend.compat.endpoint import Call
from backend.compat.vocabulary import SPOKEN
from backend.models import Project, StageStatus, Take
from backend.models.stage import StageRecord
from backend.services import files, library, projects, song_summary
from backend.services.admission import admit_song
from backend.services.song_summary import FileRef, SongSummary

SECONDS_PER_SONG = 30
"""What a song takes on two cores, for the estimate; the truth comes by events."""
PAGE = 100
LONGEST_HISTORY = 1000
DONE = frozenset({StageStatus.COMPLETED, StageStatus.REUSED})


async def generate_full_song(call: Call[GenerateFullSong, Nothing]) -> Started:
    """Start a song."""
    command = call.body.to_request(call.request.headers.get("idempotency-key"))
    call.signed_in.require_write()
    await admit_song(call.platform, call.signed_in)
    project = await projects.start(call.platform, call.signed_in, command)
    url = call.request.url
    return Started(
        project_id=project.id,
        message="The song is being made. Listen on websocket_url, or poll its status.",
        estimated_completion=project.created_at + timedelta(seconds=SECONDS_PER_SONG),
        websocket_url=f"{'wss' if url.scheme == 'https' else 'ws'}://{url.netloc}/ws",
        collaboration_enabled=call.platform.settings.enable_collaboration,
    )


async def aggregate(call: Call[Nothing, Nothing]) -> Aggregate:
    """Return everything about a project."""
    project, take, stages = await _project(call)
    progress = library.progress_of(stages)
    summary = song_summary.from_take(take) if take else None
    return Aggregate(
        project_id=project.id,
        name=project.title,
        status=project.status,
        progress=progress,
        progress_percent=round(progress * 100, 1),
        current_stage=library.current_stage_of(stages),
        created_at=project.created_at,
        updated_at=project.updated_at,
        completed_at=project.completed_at,
        error=take.error if take else None,
        stages=[StageState.from_model(stage) for stage in stages],
        song=_finished(call, summary) if summary and summary.audio else None,
    )


async def status(call: Call[Nothing, Nothing]) -> ProjectState:
    """Return where a project stands."""
    project, take, stages = await _project(call)
    return ProjectState(
        project_id=project.id,
        status=project.status,
        progress=library.progress_of(stages),
        current_stage=library.current_stage_of(stages),
        stages={stage.name: stage.status in DONE for stage in stages},
        error=take.error if take else None,
    )


async def list_projects(call: Call[Nothing, Window]) -> ProjectList:
    """Return a part of the viewer's projects, newest first."""
    limit, offset = call.query.limit, call.query.offset
    rows, total = await _newest(call, offset + limit)
    wanted = list(islice(rows, offset, None))
    ids = [row.followed_take_id for row in wanted]
    stages = await library.stages_of(call.platform, ids)
    return ProjectList(
        items=[
            ProjectLine(
                id=row.id,
                name=row.title,
                status=row.status,
                progress=library.progress_of(stages.get(row.followed_take_id, [])),
                created_at=row.created_at,
            )
            for row in wanted
        ],
        total=total,
    )


async def list_events(call: Call[Nothing, Since]) -> History:
    """Return what happened to a project, oldest first."""
    cursor = int(call.query.after) if call.query.after else None
    found: list[Event] = []
    while len(found) < LONGEST_HISTORY:
        page = await library.events(
            call.platform, call.signed_in, call.project_id, first=PAGE, after=cursor
        )
        found += [Event.from_model(row) for row in page.items if row.type in SPOKEN]
        if not page.has_next_page:
            break
        cursor = int(page.cursors[-1])
    return History(found)


async def _project(call: Call[Nothing, Nothing]) -> tuple[Project, Take | None, list[StageRecord]]:
    """Return a project with the take that is heard and the stages of the one that is followed."""
    project = await library.project(call.platform, call.signed_in, call.project_id)
    heard, followed = project.current_take_id or "", project.followed_take_id
    takes = await library.takes(call.platform, [heard])
    stages = await library.stages_of(call.platform, [followed])
    return project, takes.get(heard), stages.get(followed, [])


async def _newest(call: Call[Nothing, Window], count: int) -> tuple[list[Project], int]:
    """Return the newest projects and how many there are in all."""
    rows: list[Project] = []
    cursor = None
    most = call.platform.settings.max_page_size
    while True:
        page = await library.projects(
            call.platform, call.signed_in, first=min(most, count - len(rows)), after=cursor
        )
        rows += page.items
        if len(rows) >= count or not page.has_next_page:
            return rows, page.total_count
        cursor = page.cursors[-1]


def _finished(call: Call[Nothing, Nothing], song: SongSummary) -> FinishedSong:
    """Return a song with the addresses of its files."""

    def address(file: FileRef | None, suffix: str = "") -> str | None:
        if file is None:
            return None
        name = f"{song.title}{suffix}.{file.format}"
        return str(call.request.base_url).rstrip("/") + files.sign(call.platform, file.key, name)

    masters = {file.format: file for file in song.audio}
    stems = [(track.name, address(track.stem, f" - {track.name}")) for track in song.tracks]
    return FinishedSong(
        title=song.title,
        duration_seconds=song.duration_seconds,
        tempo=song.tempo_bpm,
        key=song.key,
        time_signature=song.time_signature,
        genre=song.genre,
        audio_url=address(masters.get("wav")),
        mp3_url=address(masters.get("mp3")),
        midi_url=address(song.midi),
        stems=[Stem(name=name, url=url) for name, url in stems if url],
    )
