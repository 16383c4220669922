"""Patterns of two bars for fives and sevens: the first marks the groups, the second leads home.

Metres of unequal groups (aksak, after Brailoiu 1952) are danced on the beginnings of the groups;
drummers mark them and turn around in the last group of every second bar.
"""

from backend.pipeline.artifacts import Metre
from backend.pipeline.theory.metre import Hit, group_starts

Lines = dict[str, tuple[Hit, ...]]

EIGHTH = 0.5


def marked(lines: Lines, metre: Metre, bar: int) -> Lines:
    """Return a drummer's bar whose kick and snare mark every group.

    Only every second bar kicks on the last eighth, and whispers on the snare before it.
    """
    if not metre.grouping or not lines.get("K"):
        return lines
    struck = {hit.at for voice in ("K", "S", "R", "C") for hit in lines.get(voice, ())}
    kicks = [Hit(at, EIGHTH, "o") for at in group_starts(metre) if at not in struck]
    ghosts: list[Hit] = []
    home = metre.bar_beats - EIGHTH
    played = tuple(hit for hit in lines["K"] if hit.at < home - 1e-6)
    if bar % 2:
        kicks.append(Hit(home, EIGHTH, "o"))
        ghosts.append(Hit(metre.bar_beats - 2 * EIGHTH, EIGHTH, "g"))
    return {**lines, "K": _with(played, kicks), **_ghosted(lines, ghosts)}


def _ghosted(lines: Lines, ghosts: list[Hit]) -> Lines:
    return {"S": _with(lines["S"], ghosts)} if lines.get("S") else {}


def _with(hits: tuple[Hit, ...], more: list[Hit]) -> tuple[Hit, ...]:
    taken = {hit.at for hit in hits}
    return tuple(sorted((*hits, *(hit for hit in more if hit.at not in taken)), key=_place))


def _place(hit: Hit) -> float:
    return hit.at


def hands(metre: Metre, bar: int) -> Lines:
    """Return congas and shaker: an open tone on every group, soft bongos between.

    Every second bar turns the last group around: its open tone comes on the last eighth.
    """
    starts = group_starts(metre)
    places = [place * EIGHTH for place in range(round(metre.bar_beats / EIGHTH))]
    tones = {*starts}
    if bar % 2:
        tones = {*starts[:-1], places[-1]}
    return {
        "SH": tuple(Hit(at, EIGHTH, "x" if at in starts else "g") for at in places),
        "CO": tuple(Hit(at, EIGHTH, "x") for at in places if at in tones),
        "BO": tuple(Hit(at, EIGHTH, "g") for at in places if at not in tones),
    }
