"""The melody model: writes phrases and says how surprising a phrase is."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

import numpy as np
from numpy.typing import NDArray

from backend.pipeline.artifacts import Key, Metre, Note
from backend.pipeline.generation.neural.breathing import Breathing
from backend.pipeline.generation.neural.drawing import draw, probabilities
from backend.pipeline.generation.neural.events import Event
from backend.pipeline.generation.neural.network import MelodyNetwork
from backend.pipeline.generation.neural.originality import CopyGuard
from backend.pipeline.generation.neural.phrase import Passage, PhraseContext, knows
from backend.pipeline.generation.neural.singing import Singers
from backend.pipeline.generation.neural.vocabulary import (
    BREATH_TICKS,
    DURATIONS,
    GRID_TICKS,
    REST,
    FloatArray,
    IntArray,
)
from backend.pipeline.one_thread import one_thread

LENGTHS: IntArray = np.array(DURATIONS)
ON_GRID = LENGTHS % GRID_TICKS == 0


@dataclass(frozen=True, slots=True)
class Surprise:
    """How unexpected a phrase is to the model, in nats per event (note or rest).

    Held-out pop melodies lie near 1.9 in all over sixteen bars, and higher over a few bars without
    a past: far below is trite, far above is odd.
    """

    duration: float
    pitch: float

    @property
    def total(self) -> float:
        """Of durations and pitches together."""
        return self.duration + self.pitch


@dataclass(frozen=True, slots=True)
class MelodyModel:
    """A small recurrent network that writes melodies over chords."""

    network: MelodyNetwork

    @classmethod
    def load(cls) -> Self:
        """Return the model with the weights that come with the package (read once)."""
        return cls(_network())

    @staticmethod
    def supports(metre: Metre, key: Key) -> bool:
        """Tell whether the model has learnt such music; for other music use rules.

        It knows 4/4, 3/4 and 6/8 in major, minor, dorian and mixolydian.
        """
        return knows(metre, key)

    def sample(
        self,
        context: PhraseContext,
        generator: np.random.Generator,
        candidates: int = 8,
        temperature: float = 0.95,
    ) -> list[tuple[Note, ...]]:
        """Write several versions of a phrase.

        Notes start and end on sixteenths, within the phrase and the range, one at a time; velocity
        is nominal. The breaths that were asked for are taken. No version completes a run of ten
        notes of the training data, counting the notes of ``context.previous`` (see
        ``originality``).

        Parameters
        ----------
        context : PhraseContext
            What is asked for.
        generator : numpy.random.Generator
            The only source of chance: the same generator state gives the same phrases.
        candidates : int
            How many versions; they are written together, which costs little more than one.
        temperature : float
            0.8 (safe, repeats itself) to 1.1 (adventurous); at 0.9 to 1.0 statistics are those of
            real songs.

        Returns
        -------
        list of tuple of Note
            In song time and sounding pitch.
        """
        return [phrase for phrase, _ in self.versions(context, generator, candidates, temperature)]

    def versions(
        self,
        context: PhraseContext,
        generator: np.random.Generator,
        candidates: int = 8,
        temperature: float = 0.95,
    ) -> list[tuple[tuple[Note, ...], Surprise]]:
        """Write several versions of a phrase as ``sample`` does, and say how surprising each is.

        Parameters
        ----------
        context, generator, candidates, temperature
            As for ``sample``.

        Returns
        -------
        list of (tuple of Note, Surprise)
            Rests that were asked for count as any other event.
        """
        passage = Passage.of(context)
        with one_thread():
            lines = _Sampling(self.network, passage, candidates, temperature)
            while (rows := lines.unfinished()).size:
                lines.step(rows, generator.random((2, candidates))[:, rows])
        phrases = [tuple(passage.note(e) for e in line if e.token != REST) for line in lines.events]
        return list(zip(phrases, lines.surprises(), strict=True))

    def score(self, context: PhraseContext, phrases: Sequence[Sequence[Note]]) -> list[Surprise]:
        """Say how surprising versions of a phrase are.

        Parameters
        ----------
        context : PhraseContext
            As for ``sample``.
        phrases : sequence of sequence of Note
            Each one voice in song time, inside the phrase, with one note at least.

        Returns
        -------
        list of Surprise
            One per phrase.
        """
        passage = Passage.of(context)
        versions = [passage.events(phrase) for phrase in phrases]
        nats = np.zeros((2, len(versions)))
        with one_thread():
            singers = Singers(self.network, passage, len(versions))
            for index in range(max(map(len, versions), default=0)):
                rows = np.array([i for i, version in enumerate(versions) if index < len(version)])
                nats[:, rows] += _hear(singers, rows, [versions[row][index] for row in rows])
        counts = np.array([len(version) for version in versions])
        return [Surprise(float(d), float(p)) for d, p in (nats / counts).T]


def _hear(singers: Singers, rows: IntArray, events: Sequence[Event]) -> NDArray[np.float64]:
    """Sing given events; return the nats of their durations and pitches, shape (2, n)."""
    tokens = np.array([event.token for event in events])
    durations = np.array([event.duration for event in events])
    lengths = np.array([event.length for event in events])
    duration_scores = singers.listen(rows)
    pitch_scores = singers.pitch_scores(rows, durations)
    singers.write(rows, tokens, durations, lengths)
    return np.stack([_nats(duration_scores, durations), _nats(pitch_scores, tokens)])


def _nats(scores: FloatArray, chosen: IntArray) -> NDArray[np.float64]:
    exact = scores.astype(np.float64)
    shifted = exact - exact.max(axis=1, keepdims=True)
    result: NDArray[np.float64] = (
        np.log(np.exp(shifted).sum(axis=1)) - shifted[np.arange(chosen.size), chosen]
    )
    return result


class _Sampling:
    """The lines of one call of ``sample``."""

    def __init__(
        self, network: MelodyNetwork, passage: Passage, lines: int, temperature: float
    ) -> None:
        self.events: list[list[Event]] = [[] for _ in range(lines)]
        self._surprise = np.zeros((2, lines))
        self._singers = Singers(network, passage, lines)
        self._guard = CopyGuard(lines)
        self._breathing = Breathing(
            passage.breaths, passage.conditions.bar_ticks, passage.end, lines
        )
        self._passage = passage
        self._temperature = temperature
        every = np.arange(lines)
        for event in passage.memory:
            if event.token != REST:
                self._guard.push(every, every * 0 + event.token, every * 0 + event.onset)
        if not passage.memory:
            self._singers.time[:] = passage.start

    def unfinished(self) -> IntArray:
        """Return the lines that have not reached the end of the phrase."""
        return np.flatnonzero(self._singers.time < self._passage.end)

    def surprises(self) -> list[Surprise]:
        """Return how surprising each line is."""
        counts = np.array([max(1, len(line)) for line in self.events])
        return [Surprise(float(d), float(p)) for d, p in (self._surprise / counts).T]

    def step(self, rows: IntArray, uniform: NDArray[np.float64]) -> None:
        """Write one more event on some lines; ``uniform`` has shape (2, n)."""
        onsets = self._singers.time[rows]
        breath_due = self._breathing.due(rows, onsets)
        shortest = np.where(breath_due, BREATH_TICKS, GRID_TICKS)[:, None]
        longest = self._breathing.room(rows, onsets)[:, None]
        allowed = ON_GRID & (shortest <= LENGTHS) & (longest >= LENGTHS)
        scores = self._singers.listen(rows)
        durations = draw(probabilities(scores, allowed, self._temperature), uniform[0])
        pitch_scores = self._singers.pitch_scores(rows, durations)
        tokens = self._pitches(rows, pitch_scores, onsets, uniform[1])
        tokens[breath_due] = REST
        self._surprise[:, rows] += np.stack([_nats(scores, durations), _nats(pitch_scores, tokens)])
        lengths = LENGTHS[durations]
        self._breathing.notice(rows, onsets, tokens, lengths)
        self._singers.write(rows, tokens, durations, lengths)
        sung = tokens != REST
        self._guard.push(rows[sung], tokens[sung], onsets[sung])
        for row, event in zip(rows, map(Event, onsets, lengths, tokens), strict=True):
            self.events[row].append(Event(*map(int, event)))

    def _pitches(
        self, rows: IntArray, scores: FloatArray, onsets: IntArray, uniform: NDArray[np.float64]
    ) -> IntArray:
        """Draw pitches; what would complete a copied run is drawn again without it."""
        allowed = np.zeros(scores.shape, dtype=np.bool_)
        allowed[:, self._passage.tokens] = True
        allowed[:, REST] = True
        chosen = draw(probabilities(scores, allowed, self._temperature), uniform)
        while (again := np.flatnonzero(self._copied(rows, chosen, onsets))).size:
            allowed[again, chosen[again]] = False
            chances = probabilities(scores[again], allowed[again], self._temperature)
            chosen[again] = draw(chances, uniform[again])
        return chosen

    def _copied(self, rows: IntArray, tokens: IntArray, onsets: IntArray) -> NDArray[np.bool_]:
        copied: NDArray[np.bool_] = (tokens != REST) & self._guard.copies(rows, tokens, onsets)
        return copied


@lru_cache(maxsize=1)
def _network() -> MelodyNetwork:
    return MelodyNetwork.load()
