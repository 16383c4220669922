"""What other programs read from the scores is what was planned and composed.

symusic reads the MIDI file and music21 the lead sheet; neither was used to write them.
"""

import warnings
from dataclasses import replace
from fractions import Fraction
from functools import cache

import pytest
import symusic
from music21 import converter, expressions, harmony, key, meter, note, stream, tempo

from backend.pipeline.artifacts import Chord, Composition, LyricsRequest, Metre, Note
from backend.pipeline.formats.midi import TICKS_PER_BEAT, midi_file
from backend.pipeline.formats.musicxml import lead_sheet
from backend.pipeline.formats.notation import DIVISIONS, Notation
from backend.pipeline.styles import all_styles
from backend.pipeline.theory.chords import QUALITIES
from backend.pipeline.theory.scales import key_signature, relative_key
from tests.pipeline.builders import song_plan
from tests.pipeline.songs import Song, composed

STYLES = [candidate.id for candidate in all_styles()]
METRES = (None, "3/4", "6/8", "5/4", "7/8", None, "4/4", "12/8")


@cache
def song_of(genre: str) -> Song:
    number = STYLES.index(genre)
    metre = METRES[number % len(METRES)]
    words = LyricsRequest(theme="the sea at night") if number % 2 else None
    return composed(seed=8, genre=genre, time_signature=metre, duration_seconds=45.0, lyrics=words)


@cache
def sheet_of(genre: str) -> stream.Part:
    song = song_of(genre)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        score = converter.parseData(
            lead_sheet(song.plan, song.composition).decode(), format="musicxml"
        )
    [part] = score.parts
    return part


def found(part: stream.Part, kind: type) -> list:
    return list(part.recurse().getElementsByClass(kind))


def beat(element, part: stream.Part) -> float:
    return float(element.getOffsetInHierarchy(part))


@pytest.mark.parametrize("genre", STYLES)
def test_the_sheet_has_the_melody_and_its_words(genre):
    song, part = song_of(genre), sheet_of(genre).stripTies()
    notes = [one for one in found(part, note.Note) if not isinstance(one, harmony.ChordSymbol)]
    assert [one.pitch.midi for one in notes] == [one.pitch for one in song.composition.melody]
    for read, written in zip(notes, song.composition.melody, strict=True):
        assert beat(read, part) == pytest.approx(written.start_beat, abs=1 / 16)
        assert float(read.quarterLength) == pytest.approx(written.duration_beats, abs=0.13)
    sung = [(beat(one, part), line.text, line.syllabic) for one in notes for line in one.lyrics]
    assert [(at, text) for at, text, _ in sung] == [
        (pytest.approx(syllable.start_beat, abs=1 / 16), syllable.text)
        for syllable in song.composition.lyrics
    ]
    ends = [place in {"end", "single"} for *_, place in sung]
    assert ends == [syllable.word_end for syllable in song.composition.lyrics]


@pytest.mark.parametrize("genre", STYLES)
def test_the_sheet_has_the_harmony(genre):
    song, part = song_of(genre), sheet_of(genre)
    symbols = found(part, harmony.ChordSymbol)
    assert [beat(one, part) for one in symbols] == [
        pytest.approx(chord.start_beat, abs=0.13) for chord in song.plan.chords
    ]
    for read, chord in zip(symbols, song.plan.chords, strict=True):
        assert read.root().pitchClass == chord.root
        assert read.bass().pitchClass == chord.bass
        assert set(read.pitchClasses) == {*chord.tones, chord.bass}


@pytest.mark.parametrize("root", [0, 3, 6, 9])
def test_every_chord_quality_is_read_as_its_tones(root):
    plan = song_plan(bars=len(QUALITIES))
    chords = tuple(
        Chord(quality, root, tuple((root + step) % 12 for step in steps), root, bar * 4.0, 4.0)
        for bar, (quality, steps) in enumerate(QUALITIES.items())
    )
    plan = replace(plan, sections=(replace(plan.sections[0], chords=chords),))
    sheet = lead_sheet(plan, Composition(melody=(Note(60, 0.0, 1.0, 80),)))
    symbols = found(converter.parseData(sheet.decode(), format="musicxml"), harmony.ChordSymbol)
    read = {
        one.symbol: set(symbol.pitchClasses) for one, symbol in zip(chords, symbols, strict=True)
    }
    assert read == {chord.symbol: set(chord.tones) for chord in chords}


