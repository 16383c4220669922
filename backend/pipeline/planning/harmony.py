"""The chords of every section: progression, colours, cadences."""

from dataclasses import dataclass, replace

import numpy as np

from backend.pipeline.artifacts import Chord, Key, Metre
from backend.pipeline.planning.brief import Brief
from backend.pipeline.planning.cadences import clarity, closed, closes_on_dominant, led_home
from backend.pipeline.progress import StageContext
from backend.pipeline.styles import Style
from backend.pipeline.styles.kinds import family, matching
from backend.pipeline.styles.patterns import FormStep, progression_bars
from backend.pipeline.styles.transitions import walked_progression
from backend.pipeline.theory.chords import QUALITIES, Shape, recast, roman_shape, symbol_shape
from backend.pipeline.theory.metre import halves, pulses
from backend.pipeline.theory.scales import COLOUR_SCALES, is_minor, scale_classes

Bar = tuple[Shape, ...]

_STATISTICAL = frozenset({"pop", "ballad", "rock", "synthwave", "punk", "trance", "disco"})
"""Styles whose harmony the transition statistics describe."""

_RAISED = frozenset({"blues", "funk", "jazz_swing", "gospel", "rnb_soul", "lofi_hip_hop"})
"""Styles whose colours may leave the scale."""


@dataclass(frozen=True, slots=True)
class Harmonist:
    """Writes the harmony of one song.

    Parameters
    ----------
    brief : Brief
        What is asked.
    home : Key
        The key of the song; sections may be in another.
    metre : Metre
        The metre of the song.
    context : StageContext
        Source of randomness; each kind of section draws its own.
    """

    brief: Brief
    home: Key
    metre: Metre
    context: StageContext

    def section(self, form: tuple[FormStep, ...], index: int, key: Key) -> tuple[Bar, ...]:
        """Return the chords of a section, bar by bar."""
        step = form[index]
        is_last = index == len(form) - 1 and not self.brief.form.is_loop
        asked = self._asked(step.name, key)
        if asked:
            bars = [asked[place % len(asked)] for place in range(step.bars)]
            return tuple(self._ended(bars, key) if is_last else bars)
        bars = self._unfolded(step, key)
        if self.brief.style.harmony.cadences and not is_last:
            after = form[(index + 1) % len(form)]
            following = self._unfolded(after, key)[0][0]
            opens = closes_on_dominant(step, after)
            rng = self.context.generator("harmony", step.name, "cadence")
            bars = closed(bars, key, following, opens=opens, style=self.brief.style, rng=rng)
        if is_last:
            bars = self._ended(bars, key)
            if self.brief.style.harmony.cadences and len(bars) >= 4:
                bars = led_home(bars, key)
        return tuple(bars)

    def _asked(self, kind: str, key: Key) -> list[Bar]:
        """Return the asked progression of a kind of section; none where it is free."""
        own = dict(self.brief.section_chords)
        alike = [name for name in own if family(name) == family(kind)]
        wish = own.get(kind) or (own[alike[0]] if alike else self.brief.chords)
        if wish is None:
            return []
        shift = (key.tonic - self.home.tonic) % 12
        bars = []
        for bar in wish.bars:
            shapes = []
            for token in bar:
                try:
                    shape = roman_shape(token, key) if wish.roman else symbol_shape(token)
                except ValueError:
                    continue
                moved = 0 if wish.roman else shift
                shapes.append(replace(
                    shape, root=(shape.root + moved) % 12, bass=(shape.bass + moved) % 12
                ))  # fmt: skip
            if shapes:
                bars.append(tuple(shapes))
        return bars

    def _unfolded(self, step: FormStep, key: Key) -> list[Bar]:
        """Return a section's bars before its end is shaped."""
        if step.scheme is not None and step.scheme.isupper():
            parts = [self._period(letter, key) for letter in step.scheme]
            bars = [bar for part in parts for bar in (part * 8)[:8]]
        else:
            kind = step.scheme or step.name
            bars = self._period(kind, key)
        return [bars[place % len(bars)] for place in range(step.bars)]

    def _period(self, kind: str, key: Key) -> list[Bar]:
        """Return the progression of a kind of section, the same wherever the kind comes.

        A kind that the style has no chords for, such as an intro, has those of the kind it is most
        like, so that the song recognises itself.
        """
        progressions = self.brief.style.progressions
        if kind not in progressions:
            plain = [name for name in progressions if name not in _FIXED]
            kind = matching(kind, plain) or kind
        rng = self.context.generator("harmony", kind)
        text, native = self._progression(kind, key, rng)
        return self._coloured(_read(text, key, native=native), key, rng)

    def _progression(self, kind: str, key: Key, rng: np.random.Generator) -> tuple[str, bool]:
        """Choose a progression, and say whether it is written for the mode of ``key``."""
        style = self.brief.style
        chosen = kind
        if kind == "A" and "minor" in style.progressions and is_minor(key):
            chosen = "minor"
        available = {k: v for k, v in style.progressions.items() if k not in _FIXED or k == kind}
        options = (
            style.progressions.get(chosen)
            or style.progressions[matching(chosen, available) or next(iter(style.progressions))]
        )
        major_or_minor = key.mode in {"major", "minor"}
        if style.id in _STATISTICAL and major_or_minor and rng.random() < 0.25:
            walks = [walked_progression(minor=is_minor(key), bars=4, rng=rng) for _ in range(3)]
            return max(walks, key=lambda walk: clarity(_read(walk, key, native=True), key)), True
        fits = [fit(option, key) for option in options]
        best = max(fits)
        good = [o for o, value in zip(options, fits, strict=True) if value >= best - 0.06]
        native = best >= NATIVE
        plain = np.array([clarity(_read(option, key, native=native), key) for option in good])
        odds = np.exp(CLARITY * (plain - plain.max()))
        return good[int(rng.choice(len(good), p=odds / odds.sum()))], native

    def _coloured(self, bars: list[Bar], key: Key, rng: np.random.Generator) -> list[Bar]:
        """Give some plain triads a colour; equal chords stay equal."""
        colours: dict[tuple[int, str], str] = {}
        coloured = []
        for bar in bars:
            shapes = []
            for shape in bar:
                place = (shape.root, shape.quality)
                if place not in colours:
                    colours[place] = colour(shape, key, self.brief.style, rng)
                shapes.append(replace(shape, quality=colours[place]))
            coloured.append(tuple(shapes))
        return coloured

    def _ended(self, bars: list[Bar], key: Key) -> list[Bar]:
        """Let the song come home: its last bar is the tonic."""
        tonic = next(
            (s for bar in bars for s in bar if s.root == key.tonic and s.bass == s.root), None
        )
        if tonic is None:
            tonic = roman_shape("i" if is_minor(key) else "I", key)
        if tonic.quality in {"sus4", "sus2", "7sus4"}:
            tonic = replace(tonic, quality="m" if is_minor(key) else "")
        return [*bars[:-1], (tonic,)]


