"""The lead sheet as MusicXML 4.0: melody, chord symbols, sections, tempo and lyrics.

Every measure sums exactly to its length. Swung eighths are written straight under a swing mark, as
musicians read them; triplets are triplets.
"""

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from backend.pipeline.artifacts import Composition, Key, SectionPlan, SongPlan, Syllable
from backend.pipeline.formats.musicxml_chords import spelled, write_chord
from backend.pipeline.formats.notation import DIVISIONS, Head, Notation
from backend.pipeline.styles import style
from backend.pipeline.theory.pitch import LETTERS
from backend.pipeline.theory.scales import key_signature, relative_key

SWUNG = 0.54
"""Share of the first of two eighths (or sixteenths) from which a swing mark is written."""

Words = dict[float, tuple[Syllable, str]]
"""Syllables by the beat of their note, with their place in the word: single, begin, middle, end."""


def lead_sheet(plan: SongPlan, composition: Composition) -> bytes:
    """Write the lead sheet.

    Parameters
    ----------
    plan : SongPlan
        Title, metre, tempo, keys, sections and chords.
    composition : Composition
        Melody and lyrics.

    Returns
    -------
    bytes
        A partwise score, UTF-8; equal songs give equal bytes.
    """
    score = Element("score-partwise", version="4.0")
    SubElement(SubElement(score, "work"), "work-title").text = plan.title
    parts = SubElement(score, "part-list")
    entry = SubElement(parts, "score-part", id="P1")
    SubElement(entry, "part-name").text = "Melody"
    part = SubElement(score, "part", id="P1")
    notation = Notation(composition.melody, plan.metre, plan.total_bars)
    words = _words(composition.lyrics)
    for section in plan.sections:
        for bar in range(section.start_bar, section.start_bar + section.bars):
            measure = SubElement(part, "measure", number=str(bar + 1))
            _opening(measure, plan, section, bar)
            _tempo(measure, plan, bar)
            _fill(measure, section, notation, bar, words)
    last = SubElement(part[-1], "barline", location="right")
    SubElement(last, "bar-style").text = "light-heavy"
    indent(score)
    body: bytes = tostring(score, encoding="utf-8")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + body


def _words(lyrics: Sequence[Syllable]) -> Words:
    placed: Words = {}
    goes_on = False
    for syllable in lyrics:
        inner, last = ("middle", "end") if goes_on else ("begin", "single")
        placed[syllable.start_beat] = (syllable, last if syllable.word_end else inner)
        goes_on = not syllable.word_end
    return placed


def _opening(measure: Element, plan: SongPlan, section: SectionPlan, bar: int) -> None:
    """Write what stands at the beginning of a section: new signatures and its name."""
    if bar != section.start_bar:
        return
    before = plan.sections[section.index - 1].key if section.index else None
    if section.key != before:
        attributes = SubElement(measure, "attributes")
        if before is None:
            SubElement(attributes, "divisions").text = str(DIVISIONS)
        signature = SubElement(attributes, "key")
        SubElement(signature, "fifths").text = str(key_signature(relative_key(section.key)))
        SubElement(signature, "mode").text = section.key.mode
        if before is None:
            _metre_and_clef(attributes, plan)
    direction = SubElement(measure, "direction", placement="above")
    SubElement(SubElement(direction, "direction-type"), "rehearsal").text = section.label
    if before is None and plan.swing >= SWUNG:
        _swing(measure, plan)


def _metre_and_clef(attributes: Element, plan: SongPlan) -> None:
    """Write the metre, fives and sevens as the sum of their groups, and the treble clef."""
    metre = plan.metre
    time = SubElement(attributes, "time")
    SubElement(time, "beats").text = "+".join(map(str, metre.grouping or (metre.numerator,)))
    SubElement(time, "beat-type").text = str(metre.denominator)
    clef = SubElement(attributes, "clef")
    SubElement(clef, "sign").text = "G"
    SubElement(clef, "line").text = "2"


