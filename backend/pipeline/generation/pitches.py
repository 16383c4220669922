"""Choosing pitches for a rhythm: the cheapest path through the scale (Viterbi 1967).

Costs follow what is measured in songs: steps and repetitions dominate, leaps are few and turn back
(Huron 2006), strong beats carry chord tones, phrases arch.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from backend.pipeline.artifacts import Chord

Costs = NDArray[np.float64]

INTERVAL_COST = np.array([
    0.75, 0.5, 0.42, 0.62, 0.72, 0.85, 2.9, 1.05, 2.5, 2.7, 4.5, 5.0, 2.9, 7.0, 7.5, 8.0, 8.0,
])  # fmt: skip
"""Cost of a melodic interval of 0 to 16 semitones."""

LEAP = 5
"""Semitones from which a move is a leap that wants to turn back."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a note stands and what is wanted of it."""

    beat: float
    length: float
    strength: float
    """0 to 1, from the metre."""
    chord: Chord
    target: float
    """The pitch that the phrase's arch passes here."""
    near: int | None = None
    """The pitch that a copied idea had here."""
    ending: str = ""
    """"open" or "closed" at the end of a phrase."""


@dataclass(frozen=True, slots=True)
class Gamut:
    """The pitches a melody may use.

    Parameters
    ----------
    low, high : int
        MIDI pitches.
    scale : frozenset of int
        Pitch classes of the key.
    favoured : frozenset of int
        Pitch classes the style prefers, such as a pentatonic scale.
    tonic : int
        Pitch class.
    strictness : float
        How strongly strong beats want chord tones; 1 usual, less in jazz.
    """

    low: int
    high: int
    scale: frozenset[int]
    favoured: frozenset[int]
    tonic: int
    strictness: float = 1.0


