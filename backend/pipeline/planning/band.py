"""Who plays: the instruments of the song and the sections each of them plays in."""

from dataclasses import dataclass, replace

from backend.pipeline.artifacts import Role, TrackPlan
from backend.pipeline.planning.brief import Brief
from backend.pipeline.planning.melody_players import with_melody
from backend.pipeline.planning.palette import VOICE_NAMES, program_of, voice_of
from backend.pipeline.planning.players import HANDS, Player
from backend.pipeline.planning.seating import obeyed
from backend.pipeline.planning.understanding.wishes import Place
from backend.pipeline.progress import StageContext
from backend.pipeline.styles.kinds import family
from backend.pipeline.styles.model import Seat
from backend.pipeline.styles.patterns import FormStep
from backend.pipeline.theory.instruments import INSTRUMENTS, MONOPHONIC

PARTS = {
    Role.LEAD: "lead", Role.COUNTER: "counter", Role.KEYS: "comp", Role.GUITAR: "comp",
    Role.PAD: "pad", Role.STRINGS: "pad", Role.BRASS: "brass", Role.ARP: "arp",
    Role.BASS: "bass", Role.EFFECTS: "effects", Role.PERCUSSION: "pedal",
}  # fmt: skip

PERCUSSION_VOICES = frozenset(("SH", "TB", "CO", "BO", "CB", "CL", "AG", "CA", "TI", "GU"))
"""Drum voices that a percussionist plays, not the drummer."""

ANY_BASS = frozenset(range(32, 40))
"""Excluding all of these means: no bass, whatever instrument would play it."""


@dataclass(frozen=True, slots=True)
class Chair:
    """A track and when it plays."""

    track: TrackPlan
    energy: float
    """It plays in sections of at least this energy."""
    wanted: bool


def hire(brief: Brief, context: StageContext) -> tuple[Chair, ...]:
    """Return the band: the style's seats, changed by what was asked for and ruled out."""
    seats = _seats(brief, context)
    chairs = _drum_chairs(brief)
    taken = {chair.track.id: 1 for chair in chairs}
    chordal = 0
    for drawn, player in seats:
        chordal += drawn.part == "comp"
        later = drawn.part == "comp" and chordal == 2 and player is None
        seat = replace(drawn, energy=max(drawn.energy, 0.48)) if later else drawn
        count = taken[seat.role.value] = taken.get(seat.role.value, 0) + 1
        track_id = seat.role.value if count == 1 else f"{seat.role.value}-{count}"
        instrument = INSTRUMENTS[seat.programs[0]]
        voice = voice_of(seat, is_wish=player is not None)
        name = instrument.name if player is not None else VOICE_NAMES.get(voice, instrument.name)
        track = TrackPlan(
            id=track_id,
            name=_shown(name, seat),
            role=seat.role,
            instrument=instrument.name,
            program=instrument.program,
            voice=voice,
        )
        chairs.append(Chair(track, seat.energy, player is not None))
    return tuple(sorted(chairs, key=lambda chair: list(Role).index(chair.track.role)))


def _shown(name: str, seat: Seat) -> str:
    title = name if name[:2] == "FM" else name[:1].upper() + name[1:]
    if seat.part == "lead" and seat.programs[0] not in MONOPHONIC:
        return f"{title} (melody)"
    return title


def _seats(brief: Brief, context: StageContext) -> list[tuple[Seat, Player | None]]:
    """Return the pitched seats with a single program each, and who was wanted for them."""
    wanted = [player for player in brief.wanted if player.programs]
    drawn = [] if brief.only_wanted else _drawn(brief, context)
    filled: list[tuple[Seat, Player | None]] = []
    for player in wanted:
        place = _seat_for(player, drawn)
        if place is None:
            filled.append((_new_seat(player), player))
        else:
            seat = drawn.pop(place)
            program = program_of(player.programs, seat)
            filled.append((replace(seat, programs=(program,), energy=_sooner(seat)), player))
    filled += [(seat, None) for seat in drawn]
    return with_melody(_without_doubles(filled), brief, context)


def _sooner(seat: Seat) -> float:
    """Let a wanted instrument come in early enough to be heard."""
    return min(seat.energy, 0.4)


def _drawn(brief: Brief, context: StageContext) -> list[Seat]:
    """Draw which optional seats the song has and one program for each."""
    seats = []
    for seat in brief.style.instruments:
        rng = context.generator("band", seat.slot)
        present, pick = rng.random() < seat.chance, rng.random()
        programs = [program for program in seat.programs if program not in brief.excluded]
        if seat.role is Role.BASS and brief.excluded.issuperset(ANY_BASS):
            continue
        if present and programs:
            place = min(int(pick * pick * len(programs)), len(programs) - 1)
            seats.append(replace(seat, programs=(programs[place], *programs)))
    return seats


def _seat_for(player: Player, seats: list[Seat]) -> int | None:
    """Return the seat that a wanted player takes: same instrument, else same role."""
    if player.is_solo:
        return next((i for i, seat in enumerate(seats) if seat.part == "lead"), None)
    for place, seat in enumerate(seats):
        if set(player.programs) & set(seat.programs):
            return place
    return next((i for i, seat in enumerate(seats) if seat.role is player.role), None)


def _new_seat(player: Player) -> Seat:
    role = Role.LEAD if player.is_solo else player.role
    part = PARTS.get(role, "comp")
    return Seat(player.name, role, part, player.programs[:1], 0.35, 1.0)


