"""The melody of one kind of section, and bringing it back."""

from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np

from backend.pipeline.artifacts import Chord, Note, SectionPlan, SongPlan
from backend.pipeline.generation.cells import Feel, Onset
from backend.pipeline.generation.phrases import Unit, phrase_units
from backend.pipeline.generation.pitches import PitchPath, Place
from backend.pipeline.generation.registers import gamut
from backend.pipeline.styles import Style, style
from backend.pipeline.styles.kinds import family
from backend.pipeline.theory.metre import strength

EARLY = -1e-6
"""A note before this place of its section is a pick-up into it."""


@dataclass(frozen=True, slots=True)
class Sung:
    """A note of a theme before performance, in quarter notes from the start of its section."""

    at: float
    length: float
    pitch: int


def feel_of(plan: SongPlan, section: SectionPlan, rng: np.random.Generator) -> Feel:
    """Return density and syncopation of a section's melody."""
    genre = style(plan.genre)
    low, high = genre.melody.density
    low = max(low, 1.0)
    lean = {"peak": 0.45, "body": 0.5, "contrast": 0.55, "lift": 0.6, "rest": 0.2, "frame": 0.2}
    share = lean[family(section.name)] + float(rng.normal(0, 0.18))
    if section.name in {"solo", "trades"}:
        share = 0.85
    density = low + (high - low) * min(1.0, max(0.0, share))
    if genre.half_time or plan.tempo_bpm > 150:
        density = min(density, 6.0)
    return Feel(
        metre=plan.metre,
        density=density,
        offbeat=genre.melody.offbeat,
        swings_eighths=genre.swing_grid == 8 and plan.swing > 0.55,
        fast=min(1.0, max(0.0, (plan.tempo_bpm - 84) / 60)),
    )


def schema_of(genre: Style, section: SectionPlan, rng: np.random.Generator) -> str:
    """Choose the phrase schema of a kind of section."""
    if section.name in {"solo", "trades", "var"}:
        return "flow"
    options = genre.melody.phrases
    if family(section.name) == "peak" and options[0] in {"sentence", "period"}:
        options = ("aaba", *options)
    return str(options[int(rng.integers(len(options)))])


