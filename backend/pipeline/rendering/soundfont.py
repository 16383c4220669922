"""One track played by the sound bank."""

from backend.errors import StageFailed
from backend.pipeline.artifacts import Track
from backend.pipeline.rendering.events import Event, Kind, events
from backend.pipeline.rendering.fluidsynth import BLOCK, Synth
from backend.pipeline.rendering.presets import Preset
from backend.pipeline.rendering.tape import Advance, Recorder, Tape
from backend.pipeline.theory.tempo_map import TempoMap


def play(
    name: str,
    track: Track,
    tempo: TempoMap,
    preset: Preset,
    bank_path: str,
    tape: Tape,
    advance: Advance,
) -> None:
    """Render a track with a fresh synth.

    Parameters
    ----------
    name : str
        The track's, for messages.
    track : Track
        What to play.
    tempo : TempoMap
        Where beats lie in time.
    preset : Preset
        The bank's preset to play with.
    bank_path : str
        The SoundFont.
    tape : Tape
        Gets the sound.
    advance : callable
        Told of the frames as they are done.

    Raises
    ------
    StageFailed
        If the preset cannot be loaded: the file is damaged.
    """
    with Synth(bank_path) as synth:
        if not synth.select(preset.bank, preset.program):
            raise StageFailed(
                f"The sound bank's preset “{preset.name}” for “{name}” cannot be loaded; "
                "the SoundFont file seems to be damaged.",
                stage="rendering",
            )
        recorder, frames = Recorder(synth, tape, advance), tape.audio.shape[1]
        for event in events(track, tempo, BLOCK):
            if event.frame >= frames:
                break
            recorder.play_to(event.frame)
            _tell(synth, event)
        recorder.play_to(frames)
        recorder.leave()


def _tell(synth: Synth, event: Event) -> None:
    match event.kind:
        case Kind.NOTE_ON:
            synth.note_on(event.number, int(event.value))
        case Kind.NOTE_OFF:
            synth.note_off(event.number)
        case Kind.CONTROL:
            synth.control(event.number, int(event.value))
        case Kind.BEND:
            synth.bend(event.value)