NATIVE = 0.88
"""Share of a progression's tones in the key from which it is taken as it is written."""

CLARITY = 2.0
"""How strongly progressions that name their key are preferred."""


def _read(text: str, key: Key, *, native: bool) -> list[Bar]:
    """Return a progression's bars in a key; one of another mode is recast on the key's scale."""
    return [
        tuple(roman_shape(token, key) if native else recast(token, key) for token in bar)
        for bar in progression_bars(text)
    ]


_FIXED = frozenset({"blues", "minor", "turnaround"})
"""Progressions that only sections asking for them use."""


def fit(progression: str, key: Key) -> float:
    """Return which share of a progression's tones lies in the key.

    The third of the other mode counts against it, in the tonic chord heavily.
    """
    scale = set(scale_classes(key))
    allowed = scale | ({(key.tonic + 11) % 12} if is_minor(key) else set())
    shapes = [roman_shape(token, key) for bar in progression_bars(progression) for token in bar]
    triads = [
        tone for shape in shapes for tone in shape.tones[: min(3, len(QUALITIES[shape.quality]))]
    ]
    share = sum(tone in allowed for tone in triads) / len(triads)
    other_third = (key.tonic + (4 if is_minor(key) else 3)) % 12
    strange = [shape for shape in shapes if other_third in shape.tones[:3]]
    wrong = any(shape.root == key.tonic for shape in strange)
    return share - (0.5 if wrong else 0.15 if strange else 0.0)


def colour(shape: Shape, key: Key, style: Style, rng: np.random.Generator) -> str:
    """Return the quality that a chord takes in the style: its own, or a coloured one."""
    harmony = style.harmony
    draw, pick = rng.random(), rng.random()
    is_dominant = (shape.root - key.tonic) % 12 == 7
    plain = {"": harmony.dominant if is_dominant else harmony.major, "m": harmony.minor}
    options = list(plain.get(shape.quality, ()))
    if style.id.split("+")[-1] not in _RAISED:
        scale = {*scale_classes(key)}
        if is_minor(key):
            scale |= {(key.tonic + step) % 12 for step in COLOUR_SCALES["harmonic minor"]}
        options = [
            name for name in options
            if all((shape.root + step) % 12 in scale for step in QUALITIES[name])
        ]  # fmt: skip
    if not options or draw >= harmony.colour_rate:
        return shape.quality
    return options[int(pick * len(options))]


def placed(bars: tuple[Bar, ...], key: Key, metre: Metre, start_beat: float) -> tuple[Chord, ...]:
    """Put the chords of a section in time; equal neighbours within a bar are joined."""
    chords = []
    for number, bar in enumerate(bars):
        start = start_beat + number * metre.bar_beats
        places = _places(len(bar), metre)
        for shape, (at, length) in zip(bar, places, strict=True):
            chords.append(shape.placed(start + at, length, key))
    return tuple(chords)


def _places(count: int, metre: Metre) -> list[tuple[float, float]]:
    """Return start and length of each of ``count`` chords in a bar, on its pulses."""
    bar = metre.bar_beats
    if count == 1:
        return [(0.0, bar)]
    if count == 2:
        first, second = halves(metre)
        return [(0.0, first), (first, second)]
    found = pulses(metre)
    if count > len(found):
        return [(place * bar / count, bar / count) for place in range(count)]
    starts = [found[place * len(found) // count].start for place in range(count)]
    return [(start, end - start) for start, end in zip(starts, [*starts[1:], bar], strict=True)]
