"""Instruments that were asked for or ruled out."""

from dataclasses import dataclass

from backend.errors import InvalidInput
from backend.pipeline.artifacts import Role, SongRequest
from backend.pipeline.planning.understanding.wishes import InstrumentWish, Wishes
from backend.pipeline.theory.instruments import FAMILIES, INSTRUMENTS, named

DRUM_WORDS = frozenset({"drums", "drum kit", "drum machine", "beat", "drum"})

PIECES = {
    "kick": "K", "snare": "S R", "hi_hat": "H P O", "cymbals": "A D", "claps": "C", "congas": "CO",
    "bongos": "BO", "timbales": "TI", "shaker": "SH", "tambourine": "TB", "cowbell": "CB",
}  # fmt: skip
"""Pieces that can be ruled out one by one, with the voices of the drums that they are."""
HANDS = {
    "congas": "CO", "bongos": "BO", "timbales": "TI", "shaker": "SH", "tambourine": "TB",
    "cowbell": "CB", "hand claps": "C",
}  # fmt: skip
"""Hand percussion by the name of its player, with the voice of the drums that it is."""
_KIT = frozenset({"kick", "snare", "hi_hat"})
"""Without any of these there is no drummer."""


@dataclass(frozen=True, slots=True)
class Player:
    """An instrument that must be heard."""

    name: str
    role: Role
    """The role it takes when the style has no seat for it."""
    programs: tuple[int, ...]
    """Best first; empty for drums and percussion."""
    is_solo: bool = False


@dataclass(frozen=True, slots=True)
class Excluded:
    """What must not be heard."""

    programs: frozenset[int]
    drums: bool
    percussion: bool
    voices: tuple[str, ...] = ()
    """Voices of the drums that stay silent while the others play."""


def wanted_players(
    request: SongRequest, wishes: Wishes, asked: dict[str, str]
) -> tuple[Player, ...]:
    """Return the instruments that were asked for; fields win over the prompt.

    Raises
    ------
    InvalidInput
        If a field names what is not an instrument.
    """
    if request.instruments:
        players = tuple(
            _from_field(name, "style.instruments") for name in request.instruments if name.strip()
        )
    else:
        players = tuple(_from_wish(wish) for wish in wishes.instruments)
    if players:
        asked["instruments"] = ", ".join(player.name for player in players)
    return players


def excluded_programs(request: SongRequest, wishes: Wishes, asked: dict[str, str]) -> Excluded:
    """Return what was ruled out, by field or prompt.

    Raises
    ------
    InvalidInput
        If a field names what is not an instrument, or one that is wanted in another field.
    """
    names: list[str] = []
    programs: set[int] = set()
    drums, percussion = wishes.no_drums, wishes.no_drums
    for text in filter(str.strip, request.without_instruments):
        player = _from_field(text, "style.withoutInstruments")
        names.append(player.name)
        programs.update(FAMILIES.get(text.strip().lower(), player.programs))
        drums |= player.role is Role.DRUMS
        percussion |= player.role in {Role.DRUMS, Role.PERCUSSION}
    asked_for = {text.strip().lower() for text in request.instruments}
    clash = asked_for & {text.strip().lower() for text in request.without_instruments}
    if clash:
        raise InvalidInput(
            f"'{min(clash)}' is asked for and ruled out at once; keep it in one of the lists.",
            field="style.withoutInstruments",
        )
    names += (wish.name for wish in wishes.without)
    programs.update(program for wish in wishes.without for program in wish.programs)
    struck = {wish.id for wish in wishes.without if wish.is_drums}
    drums |= struck >= _KIT
    percussion |= bool(struck - PIECES.keys())
    if wishes.no_drums and "drums" not in names:
        names.append("drums")
    if request.instruments:
        wanted = {program for text in request.instruments for program in named(text)[2]}
        programs -= wanted
    if names:
        asked["without"] = ", ".join(dict.fromkeys(names))
    voices = sorted(voice for piece in struck & PIECES.keys() for voice in PIECES[piece].split())
    return Excluded(frozenset(programs), drums, percussion, tuple(voices))


def _from_field(text: str, field: str) -> Player:
    try:
        name, role, programs = named(text)
    except ValueError as error:
        raise InvalidInput(str(error), field=field) from error
    return Player(name, role, programs)


def _from_wish(wish: InstrumentWish) -> Player:
    if wish.is_drums:
        kit = any(word in wish.name.lower() for word in DRUM_WORDS)
        return Player(wish.name, Role.DRUMS if kit else Role.PERCUSSION, ())
    role = Role.LEAD
    programs = wish.programs or (53,)
    for text in (wish.name, wish.id, INSTRUMENTS[programs[0]].name):
        try:
            role = named(text)[1]
        except ValueError:
            continue
        break
    return Player(wish.name, role, programs, wish.is_solo)