@pytest.mark.parametrize("genre", STYLES)
def test_the_sheet_has_bars_keys_tempo_and_sections(genre):
    song, part = song_of(genre), sheet_of(genre)
    measures = found(part, stream.Measure)
    assert len(measures) == song.plan.total_bars
    for measure in measures:
        assert float(measure.duration.quarterLength) == song.plan.metre.bar_beats
    [signature] = found(part, meter.TimeSignature)
    assert f"{signature.numerator}/{signature.denominator}" == str(song.plan.metre)
    changes = [
        section for section in song.plan.sections
        if section.index == 0 or section.key != song.plan.sections[section.index - 1].key
    ]  # fmt: skip
    keys = found(part, key.KeySignature)
    assert [one.sharps for one in keys] == [key_signature(relative_key(s.key)) for s in changes]
    assert [one.mode for one in keys] == [section.key.mode for section in changes]
    assert [(beat(one, part), one.number) for one in found(part, tempo.MetronomeMark)] == [
        (pytest.approx(point.beat), pytest.approx(point.tempo_bpm, abs=1e-2))
        for point in song.plan.tempo_points
    ]
    marks = found(part, expressions.RehearsalMark)
    assert [(beat(one, part), one.content) for one in marks] == [
        (song.plan.span(section)[0], section.label) for section in song.plan.sections
    ]


@pytest.mark.parametrize("genre", STYLES)
def test_the_midi_file_has_the_arrangement(genre):
    song = song_of(genre)
    plan = song.plan
    read = symusic.Score.from_midi(midi_file(plan, song.arrangement, song.composition))
    assert read.ticks_per_quarter == TICKS_PER_BEAT
    sounding = [track for track in plan.tracks if song.arrangement.track(track.id).notes]
    tracks = [track for track in read.tracks if len(track.notes)]
    for track, planned in zip(tracks, sounding, strict=True):
        assert (track.name, track.program) == (planned.name, planned.program)
        assert track.is_drum == planned.is_drums
        assert sorted((n.time, n.pitch, n.velocity) for n in track.notes) == sorted(
            (round(n.start_beat * TICKS_PER_BEAT), n.pitch, n.velocity)
            for n in song.arrangement.track(planned.id).notes
        )
    assert [(one.time, one.qpm) for one in read.tempos] == [
        (round(point.beat * TICKS_PER_BEAT), pytest.approx(point.tempo_bpm, abs=0.01))
        for point in plan.tempo_points
    ]
    [signature] = read.time_signatures
    assert (signature.numerator, signature.denominator) == (
        plan.metre.numerator, plan.metre.denominator,
    )  # fmt: skip
    assert read.key_signatures[0].key == key_signature(relative_key(plan.key))
    marks = [(one.time, one.text) for one in read.markers]
    assert marks == [
        *((round(plan.span(s)[0] * TICKS_PER_BEAT), s.label) for s in plan.sections),
        (round(plan.total_beats * TICKS_PER_BEAT), "End"),
    ]
    bars = (marks[-1][0] - marks[0][0]) / TICKS_PER_BEAT / plan.metre.bar_beats
    assert bars == plan.total_bars


@pytest.mark.parametrize("genre", STYLES)
def test_the_midi_file_has_the_words(genre):
    song = song_of(genre)
    assert sung_words(song) == [
        (round(one.start_beat * TICKS_PER_BEAT), one.text + (" " if one.word_end else "-"))
        for one in song.composition.lyrics
    ]


def sung_words(song: Song) -> list[tuple[int, str]]:
    read = symusic.Score.from_midi(midi_file(song.plan, song.arrangement, song.composition))
    return [(one.time, one.text) for track in read.tracks for one in track.lyrics]


