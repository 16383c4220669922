"""What hands play on an instrument that was asked for where the style has no part for it.

Each part is a short figure of its own tradition, laid over the pulses of the bar: the cowbell keeps
the pulse, tambourine and claps mark the back-beats, congas answer them with an open tone before the
next pulse (tumbao), bongos roll in eighths (martillo), timbales tap the shell between pulses.
"""

from backend.pipeline.arrangement.odd_metres import Lines
from backend.pipeline.artifacts import Metre
from backend.pipeline.theory.metre import Hit, Pulse, pulses

_REST = "."
_FIGURES = {
    "CB": ("xo", ""), "TB": ("ox", "g"), "C": (".x", ""), "CO": (".x", ".o"), "BO": ("xo", "go"),
    "TI": ("x.", "ox"), "SH": ("x", "o"),
}  # fmt: skip
"""Per voice: accents of the pulses, and of the last eighth of each pulse; both go round."""


def asked_lines(metre: Metre, voices: tuple[str, ...]) -> Lines:
    """Return a bar for each voice that was asked for."""
    return {voice: tuple(_figure(metre, *_FIGURES[voice])) for voice in voices}


def _figure(metre: Metre, on_pulses: str, between: str) -> list[Hit]:
    hits = []
    for place, pulse in enumerate(pulses(metre)):
        hits += _hit(on_pulses, place, pulse.start)
        hits += _hit(between, place, _last_eighth(pulse))
    return hits


def _hit(accents: str, place: int, at: float) -> list[Hit]:
    accent = accents[place % len(accents)] if accents else _REST
    return [] if accent == _REST else [Hit(at, 0.5, accent)]


def _last_eighth(pulse: Pulse) -> float:
    return pulse.start + pulse.length - 0.5
