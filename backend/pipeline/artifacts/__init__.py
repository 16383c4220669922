"""The frozen hand-offs of the pipeline.

``SongRequest → SongPlan → Composition → Arrangement → Stems → Master``

Conventions
-----------
* A *beat* is a quarter note in every metre, as in MIDI and in every sequencer; ``tempo_bpm`` counts
  quarter notes per minute. ``start_beat`` counts from the start of the song.
* Bars and sections are counted from 0 here; the user interfaces count from 1.
* Pitches are MIDI numbers (60 = middle C), pitch classes 0 to 11 (0 = C), velocities 1 to 127.
* Audio is float32, shape ``(2, frames)``, nominal range −1 to 1.
* The symbolic artifacts survive a round trip through JSON unchanged (``formats.json_artifacts``).
"""

from dataclasses import dataclass

from backend.pipeline.artifacts.plan import (
    Chord,
    Key,
    Metre,
    Role,
    SectionPlan,
    SongPlan,
    TempoPoint,
    TrackPlan,
)
from backend.pipeline.artifacts.request import (
    LyricsRequest,
    SectionSeed,
    SongRequest,
    StageName,
)
from backend.pipeline.artifacts.score import (
    Arrangement,
    Automation,
    AutomationPoint,
    Composition,
    ControlChange,
    Note,
    PitchBend,
    Syllable,
    Track,
)
from backend.pipeline.artifacts.sound import (
    SAMPLE_RATE,
    Check,
    Master,
    MixSettings,
    SongReport,
    SoundBank,
    Stem,
    Stems,
    StripSettings,
    TrackMix,
)

__all__ = [
    "SAMPLE_RATE",
    "Arrangement",
    "Artifact",
    "Automation",
    "AutomationPoint",
    "Check",
    "Chord",
    "Composition",
    "ControlChange",
    "Done",
    "Key",
    "LyricsRequest",
    "Master",
    "Metre",
    "MixSettings",
    "Note",
    "PitchBend",
    "Role",
    "SectionPlan",
    "SectionSeed",
    "SongPlan",
    "SongReport",
    "SongRequest",
    "SoundBank",
    "StageName",
    "Stem",
    "Stems",
    "StripSettings",
    "Syllable",
    "TempoPoint",
    "Track",
    "TrackMix",
    "TrackPlan",
]

Artifact = SongPlan | Composition | Arrangement | Stems | Master
"""What a stage leaves."""


@dataclass(frozen=True, slots=True)
class Done:
    """Artifacts of stages that need not run again."""

    plan: SongPlan | None = None
    composition: Composition | None = None
    arrangement: Arrangement | None = None
    stems: Stems | None = None
