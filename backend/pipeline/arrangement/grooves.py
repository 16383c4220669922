"""The drum groove of a section, voice by voice; the bass listens to its kick."""

from functools import cache

from backend.pipeline.arrangement.odd_metres import Lines, marked
from backend.pipeline.arrangement.scene import Scene
from backend.pipeline.artifacts import Metre
from backend.pipeline.styles.kinds import matching
from backend.pipeline.styles.model import Groove, Style
from backend.pipeline.theory.metre import Hit, transplant

TIMEKEEPERS = frozenset(("H", "D", "SH", "GU", "CA", "TB"))
"""Voices that keep every eighth going in compound metres."""

KEYS = {
    "K": 36, "S": 38, "R": 37, "C": 39, "H": 42, "P": 44, "O": 46, "D": 51, "A": 49, "T1": 50,
    "T2": 47, "T3": 43, "SH": 70, "TB": 54, "CB": 56, "CL": 75, "CO": 63, "BO": 60, "AG": 67,
    "CA": 69, "TI": 65, "GU": 73,
}  # fmt: skip
"""General MIDI drum keys of the voices."""


def groove_of(scene: Scene) -> Groove | None:
    """Return the style's groove for a section, or none when it has no drums."""
    return _chosen(scene.genre, scene.section.name, scene.metre)


def _chosen(genre: Style, kind: str, metre: Metre) -> Groove | None:
    special = genre.drums.get(f"{kind} {metre}")
    if special is not None:
        return special
    plain = {name: groove for name, groove in genre.drums.items() if " " not in name}
    name = matching(kind, plain)
    if name is None:
        return None
    native = next(
        (g for n, g in genre.drums.items() if n.endswith(f" {metre}") and plain[name].lines), None
    )
    return native or plain[name]


def bar_lines(scene: Scene, bar: int) -> Lines:
    """Return what each drum voice plays in a bar of the section, in the song's metre."""
    groove = groove_of(scene)
    if groove is None:
        return {}
    pulse = scene.plan.pulse
    lines = {
        voice: _paced(groove.bars(voice), bar, groove.native, scene.metre, voice, pulse)
        for voice in groove.lines
    }
    return lines if pulse or groove.native == scene.metre else marked(lines, scene.metre, bar)


@cache
def _paced(
    bars: tuple[tuple[Hit, ...], ...], bar: int, native: Metre, metre: Metre, voice: str, pulse: str
) -> tuple[Hit, ...]:
    """Return a voice's bar at the pace of the drums: timekeepers stay, kick and snare move."""
    if voice in TIMEKEEPERS or not pulse:
        return _moved(bars, bar, native, metre, voice)
    length = metre.bar_beats
    if pulse == "half-time":
        hits = _moved(bars, bar // 2, native, metre, voice)
        shift = length * (bar % 2)
        slow = (Hit(hit.at * 2 - shift, hit.length, hit.value) for hit in hits)
        return tuple(hit for hit in slow if -1e-6 <= hit.at < length - 1e-6)
    hits = _moved(bars, bar, native, metre, voice)
    return tuple(
        Hit(hit.at / 2 + half * length / 2, hit.length / 2, hit.value)
        for half in range(2)
        for hit in hits
    )


@cache
def _moved(
    bars: tuple[tuple[Hit, ...], ...], bar: int, native: Metre, metre: Metre, voice: str
) -> tuple[Hit, ...]:
    hits = bars[bar % len(bars)]
    return transplant(hits, native, metre, keeps_time=voice in TIMEKEEPERS, sustains=False)


def kicks(scene: Scene, bar: int) -> tuple[float, ...]:
    """Return the places of the kick in a bar."""
    return tuple(hit.at for hit in bar_lines(scene, bar).get("K", ()))
