"""What is to be sung: a given text, words on a theme, or nothing."""

import re

from backend.pipeline.artifacts import LyricsRequest, SongRequest
from backend.pipeline.planning.understanding.wishes import Wishes

_NOT_SUNG = re.compile(
    r"\b(?:background|podcast|video|vlog|trailer|documentary|film|movie|game|level|menu|boss|advert"
    r"|commercial|soundtrack|score|loop|jingle|ambien\w+|meditation|yoga)\b"
)
"""Music to something else: what it is about is its subject, no text."""
WORDS_PER_SECOND = 2.2
"""More than this is faster than a melody carries."""


def lyrics_asked(request: SongRequest, wishes: Wishes, notes: list[str]) -> LyricsRequest | None:
    """Return what the words are made from; without theme and text, they follow the title.

    The fields win over the prompt, and a wish for no singing over a theme of the prompt.
    """
    _tell_the_winner(request, wishes, notes)
    asked = None if request.instrumental else request.lyrics or _in_prompt(request, wishes)
    if asked is None:
        return None
    if asked.text:
        return asked
    theme = f" on “{_short(asked.theme)}”" if asked.theme else ""
    notes.append(
        f"The words{theme} were written by rules from a small vocabulary of our own, "
        "not by a poet; give a text to hear your own."
    )
    if asked.language and not asked.language.lower().startswith("en"):
        notes.append("Words can be written in English only; a given text may be in any language.")
    if asked.explicit:
        notes.append("The vocabulary has no explicit words.")
    if asked.style:
        notes.append("The words follow the melody and their theme; their style cannot be chosen.")
    return asked


def singing_asked(request: SongRequest, wishes: Wishes) -> bool | None:
    """Whether there is to be singing; None when neither the field nor the prompt says."""
    return wishes.vocals if request.instrumental is None else not request.instrumental


def _tell_the_winner(request: SongRequest, wishes: Wishes, notes: list[str]) -> None:
    if wishes.vocals is None or singing_asked(request, wishes) is wishes.vocals:
        return
    said = "instrumental" if request.instrumental else "with words"
    notes.append(f"The instrumental field says {said}; it wins over the prompt.")


def _in_prompt(request: SongRequest, wishes: Wishes) -> LyricsRequest | None:
    singing = singing_asked(request, wishes)
    if singing is False:
        return None
    lyrics = wishes.lyrics
    if lyrics is not None and lyrics.text:
        return LyricsRequest(theme=lyrics.theme, text=lyrics.text)
    if singing:
        return LyricsRequest(theme=lyrics.theme if lyrics else None)
    if lyrics is not None and not _NOT_SUNG.search(request.prompt.lower()):
        return LyricsRequest(theme=lyrics.theme)
    return None


def too_long(lyrics: LyricsRequest | None, seconds: float) -> str | None:
    """Return a note when a given text is too long for the song."""
    words = len(lyrics.text.split()) if lyrics is not None and lyrics.text else 0
    if words <= WORDS_PER_SECOND * seconds:
        return None
    return (
        f"The text has {words} words for {seconds:.0f} seconds; what finds no note is not sung. "
        "A longer song has room for more."
    )


def _short(theme: str | None) -> str:
    text = " ".join((theme or "").split())
    return text if len(text) <= 60 else text[:59] + "…"
