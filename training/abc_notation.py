"""Read one-voice tunes in ABC notation (standard 2.1, abcnotation.com); repeats stay as written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

NATURALS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
SHARPS = "FCGDAEB"
MODES = {
    "": ("major", 0),
    "maj": ("major", 0),
    "ion": ("major", 0),
    "lyd": ("major", 1),
    "mix": ("mixolydian", -1),
    "dor": ("dorian", -2),
    "m": ("minor", -3),
    "min": ("minor", -3),
    "aeo": ("minor", -3),
    "phr": ("minor", -4),
}
"""Name used here and fifths against the major signature, by the first letters in ABC."""
ACCIDENTALS = {"^": 1, "^^": 2, "_": -1, "__": -2, "=": 0}
TUPLETS = {2: 3, 3: 2, 4: 3, 5: 2, 6: 2, 7: 2, 8: 3, 9: 2}
"""So many notes in the time of so many."""
TOKENS = re.compile(
    r"""
    "[^"]*" | ![^!]*! | \{[^}]*\}                          # chord names, ornaments, grace notes
    | \[(?P<field>[A-Za-z]):(?P<value>[^\]]*)\]
    | \((?P<tuplet>[2-9])
    | (?P<bar>:*\|[\]:|]*[0-9]? | :: | \[\| | \[[0-9])
    | (?P<broken><+|>+)
    | (?P<tie>-)
    | (?P<open>\[)
    | (?P<note>(?P<accidental>\^\^|\^|__|_|=)?(?P<letter>[A-Ga-gxz])(?P<octave>[,']*)
        (?P<numerator>[0-9]*)(?P<slashes>/*)(?P<denominator>[0-9]*))
    """,
    re.VERBOSE,
)


class UnreadableTuneError(ValueError):
    """The tune uses something this reader leaves out: several voices, changes of key or metre."""


@dataclass(slots=True)
class AbcNote:
    """A note, or a rest where ``pitch`` is None; times in quarter notes."""

    start: Fraction
    length: Fraction
    pitch: int | None


@dataclass(frozen=True, slots=True)
class AbcTune:
    """One tune as written."""

    title: str
    tonic: int
    mode: str
    metre: tuple[int, int]
    notes: tuple[AbcNote, ...]
    bar_lines: tuple[Fraction, ...]


def read_tunes(text: str) -> Iterator[AbcTune]:
    """Read all tunes of a file that can be read; the others are passed over."""
    for part in re.split(r"(?m)^(?=X:)", text):
        if part.startswith("X:"):
            try:
                yield read_tune(part)
            except UnreadableTuneError:
                continue


def read_tune(text: str) -> AbcTune:
    """Read one tune.

    Raises
    ------
    UnreadableTuneError
        When it has no key, several voices, or changes key or metre on the way.
    """
    fields, body = _header_and_body(text)
    if "K" not in fields:
        raise UnreadableTuneError("no key")
    tonic, mode, signature = _key(fields["K"])
    metre = _metre(fields.get("M", "C"))
    reader = _Body(tonic, metre, signature, _unit(fields.get("L"), metre))
    for token in TOKENS.finditer(body):
        reader.read(token)
    return AbcTune(
        fields.get("T", ""), tonic, mode, metre, tuple(reader.notes), tuple(reader.bar_lines)
    )


def _header_and_body(text: str) -> tuple[dict[str, str], str]:
    fields: dict[str, str] = {}
    body: list[str] = []
    for raw in text.splitlines():
        line = raw.partition("%")[0].rstrip().removesuffix("\\")
        field = re.match(r"([A-Za-z]):(.*)$", line)
        if field is None:
            body.append(line if "K" in fields else "")
        elif "K" not in fields:
            fields.setdefault(field[1], field[2].strip())
        elif field[1] in "KMLV":
            body.append(f"[{field[1]}:{field[2]}]")
    return fields, " ".join(body)


def _key(text: str) -> tuple[int, str, dict[str, int]]:
    """Return tonic, mode and the signature's accidentals by letter."""
    found = re.match(r"\s*([A-G])([#b]?)\s*([A-Za-z]*)", text)
    if found is None:
        raise UnreadableTuneError(f"key {text}")
    letter, accidental, word = found.groups()
    name, fifths = MODES.get(word.lower()[:3], MODES[""])
    fifths += SHARPS.index(letter) - 1 + 7 * ((accidental == "#") - (accidental == "b"))
    letters = SHARPS[: max(fifths, 0)] if fifths >= 0 else SHARPS[::-1][: max(-fifths, 0)]
    tonic = NATURALS[letter] + (accidental == "#") - (accidental == "b")
    return tonic % 12, name, dict.fromkeys(letters, 1 if fifths >= 0 else -1)


def _metre(text: str) -> tuple[int, int]:
    plain = {"C": "4/4", "C|": "2/2"}.get(text.strip(), text)
    found = re.match(r"\s*(\d+)/(\d+)\s*$", plain)
    if found is None:
        raise UnreadableTuneError(f"metre {text}")
    return int(found[1]), int(found[2])


def _unit(text: str | None, metre: tuple[int, int]) -> Fraction:
    """Return the unit note length in whole notes."""
    found = re.match(r"\s*(\d+)/(\d+)", text or "")
    if found:
        return Fraction(int(found[1]), int(found[2]))
    return Fraction(1, 16) if Fraction(*metre) < Fraction(3, 4) else Fraction(1, 8)


class _Body:
    """Reads the notes one token after another."""

    def __init__(
        self, tonic: int, metre: tuple[int, int], signature: dict[str, int], unit: Fraction
    ) -> None:
        self.notes: list[AbcNote] = []
        self.bar_lines: list[Fraction] = [Fraction(0)]
        self._tonic, self._metre, self._signature, self._unit = tonic, metre, signature, unit
        self._now = Fraction(0)
        self._in_bar: dict[tuple[str, str], int] = {}
        self._tuplet: list[Fraction] = []
        self._next_factor = Fraction(1)
        self._tied = False

    def read(self, token: re.Match[str]) -> None:
        if token["note"]:
            self._note(token)
        elif token["bar"]:
            self._in_bar = {}
            if self.bar_lines[-1] != self._now:
                self.bar_lines.append(self._now)
        elif token["tuplet"]:
            count = int(token["tuplet"])
            self._tuplet = [Fraction(TUPLETS[count], count)] * count
        elif token["broken"]:
            self._broken(token["broken"])
        elif token["tie"]:
            self._tied = True
        elif token["field"]:
            self._field(token["field"], token["value"])
        elif token["open"]:
            raise UnreadableTuneError("notes together")

    def _field(self, name: str, value: str) -> None:
        if name == "V":
            raise UnreadableTuneError("voices")
        if name == "K":
            tonic, _, self._signature = _key(value)
            if tonic != self._tonic:
                raise UnreadableTuneError("change of key")
        if name == "M" and _metre(value) != self._metre:
            raise UnreadableTuneError("change of metre")
        if name == "L":
            self._unit = _unit(value, self._metre)

    def _broken(self, signs: str) -> None:
        """Lengthen the note before ``>`` and shorten the next; ``<`` the other way round."""
        if not self.notes:
            return
        short = Fraction(1, 2 ** len(signs))
        before, self._next_factor = (2 - short, short) if signs[0] == ">" else (short, 2 - short)
        change = self.notes[-1].length * (before - 1)
        self.notes[-1].length += change
        self._now += change

    def _note(self, token: re.Match[str]) -> None:
        length = self._length(token)
        pitch = self._pitch(token)
        if self._tied and self.notes and self.notes[-1].pitch == pitch:
            self.notes[-1].length += length
        else:
            self.notes.append(AbcNote(self._now, length, pitch))
        self._tied = False
        self._now += length

    def _length(self, token: re.Match[str]) -> Fraction:
        slashes = len(token["slashes"])
        denominator = int(token["denominator"] or 2**slashes) if slashes else 1
        length = 4 * self._unit * Fraction(int(token["numerator"] or 1), max(denominator, 1))
        if self._tuplet:
            length *= self._tuplet.pop()
        length *= self._next_factor
        self._next_factor = Fraction(1)
        return length

    def _pitch(self, token: re.Match[str]) -> int | None:
        letter, marks = token["letter"], token["octave"]
        if letter in "xz":
            return None
        octave = 4 + letter.islower() + marks.count("'") - marks.count(",")
        place = (letter.upper(), f"{octave}")
        if token["accidental"]:
            self._in_bar[place] = ACCIDENTALS[token["accidental"]]
        alteration = self._in_bar.get(place, self._signature.get(letter.upper(), 0))
        return 12 * (octave + 1) + NATURALS[letter.upper()] + alteration
