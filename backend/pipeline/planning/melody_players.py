"""Who carries the melody, and the chords below it."""

from dataclasses import replace

from backend.pipeline.artifacts import Role
from backend.pipeline.planning.brief import Brief
from backend.pipeline.planning.players import Player
from backend.pipeline.progress import StageContext
from backend.pipeline.styles.model import Seat
from backend.pipeline.theory.instruments import MONOPHONIC

_CHORDAL = frozenset(("comp", "arp", "pad"))
"""Parts that carry the chords."""

_SPARE_LEADS = (73, 40, 11, 0, 65, 80, 24, 48)


def with_melody(
    filled: list[tuple[Seat, Player | None]], brief: Brief, context: StageContext
) -> list[tuple[Seat, Player | None]]:
    """Make sure that somebody plays the melody and, where it can be, the chords."""
    filled = [(replace(s, programs=s.programs[:1]), player) for s, player in filled]
    if any(seat.part == "lead" for seat, _ in filled):
        return _accompanied(filled) if brief.only_wanted else filled
    if brief.only_wanted and not filled:
        return filled
    order = ("counter", "arp", "comp", "brass", "pad", "bass")
    melodic = sorted(filled, key=lambda item: order.index(item[0].part)
                     if item[0].part in order else len(order))  # fmt: skip
    if brief.only_wanted:
        seat, player = melodic[0]
        lead = replace(seat, role=Role.LEAD, part="lead", energy=0.0, slot="lead")
        alone = len(filled) == 1
        others = filled if alone else [item for item in filled if item[0] is not seat]
        return [(lead, player), *_harmonised(others)]
    rng = context.generator("band", "spare lead")
    spare = [program for program in _SPARE_LEADS if program not in brief.excluded]
    program = spare[int(rng.integers(min(3, len(spare))))] if spare else 0
    return [(Seat("lead", Role.LEAD, "lead", (program,), 0.0, 1.0), None), *filled]


def _accompanied(
    filled: list[tuple[Seat, Player | None]],
) -> list[tuple[Seat, Player | None]]:
    """Let a soloist who can play chords accompany himself: a solo piano has two hands."""
    seat, player = next(item for item in filled if item[0].part == "lead")
    if seat.programs[0] in MONOPHONIC or any(other.part in _CHORDAL for other, _ in filled):
        return filled
    role = player.role if player and player.role in {Role.KEYS, Role.GUITAR} else Role.KEYS
    return [*filled, (replace(seat, role=role, part="comp", slot="comp", energy=0.0), player)]


def _harmonised(
    filled: list[tuple[Seat, Player | None]],
) -> list[tuple[Seat, Player | None]]:
    """Let an instrument that can play chords do so when nobody else does."""
    if any(seat.part in _CHORDAL for seat, _ in filled):
        return filled
    for place, (seat, player) in enumerate(filled):
        if seat.programs[0] not in MONOPHONIC and seat.part != "bass":
            chords = replace(seat, role=Role.KEYS, part="comp", energy=0.0)
            return [*filled[:place], (chords, player), *filled[place + 1 :]]
    return filled