class PitchPath:
    """Finds pitches for places; keeps the tables that depend on the range only."""

    def __init__(self, gamut: Gamut) -> None:
        self.gamut = gamut
        self.pitches = np.arange(gamut.low, gamut.high + 1)
        moves = self.pitches[None, :] - self.pitches[:, None]
        size = np.minimum(np.abs(moves), len(INTERVAL_COST) - 1)
        base = INTERVAL_COST[size]
        self._class = np.where(moves >= LEAP, 1, np.where(moves <= -LEAP, 2, 0))
        onward_up = np.where(moves > 0, 3.6, np.where(moves == 0, 0.4, 0.0))
        onward_down = np.where(moves < 0, 3.6, np.where(moves == 0, 0.4, 0.0))
        far_back_up = np.where(moves <= -LEAP, 0.8, 0.0)
        far_back_down = np.where(moves >= LEAP, 0.8, 0.0)
        self._moves = np.stack([base, base + onward_up + far_back_up,
                                base + onward_down + far_back_down])  # fmt: skip
        self._blocked = [np.where(self._class == kind, 0.0, 1e6) for kind in range(3)]
        self._classes = self.pitches % 12

    def find(
        self, places: Sequence[Place], rng: np.random.Generator, *,
        before: Sequence[int] = (), warmth: float = 0.45,
    ) -> tuple[int, ...]:  # fmt: skip
        """Return one pitch per place.

        Parameters
        ----------
        before : sequence of int
            The pitches that were sung last, oldest first; two suffice.
        warmth : float
            Spread of the random preferences; 0 gives the cheapest path itself.
        """
        if not places:
            return ()
        noise = rng.gumbel(0, 1, (len(places), len(self.pitches))) * warmth
        first = self._wish(places[0]) - noise[0]
        cost = self._opening(first, before)
        trail: list[tuple[NDArray[np.intp], NDArray[np.intp]]] = []
        for place, spread in zip(places[1:], noise[1:], strict=True):
            cost, came = self._advance(cost, self._wish(place) - spread)
            trail.append(came)
        return self._backtrack(cost, trail)

    def _opening(self, wish: Costs, before: Sequence[int]) -> Costs:
        """Return the cost of beginning at each pitch, by the kind of move that led there."""
        cost = np.full((3, len(self.pitches)), 1e5)
        if not before:
            cost[0] = wish
            return cost
        moves = self.pitches - before[-1]
        size = np.minimum(np.abs(moves), len(INTERVAL_COST) - 1)
        total = wish + INTERVAL_COST[size]
        if len(before) > 1 and abs(before[-1] - before[-2]) >= LEAP:
            onward = moves * (before[-1] - before[-2]) > 0
            total = total + np.where(onward, 3.6, 0.0)
        kinds = np.where(moves >= LEAP, 1, np.where(moves <= -LEAP, 2, 0))
        cost[kinds, np.arange(len(self.pitches))] = total
        return cost

    def _advance(
        self, cost: Costs, wish: Costs
    ) -> tuple[Costs, tuple[NDArray[np.intp], NDArray[np.intp]]]:
        total = cost[:, :, None] + self._moves
        best_class = total.argmin(axis=0)
        cheapest = np.take_along_axis(total, best_class[None], axis=0)[0]
        rows, sources, classes = [], [], []
        columns = np.arange(len(self.pitches))
        for kind in range(3):
            masked = cheapest + self._blocked[kind]
            source = masked.argmin(axis=0)
            rows.append(masked[source, columns] + wish)
            sources.append(source)
            classes.append(best_class[source, columns])
        return np.stack(rows), (np.stack(sources), np.stack(classes))

    def _backtrack(
        self, cost: Costs, trail: list[tuple[NDArray[np.intp], NDArray[np.intp]]]
    ) -> tuple[int, ...]:
        kind, pitch = np.unravel_index(int(cost.argmin()), cost.shape)
        path = [int(self.pitches[pitch])]
        for sources, classes in reversed(trail):
            kind, pitch = classes[kind, pitch], sources[kind, pitch]
            path.append(int(self.pitches[pitch]))
        return tuple(reversed(path))

    def _wish(self, place: Place) -> Costs:
        """Return what each pitch costs at a place, whatever came before."""
        gamut = self.gamut
        tones = set(place.chord.tones)
        weight = max(place.strength, 0.75 if place.length >= 1.5 else 0.0)
        by_class = np.zeros(12)
        for pitch_class in range(12):
            by_class[pitch_class] = _class_cost(pitch_class, tones, weight, gamut)
        if place.ending:
            by_class += _ending_cost(place, gamut)
        cost = by_class[self._classes]
        if place.near is not None:
            return np.asarray(cost + 0.8 * np.minimum(np.abs(self.pitches - place.near), 5))
        return np.asarray(cost + 0.022 * (self.pitches - place.target) ** 2)


def _class_cost(pitch_class: int, tones: set[int], weight: float, gamut: Gamut) -> float:
    if pitch_class in tones:
        outside = 0.9 if pitch_class not in gamut.scale else 0.0
        if pitch_class == gamut.tonic:
            outside -= 0.12
        return outside * (1.2 - weight) - 0.1 * weight
    cost = 0.55 * weight * gamut.strictness
    if pitch_class not in gamut.scale:
        cost += 3.5
    if pitch_class not in gamut.favoured:
        cost += 0.8
    if (pitch_class - 1) % 12 in tones or ((pitch_class + 1) % 12 in tones and weight > 0.7):
        cost += 2.2 * weight
    return cost


def _ending_cost(place: Place, gamut: Gamut) -> NDArray[np.float64]:
    """Let closed endings rest on the tonic and open ones on another chord tone."""
    cost = np.full(12, 2.5)
    for tone in place.chord.tones[:3]:
        cost[tone] = 0.3
    tonic_fits = gamut.tonic in place.chord.tones
    if place.ending == "closed" and tonic_fits:
        cost += 1.5
        cost[gamut.tonic] = 0.0
        cost[place.chord.tones[1 % len(place.chord.tones)]] = 0.9
    elif tonic_fits:
        cost[gamut.tonic] = 1.2
    return cost