def _without_doubles(
    filled: list[tuple[Seat, Player | None]],
) -> list[tuple[Seat, Player | None]]:
    """Keep one seat per instrument and part; two leads make the second a counter-line."""
    kept: list[tuple[Seat, Player | None]] = []
    seen: set[tuple[int, str]] = set()
    has_lead = False
    for drawn, player in sorted(filled, key=lambda item: item[1] is None):
        seat = drawn
        if drawn.part == "lead" and has_lead:
            if player is None:
                continue
            seat = replace(drawn, role=Role.COUNTER, part="counter", energy=min(drawn.energy, 0.5))
        place = (seat.programs[0], seat.part)
        if place in seen:
            continue
        seen.add(place)
        has_lead |= seat.part == "lead"
        kept.append((seat, player))
    return kept


def _drum_chairs(brief: Brief) -> list[Chair]:
    style = brief.style
    voices = {voice for groove in style.drums.values() for voice in groove.lines}
    voices -= set(brief.silent_voices)
    wants_drums = any(player.role is Role.DRUMS for player in brief.wanted)
    wants_percussion = any(
        player.role is Role.PERCUSSION and not player.programs for player in brief.wanted
    )
    chairs = []
    kit = style.kit if style.kit is not None else 0
    usual = style.kit is not None and bool(voices - PERCUSSION_VOICES) and not brief.only_wanted
    if (usual or wants_drums) and not brief.no_drums:
        name = VOICE_NAMES.get(style.kit_voice, "Drums")
        track = TrackPlan(
            "drums", name, Role.DRUMS, "drum kit", kit, is_drums=True, voice=style.kit_voice,
            silent_voices=brief.silent_voices,
        )  # fmt: skip
        chairs.append(Chair(track, 0.3, wants_drums))
    usual = bool(voices & PERCUSSION_VOICES) and not brief.only_wanted and style.kit is not None
    if (usual or wants_percussion) and not brief.no_percussion:
        track = TrackPlan(
            "percussion", "Percussion", Role.PERCUSSION, "hand percussion", 0, is_drums=True,
            asked_voices=tuple(HANDS[p.name] for p in brief.wanted if p.name in HANDS),
            silent_voices=brief.silent_voices,
        )  # fmt: skip
        chairs.append(Chair(track, 0.4, wants_percussion))
    return chairs


def playing(
    chairs: tuple[Chair, ...], form: tuple[FormStep, ...], energy: tuple[float, ...], index: int
) -> tuple[str, ...]:
    """Return the ids of the tracks that play in a section."""
    step = form[index]
    level = energy[index]
    quiet_intro = step.name == "intro" and index == 0
    ids = []
    for chair in chairs:
        role = chair.track.role
        joins = level >= chair.energy - 0.01
        if role is Role.LEAD:
            joins = not quiet_intro and not (step.name == "build" and len(form) > 3)
        elif role is Role.DRUMS:
            joins = (joins and family(step.name) != "rest") or len(form) == 1
        elif role is Role.BASS:
            joins = joins and family(step.name) != "rest"
        elif family(step.name) == "frame" and role in {Role.COUNTER, Role.BRASS}:
            joins = joins and chair.wanted
        if joins:
            ids.append(chair.track.id)
    return _never_empty(_thinned(tuple(ids), chairs, level), chairs)


def _thinned(ids: tuple[str, ...], chairs: tuple[Chair, ...], level: float) -> tuple[str, ...]:
    """Leave room: the calmer the section, the fewer players of chords; wanted ones stay."""
    most = 2 if level < 0.5 else 3 if level < 0.92 else 4
    chordal = [
        chair
        for chair in chairs
        if chair.track.id in ids
        and chair.track.role in {Role.KEYS, Role.GUITAR, Role.ARP, Role.PAD, Role.STRINGS}
    ]
    ranked = sorted(chordal, key=lambda chair: (not chair.wanted, chair.energy))
    dropped = {chair.track.id for chair in ranked[most:] if not chair.wanted}
    return tuple(track_id for track_id in ids if track_id not in dropped)


def cast(
    chairs: tuple[Chair, ...],
    form: tuple[FormStep, ...],
    energy: tuple[float, ...],
    places: tuple[Place, ...] = (),
) -> tuple[tuple[Chair, ...], tuple[tuple[str, ...], ...]]:
    """Return the players who really play, and for each section their ids.

    Who was asked for is heard in the fuller half of the song at least; others who would never come
    in stay at home. What the prompt says about an instrument in a section comes last and wins.
    """
    lineup = [set(playing(chairs, form, energy, index)) for index in range(len(form))]
    fuller = sorted(energy)[len(energy) // 2]
    for chair in chairs:
        if chair.wanted and not any(chair.track.id in ids for ids in lineup):
            for index, ids in enumerate(lineup):
                if energy[index] >= fuller:
                    ids.add(chair.track.id)
    silenced = obeyed(places, tuple(chair.track for chair in chairs), form, lineup)
    for ids, silent in zip(lineup, silenced, strict=True):
        ids.update(_never_empty(tuple(ids), tuple(c for c in chairs if c.track.id not in silent)))
    present = tuple(chair for chair in chairs if any(chair.track.id in ids for ids in lineup))
    order = [chair.track.id for chair in present]
    return present, tuple(tuple(i for i in order if i in ids) for ids in lineup)


def _never_empty(ids: tuple[str, ...], chairs: tuple[Chair, ...]) -> tuple[str, ...]:
    """Add whoever usually comes in first to a section where nobody pitched would play."""
    pitched = [chair for chair in chairs if not chair.track.is_drums]
    if not pitched or any(chair.track.id in ids for chair in pitched):
        return ids or tuple(chair.track.id for chair in chairs[:1])
    harmonic = [chair for chair in pitched if chair.track.role is not Role.BASS] or pitched
    first = min(harmonic, key=lambda chair: (chair.track.role is Role.LEAD, chair.energy))
    return (*ids, first.track.id)
