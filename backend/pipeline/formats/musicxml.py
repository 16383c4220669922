"""The lead sheet as MusicXML 4.0: melody, chord symbols, sections and lyrics.

The melody is written on a grid of sixteenths (and eighth-note triplets are rounded to it); every
measure sums exactly to its length, with notes tied over bar lines.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from backend.pipeline.artifacts import Chord, Composition, Key, Note, SongPlan, Syllable
from backend.pipeline.theory.chords import QUALITIES
from backend.pipeline.theory.pitch import LETTERS
from backend.pipeline.theory.scales import is_minor, key_signature, prefers_flats, relative_key

DIVISIONS = 4
"""Steps of a quarter note."""

TYPES = {16: ("whole", 0), 12: ("half", 1), 8: ("half", 0), 6: ("quarter", 1), 4: ("quarter", 0),
         3: ("eighth", 1), 2: ("eighth", 0), 1: ("16th", 0)}  # fmt: skip
"""Lengths that one note head can show, with dots."""

KINDS = {
    "": "major", "m": "minor", "dim": "diminished", "aug": "augmented", "5": "power",
    "sus2": "suspended-second", "sus4": "suspended-fourth", "6": "major-sixth",
    "m6": "minor-sixth", "7": "dominant", "maj7": "major-seventh", "m7": "minor-seventh",
    "m7b5": "half-diminished", "dim7": "diminished-seventh", "mmaj7": "major-minor",
    "9": "dominant-ninth", "maj9": "major-ninth", "m9": "minor-ninth", "11": "dominant-11th",
    "m11": "minor-11th", "13": "dominant-13th", "add9": "major", "madd9": "minor",
    "6/9": "major-sixth", "7sus4": "suspended-fourth", "7b9": "dominant", "7#9": "dominant",
    "7#5": "dominant", "7b5": "dominant", "maj7#11": "major-seventh",
}  # fmt: skip

DEGREES = {
    "add9": ("add", 9, 0), "madd9": ("add", 9, 0), "6/9": ("add", 9, 0), "7sus4": ("add", 7, 0),
    "7b9": ("add", 9, -1), "7#9": ("add", 9, 1), "7#5": ("alter", 5, 1), "7b5": ("alter", 5, -1),
    "maj7#11": ("add", 11, 1),
}  # fmt: skip
"""What a quality changes about its kind: how, which degree of the scale, by how many semitones."""

Words = dict[int, tuple[Syllable, str]]
_UNSUNG: tuple[None, str] = (None, "single")


@dataclass(frozen=True, slots=True)
class Sound:
    """A note, or a rest, within one measure."""

    start: int
    """In divisions from the start of the measure."""
    length: int
    pitch: int | None
    tied_from: bool = False
    tied_to: bool = False
    syllable: Syllable | None = None
    syllabic: str = "single"
    """Its place in the word: single, begin, middle or end."""


def lead_sheet(plan: SongPlan, composition: Composition) -> bytes:
    """Write the lead sheet.

    Parameters
    ----------
    plan : SongPlan
        Title, metre, keys, sections and chords.
    composition : Composition
        Melody and lyrics.

    Returns
    -------
    bytes
        A partwise score, UTF-8.
    """
    score = Element("score-partwise", version="4.0")
    SubElement(SubElement(score, "work"), "work-title").text = plan.title
    parts = SubElement(score, "part-list")
    entry = SubElement(parts, "score-part", id="P1")
    SubElement(entry, "part-name").text = "Melody"
    part = SubElement(score, "part", id="P1")
    written = _quantised(composition.melody, plan)
    words = _words(composition.lyrics)
    for section in plan.sections:
        for bar in range(section.bars):
            number = section.start_bar + bar
            measure = SubElement(part, "measure", number=str(number + 1))
            _attributes(measure, plan, section.index, first=bar == 0, opening=number == 0)
            if bar == 0:
                _direction(measure, section.label, plan.tempo_bpm if number == 0 else None)
            _fill(measure, plan, number, written, words)
    indent(score)
    body: bytes = tostring(score, encoding="utf-8")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + body


def _words(lyrics: Sequence[Syllable]) -> Words:
    """Return the syllables by their place in divisions, each with its place in the word."""
    placed: Words = {}
    goes_on = False
    for syllable in lyrics:
        inner, last = ("middle", "end") if goes_on else ("begin", "single")
        placed[_steps(syllable.start_beat)] = (syllable, last if syllable.word_end else inner)
        goes_on = not syllable.word_end
    return placed


def _steps(beat: float) -> int:
    return round(beat * DIVISIONS)


def _quantised(melody: Sequence[Note], plan: SongPlan) -> list[tuple[int, int, int]]:
    """Return (start, end, pitch) in divisions, monophonic and inside the song."""
    end_of_song = _steps(plan.total_beats)
    notes: list[tuple[int, int, int]] = []
    for note in melody:
        start = _steps(note.start_beat)
        end = min(max(start + 1, _steps(note.end_beat)), end_of_song)
        if notes and notes[-1][1] > start:
            before = notes.pop()
            if before[0] < start:
                notes.append((before[0], start, before[2]))
        if start < end:
            notes.append((start, end, note.pitch))
    return notes


def _attributes(
    measure: Element, plan: SongPlan, index: int, *, first: bool, opening: bool
) -> None:
    key = plan.sections[index].key
    changes = first and (index == 0 or plan.sections[index - 1].key != key)
    if not (opening or changes):
        return
    attributes = SubElement(measure, "attributes")
    if opening:
        SubElement(attributes, "divisions").text = str(DIVISIONS)
    signature = SubElement(attributes, "key")
    SubElement(signature, "fifths").text = str(key_signature(relative_key(key)))
    SubElement(signature, "mode").text = "minor" if is_minor(key) else "major"
    if opening:
        time = SubElement(attributes, "time")
        SubElement(time, "beats").text = str(plan.metre.numerator)
        SubElement(time, "beat-type").text = str(plan.metre.denominator)
        clef = SubElement(attributes, "clef")
        SubElement(clef, "sign").text = "G"
        SubElement(clef, "line").text = "2"


def _direction(measure: Element, label: str, tempo_bpm: float | None) -> None:
    direction = SubElement(measure, "direction", placement="above")
    SubElement(SubElement(direction, "direction-type"), "rehearsal").text = label
    if tempo_bpm is not None:
        kind = SubElement(direction, "direction-type")
        metronome = SubElement(kind, "metronome")
        SubElement(metronome, "beat-unit").text = "quarter"
        SubElement(metronome, "per-minute").text = f"{tempo_bpm:g}"
        SubElement(direction, "sound", tempo=f"{tempo_bpm:g}")


def _fill(
    measure: Element, plan: SongPlan, number: int, written: Sequence[tuple[int, int, int]],
    words: Words,
) -> None:  # fmt: skip
    """Write harmony, notes and rests of a measure in order."""
    size = _steps(plan.metre.bar_beats)
    start = number * size
    section = next(s for s in plan.sections if s.start_bar <= number < s.start_bar + s.bars)
    chords = {
        _steps(chord.start_beat) - start: chord
        for chord in section.chords
        if start <= _steps(chord.start_beat) < start + size
    }
    for sound in _sounds(start, size, written, words, sorted(chords)):
        if sound.start in chords:
            _harmony(measure, chords[sound.start], section.key)
        _note(measure, sound, section.key)


def _sounds(
    start: int, size: int, written: Sequence[tuple[int, int, int]], words: Words,
    cuts: Sequence[int],
) -> Iterator[Sound]:  # fmt: skip
    """Cut a measure into notes and rests that one note head each can show."""
    place = 0
    inside = [note for note in written if note[0] < start + size and note[1] > start]
    for begin, end, pitch in inside:
        at, until = max(begin - start, 0), min(end - start, size)
        yield from _heads(place, at, None, cuts)
        heads = list(_heads(at, until, pitch, cuts))
        syllable, syllabic = words.get(begin, _UNSUNG) if begin >= start else _UNSUNG
        for order, head in enumerate(heads):
            yield Sound(
                head.start, head.length, pitch,
                tied_from=order > 0 or begin < start,
                tied_to=order < len(heads) - 1 or end > start + size,
                syllable=syllable if order == 0 else None,
                syllabic=syllabic,
            )  # fmt: skip
        place = until
    yield from _heads(place, size, None, cuts)


def _heads(start: int, end: int, pitch: int | None, cuts: Sequence[int]) -> Iterator[Sound]:
    """Split a stretch where chords change and into lengths that can be written."""
    borders = [start, *(cut for cut in cuts if start < cut < end), end]
    for left, right in pairwise(borders):
        place = left
        while place < right:
            length = next(size for size in TYPES if size <= right - place)
            yield Sound(place, length, pitch)
            place += length


def _note(measure: Element, sound: Sound, key: Key) -> None:
    note = SubElement(measure, "note")
    if sound.pitch is None:
        SubElement(note, "rest")
    else:
        _pitch(SubElement(note, "pitch"), sound.pitch, key)
    SubElement(note, "duration").text = str(sound.length)
    if sound.tied_from:
        SubElement(note, "tie", type="stop")
    if sound.tied_to:
        SubElement(note, "tie", type="start")
    SubElement(note, "voice").text = "1"
    kind, dots = TYPES[sound.length]
    SubElement(note, "type").text = kind
    for _ in range(dots):
        SubElement(note, "dot")
    if sound.tied_from or sound.tied_to:
        notations = SubElement(note, "notations")
        if sound.tied_from:
            SubElement(notations, "tied", type="stop")
        if sound.tied_to:
            SubElement(notations, "tied", type="start")
    if sound.syllable is not None:
        lyric = SubElement(note, "lyric", number="1")
        SubElement(lyric, "syllabic").text = sound.syllabic
        SubElement(lyric, "text").text = sound.syllable.text


def _pitch(element: Element, pitch: int, key: Key) -> None:
    name = _name(pitch % 12, key)
    SubElement(element, "step").text = name[0]
    alter = name.count("#") - name.count("b")
    if alter:
        SubElement(element, "alter").text = str(alter)
    SubElement(element, "octave").text = str((pitch - LETTERS[name[0]] - alter) // 12 - 1)


def _name(pitch_class: int, key: Key) -> str:
    """Spell a pitch class so that the notes of the scale need no accidentals."""
    fifths = key_signature(relative_key(key))
    sharps, flats = "FCGDAEB", "BEADGCF"
    for letter, natural in LETTERS.items():
        alter = 0
        if letter in sharps[: max(0, fifths)]:
            alter = 1
        elif letter in flats[: max(0, -fifths)]:
            alter = -1
        if (natural + alter) % 12 == pitch_class:
            return letter + {1: "#", 0: "", -1: "b"}[alter]
    names = {1: ("C#", "Db"), 3: ("D#", "Eb"), 6: ("F#", "Gb"), 8: ("G#", "Ab"), 10: ("A#", "Bb")}
    naturals = {natural: letter for letter, natural in LETTERS.items()}
    if pitch_class in naturals:
        return naturals[pitch_class]
    return names[pitch_class][1 if prefers_flats(key) else 0]


def _harmony(measure: Element, chord: Chord, key: Key) -> None:
    harmony = SubElement(measure, "harmony")
    root = SubElement(harmony, "root")
    name = _name(chord.root, key)
    SubElement(root, "root-step").text = name[0]
    if len(name) > 1:
        SubElement(root, "root-alter").text = str(name.count("#") - name.count("b"))
    steps = tuple((tone - chord.root) % 12 for tone in chord.tones)
    quality = next((q for q, tones in QUALITIES.items() if tones == steps), "")
    kind = SubElement(harmony, "kind", text=quality)
    kind.text = KINDS[quality]
    if chord.bass != chord.root:
        bass = SubElement(harmony, "bass")
        low = _name(chord.bass, key)
        SubElement(bass, "bass-step").text = low[0]
        if len(low) > 1:
            SubElement(bass, "bass-alter").text = str(low.count("#") - low.count("b"))
    if quality in DEGREES:
        _degree(harmony, *DEGREES[quality])


def _degree(harmony: Element, change: str, value: int, semitones: int) -> None:
    """Write what the kind leaves out; its text names it already, so it is not printed again."""
    degree = SubElement(harmony, "degree", {"print-object": "no"})
    SubElement(degree, "degree-value").text = str(value)
    SubElement(degree, "degree-alter").text = str(semitones)
    SubElement(degree, "degree-type").text = change