class Themer:
    """Writes the theme of one section."""

    def __init__(self, plan: SongPlan, section: SectionPlan) -> None:
        self.plan, self.section = plan, section
        self.start = section.start_bar * plan.metre.bar_beats
        self.gamut, self.centre = gamut(plan, section, solo=section.name in {"solo", "trades"})
        self.path = PitchPath(self.gamut)
        self.ladder = [p for p in self.path.pitches.tolist() if p % 12 in self.gamut.scale]
        self._chord_starts = [chord.start_beat - self.start for chord in section.chords]

    def chord_at(self, at: float) -> Chord:
        """Return the chord that sounds at a place of the section."""
        place = bisect_right(self._chord_starts, at + 1e-6) - 1
        return self.section.chords[max(0, place)]

    def compose(self, rng: np.random.Generator, *, closing: bool) -> tuple[Sung, ...]:
        """Return a fresh theme for the section.

        Parameters
        ----------
        closing : bool
            The section's last phrase rests on the tonic where the chord allows.
        """
        feel = feel_of(self.plan, self.section, rng)
        schema = schema_of(style(self.plan.genre), self.section, rng)
        pickup = bool(rng.random() < 0.35) and schema not in {"riff", "flow"}
        units = phrase_units(schema, self.section.bars, feel, rng, pickup=pickup)
        sung: list[tuple[int, ...]] = []
        for unit in units:
            ending = "open" if unit.ending == "closed" and not closing else unit.ending
            model = None if unit.copies is None else (units[unit.copies], sung[unit.copies])
            before = [pitch for pitches in sung for pitch in pitches][-2:]
            sung.append(self._pitches(unit, model, before, ending, rng))
        return monophonic([
            Sung(self._at(unit, onset), onset.length, pitch)
            for unit, pitches in zip(units, sung, strict=True)
            for onset, pitch in zip(unit.idea, pitches, strict=True)
        ])  # fmt: skip

    def _at(self, unit: Unit, onset: Onset) -> float:
        return unit.bar * self.plan.metre.bar_beats + onset.at

    def _pitches(
        self, unit: Unit, model: tuple[Unit, tuple[int, ...]] | None, before: list[int],
        ending: str, rng: np.random.Generator,
    ) -> tuple[int, ...]:  # fmt: skip
        """Copy an idea where it sits on the new chords; else move it and mend what does not fit."""
        near: tuple[int | None, ...] = (None,) * len(unit.idea)
        if model is not None:
            shift, misfits = self._best_shift(unit, model[1])
            moved = [self._stepped(pitch, shift) for pitch in model[1]]
            same_rhythm = model[0].idea == unit.idea
            bearable = max(0, len(unit.idea) // 6)
            if misfits <= bearable and same_rhythm and ending != "closed":
                return tuple(moved)
            near = tuple(
                moved[number] if number < len(moved) else None for number in range(len(unit.idea))
            )
        last = len(unit.idea) - 1
        places = [
            self._place(self._at(unit, onset), onset.length, near[number],
                        ending if number == last else "")
            for number, onset in enumerate(unit.idea)
        ]  # fmt: skip
        if ending == "closed" and places:
            places[-1] = replace(places[-1], near=None)
        return self.path.find(places, rng, before=before)

    def _best_shift(self, unit: Unit, model: tuple[int, ...]) -> tuple[int, int]:
        """Return the scale steps to move a copied idea by, and how many notes then misfit."""
        shifts = (-1, 1, -2, 2) if unit.sequence else (0, -1, 1, -2, 2)
        results = []
        for shift in shifts:
            misfits = sum(
                not self.fits(self._stepped(pitch, shift), self._at(unit, onset), onset.length)
                for onset, pitch in zip(unit.idea, model, strict=False)
            )
            results.append((misfits + 0.45 * abs(shift), shift, misfits))
        _, shift, misfits = min(results)
        return shift, misfits

    def _stepped(self, pitch: int, steps: int) -> int:
        """Move a pitch along the scale, within the gamut."""
        if steps == 0:
            return pitch
        place = bisect_right(self.ladder, pitch) - 1 + steps
        return self.ladder[max(0, min(len(self.ladder) - 1, place))]

    def fits(self, pitch: int, at: float, length: float) -> bool:
        """Whether a pitch may stand at a place: a chord tone, or a short note that passes by."""
        weight = strength(self.plan.metre, round(at % self.plan.metre.bar_beats, 6))
        tones = self.chord_at(max(at, 0.0)).tones
        if pitch % 12 in tones or (weight < 0.6 and length < 1):
            return True
        grinds = (pitch - 1) % 12 in tones
        return length < 1 and not grinds

    def _place(self, at: float, length: float, near: int | None, ending: str) -> Place:
        metre = self.plan.metre
        through = (max(at, 0.0) / metre.bar_beats % 4) / 4
        arch = 3.2 * float(np.sin(np.pi * through)) - 1.2
        weight = strength(metre, round(at % metre.bar_beats, 6))
        chord = self.chord_at(max(at, 0.0))
        return Place(at, length, weight, chord, self.centre + arch, near, ending)

    def clashes(self, note: Sung) -> bool:
        """Whether a long strong note lies a semitone above a chord tone."""
        weight = strength(self.plan.metre, round(note.at % self.plan.metre.bar_beats, 6))
        tones = self.chord_at(max(note.at, 0.0)).tones
        grinds = note.pitch % 12 not in tones and (note.pitch - 1) % 12 in tones
        return grinds and (weight >= 0.6 or note.length >= 1)

    def jars(self, pitch: int, beat: float, length: float) -> bool:
        """Whether a note, in song time, clashes or leaves the scale of key and chord."""
        note = Sung(beat - self.start, length, pitch)
        outside = pitch % 12 not in self.gamut.scale
        return self.clashes(note) or (
            outside and pitch % 12 not in self.chord_at(max(note.at, 0.0)).tones
        )

    def settled(self, theme: Sequence[Sung]) -> tuple[Sung, ...]:
        """Move long and strong notes that grind against their chord to a chord tone."""
        return tuple(self.mended((note,))[0] if self.clashes(note) else note for note in theme)

    def brought_back(self, theme: Sequence[Sung]) -> tuple[Sung, ...]:
        """Return a theme as it was, but for what grinds; over strange chords mend all of it."""
        strange = sum(not self.fits(note.pitch, note.at, note.length) for note in theme)
        return self.mended(theme) if strange > 0.4 * len(theme) else self.settled(theme)

    def moved(self, theme: Sequence[Sung]) -> tuple[Sung, ...]:
        """Return the notes as a sequence: moved along the scale to where they fit best."""

        def misfit(shift: int) -> float:
            bad = sum(not self.fits(self._stepped(n.pitch, shift), n.at, n.length) for n in theme)
            return bad + 0.4 * abs(shift)

        shift = min((-1, 1, -2, 2), key=misfit)
        return tuple(replace(note, pitch=self._stepped(note.pitch, shift)) for note in theme)

    def mended(self, theme: Sequence[Sung]) -> tuple[Sung, ...]:
        """Move notes that clash with this section's chords to the nearest chord tone."""
        result = []
        for note in theme:
            pitch = note.pitch
            if not self.fits(pitch, note.at, note.length):
                tones = self.chord_at(max(note.at, 0.0)).tones
                options = [p for p in self.path.pitches.tolist() if p % 12 in tones]
                pitch = min(options, key=lambda p: (abs(p - note.pitch), p), default=pitch)
            result.append(replace(note, pitch=pitch))
        return tuple(result)

    def last_note(self, at: float, before: Sequence[Sung]) -> Sung:
        """Return a long tonic, or chord tone, near the notes before it."""
        tones = self.chord_at(at).tones
        tonic = self.section.key.tonic if self.section.key.tonic in tones else tones[0]
        near = before[-1].pitch if before else round(self.centre)
        options = [pitch for pitch in self.path.pitches.tolist() if pitch % 12 == tonic]
        final = min(options, key=lambda pitch: abs(pitch - near), default=near)
        return Sung(at, self.plan.metre.bar_beats * 0.9, final)

    def varied(
        self, theme: Sequence[Sung], rng: np.random.Generator, bars: tuple[int, ...] = (2,)
    ) -> tuple[Sung, ...]:
        """Return the theme with some bars of each four sung a little differently."""
        numbers = [number for number in range(self.section.bars) if number % 4 in bars]
        return self.sung_anew(theme, rng, numbers)

    def sung_anew(
        self, theme: Sequence[Sung], rng: np.random.Generator, bars: Collection[int]
    ) -> tuple[Sung, ...]:
        """Return the theme with other pitches near the old ones in some bars of the section."""
        bar = self.plan.metre.bar_beats
        chosen = [n for n, note in enumerate(theme) if int(max(note.at, 0) // bar) in bars]
        if not chosen:
            return tuple(theme)
        places = [self._place(theme[n].at, theme[n].length, theme[n].pitch, "") for n in chosen]
        before = [note.pitch for note in theme[max(0, chosen[0] - 2) : chosen[0]]]
        pitches = dict(zip(chosen, self.path.find(places, rng, before=before, warmth=0.9),
                           strict=True))  # fmt: skip
        return tuple(
            replace(note, pitch=pitches.get(n, note.pitch)) for n, note in enumerate(theme)
        )


def monophonic(notes: Sequence[Sung]) -> tuple[Sung, ...]:
    """Order notes and let each end before the next begins; of two at one place the last stays."""
    ordered = sorted({round(note.at, 6): note for note in notes}.values(), key=lambda n: n.at)
    result = []
    for place, note in enumerate(ordered):
        following = ordered[place + 1].at if place + 1 < len(ordered) else note.at + note.length
        length = min(note.length, following - note.at)
        if length > 0.05:
            result.append(Sung(note.at, round(length, 6), note.pitch))
    return tuple(result)


def as_notes(theme: Sequence[Sung], start: float, end: float, velocity: int) -> list[Note]:
    """Put a theme in the time of the song.

    Parameters
    ----------
    start : float
        The beat from which the theme counts.
    end : float
        Nothing begins or sounds after this beat.
    """
    return [
        Note(note.pitch, round(start + note.at, 6), round(min(note.length, room), 6), velocity)
        for note in theme
        for room in (end - start - note.at,)
        if room > 1e-6
    ]
