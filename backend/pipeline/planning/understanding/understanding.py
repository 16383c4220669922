"""From a sentence to wishes, facet by facet.

The order is the grammar: what is quoted is read first and kept from all others, then what is
written in signs (chords, metres, numbers), then words, then the genre, which may
be inferred, and last what is out of reach and what nobody read.
"""

from collections.abc import Callable
from dataclasses import replace

from backend.pipeline.planning.understanding.beyond import read_beyond
from backend.pipeline.planning.understanding.chords import read_chords
from backend.pipeline.planning.understanding.duration import read_duration
from backend.pipeline.planning.understanding.era import read_era, read_loudness
from backend.pipeline.planning.understanding.form import read_form
from backend.pipeline.planning.understanding.genre import read_genre
from backend.pipeline.planning.understanding.instruments import read_instruments
from backend.pipeline.planning.understanding.key import read_key
from backend.pipeline.planning.understanding.metre import read_metre
from backend.pipeline.planning.understanding.mood import read_mood
from backend.pipeline.planning.understanding.reading import Reading
from backend.pipeline.planning.understanding.tempo import read_tempo
from backend.pipeline.planning.understanding.unread import tell_unread
from backend.pipeline.planning.understanding.wishes import Wishes
from backend.pipeline.planning.understanding.words import (
    read_lyrics,
    read_theme,
    read_title,
    read_vocals,
)

Facet = Callable[[Reading, Wishes], Wishes]

_FACETS: tuple[Facet, ...] = (
    read_title,
    read_lyrics,
    read_loudness,
    read_chords,
    read_metre,
    read_duration,
    read_tempo,
    read_key,
    read_era,
    read_form,
    read_theme,
    read_vocals,
    read_instruments,
    read_mood,
    read_genre,
    read_beyond,
    tell_unread,
)


def understand(prompt: str) -> Wishes:
    """Read everything that a prompt says.

    Parameters
    ----------
    prompt : str
        Free English, typing errors and all; any text is accepted.

    Returns
    -------
    Wishes
        What was said, with the words that said it; empty where the prompt is silent. The same
        prompt gives the same wishes.
    """
    reading, wishes = Reading(prompt), Wishes()
    for read in _FACETS:
        wishes = read(reading, wishes)
    evidence = sorted(reading.evidence, key=lambda item: (item.start, item.facet, item.meaning))
    return replace(wishes, notes=tuple(dict.fromkeys(reading.notes)), evidence=tuple(evidence))
