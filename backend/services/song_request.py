"""From what a client sends to a request that the pipeline can obey, or a clear refusal."""

import math
import secrets
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from backend.errors import InvalidInput
from backend.pipeline.artifacts import LyricsRequest, SongRequest
from backend.pipeline.styles import all_styles
from backend.pipeline.styles.library import find_style
from backend.pipeline.theory.instruments import named
from backend.pipeline.theory.metre import parse_metre
from backend.pipeline.theory.scales import parse_key

LONGEST_PROMPT = 2000
LONGEST_TITLE = 120
LONGEST_WORD = 80
LONGEST_LYRICS = 5000
LONGEST_IDEMPOTENCY_KEY = 200
MOST_INSTRUMENTS = 16
SHORTEST_SONG_SECONDS = 10
TITLE_FROM_PROMPT = 60
"""Characters of the prompt that stand in for a title until the song is planned."""
LARGEST_SEED = 2**31 - 1
"""GraphQL's Int has 32 bits with a sign."""


@dataclass(frozen=True, slots=True)
class StartSong:
    """What a client asks for; everything but the prompt is optional."""

    prompt: str
    title: str | None = None
    genre: str | None = None
    mood: str | None = None
    energy: float | None = None
    tempo_bpm: float | None = None
    key: str | None = None
    time_signature: str | None = None
    instruments: tuple[str, ...] = ()
    without_instruments: tuple[str, ...] = ()
    lyrics: LyricsRequest | None = None
    instrumental: bool | None = None
    duration_seconds: float | None = None
    seed: int | None = None
    idempotency_key: str | None = None


def check_request(command: StartSong, *, longest_seconds: int) -> SongRequest:
    """Return the validated request; a missing seed is drawn.

    Raises
    ------
    InvalidInput
        Naming the first field at fault and what would be accepted.
    """
    longest = f"Length goes from {SHORTEST_SONG_SECONDS} to {longest_seconds} seconds."
    duration = _number(
        command.duration_seconds, SHORTEST_SONG_SECONDS, longest_seconds, "durationSeconds", longest
    )
    seed = check_seed(command.seed)
    return SongRequest(
        prompt=_prompt(command.prompt),
        seed=secrets.randbelow(LARGEST_SEED + 1) if seed is None else seed,
        title=_optional(command.title, "title", LONGEST_TITLE),
        genre=_genre(_optional(command.genre, "style.genre", LONGEST_WORD)),
        mood=_optional(command.mood, "style.mood", LONGEST_WORD),
        energy=_number(
            command.energy, 0, 1, "style.energy", "Energy goes from 0 (calm) to 1 (intense)."
        ),
        tempo_bpm=_number(
            command.tempo_bpm,
            40,
            240,
            "style.tempoBpm",
            "Tempo goes from 40 to 240 beats per minute.",
        ),
        key=_musical(command.key, "style.key", parse_key),
        time_signature=_musical(command.time_signature, "style.timeSignature", parse_metre),
        instruments=_instruments(command.instruments, "style.instruments"),
        without_instruments=_instruments(command.without_instruments, "style.withoutInstruments"),
        duration_seconds=duration,
        lyrics=_lyrics(command),
        instrumental=command.instrumental,
    )


def check_seed(seed: int | None) -> int | None:
    """Return the seed.

    Raises
    ------
    InvalidInput
        If it is out of range.
    """
    accepted = f"A seed is a whole number from 0 to {LARGEST_SEED}."
    checked = _number(seed, 0, LARGEST_SEED, "seed", accepted)
    return None if checked is None else int(checked)


def check_text(text: str, field: str, longest: int, *, lines: bool = False) -> str:
    """Return the text without white space around it.

    Raises
    ------
    InvalidInput
        If it is empty, too long, says nothing or holds control characters.
    """
    text = unicodedata.normalize("NFC", text).strip()
    if not 1 <= len(text) <= longest:
        raise InvalidInput(f"Write 1 to {longest} characters.", field=field)
    allowed = "\n\r\t" if lines else ""
    if any(unicodedata.category(sign) in {"Cc", "Cs"} and sign not in allowed for sign in text):
        raise InvalidInput("Control characters are not accepted; write plain text.", field=field)
    return text


def check_idempotency_key(key: str | None) -> str | None:
    """Return the key.

    Raises
    ------
    InvalidInput
        If it is empty or too long.
    """
    return _optional(key, "idempotencyKey", LONGEST_IDEMPOTENCY_KEY)


def title_from(prompt: str) -> str:
    """Return what a project is called until its song is planned."""
    line = " ".join(prompt.split())
    if len(line) <= TITLE_FROM_PROMPT:
        return line
    return line[:TITLE_FROM_PROMPT].rsplit(" ", 1)[0].rstrip(" ,.;:-") + " …"


def _prompt(text: str) -> str:
    prompt = check_text(text, "prompt", LONGEST_PROMPT, lines=True)
    if not any(sign.isalnum() for sign in prompt):
        raise InvalidInput(
            f"Say what the song should be in words, 1 to {LONGEST_PROMPT} characters.",
            field="prompt",
        )
    return prompt


def _optional(text: str | None, field: str, longest: int, *, lines: bool = False) -> str | None:
    return None if text is None else check_text(text, field, longest, lines=lines)


def _number(
    value: float | None, low: float, high: float, field: str, accepted: str
) -> float | None:
    if value is None:
        return None
    if not math.isfinite(value) or not low <= value <= high:
        raise InvalidInput(accepted, field=field)
    return value


def _genre(text: str | None) -> str | None:
    if text is None or find_style(text) is not None:
        return text
    names = ", ".join(style.name for style in all_styles())
    raise InvalidInput(
        f"'{text[:40]}' is not a known genre; choose one of: {names}.", field="style.genre"
    )


def _musical(text: str | None, field: str, parse: Callable[[str], object]) -> str | None:
    text = _optional(text, field, LONGEST_WORD)
    if text is not None:
        try:
            parse(text)
        except ValueError as error:
            raise InvalidInput(str(error), field=field) from error
    return text


def _instruments(names: tuple[str, ...], field: str) -> tuple[str, ...]:
    if len(names) > MOST_INSTRUMENTS:
        raise InvalidInput(f"Name at most {MOST_INSTRUMENTS} instruments.", field=field)
    checked = tuple(check_text(name, field, LONGEST_WORD) for name in names)
    for name in checked:
        try:
            named(name)
        except ValueError as error:
            raise InvalidInput(str(error), field=field) from error
    return checked


def _lyrics(command: StartSong) -> LyricsRequest | None:
    asked = command.lyrics
    if asked is None:
        return None
    if command.instrumental and (asked.text or asked.theme):
        raise InvalidInput(
            "An instrumental has no words: leave out the lyrics, or ask for no instrumental.",
            field="instrumental",
        )
    return LyricsRequest(
        theme=_lyric(asked.theme, "theme", LONGEST_PROMPT),
        text=_lyric(asked.text, "text", LONGEST_LYRICS),
        style=_lyric(asked.style, "style", LONGEST_WORD),
        mood=_lyric(asked.mood, "mood", LONGEST_WORD),
        language=_lyric(asked.language, "language", LONGEST_WORD),
        explicit=asked.explicit,
    )


def _lyric(text: str | None, name: str, longest: int) -> str | None:
    """Forms send empty fields; they ask for nothing."""
    return _optional(text, f"lyrics.{name}", longest, lines=True) if text else None
