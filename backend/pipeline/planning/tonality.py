"""The key of the song, and where it changes."""

import numpy as np

from backend.pipeline.artifacts import Key
from backend.pipeline.planning.brief import Brief
from backend.pipeline.styles.kinds import family
from backend.pipeline.styles.patterns import FormStep
from backend.pipeline.theory.chords import Shape, symbol_shape
from backend.pipeline.theory.scales import MODES, key_on, scale_classes, transposed

BRIGHTNESS = {
    "lydian": 1.0, "major": 0.7, "mixolydian": 0.35, "dorian": -0.1, "minor": -0.5,
    "phrygian": -0.8, "locrian": -1.0,
}  # fmt: skip
"""How bright a mode is, against the valence of a mood."""

_GUITAR_TONICS = (4, 9, 2, 7, 0, 5)
_FLAT_TONICS = (5, 10, 3, 8, 0, 7)
_PIANO_TONICS = (0, 2, 5, 7, 9, 10, 3, 8, 4, 1, 6, 11)

_TONICS = {
    "rock": _GUITAR_TONICS, "metal": (4, 2, 9, 0, 11), "punk": _GUITAR_TONICS,
    "folk": _GUITAR_TONICS, "country": _GUITAR_TONICS, "blues": (4, 9, 7, 0, 10),
    "jazz_swing": _FLAT_TONICS, "bossa_nova": (*_FLAT_TONICS, 2),
}  # fmt: skip


def choose_key(brief: Brief, rng: np.random.Generator) -> Key:
    """Return the asked key; what is open follows asked chords, the mood and the style."""
    if brief.tonic is not None and brief.mode is not None:
        return brief.tonic
    found = _key_of_chords(brief)
    if found is not None:
        if brief.tonic is None:
            return found
        mode = found.mode if found.tonic == brief.tonic.tonic else "major"
        return key_on(brief.tonic.tonic, mode, brief.tonic.spelling)
    mode = brief.mode or _mode(brief, rng)
    if brief.tonic is not None:
        return key_on(brief.tonic.tonic, mode, brief.tonic.spelling)
    tonics = _TONICS.get(brief.style.id, _PIANO_TONICS)
    return key_on(int(tonics[int(rng.integers(len(tonics)))]), mode)


def _mode(brief: Brief, rng: np.random.Generator) -> str:
    names = list(brief.style.modes)
    weights = np.array([
        share * np.exp(2.2 * brief.valence * BRIGHTNESS[name])
        for name, share in brief.style.modes.items()
    ])  # fmt: skip
    return str(names[int(rng.choice(len(names), p=weights / weights.sum()))])


def _key_of_chords(brief: Brief) -> Key | None:
    """Find the key that holds most tones of asked chords; the first and last chord lean to it."""
    wish = brief.chords or next((own for _, own in brief.section_chords), None)
    if wish is None or wish.roman:
        if wish is not None and wish.bars and wish.bars[0] and brief.mode is None:
            first = [token for bar in wish.bars for token in bar if token.upper().startswith("I")]
            minor = any(token.startswith("i") and not token.startswith(("ii", "iv"))
                        for token in first)  # fmt: skip
            tonic = brief.tonic.tonic if brief.tonic is not None else 9 if minor else 0
            return key_on(tonic, "minor" if minor else "major")
        return None
    shapes = [shape for bar in wish.bars for shape in map(_shape, bar) if shape is not None]
    if not shapes:
        return None
    modes = [brief.mode] if brief.mode else ["major", "minor"]
    keys = [key_on(tonic, mode) for tonic in range(12) for mode in modes]
    return max(keys, key=lambda key: _belongs(key, shapes))


def _shape(symbol: str) -> Shape | None:
    try:
        return symbol_shape(symbol)
    except ValueError:
        return None


def _belongs(key: Key, shapes: list[Shape]) -> float:
    scale = set(scale_classes(key))
    inside = sum(tone in scale for shape in shapes for tone in shape.tones)
    score = inside / sum(len(shape.tones) for shape in shapes)
    third = (key.tonic + MODES[key.mode][2]) % 12
    for shape, weight in ((shapes[0], 0.25), (shapes[-1], 0.12)):
        if shape.root == key.tonic and third in shape.tones:
            score += weight
    return score


def section_keys(
    brief: Brief, home: Key, form: tuple[FormStep, ...], rng: np.random.Generator
) -> tuple[Key, ...]:
    """Return the key of every section: home, until an asked or customary lift."""
    change = brief.form.key_change
    place: int | None = None
    semitones = 2
    if change is not None:
        place = _place_of(change.section, form)
        semitones = change.semitones or 2
    elif brief.tonic is None:
        place = next((index for index, step in enumerate(form) if step.lifts and index), None)
        semitones = 1 if rng.random() < 0.4 else 2
    if place is None:
        return (home,) * len(form)
    lifted = transposed(home, semitones)
    return tuple(home if index < place else lifted for index in range(len(form)))


def _place_of(section: str, form: tuple[FormStep, ...]) -> int | None:
    """Return the section from which an asked key change holds."""
    word = section.lower()
    named = [index for index, step in enumerate(form) if step.name.lower() in word and index]
    if named and "last" not in word and "final" not in word:
        return named[0]
    peaks = [index for index, step in enumerate(form) if family(step.name) == "peak" and index]
    bodies = [index for index in range(1, len(form)) if family(form[index].name) != "frame"]
    options = peaks or bodies
    return options[-1] if options else None
