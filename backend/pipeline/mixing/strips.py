"""What each role's channel strip does: equaliser, compressor, place and sends."""

from dataclasses import dataclass

from backend.pipeline.artifacts import Role
from backend.pipeline.mixing.chain import Chain
from backend.pipeline.mixing.dynamics import NO_COMPRESSOR, compressor
from backend.pipeline.mixing.filters import bell, cascade_of, high_pass, high_shelf

NOMINAL_LUFS = -20.0
"""Loudness at the strip's input, so that thresholds mean the same for every sound."""

OFF_DB = -120.0

_AIR_HZ, _AIR_Q = 8000.0, 0.7
_DRIVE_MAKEUP = -0.8
"""Decibels of gain after the saturation for each decibel before it."""


@dataclass(frozen=True, slots=True)
class Squeeze:
    """Settings of a compressor."""

    threshold_db: float
    ratio: float
    attack_ms: float
    release_ms: float


@dataclass(frozen=True, slots=True)
class Strip:
    """One channel of the mixer, by role."""

    level_lufs: float
    """How loud the track stands in the mix."""
    high_pass_hz: float
    bells: tuple[tuple[float, float, float], ...] = ()
    """(Hz, dB, Q)."""
    air_db: float = 0.0
    """A shelf from 8 kHz upwards."""
    squeeze: Squeeze | None = None
    drive_db: float = 0.0
    pan: float = 0.0
    """Where the first track of the role sits; the second mirrors it."""
    room_db: float = OFF_DB
    hall_db: float = OFF_DB
    echo_db: float = OFF_DB
    duck: float = 0.0
    """Share of the style's ducking under the kick."""


STRIPS: dict[Role, Strip] = {
    Role.DRUMS: Strip(
        -19.0,
        28,
        ((60, 2.0, 0.9), (380, -3.0, 1.0)),
        2.0,
        Squeeze(-14, 2.5, 12, 90),
        room_db=-16,
        hall_db=-30,
    ),
    Role.PERCUSSION: Strip(-27.0, 120, (), 1.5, pan=0.3, room_db=-14, hall_db=-24),
    Role.BASS: Strip(
        -22.0,
        32,
        ((90, 1.5, 0.8), (260, -2.5, 1.0), (900, 1.5, 0.8)),
        0.0,
        Squeeze(-18, 4, 12, 120),
        drive_db=3.0,
        duck=0.8,
    ),
    Role.KEYS: Strip(
        -25.0,
        90,
        ((320, -2.0, 1.0),),
        1.5,
        Squeeze(-16, 2, 18, 160),
        pan=-0.15,
        room_db=-16,
        hall_db=-18,
        duck=0.6,
    ),
    Role.GUITAR: Strip(
        -26.0,
        110,
        ((300, -1.5, 1.0), (3000, 1.5, 1.0)),
        0.5,
        Squeeze(-16, 2.5, 12, 120),
        pan=0.35,
        room_db=-14,
        hall_db=-22,
        duck=0.3,
    ),
    Role.PAD: Strip(
        -29.0,
        170,
        ((400, -2.5, 0.8), (2500, -1.5, 0.8)),
        2.0,
        hall_db=-10,
        duck=1.0,
    ),
    Role.STRINGS: Strip(
        -27.0,
        130,
        ((350, -1.5, 0.9),),
        1.0,
        pan=-0.1,
        room_db=-18,
        hall_db=-12,
        duck=0.6,
    ),
    Role.BRASS: Strip(
        -26.0,
        110,
        ((1200, -1.5, 1.0),),
        1.0,
        Squeeze(-16, 2.5, 12, 140),
        pan=0.2,
        room_db=-14,
        hall_db=-15,
        duck=0.3,
    ),
    Role.ARP: Strip(
        -28.0,
        200,
        ((2500, -1.0, 0.8),),
        1.5,
        pan=0.35,
        hall_db=-14,
        echo_db=-14,
        duck=0.6,
    ),
    Role.LEAD: Strip(
        -22.0,
        140,
        ((2600, 1.5, 0.9),),
        1.0,
        Squeeze(-16, 3, 10, 130),
        room_db=-18,
        hall_db=-16,
        echo_db=-18,
        duck=0.2,
    ),
    Role.COUNTER: Strip(
        -26.0,
        150,
        ((400, -1.0, 1.0),),
        0.5,
        Squeeze(-16, 2.5, 12, 140),
        pan=-0.3,
        hall_db=-14,
        echo_db=-22,
        duck=0.3,
    ),
    Role.EFFECTS: Strip(-30.0, 60, hall_db=-14),
}


def chain(strip: Strip, input_gain_db: float) -> Chain:
    """Return the strip's processors.

    Parameters
    ----------
    strip : Strip
        The settings.
    input_gain_db : float
        Brings the track to ``NOMINAL_LUFS``.
    """
    filters = [high_pass(strip.high_pass_hz), *(bell(*settings) for settings in strip.bells)]
    if strip.air_db:
        filters.append(high_shelf(_AIR_HZ, strip.air_db, _AIR_Q))
    squeeze = strip.squeeze
    return Chain(
        gain=10 ** (input_gain_db / 20),
        cascade=cascade_of(filters),
        drive_db=strip.drive_db,
        makeup_db=_DRIVE_MAKEUP * strip.drive_db,
        compressor=NO_COMPRESSOR
        if squeeze is None
        else compressor(squeeze.threshold_db, squeeze.ratio, squeeze.attack_ms, squeeze.release_ms),
    )
