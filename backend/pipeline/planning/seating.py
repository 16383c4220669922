"""Who plays in which section, where the prompt says so."""

from collections.abc import Sequence

from backend.pipeline.artifacts import Role, TrackPlan
from backend.pipeline.planning.players import DRUM_WORDS
from backend.pipeline.planning.understanding.wishes import InstrumentWish, Place, Presence
from backend.pipeline.styles.kinds import family, label
from backend.pipeline.styles.patterns import FormStep

Form = tuple[FormStep, ...]


def obeyed(
    places: Sequence[Place], tracks: Sequence[TrackPlan], form: Form, lineup: Sequence[set[str]]
) -> list[set[str]]:
    """Change the line-up as the places say, in their order.

    Parameters
    ----------
    lineup : sequence of set of str
        For every section the ids of the tracks that play; changed here.

    Returns
    -------
    list of set of str
        For every section who must be silent there.
    """
    silent: list[set[str]] = [set() for _ in form]
    for place in places:
        players = {track.id for track in tracks if _is_meant(track, place.instrument)}
        where = sections_of(place, form)
        if not players or not where:
            continue
        for index in range(len(form)):
            if _plays(place.presence, index, where):
                lineup[index] |= players
                silent[index] -= players
            elif _rests(place.presence, index, where):
                silent[index] |= players
        if place.presence is Presence.ALONE:
            _leave_alone(places, tracks, form, where, silent)
    for ids, resting in zip(lineup, silent, strict=True):
        ids.difference_update(resting)
    return silent


def _plays(presence: Presence, index: int, where: Sequence[int]) -> bool:
    if presence is Presence.FROM:
        return index == where[0]
    return presence is not Presence.ABSENT and index in where


def _rests(presence: Presence, index: int, where: Sequence[int]) -> bool:
    if presence is Presence.FROM:
        return index < where[0]
    return (presence is Presence.ABSENT and index in where) or (
        presence is Presence.ONLY and index not in where
    )


def _leave_alone(
    places: Sequence[Place], tracks: Sequence[TrackPlan], form: Form, where: Sequence[int],
    silent: Sequence[set[str]],
) -> None:  # fmt: skip
    """Silence everybody in sections who is not said to play alone there."""
    for index in where:
        alone = [p for p in places if p.presence in {Presence.ALONE, Presence.THERE}
                 and index in sections_of(p, form)]  # fmt: skip
        silent[index] |= {
            track.id
            for track in tracks
            if not any(_is_meant(track, place.instrument) for place in alone)
        }


def sections_of(place: Place, form: Form) -> list[int]:
    """Return the indices of the sections that a place speaks of; none when there are none."""
    if place.section in {"start", "end"}:
        return [0 if place.section == "start" else len(form) - 1]
    named = [i for i, step in enumerate(form) if step.name == place.section]
    found = named or [i for i, s in enumerate(form) if family(s.name) == family(place.section)]
    if place.number is None:
        return found
    return found[place.number - 1 :][:1] if place.number > 0 else found[-1:]


def _is_meant(track: TrackPlan, instrument: InstrumentWish) -> bool:
    if not instrument.is_drums:
        return not track.is_drums and track.program in instrument.programs
    if any(word in instrument.name.lower() for word in DRUM_WORDS):
        return track.role is Role.DRUMS or (instrument.id == "drums" and track.is_drums)
    return track.role is Role.PERCUSSION


def unmet(places: Sequence[Place], form: Form) -> list[str]:
    """Return notes about places that the form does not have."""
    return [
        f"This form has no such part, so this could not be done: {place}."
        for place in places
        if not sections_of(place, form)
    ] + [
        f"In this form, “{place.section}” was taken as {label(form[where[0]].name)}."
        for place in places
        if (where := sections_of(place, form))
        and place.section not in {"start", "end", form[where[0]].name}
    ]
