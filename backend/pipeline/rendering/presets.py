"""Which preset of the sound bank plays a track, and what stands in when it lacks one."""

from dataclasses import dataclass

from backend.errors import StageFailed
from backend.pipeline.artifacts import TrackPlan

DRUM_BANK = 128
_FAMILY = 8


@dataclass(frozen=True, slots=True)
class Preset:
    """One preset of a sound bank."""

    bank: int
    program: int
    name: str
    is_substitute: bool = False
    """Whether the bank lacks the wanted one and this is the nearest."""


def choose_preset(available: dict[tuple[int, int], str], track: TrackPlan) -> Preset:
    """Return the track's preset, or the nearest the bank has.

    General MIDI orders its programs in families of eight (pianos, organs, basses …); a missing
    program is played by its own family first, then by the bank's first melodic preset.

    Parameters
    ----------
    available : dict
        Names of the bank's presets by (bank number, program).
    track : TrackPlan
        What is to be played.

    Raises
    ------
    StageFailed
        If the bank has nothing that could play the track.
    """
    bank = DRUM_BANK if track.is_drums else 0
    wanted = (bank, track.program)
    if wanted in available:
        return Preset(*wanted, available[wanted])
    candidates = [place for place in sorted(available) if (place[0] == DRUM_BANK) == track.is_drums]
    if not candidates:
        kind = "drum kit" if track.is_drums else "melodic instrument"
        raise StageFailed(
            f"The sound bank has no {kind} for “{track.name}”; choose a General MIDI SoundFont.",
            stage="rendering",
        )
    family = track.program // _FAMILY
    nearest = min(candidates, key=lambda place: (place[1] // _FAMILY != family, place))
    return Preset(*nearest, available[nearest], is_substitute=True)
