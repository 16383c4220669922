"""The artifacts of each stage as files in the scratch folder."""

from pathlib import Path

import orjson

from backend.jobs.encoded import Encoded, keep_bytes
from backend.jobs.sound_files import SoundFiles, master_files, stem_file, track_file
from backend.pipeline.artifacts import (
    Arrangement,
    Artifact,
    Composition,
    Done,
    Master,
    SongPlan,
    Stems,
)
from backend.pipeline.formats import json_artifacts
from backend.pipeline.formats.lrc import lrc_file
from backend.pipeline.formats.midi import midi_file
from backend.pipeline.formats.musicxml import lead_sheet


def encode(
    artifact: Artifact, made: Done, folder: Path, sounds: SoundFiles, date: str | None
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
    sounds : SoundFiles
        What is being written already.
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
            return [keep_bytes(folder, "plan.json", json_artifacts.dump(artifact))]
        case Composition():
            return [keep_bytes(folder, "composition.json", json_artifacts.dump(artifact))]
        case Arrangement():
            return _encode_arrangement(artifact, made, folder)
        case Stems():
            return _encode_stems(artifact, folder, sounds)
        case Master():
            return _encode_master(artifact, made, folder, sounds, date)


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
    return [keep_bytes(folder, name, data) for name, data in files.items()]


def _encode_stems(stems: Stems, folder: Path, sounds: SoundFiles) -> list[Encoded]:
    names = [stem.track_id for stem in stems.stems]
    index = orjson.dumps({"tracks": names, "bank": stems.bank, "fallbacks": stems.fallbacks})
    tracks = [sounds.finish(track_file(stem)) for stem in stems.stems]
    return [keep_bytes(folder, "stems.json", index), *tracks]


def _encode_master(
    master: Master, made: Done, folder: Path, sounds: SoundFiles, date: str | None
) -> list[Encoded]:
    if made.plan is None:
        raise ValueError("the plan comes before the master")
    report = keep_bytes(folder, "report.json", json_artifacts.dump(master.report))
    stems = [sounds.finish(stem_file(stem, made.plan)) for stem in master.stems]
    song = [sounds.finish(file) for file in master_files(master.audio, made.plan, date)]
    return [report, *stems, *song]
