"""Loading the styles that ship with the package, checked whole before any is used."""

from functools import cache
from importlib.resources import files

from pydantic import TypeAdapter

from backend.pipeline.artifacts import Key
from backend.pipeline.styles.blend import blended
from backend.pipeline.styles.model import Style
from backend.pipeline.styles.patterns import (
    bass_pattern,
    comping_pattern,
    form_steps,
    progression_bars,
)
from backend.pipeline.theory.chords import QUALITIES, roman_shape
from backend.pipeline.theory.metre import parse_metre
from backend.pipeline.theory.scales import MODES

_C_MAJOR = Key(0, "major", "C")


@cache
def all_styles() -> tuple[Style, ...]:
    """Return every style, ordered by id.

    Raises
    ------
    ValueError
        If a style's data is wrong; the message names the style.
    """
    adapter = TypeAdapter(Style)
    folder = files("backend.pipeline.styles") / "data"
    texts = sorted(
        (entry.name, entry.read_bytes())
        for entry in folder.iterdir()
        if entry.name.endswith(".json")
    )
    return tuple(_checked(adapter.validate_json(data)) for _, data in texts)


@cache
def style(style_id: str) -> Style:
    """Return the style with that id, or the blend of two ids joined by ``+``.

    Raises
    ------
    KeyError
        If there is none.
    """
    if "+" in style_id:
        first, second = style_id.split("+", 1)
        return blended(style(first), style(second))
    for candidate in all_styles():
        if candidate.id == style_id:
            return candidate
    raise KeyError(style_id)


def find_style(text: str) -> Style | None:
    """Return the style that a word names: its id, its name or one of its aliases."""
    word = " ".join(text.lower().replace("_", " ").replace("-", " ").split())
    for candidate in all_styles():
        names = (candidate.id, candidate.name, *candidate.aliases)
        if word in {" ".join(name.lower().replace("_", " ").replace("-", " ").split())
                    for name in names}:  # fmt: skip
            return candidate
    try:
        return style(text.strip()) if "+" in text else None
    except KeyError:
        return None


def _checked(candidate: Style) -> Style:
    try:
        _check_music(candidate)
        _check_patterns(candidate)
    except ValueError as error:
        raise ValueError(f"style {candidate.id}: {error}") from error
    return candidate


def _check_music(candidate: Style) -> None:
    low, typical, high = candidate.tempo
    if not 40 <= low <= typical <= high <= 240:
        raise ValueError("tempo must rise within 40 to 240")
    if set(candidate.modes) - set(MODES) or abs(sum(candidate.modes.values()) - 1) > 0.01:
        raise ValueError("modes must be known and sum to 1")
    if not 0.5 <= candidate.swing <= 0.67 or candidate.swing_grid not in {8, 16}:
        raise ValueError("swing must be 0.5 to 0.67 on a grid of 8 or 16")
    harmony = candidate.harmony
    if set(harmony.major + harmony.minor + harmony.dominant) - set(QUALITIES):
        raise ValueError("a colour is not a chord quality")
    for options in candidate.progressions.values():
        for option in options:
            for bar in progression_bars(option):
                for token in bar:
                    roman_shape(token, _C_MAJOR)


def _check_patterns(candidate: Style) -> None:
    for metre in candidate.metres:
        parse_metre(metre)
    for form in candidate.forms:
        form_steps(form)
    for groove in (*candidate.drums.values(), *candidate.fills):
        for voice in groove.lines:
            groove.bars(voice)
    for pattern in candidate.bass.patterns:
        if pattern != "walk":
            bass_pattern(pattern)
    for pattern in candidate.comping:
        comping_pattern(pattern)
    if not any(seat.part == "lead" for seat in candidate.instruments):
        raise ValueError("nobody plays the melody")
