from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from backend.errors import StageFailed
from backend.pipeline.artifacts import (
    SAMPLE_RATE,
    Arrangement,
    ControlChange,
    Note,
    PitchBend,
    SoundBank,
    StageName,
    Stems,
    Track,
)
from backend.pipeline.progress import StageContext
from backend.pipeline.rendering import render
from tests.pipeline.builders import arrangement, small_bank, song_plan


def context(**more) -> StageContext:
    return StageContext(5, StageName.RENDERING, **more)


def play(track: Track, **plan) -> np.ndarray:
    song = song_plan(bars=2, players=(track.track_id,), **plan)
    return render(song, Arrangement((track,)), small_bank(), context()).stems[0].audio


def level(audio: np.ndarray, start: float, end: float) -> float:
    part = audio[:, round(start * SAMPLE_RATE) : round(end * SAMPLE_RATE)]
    return float(np.sqrt(np.square(part).mean()))


def pitch_hz(audio: np.ndarray, start: float, end: float) -> float:
    part = audio[:, round(start * SAMPLE_RATE) : round(end * SAMPLE_RATE)].sum(axis=0)
    spectrum = np.abs(np.fft.rfft(part * np.hanning(part.size), 1 << 18))
    return float(np.argmax(spectrum) * SAMPLE_RATE / (1 << 18))


@pytest.fixture(scope="module")
def stems() -> Stems:
    plan = song_plan(bars=4)
    return render(plan, arrangement(plan), small_bank(), context())


def test_every_track_sounds_and_lasts_as_long_as_planned(stems):
    plan = song_plan(bars=4)
    assert [stem.track_id for stem in stems.stems] == [track.id for track in plan.tracks]
    for stem in stems.stems:
        assert stem.audio.shape == (2, round(plan.duration_seconds * SAMPLE_RATE))
        assert stem.audio.dtype == np.float32
        assert np.isfinite(stem.audio).all()
        assert level(stem.audio, 0, 8) > 1e-3


def test_the_same_song_gives_the_same_bytes_alone_and_in_company(stems):
    plan = song_plan(bars=4, players=("lead", "bass"))
    alone = render(plan, _only(plan), small_bank(), context())
    for stem in alone.stems:
        (same,) = [other for other in stems.stems if other.track_id == stem.track_id]
        assert stem.audio.tobytes() == same.audio.tobytes()


def _only(plan) -> Arrangement:
    full = arrangement(song_plan(bars=4))
    return Arrangement(tuple(full.track(track.id) for track in plan.tracks))


def test_progress_rises_to_one_and_names_the_players():
    plan = song_plan(bars=2)
    seen: list[tuple[float, str]] = []
    render(plan, arrangement(plan), small_bank(), context(report=lambda *step: seen.append(step)))
    shares = [share for share, _ in seen]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert len(set(shares)) > len(plan.tracks)
    assert {message for _, message in seen} >= {f"Playing {track.name}" for track in plan.tracks}


def test_every_track_is_told_of_until_its_sound_is_there():
    plan = song_plan(bars=2)
    seen: dict[str, list[float]] = {}
    ends: dict[str, bytes] = {}

    def played(stem, share):
        seen.setdefault(stem.track_id, []).append(share)
        if share == 1.0:
            ends[stem.track_id] = stem.audio.tobytes()

    stems = render(plan, arrangement(plan), small_bank(), context(played=played)).stems
    assert all(shares == sorted(shares) for shares in seen.values())
    assert ends == {stem.track_id: stem.audio.tobytes() for stem in stems}


def test_audio_goes_where_the_context_says():
    plan = song_plan(bars=1, players=("keys",))
    given: dict[str, np.ndarray] = {}

    def allocate(name, shape):
        given[name] = np.zeros(shape, np.float32)
        return given[name]

    stems = render(plan, arrangement(plan), small_bank(), context(allocate=allocate))
    assert stems.stems[0].audio is given["stem-keys"]