@pytest.mark.parametrize("genre", ["ballad", "folk", "gospel"])
def test_every_syllable_of_a_verse_is_struck_with_a_note_of_its_own(genre):
    words = LyricsRequest(text="Over the water\nunder the stars")
    song = composed(seed=4, genre=genre, lyrics=words, duration_seconds=60.0)
    places = [time for time, _ in sung_words(song)]
    onsets = {round(one.start_beat * TICKS_PER_BEAT) for one in song.composition.melody}
    assert places == sorted(set(places))
    assert set(places) <= onsets


def test_a_syllable_on_many_notes_is_written_once_and_lasts_through_them():
    words = LyricsRequest(text="Ooh yeah")
    song = composed(seed=4, genre="ballad", lyrics=words, duration_seconds=60.0)
    assert [text for _, text in sung_words(song)] == ["Ooh ", "yeah "]
    through = [
        sum(one.start_beat <= note.start_beat < one.start_beat + one.duration_beats
            for note in song.composition.melody)
        for one in song.composition.lyrics
    ]  # fmt: skip
    assert min(through) >= 1
    assert max(through) > 1
    first, second = song.composition.lyrics
    assert first.start_beat + first.duration_beats <= second.start_beat


@pytest.mark.parametrize(
    ("asked", "written", "groups"),
    [
        ("7/8 as 3+2+2", "3+2+2", "3/8+2/8+2/8"),
        ("5/4 as 2+3", "2+3", "2/4+3/4"),
        ("3/4", "3", "3/4"),
    ],
)
def test_odd_metres_are_written_as_the_sum_of_their_groups(asked, written, groups):
    song = composed(f"a pop song in {asked}", genre="pop", duration_seconds=20.0)
    sheet = lead_sheet(song.plan, song.composition).decode()
    assert f"<beats>{written}</beats>" in sheet
    [read] = found(converter.parseData(sheet, format="musicxml"), meter.TimeSignature)
    assert read.ratioString == groups
    assert read.barDuration.quarterLength == song.plan.metre.bar_beats


def test_thirds_of_a_beat_are_written_as_triplets():
    thirds = [Note(60 + n, 4 + n / 3, 1 / 3, 80) for n in range(3)]
    line = [Note(59, 0.0, 1.5, 80), *thirds, Note(64, 5.0, 3.0, 80)]
    notation = Notation(line, Metre(4, 4), 2)
    assert notation.triplets == {4}
    triplet = [head for head in notation.measure(1) if head.in_triplet]
    assert [head.length for head in triplet] == [DIVISIONS // 3] * 3
    assert [(h.opens_triplet, h.closes_triplet) for h in triplet] == [
        (True, False), (False, False), (False, True),
    ]  # fmt: skip


def test_a_triplet_in_the_sheet_is_read_as_one():
    song = composed(seed=1, genre="jazz_swing", time_signature="4/4", duration_seconds=45.0)
    played = {round(n.start_beat % 1, 3) for n in song.composition.melody}
    assert {0.333, 0.667} & played
    part = converter.parseData(lead_sheet(song.plan, song.composition).decode(), format="musicxml")
    triplets = [n for n in part.recurse().notesAndRests if n.duration.tuplets]
    assert triplets
    assert {n.duration.tuplets[0].tupletMultiplier() for n in triplets} == {Fraction(2, 3)}
    assert sum(float(n.quarterLength) for n in triplets) % 1 == pytest.approx(0, abs=1e-6)


def test_notes_do_not_hide_the_pulses_of_their_metre():
    notation = Notation([Note(60, 0.5, 2.0, 80)], Metre(6, 8), 1)
    shown = [(head.start, head.length, head.tied_to) for head in notation.measure(0)]
    assert shown == [(0, 12, False), (12, 24, True), (36, 24, False), (60, 12, False)]
    notation = Notation([Note(60, 0.0, 3.5, 80)], Metre(7, 8), 1)
    assert [head.length for head in notation.measure(0)] == [48, 36]
