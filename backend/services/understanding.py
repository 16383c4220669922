"""What is read in a prompt, before anything is made of it."""

import asyncio
from dataclasses import dataclass
from functools import lru_cache

from backend.pipeline import styles
from backend.pipeline.planning.understanding import understand
from backend.pipeline.planning.understanding.wishes import Evidence
from backend.services.song_request import LONGEST_PROMPT, check_text

REMEMBERED = 256


@dataclass(frozen=True, slots=True)
class Facet:
    """One thing that the prompt says.

    ``words`` and ``start`` tell where; both are None for what was inferred from the whole.
    """

    name: str
    label: str
    words: str | None
    start: int | None


@dataclass(frozen=True, slots=True)
class Understanding:
    """Everything that the prompt says, in its order, and what there is to remark on it."""

    facets: tuple[Facet, ...] = ()
    instrumental: bool | None = None
    """True if it refuses singing, False if it asks for it."""
    notes: tuple[str, ...] = ()


async def understanding_of(prompt: str) -> Understanding:
    """Read a prompt.

    Parameters
    ----------
    prompt : str
        As far as it has been written; nothing is understood of nothing.

    Raises
    ------
    InvalidInput
        If it is too long or holds control characters.
    """
    if not prompt.strip():
        return Understanding()
    check_text(prompt, "prompt", LONGEST_PROMPT, lines=True)
    return await asyncio.to_thread(_understanding, prompt)


@lru_cache(REMEMBERED)
def _understanding(prompt: str) -> Understanding:
    wishes = understand(prompt)
    facets = [_facet(found) for found in wishes.evidence]
    if wishes.genre is not None and wishes.genre_confidence < 1:
        facets.append(Facet("genre", _label("genre", wishes.genre), None, None))
    instrumental = None if wishes.vocals is None else not wishes.vocals
    return Understanding(tuple(facets), instrumental, wishes.notes)


def _facet(found: Evidence) -> Facet:
    words = found.words.lstrip()
    start = found.start + len(found.words) - len(words)
    return Facet(found.facet, _label(found.facet, found.meaning), words.rstrip(), start)


def _label(facet: str, meaning: str) -> str:
    """Return what a person reads: the name of a style instead of its id."""
    names = {style.id: style.name for style in styles.all_styles()} if facet == "genre" else {}
    return names.get(meaning, meaning)
