"""The settings of the drum machines."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Kick:
    """A sine that falls in pitch, with a click."""

    hz: float = 50.0
    start_hz: float = 180.0
    fall_seconds: float = 0.035
    seconds: float = 0.35
    click: float = 0.3
    drive: float = 1.5


@dataclass(frozen=True, slots=True)
class Snare:
    """Two tones of the skin and the rattle of the wires."""

    hz: float = 185.0
    tone_seconds: float = 0.09
    noise_seconds: float = 0.16
    noise: float = 0.7
    """Share of the wires."""
    low_hz: float = 900.0
    high_hz: float = 9500.0
    gate_seconds: float = 0.0
    """Length of a gated room behind it."""


@dataclass(frozen=True, slots=True)
class Hat:
    """Metal: square waves out of tune and noise, high-passed."""

    closed_seconds: float = 0.045
    open_seconds: float = 0.3
    crash_seconds: float = 1.3
    metal: float = 0.6
    """Share of the square waves; the rest is noise."""
    high_pass_hz: float = 7500.0


@dataclass(frozen=True, slots=True)
class Kit:
    """One drum machine."""

    kick: Kick = field(default_factory=Kick)
    snare: Snare = field(default_factory=Snare)
    hat: Hat = field(default_factory=Hat)
    clap_seconds: float = 0.1
    tom_hz: float = 130.0
    tom_seconds: float = 0.28
    drive: float = 0.0
    """Saturation of the whole kit."""
    bits: int = 0
    """Resolution of an old sampler; 0 for full."""
    low_pass_hz: float = 14_000.0


KITS: dict[str, Kit] = {
    "kit_808": Kit(
        Kick(47, 110, 0.02, 0.75, 0.15, 1.2),
        Snare(178, 0.12, 0.13, 0.55, 1200, 9000),
        Hat(0.04, 0.35, 1.0, 0.9, 7000),
        clap_seconds=0.12,
        tom_hz=110,
        tom_seconds=0.4,
    ),
    "kit_909": Kit(
        Kick(52, 230, 0.028, 0.32, 0.45, 2.4),
        Snare(200, 0.08, 0.18, 0.7, 1000, 11_000),
        Hat(0.05, 0.38, 1.6, 0.45, 7800),
        clap_seconds=0.11,
        tom_hz=120,
        tom_seconds=0.3,
        drive=0.15,
    ),
    "kit_techno": Kit(
        Kick(49, 260, 0.03, 0.4, 0.55, 4.5),
        Snare(190, 0.07, 0.14, 0.75, 1400, 10_000),
        Hat(0.035, 0.26, 1.4, 0.5, 8200),
        clap_seconds=0.13,
        drive=0.4,
    ),
    "kit_trap": Kit(
        Kick(50, 160, 0.025, 0.3, 0.5, 2.6),
        Snare(210, 0.07, 0.15, 0.75, 1500, 12_000),
        Hat(0.03, 0.3, 1.2, 0.75, 8500),
        clap_seconds=0.14,
        tom_hz=100,
        tom_seconds=0.4,
        drive=0.25,
    ),
    "kit_lofi": Kit(
        Kick(56, 140, 0.03, 0.22, 0.2, 1.6),
        Snare(195, 0.08, 0.11, 0.6, 700, 5500),
        Hat(0.04, 0.2, 0.9, 0.35, 5500),
        clap_seconds=0.09,
        drive=0.35,
        bits=11,
        low_pass_hz=8500,
    ),
    "kit_break": Kit(
        Kick(62, 190, 0.02, 0.18, 0.5, 2.0),
        Snare(225, 0.1, 0.17, 0.6, 700, 10_500),
        Hat(0.05, 0.24, 1.3, 0.3, 6200),
        tom_hz=140,
        drive=0.5,
        bits=12,
        low_pass_hz=13_000,
    ),
    "kit_synthwave": Kit(
        Kick(54, 170, 0.03, 0.26, 0.4, 2.0),
        Snare(175, 0.13, 0.2, 0.6, 600, 9000, gate_seconds=0.28),
        Hat(0.05, 0.3, 1.6, 0.4, 7000),
        clap_seconds=0.13,
        tom_hz=105,
        tom_seconds=0.5,
        drive=0.2,
    ),
    "kit_chip": Kit(
        Kick(60, 420, 0.025, 0.14, 0.1, 3.5),
        Snare(240, 0.03, 0.11, 0.95, 500, 14_000),
        Hat(0.025, 0.12, 0.5, 0.0, 5000),
        clap_seconds=0.06,
        tom_hz=160,
        tom_seconds=0.14,
        bits=6,
    ),
}
"""Names to kits."""
