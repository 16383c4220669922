import numpy as np
import pytest

from backend.pipeline.artifacts import (
    SAMPLE_RATE,
    Arrangement,
    ControlChange,
    Note,
    StageName,
    Track,
)
from backend.pipeline.formats.rendered import settle
from backend.pipeline.progress import StageContext
from backend.pipeline.rendering import render
from backend.pipeline.rendering.events import Kind, events
from backend.pipeline.rendering.fluidsynth import BLOCK
from backend.pipeline.rendering.presets import Preset
from backend.pipeline.rendering.soundfont import play
from backend.pipeline.rendering.tape import Tape
from backend.pipeline.rendering.work import hands, note_seconds
from backend.pipeline.theory.tempo_map import TempoMap
from tests.pipeline.builders import small_bank, song_plan

TEMPO = TempoMap.from_plan(song_plan(bars=4))


def chords(count: int, beats: float) -> Track:
    return Track(
        "keys",
        tuple(
            Note(pitch, beat * 0.25, beats, 80) for beat in range(count) for pitch in (60, 63, 67)
        ),
    )


def test_work_is_how_long_all_notes_sound():
    second = TEMPO.seconds(1.0)
    assert note_seconds(Track("keys", (Note(60, 0, 1, 80),)), TEMPO) == pytest.approx(
        second + 0.4, abs=0.01
    )


def test_the_pedal_makes_work():
    notes = (Note(60, 0, 1, 80),)
    pedal = (ControlChange(0.0, 64, 127), ControlChange(8.0, 64, 0))
    held = note_seconds(Track("keys", notes, pedal), TEMPO)
    assert held == pytest.approx(TEMPO.seconds(8.0) + 0.4, abs=0.01)


def test_a_track_with_little_to_do_has_one_player():
    track = chords(4, 1.0)
    assert hands(track, TEMPO) == (track,)


def test_two_players_share_all_notes_and_see_the_same_controllers():
    pedal = (ControlChange(0.0, 64, 127),)
    track = Track("keys", chords(400, 4.0).notes, pedal)
    even, odd = hands(track, TEMPO)
    assert set(even.notes + odd.notes) == set(track.notes)
    assert {note.pitch for note in even.notes}.isdisjoint(note.pitch for note in odd.notes)
    assert even.controls == odd.controls == pedal


def test_what_two_players_make_is_the_same_every_time_and_holds_every_pitch():
    plan = song_plan(bars=40, players=("keys",))
    track = chords(600, 4.0)
    assert len(hands(track, TempoMap.from_plan(plan))) == 2
    first, second = (
        render(plan, Arrangement((track,)), small_bank(), StageContext(5, StageName.RENDERING))
        for _ in range(2)
    )
    audio = first.stems[0].audio
    assert audio.tobytes() == second.stems[0].audio.tobytes()
    part = audio[0, SAMPLE_RATE * 4 : SAMPLE_RATE * 8]
    spectrum = np.abs(np.fft.rfft(part * np.hanning(part.size)))
    for pitch in (60, 63, 67):
        place = round(440 * 2 ** ((pitch - 69) / 12) * part.size / SAMPLE_RATE)
        assert spectrum[place - 20 : place + 20].max() > 20 * np.median(spectrum)


def played(tracks: tuple[Track, ...]) -> np.ndarray:
    tape = Tape(np.zeros((2, SAMPLE_RATE * 5), np.float32), shared=len(tracks) > 1)
    preset = Preset(0, 0, "Piano", False)
    for track in tracks:
        play("keys", track, TEMPO, preset, small_bank().path, tape, lambda _frames: None)
    return tape.audio


def test_two_players_differ_from_one_only_while_a_note_begins():
    notes = tuple(Note(60 + (index * 5) % 17, index * 0.5, 1.5, 80) for index in range(18))
    odd, even = (tuple(n for n in notes if n.pitch % 2 == hand) for hand in (1, 0))
    one = played((Track("keys", notes),))
    two = played((Track("keys", odd), Track("keys", even)))
    begins = [e.frame for e in events(Track("keys", notes), TEMPO, BLOCK) if e.kind is Kind.NOTE_ON]
    sustained = np.ones(one.shape[1], bool)
    for frame in begins:
        sustained[frame : frame + BLOCK] = False
    assert np.abs(one).max() > 0.01
    assert np.abs(two - one)[:, sustained].max() < 1e-5 * np.abs(one).max()


def test_the_order_of_the_players_does_not_matter():
    rng = np.random.Generator(np.random.PCG64(3))
    pieces = list(zip((0, 40, 20), rng.standard_normal((3, 2, 100), dtype=np.float32), strict=True))
    forth, back = (Tape(np.zeros((2, 150), np.float32), shared=True) for _ in range(2))
    for start, piece in pieces:
        forth.leave(start, piece.copy())
    for start, piece in reversed(pieces):
        back.leave(start, piece.copy())
    assert np.array_equal(forth.audio, back.audio)
    assert np.allclose(forth.audio[:, :20], pieces[0][1][:, :20], atol=2.0**-23)


def test_what_is_left_on_a_tape_is_settled():
    rng = np.random.Generator(np.random.PCG64(4))
    sound = rng.standard_normal((2, 100), dtype=np.float32)
    tape = Tape(np.zeros((2, 150), np.float32), shared=False)
    tape.leave(50, sound.copy())
    settle(sound)
    assert np.array_equal(tape.audio[:, 50:], sound)
    assert not tape.audio[:, :50].any()
