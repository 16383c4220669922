"""The summary grows stage by stage and survives the database."""

from backend.models import Take
from backend.pipeline.artifacts import (
    Arrangement,
    Check,
    Chord,
    Composition,
    Key,
    Metre,
    Note,
    Role,
    SectionPlan,
    SongPlan,
    SongReport,
    Syllable,
    TempoPoint,
    Track,
    TrackMix,
    TrackPlan,
)
from backend.services.song_summary import FileRef, from_take
from backend.services.summarising import arranged, composed, mixed, planned

KEY = Key(0, "major", "C")
SECTIONS = (
    SectionPlan(0, "verse", "Verse 1", 0, 2, 0.4, KEY, (Chord("C", 0, (0, 4, 7), 0, 0, 6),), ()),
    SectionPlan(1, "chorus", "Chorus", 2, 2, 0.8, KEY, (Chord("F", 5, (5, 9, 0), 5, 6, 6),), ()),
)
PLAN = SongPlan(
    title="T", seed=1, genre="waltz", mood="calm", energy=0.5, tempo_bpm=60.0, key=KEY,
    metre=Metre(3, 4), duration_seconds=9.0, swing=0.5, sections=SECTIONS,
    tracks=(TrackPlan("bass", "Bass", Role.BASS, "electric bass", 33),),
    tempo_points=(TempoPoint(0, 60.0), TempoPoint(6, 120.0)), ending="cold",
)  # fmt: skip


def test_the_plan_is_shown_in_seconds_along_the_tempo() -> None:
    verse, chorus = planned(PLAN).sections
    assert (verse.name, verse.start_bar, verse.bars) == ("Verse 1", 0, 2)
    assert (verse.start_seconds, verse.duration_seconds) == (0.0, 6.0)
    assert (chorus.start_seconds, chorus.duration_seconds) == (6.0, 3.0)
    assert chorus.chords[0].start_seconds == 6.0


def test_words_stand_where_they_are_sung() -> None:
    composition = Composition((), lyrics=(Syllable("rain", 5.0, 2.0, 0),))
    song = composed(planned(PLAN), PLAN, composition)
    assert song.lyrics
    (syllable,) = song.lyrics.syllables
    assert (syllable.start_seconds, syllable.duration_seconds) == (5.0, 1.5)
    assert composed(planned(PLAN), PLAN, Composition(())).lyrics is None


def test_the_notes_tell_of_the_plan_and_of_the_melody():
    song = composed(planned(PLAN), PLAN, Composition((), notes=("Nobody's tune.",)))
    assert song.notes == (*PLAN.notes, "Nobody's tune.")


def test_the_finished_song_survives_the_database() -> None:
    def file(name: str) -> FileRef:
        return FileRef(name, f"key of {name}", 1, "audio/wav", name.rsplit(".", 1)[1], 9.0, "p")

    names = ["master.mp3", "master.wav", "stems/bass.wav"]
    scores = {n: file(n) for n in ("song.mid", "lead-sheet.musicxml", "lyrics.lrc")}
    report = SongReport(
        -14.0, 6.0, -1.1, 9.0, 60.0, "C major", (Check("tempo", "60", "60.0", True),), "B", "L", "0"
    )
    notes = tuple(Note(40, float(beat), 1, 90) for beat in range(5))
    song = arranged(planned(PLAN), Arrangement((Track("bass", notes),)), scores)
    song = mixed(song, (TrackMix("bass", -3.0, 0.2, False),), report, {n: file(n) for n in names})
    take = Take(project_id="p", seed=1, song=song.as_json())
    again = from_take(take)
    assert again == song
    assert again is not None
    assert [audio.format for audio in again.audio] == ["wav", "mp3"]
    (bass,) = again.tracks
    assert (bass.note_count, bass.gain_db, bass.pan) == (5, -3.0, 0.2)
    assert bass.stem
    assert bass.stem.name == "stems/bass.wav"
    assert again.midi
    assert again.music_xml
    assert again.lrc


def test_there_is_no_song_before_the_plan() -> None:
    assert from_take(Take(project_id="p", seed=1)) is None
