"""What is to be made: the structured fields and the understood prompt, merged into one brief.

Structured fields win over the prompt. Values in fields that cannot be played raise InvalidInput;
in a prompt they are moved to the nearest playable value, and a note says so.
"""

from dataclasses import dataclass, field, replace

from backend.errors import InvalidInput
from backend.pipeline.artifacts import Key, LyricsRequest, Metre, SongRequest
from backend.pipeline.planning.players import Player, excluded_programs, wanted_players
from backend.pipeline.planning.understanding.wishes import (
    LENGTH_RANGE,
    TEMPO_RANGE,
    ChordsWish,
    FormWish,
    Place,
    Wishes,
)
from backend.pipeline.planning.words import lyrics_asked, singing_asked
from backend.pipeline.styles import Style, all_styles, style
from backend.pipeline.styles.kinds import ELECTRONIC
from backend.pipeline.styles.library import find_style
from backend.pipeline.theory.chords import roman_shape, symbol_shape
from backend.pipeline.theory.metre import parse_metre
from backend.pipeline.theory.scales import parse_key

DEFAULT_STYLE = "pop"


@dataclass(frozen=True, slots=True)
class Brief:
    """Everything that is settled before the first musical choice."""

    style: Style
    mood: str | None
    valence: float
    """-1 (sad) to 1 (happy)."""
    energy: float
    """0 to 1."""
    tempo_bpm: float | None
    tempo_range: tuple[float, float]
    """Where a free tempo may lie."""
    tonic: Key | None
    """A key, or a tonic whose mode is open (see ``mode``)."""
    mode: str | None
    metre: Metre | None
    duration_seconds: float | None
    wanted: tuple[Player, ...]
    only_wanted: bool
    excluded: frozenset[int]
    no_drums: bool
    no_percussion: bool
    silent_voices: tuple[str, ...]
    """Voices of the drums that were ruled out one by one."""
    places: tuple[Place, ...]
    """Where instruments play or are silent."""
    chords: ChordsWish | None
    section_chords: tuple[tuple[str, ChordsWish], ...]
    """Kinds of section with a progression of their own."""
    form: FormWish
    swing: float | None
    pulse: str
    """"", "half-time" or "double-time"."""
    lyrics: LyricsRequest | None
    asked: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def make_brief(request: SongRequest, wishes: Wishes) -> Brief:
    """Merge a request's fields with what its prompt says.

    Raises
    ------
    InvalidInput
        If a field holds what cannot be played.
    """
    asked: dict[str, str] = {}
    notes: list[str] = list(wishes.notes)
    chosen = _style(request, wishes, asked, notes)
    energy = _energy(request, wishes)
    tonic, mode = _key(request, wishes, asked, notes)
    metre = _metre(request, wishes, asked, notes)
    wanted = wanted_players(request, wishes, asked)
    without = excluded_programs(request, wishes, asked)
    brief = Brief(
        style=chosen,
        mood=request.mood or wishes.mood,
        valence=wishes.valence or 0.0,
        energy=energy,
        tempo_bpm=_tempo(request, wishes, asked, notes),
        tempo_range=_tempo_range(chosen, wishes),
        tonic=tonic,
        mode=mode,
        metre=metre,
        duration_seconds=_length(request, wishes, asked, notes),
        wanted=wanted,
        only_wanted=wishes.only_these_instruments and not request.instruments and bool(wanted),
        excluded=without.programs,
        no_drums=without.drums,
        no_percussion=without.percussion,
        silent_voices=without.voices,
        places=wishes.places,
        chords=wishes.chords if wishes.chords_everywhere else None,
        section_chords=wishes.section_chords,
        form=wishes.form,
        swing=wishes.swing,
        pulse=wishes.pulse.value if wishes.pulse else "",
        lyrics=lyrics_asked(request, wishes, notes),
    )
    if singing_asked(request, wishes):
        notes.append("Nobody sings here yet: an instrument plays the vocal melody.")
    _ask_chords(wishes, asked, notes)
    if wishes.places:
        asked["line-up"] = "; ".join(map(str, wishes.places))
    _ask_form(wishes, asked)
    return replace(brief, asked=asked, notes=tuple(notes))


def _style(request: SongRequest, wishes: Wishes, asked: dict[str, str], notes: list[str]) -> Style:
    if request.genre:
        found = find_style(request.genre)
        if found is None:
            names = ", ".join(candidate.name for candidate in all_styles())
            raise InvalidInput(
                f"'{request.genre[:40]}' is not a known genre; choose one of: {names}.",
                field="style.genre",
            )
        if wishes.genre and wishes.genre_confidence >= 1 and wishes.genre != found.id:
            notes.append(f"The genre field says {found.name}; it wins over the prompt.")
        asked["genre"] = found.name
        return found
    if len(wishes.genres) >= 2:
        pair = sorted(
            (wish.style for wish in wishes.genres[:2]), key=lambda name: name not in ELECTRONIC
        )
        blended = style("+".join(pair))
        asked["genre"] = blended.name
        return blended
    if wishes.genre is not None:
        found = style(wishes.genre)
        if wishes.genre_confidence >= 1:
            asked["genre"] = found.name
        return found
    notes.append(f"No genre was recognised, so it became {style(DEFAULT_STYLE).name}.")
    return style(DEFAULT_STYLE)