def _swing(measure: Element, plan: SongPlan) -> None:
    """Say that pairs of eighths or sixteenths are swung, and how far."""
    direction = SubElement(measure, "direction", placement="above")
    SubElement(SubElement(direction, "direction-type"), "words").text = "Swing"
    swing = SubElement(SubElement(direction, "sound"), "swing")
    first = round(plan.swing * 100)
    SubElement(swing, "first").text = str(first)
    SubElement(swing, "second").text = str(100 - first)
    grid = style(plan.genre).swing_grid
    SubElement(swing, "swing-type").text = "16th" if grid == 16 else "eighth"


def _tempo(measure: Element, plan: SongPlan, bar: int) -> None:
    """Write the tempo changes of a bar at their places."""
    start = bar * plan.metre.bar_beats
    for point in plan.tempo_points:
        if not start <= point.beat < start + plan.metre.bar_beats:
            continue
        direction = SubElement(measure, "direction", placement="above")
        kind = SubElement(direction, "direction-type")
        metronome = SubElement(kind, "metronome")
        SubElement(metronome, "beat-unit").text = "quarter"
        SubElement(metronome, "per-minute").text = f"{point.tempo_bpm:g}"
        offset = round((point.beat - start) * DIVISIONS)
        if offset:
            SubElement(direction, "offset", sound="yes").text = str(offset)
        SubElement(direction, "sound", tempo=f"{point.tempo_bpm:g}")


def _fill(
    measure: Element, section: SectionPlan, notation: Notation, bar: int, words: Words
) -> None:
    """Write harmony, notes and rests of a measure in order."""
    first = bar * notation.bar
    chords = {
        notation.step(chord.start_beat) - first: chord
        for chord in section.chords
        if first <= notation.step(chord.start_beat) < first + notation.bar
    }
    for head in notation.measure(bar, sorted(chords)):
        if head.start in chords:
            write_chord(measure, chords[head.start], section.key)
        _note(measure, head, section.key, words, is_whole=head.length == notation.bar)


def _note(measure: Element, head: Head, key: Key, words: Words, *, is_whole: bool) -> None:
    note = SubElement(measure, "note")
    if head.written is not None:
        _pitch(SubElement(note, "pitch"), head.written.pitch, key)
    elif is_whole:
        SubElement(note, "rest", measure="yes")
    else:
        SubElement(note, "rest")
    SubElement(note, "duration").text = str(head.length)
    if head.tied_from:
        SubElement(note, "tie", type="stop")
    if head.tied_to:
        SubElement(note, "tie", type="start")
    SubElement(note, "voice").text = "1"
    if head.written is not None or not is_whole:
        _value(note, head)
    _notations(note, head)
    if head.written is not None and not head.tied_from:
        _lyric(note, words.get(head.written.note.start_beat))


def _value(note: Element, head: Head) -> None:
    kind, dots = head.type
    SubElement(note, "type").text = kind
    for _ in range(dots):
        SubElement(note, "dot")
    if head.in_triplet:
        change = SubElement(note, "time-modification")
        SubElement(change, "actual-notes").text = "3"
        SubElement(change, "normal-notes").text = "2"
        SubElement(change, "normal-type").text = "eighth"


def _notations(note: Element, head: Head) -> None:
    marks = [
        ("tied", "stop", head.tied_from), ("tied", "start", head.tied_to),
        ("tuplet", "start", head.opens_triplet), ("tuplet", "stop", head.closes_triplet),
    ]  # fmt: skip
    if any(wanted for *_, wanted in marks):
        notations = SubElement(note, "notations")
        for name, kind, wanted in marks:
            if wanted:
                SubElement(notations, name, type=kind)


def _lyric(note: Element, word: tuple[Syllable, str] | None) -> None:
    if word is None:
        return
    syllable, place = word
    lyric = SubElement(note, "lyric", number="1")
    SubElement(lyric, "syllabic").text = place
    SubElement(lyric, "text").text = syllable.text


def _pitch(element: Element, pitch: int, key: Key) -> None:
    name = spelled(pitch % 12, key)
    SubElement(element, "step").text = name[0]
    alter = name.count("#") - name.count("b")
    if alter:
        SubElement(element, "alter").text = str(alter)
    SubElement(element, "octave").text = str((pitch - LETTERS[name[0]] - alter) // 12 - 1)
