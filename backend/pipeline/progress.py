"""What a stage is given besides its artifacts: the seed, a way to report, and room for audio."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from backend.pipeline.artifacts import Artifact, StageName, Stem

Report = Callable[[float, str], None]
"""Called with the stage's progress (0 to 1, never falling) and a sentence for the user."""

StageReport = Callable[[StageName, float, str], None]
"""The same for all stages."""

Checkpoint = Callable[[StageName, Artifact], None]
"""Called with what a stage has made, as soon as it is finished."""

PreviewReady = Callable[[NDArray[np.float32]], None]
"""Called with the mastered hook, shape (2, frames), before the song is rendered."""

Allocate = Callable[[str, tuple[int, int]], NDArray[np.float32]]
"""Gives a zeroed float32 array under a name; the worker hands out memory-mapped files."""

Played = Callable[[Stem, float], None]
"""Called with a stem and the share of it that is played, 0 to 1, from several threads; 1 comes once
and last, when nothing will change the stem."""

Finished = Callable[[Stem], None]
"""Called with each stem of the mix once nothing will change it, before ``mastered``."""

Mastered = Callable[[NDArray[np.float32]], None]
"""Called with the master, shape (2, frames), as soon as nothing will change it, before it is
measured."""


def silent(_progress: float, _message: str) -> None:
    """Report to nobody."""


def unwatched(_stem: Stem, _share: float) -> None:
    """Look at no single track."""


def unheeded(_sound: Stem | NDArray[np.float32]) -> None:
    """Wait for the end of the stage."""


def in_memory(_name: str, shape: tuple[int, int]) -> NDArray[np.float32]:
    """Allocate ordinary memory.

    Parameters
    ----------
    shape : tuple of int
        (channels, frames).

    Returns
    -------
    ndarray
        Zeros, float32.
    """
    return np.zeros(shape, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class StageContext:
    """The surroundings of one run of one stage."""

    seed: int
    stage: StageName
    report: Report = silent
    allocate: Allocate = in_memory
    played: Played = unwatched
    finished: Finished = unheeded
    mastered: Mastered = unheeded

    def seeded(self, seed: int | None) -> Self:
        """Return the same surroundings with a section's own seed, where it has one."""
        return self if seed is None else replace(self, seed=seed)

    def generator(self, *purpose: str | int) -> np.random.Generator:
        """Return a fresh generator for one decision.

        Every decision draws from its own stream, so that changing one section or track leaves all
        others byte-identical.

        Parameters
        ----------
        *purpose : str or int
            What is decided, from coarse to fine: section index, track id, purpose.

        Returns
        -------
        numpy.random.Generator
            Seeded by (seed, stage, purpose …) only.
        """
        words = "\x1f".join([self.stage.value, *map(str, purpose)]).encode()
        entropy = [self.seed & 0xFFFFFFFFFFFFFFFF, *words]
        return np.random.Generator(np.random.PCG64(np.random.SeedSequence(entropy)))