def _energy(request: SongRequest, wishes: Wishes) -> float:
    if request.energy is not None:
        if not 0 <= request.energy <= 1:
            raise InvalidInput("Energy goes from 0 (calm) to 1 (intense).", field="style.energy")
        return request.energy
    if wishes.energy is not None:
        return min(1.0, max(0.0, wishes.energy))
    return 0.5 + 0.3 * (wishes.arousal or 0.0)


def _tempo(
    request: SongRequest, wishes: Wishes, asked: dict[str, str], notes: list[str]
) -> float | None:
    low, high = TEMPO_RANGE
    tempo = request.tempo_bpm
    if tempo is not None:
        if not low <= tempo <= high:
            raise InvalidInput(
                f"{tempo:g} BPM cannot be played; give {low:g} to {high:g}.", field="style.tempoBpm"
            )
        if wishes.tempo_bpm is not None and abs(wishes.tempo_bpm - tempo) > 0.01:
            notes.append(f"The tempo field says {tempo:g} BPM; it wins over the prompt.")
    elif wishes.tempo_bpm is not None:
        tempo = min(high, max(low, wishes.tempo_bpm))
    if tempo is not None:
        asked["tempo"] = f"{tempo:g} BPM"
    return tempo


def _tempo_range(chosen: Style, wishes: Wishes) -> tuple[float, float]:
    low, typical, high = chosen.tempo
    if wishes.tempo_range is not None:
        return (max(40.0, wishes.tempo_range[0]), min(240.0, wishes.tempo_range[1]))
    if wishes.tempo_feel is None:
        return low, high
    span = {
        "very slow": (low * 0.85, low), "slow": (low, (low + typical) / 2),
        "medium": ((low + typical) / 2, (typical + high) / 2),
        "fast": ((typical + high) / 2, high), "very fast": (high, high * 1.12),
    }[wishes.tempo_feel.value]  # fmt: skip
    return max(40.0, span[0]), min(240.0, span[1])


def _key(
    request: SongRequest, wishes: Wishes, asked: dict[str, str], notes: list[str]
) -> tuple[Key | None, str | None]:
    if request.key:
        try:
            key = parse_key(request.key)
        except ValueError as error:
            raise InvalidInput(str(error), field="style.key") from error
        if wishes.key is not None and (wishes.key.tonic, wishes.key.mode) != (key.tonic, key.mode):
            notes.append(f"The key field says {key}; it wins over the prompt.")
        asked["key"] = str(key)
        return key, key.mode
    if wishes.tonic is not None and wishes.spelling is not None:
        key = Key(wishes.tonic, wishes.mode or "major", wishes.spelling)
        asked["key"] = str(key) if wishes.mode else wishes.spelling
        return key, wishes.mode
    if wishes.mode is not None:
        asked["mode"] = wishes.mode
    return None, wishes.mode


def _metre(
    request: SongRequest, wishes: Wishes, asked: dict[str, str], notes: list[str]
) -> Metre | None:
    metre = wishes.metre
    if request.time_signature:
        try:
            metre = parse_metre(request.time_signature)
        except ValueError as error:
            raise InvalidInput(str(error), field="style.timeSignature") from error
        if wishes.metre is not None and str(wishes.metre) == str(metre):
            metre = wishes.metre
        elif wishes.metre is not None:
            notes.append(f"The metre field says {metre}; it wins over the prompt.")
    elif metre is not None:
        try:
            parse_metre(str(metre))
        except ValueError:
            notes.append(f"No groove exists for {metre}, so the style's own metre is used.")
            return None
    if metre is not None:
        asked["metre"] = str(metre)
    return metre


def _length(
    request: SongRequest, wishes: Wishes, asked: dict[str, str], notes: list[str]
) -> float | None:
    low, high = LENGTH_RANGE
    length = request.duration_seconds
    if length is not None:
        if not low <= length <= high:
            raise InvalidInput(
                f"A song lasts {low:g} to {high:g} seconds.", field="durationSeconds"
            )
        if wishes.duration_seconds is not None and abs(wishes.duration_seconds - length) > 0.5:
            notes.append(f"The length field says {length:g} s; it wins over the prompt.")
    elif wishes.duration_seconds is not None:
        length = min(high, max(low, wishes.duration_seconds))
    if length is not None:
        asked["length"] = f"{length:g} s"
    return length


def _ask_chords(wishes: Wishes, asked: dict[str, str], notes: list[str]) -> None:
    if wishes.chords is not None and wishes.chords_everywhere:
        asked["chords"] = str(wishes.chords)
    if wishes.section_chords:
        asked["section chords"] = "; ".join(f"{k}: {own}" for k, own in wishes.section_chords)
    for chords in dict.fromkeys((wishes.chords, *(own for _, own in wishes.section_chords))):
        unknown = _unreadable(chords) if chords is not None else []
        if unknown:
            notes.append(
                f"These chords are not known here and were left out: {', '.join(unknown)}."
            )


def _unreadable(chords: ChordsWish) -> list[str]:
    unknown = []
    for name in dict.fromkeys(chord for bar in chords.bars for chord in bar):
        try:
            _ = roman_shape(name, Key(0, "major", "C")) if chords.roman else symbol_shape(name)
        except ValueError:
            unknown.append(name)
    return unknown


def _ask_form(wishes: Wishes, asked: dict[str, str]) -> None:
    form = wishes.form
    if form.sections:
        asked["form"] = " ".join(section.name for section in form.sections)
    if form.is_loop:
        asked["loop"] = "the end leads back into the beginning"
    if form.ending is not None:
        asked["ending"] = form.ending.value
    if form.key_change is not None:
        asked["key change"] = form.key_change.section
