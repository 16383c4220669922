"""Drum machines: every sound computed, none sampled.

A hit depends on its velocity (loudness and brightness) and varies a little from one to the next. An
open hi-hat is cut by the closed one.

References
----------
The circuits of the Roland TR-808 and TR-909 as described in K. Werner, J. Abel, J. Smith, "A
Physically-Informed, Circuit-Bendable, Digital Model of the Roland TR-808 Bass Drum Circuit" (DAFx
2014) and "More Cowbell" (DAFx 2014): a swept decaying sine; six square oscillators for the metal.
"""

from functools import partial

import numpy as np
from numpy.typing import NDArray

from backend.pipeline.rendering.voices import drum_sounds as sounds
from backend.pipeline.rendering.voices.drum_kits import Kit
from backend.pipeline.rendering.voices.score import LEVEL, Score

_KICKS, _SNARES, _CLOSED_HATS, _OPEN_HAT = {35, 36}, {38, 40}, {42, 44}, 46
_TOMS = {41: -7, 43: -4, 45: -2, 47: 1, 48: 4, 50: 7}
_CRASHES, _RIDES = {49, 52, 55, 57}, {51, 53, 59}
_SKINS = {60: 12, 61: 7, 62: 5, 63: 3, 64: -2, 65: 9, 66: 4}
_BLOCKS = {37: 0, 75: 12, 76: 9, 77: 2, 67: 14, 68: 9}
_SHAKERS = {54, 69, 70, 82, 58, 73, 74}
_CLAP, _COWBELL = 39, 56
_VARIATIONS = 3
_LAYERS = 3
_CHOKE_FRAMES = 600

Hit = NDArray[np.float32]


class DrumMachine:
    """One kit; computes each of its sounds when it is first needed.

    Parameters
    ----------
    kit : Kit
        Its settings.
    rng : Generator
        Draws the small differences between hits.
    """

    def __init__(self, kit: Kit, rng: np.random.Generator) -> None:
        self._kit = kit
        self._seed = int(rng.integers(1 << 62))
        self._hits: dict[tuple[int, int, int], Hit] = {}

    def play(self, audio: NDArray[np.float32], score: Score, notes: range) -> None:
        """Add some hits of a score to the audio.

        Parameters
        ----------
        audio : ndarray
            Shape (2, frames); added to in place.
        score : Score
            What to play, in General MIDI's drum map.
        notes : range
            Which notes.
        """
        for index in notes:
            start, _, pitch, velocity, _ = score.notes[index]
            hit = self._hit(int(pitch), float(velocity), index)
            if int(pitch) == _OPEN_HAT:
                hit = _choked(hit, score, index)
            first = int(start)
            room = audio[:, first : first + hit.shape[1]]
            room += hit[:, : room.shape[1]] * np.float32(
                velocity**1.5 * score.curves[LEVEL, first // 64]
            )

    def _hit(self, pitch: int, velocity: float, index: int) -> Hit:
        """Return one hit, shape (2, frames), at full loudness."""
        layer = min(_LAYERS - 1, int(velocity * _LAYERS))
        variation = (index * 7 + index // 5) % _VARIATIONS
        place = (pitch, layer, variation)
        if place not in self._hits:
            self._hits[place] = self._make(pitch, layer, variation)
        return self._hits[place]

    def _make(self, pitch: int, layer: int, variation: int) -> Hit:
        rng = np.random.Generator(np.random.PCG64([self._seed, pitch, variation]))
        brightness = (0.55, 0.8, 1.0)[layer]
        make = self._maker(pitch)
        return sounds.finish(make(rng=rng), self._kit, brightness)

    def _maker(self, pitch: int) -> sounds.Maker:
        kit = self._kit
        if pitch in _KICKS:
            return partial(sounds.kick, kit.kick)
        if pitch in _SNARES:
            return partial(sounds.snare, kit.snare)
        if pitch == _CLAP:
            return partial(sounds.clap, kit.clap_seconds)
        if pitch in _CLOSED_HATS:
            return partial(sounds.metal, kit.hat, kit.hat.closed_seconds)
        if pitch == _OPEN_HAT:
            return partial(sounds.metal, kit.hat, kit.hat.open_seconds)
        if pitch in _CRASHES | _RIDES:
            seconds = kit.hat.crash_seconds * (0.6 if pitch in _RIDES else 1.0)
            return partial(sounds.cymbal, kit.hat, seconds)
        return self._percussion(pitch)

    def _percussion(self, pitch: int) -> sounds.Maker:
        kit = self._kit
        if pitch in _TOMS:
            return partial(sounds.tom, kit.tom_hz * 2 ** (_TOMS[pitch] / 12), kit.tom_seconds)
        if pitch in _SKINS:
            return partial(sounds.tom, 190.0 * 2 ** (_SKINS[pitch] / 12), 0.16)
        if pitch in _SHAKERS:
            return partial(sounds.shaker, 0.05)
        if pitch == _COWBELL:
            return sounds.cowbell
        return partial(sounds.block, 900.0 * 2 ** (_BLOCKS.get(pitch, 5) / 12))


def _choked(hit: Hit, score: Score, index: int) -> Hit:
    start = score.notes[index, 0]
    later = score.notes[index + 1 : index + 64]
    closing = later[np.isin(later[:, 2], (*_CLOSED_HATS, _OPEN_HAT)) & (later[:, 0] > start)]
    if not len(closing):
        return hit
    length = min(hit.shape[1], int(closing[0, 0] - start) + _CHOKE_FRAMES)
    cut = hit[:, :length].copy()
    fade = min(length, _CHOKE_FRAMES)
    cut[:, length - fade :] *= np.linspace(1, 0, fade, dtype=np.float32)
    return cut
