"""The words of the API; their values are the words of the database."""

from enum import Enum

from strawberry import enum_value

from backend.schema.described import enum


@enum
class ProjectStatus(Enum):
    """Where a project or a take stands."""

    QUEUED = enum_value("queued", description="Waiting for a worker.")
    RUNNING = enum_value("running", description="Being made right now.")
    COMPLETED = enum_value("completed", description="The song is finished.")
    FAILED = enum_value("failed", description="It could not be made; `error` says why.")
    CANCELLED = enum_value("cancelled", description="Stopped by its owner.")


@enum
class ProjectOrder(Enum):
    """By what projects are listed."""

    NEWEST = enum_value("newest", description="The latest first.")
    OLDEST = enum_value("oldest", description="The earliest first.")
    TITLE = enum_value("title", description="From A to Z, in any case.")
    LENGTH = enum_value("length", description="The longest first.")


@enum
class StageName(Enum):
    """The five steps from a sentence to a song, in order."""

    PLANNING = enum_value("planning", description="Prompt to form, key, tempo and chords.")
    GENERATION = enum_value("generation", description="Melody and lyrics over the chords.")
    ARRANGEMENT = enum_value("arrangement", description="Every note of every instrument.")
    RENDERING = enum_value("rendering", description="Notes to sound, one stem per instrument.")
    MIXING = enum_value("mixing", description="Stems to the mastered song.")


@enum
class StageStatus(Enum):
    """Where one stage stands."""

    PENDING = enum_value("pending", description="Its turn has not come.")
    RUNNING = enum_value("running", description="At work.")
    COMPLETED = enum_value("completed", description="Done; its result is kept.")
    FAILED = enum_value("failed", description="Gave up; `error` says why.")
    CANCELLED = enum_value("cancelled", description="Stopped with its project.")
    REUSED = enum_value("reused", description="Taken over from an earlier take, unchanged.")


@enum
class EventType(Enum):
    """What happened."""

    STAGE_STARTED = enum_value("stage.started", description="A stage has begun.")
    STAGE_PROGRESS = enum_value("stage.progress", description="A stage has come further.")
    STAGE_COMPLETED = enum_value("stage.completed", description="A stage is done.")
    PREVIEW_READY = enum_value("preview.ready", description="An excerpt can be played.")
    PROJECT_COMPLETED = enum_value("project.completed", description="The song is finished.")
    PROJECT_FAILED = enum_value("project.failed", description="The song could not be made.")
    PROJECT_CANCELLED = enum_value("project.cancelled", description="The owner stopped it.")


@enum
class TakeChangeKind(Enum):
    """Which edit made a take of another one."""

    MIX = enum_value("mix", description="Mixed anew: `remixTake`.")
    SECTION = enum_value("section", description="One section anew: `regenerateSection`.")
    REQUEST = enum_value("request", description="Asked for otherwise: `reviseTake`.")
    SEED = enum_value("seed", description="Another seed: `makeTake`.")


@enum
class AudioFormat(Enum):
    """The encoding of an audio file."""

    WAV = enum_value("wav", description="24-bit PCM, lossless.")
    FLAC = enum_value("flac", description="Compressed, lossless.")
    MP3 = enum_value("mp3", description="Compressed, plays everywhere.")
    OGG = enum_value("ogg", description="Compressed, Vorbis or Opus.")