@pytest.mark.parametrize("voice", ["soundfont", "supersaw", "fm_keys"])
def test_notes_sound_when_and_as_high_as_written(voice):
    audio = play(Track("lead", (Note(69, 2.0, 2.0, 100),)), voices={"lead": voice})
    assert level(audio, 0, 0.95) < 1e-5
    assert level(audio, 1.05, 1.9) > 1e-2
    assert pitch_hz(audio, 1.2, 1.9) % 440 == pytest.approx(0, abs=6) or (
        pitch_hz(audio, 1.2, 1.9) % 440 == pytest.approx(440, abs=6)
    )


@pytest.mark.parametrize("voice", ["soundfont", "square_lead", "fm_bass"])
def test_bends_and_expression_are_heard(voice):
    note = (Note(69, 0.0, 8.0, 100),)
    plain = play(Track("lead", note), voices={"lead": voice})
    bent = play(
        Track("lead", note, (ControlChange(0.0, 11, 40),), (PitchBend(0.0, 2.0),)),
        voices={"lead": voice},
    )
    ratio = pitch_hz(bent, 1, 2) / pitch_hz(plain, 1, 2)
    assert 12 * np.log2(ratio) % 12 == pytest.approx(2, abs=0.2)
    assert level(bent, 0, 2) < 0.5 * level(plain, 0, 2)


@pytest.mark.parametrize("voice", ["soundfont", "supersaw"])
def test_the_sustain_pedal_holds(voice):
    note = (Note(60, 0.0, 0.5, 100),)
    pedal = (ControlChange(0.0, 64, 127), ControlChange(3.0, 64, 0))
    dry = play(Track("lead", note), voices={"lead": voice})
    held = play(Track("lead", note, pedal), voices={"lead": voice})
    assert level(held, 1.0, 1.4) > 20 * level(dry, 1.0, 1.4)
    assert level(held, 3.0, 4.0) < 0.1 * level(held, 1.0, 1.4)


def strokes(voice: str) -> list[np.ndarray]:
    return [
        play(Track("drums", (Note(38, 0.0, 0.5, velocity),)), voices={"drums": voice})
        for velocity in (40, 120)
    ]


@pytest.mark.parametrize("voice", ["soundfont", "kit_909"])
def test_a_harder_stroke_is_louder(voice):
    soft, loud = strokes(voice)
    assert level(loud, 0, 0.3) > 2 * level(soft, 0, 0.3)


def test_a_harder_stroke_of_a_drum_machine_is_brighter():
    def centre(audio):
        spectrum = np.abs(np.fft.rfft(audio[0, :44_100]))
        return float((spectrum * np.arange(spectrum.size)).sum() / spectrum.sum())

    soft, loud = strokes("kit_909")
    assert centre(loud) > 1.1 * centre(soft)


def test_an_unknown_program_is_played_by_a_named_stand_in():
    plan = song_plan(bars=1, players=("keys",))
    odd = replace(plan, tracks=(replace(plan.tracks[0], program=900),))
    said: list[str] = []
    stems = render(
        odd, arrangement(plan), small_bank(), context(report=lambda _, m: said.append(m))
    )
    assert level(stems.stems[0].audio, 0, 2) > 1e-3
    assert any("which the sound bank has" in message for message in said)
    (fallback,) = stems.fallbacks
    assert fallback.startswith("Keys as ")


def test_what_the_bank_leaves_silent_is_synthesised_by_name():
    plan = song_plan(bars=1, players=("drums",))
    unheard = Arrangement((Track("drums", (Note(12, 0.0, 1.0, 100),)),))
    said: list[str] = []
    stems = render(plan, unheard, small_bank(), context(report=lambda _, m: said.append(m)))
    assert level(stems.stems[0].audio, 0, 1) > 1e-4
    assert any("kit_909" in message for message in said)
    assert stems.fallbacks == ("Drums as kit_909",)


def test_banks_that_cannot_be_read_are_named(tmp_path: Path):
    plan = song_plan(bars=1, players=("keys",))
    whole = Path(small_bank().path).read_bytes()
    for name, content in (
        ("missing.sf2", None),
        ("text.sf2", b"no bank at all"),
        ("cut.sf2", whole[: len(whole) // 2]),
    ):
        path = tmp_path / name
        if content is not None:
            path.write_bytes(content)
        bank = SoundBank(str(path), name, "?", "0")
        with pytest.raises(StageFailed, match=name):
            render(plan, arrangement(plan), bank, context())
