import numpy as np
import pytest
from scipy.signal import butter, sosfilt

from backend.pipeline.artifacts import Arrangement, Note, StageName, TempoPoint, Track
from backend.pipeline.planning.palette import SYNTHESISERS, VOICE_NAMES
from backend.pipeline.progress import StageContext
from backend.pipeline.rendering import render, voices
from backend.pipeline.rendering.voices import VOICES
from backend.pipeline.styles import all_styles
from backend.pipeline.theory.tempo_map import TempoMap
from tests.pipeline.builders import small_bank, song_plan

DRUM_KEYS = (*range(35, 60), 60, 62, 64, 65, 67, 69, 70, 75, 76, 82)


def part_for(voice: str) -> Track:
    if voice.startswith("kit_"):
        notes = tuple(Note(key, index / 4, 0.2, 90) for index, key in enumerate(DRUM_KEYS))
        return Track("drums", notes)
    pitches = (36, 40) if "bass" in voice else (60, 67)
    return Track("lead", tuple(Note(pitch, 4.0 * i, 3.5, 90) for i, pitch in enumerate(pitches)))


def play(voice: str, track: Track, seed: int = 1) -> np.ndarray:
    plan = song_plan(bars=4, players=(track.track_id,), voices={track.track_id: voice})
    context = StageContext(seed, StageName.RENDERING)
    return render(plan, Arrangement((track,)), small_bank(), context).stems[0].audio


@pytest.mark.parametrize("voice", VOICES)
def test_every_voice_sounds_clean_and_dies_away(voice):
    audio = play(voice, part_for(voice))
    assert np.isfinite(audio).all()
    assert 0.05 < np.abs(audio).max() < 4.0
    assert abs(float(audio.mean())) < 5e-3
    assert np.abs(audio[:, -4410:]).max() < 1e-3


@pytest.mark.parametrize("voice", ["supersaw", "kit_808", "vinyl", "room", "noise_fx"])
def test_a_seed_gives_the_same_bytes_and_another_seed_others(voice):
    first, again, other = (play(voice, part_for(voice), seed) for seed in (1, 1, 2))
    assert first.tobytes() == again.tobytes()
    assert first.tobytes() != other.tobytes()


def test_hits_of_one_drum_vary():
    hits = tuple(Note(38, float(beat), 0.2, 100) for beat in range(8))
    audio = play("kit_909", Track("drums", hits))
    beats = [audio[0, round(beat * 22_050) :][:4000] for beat in range(8)]
    assert len({beat.tobytes() for beat in beats}) >= 3


def test_the_closed_hat_cuts_the_open_one():
    def tail(notes):
        return float(np.abs(play("kit_909", Track("drums", notes))[:, 16_000:20_000]).max())

    ringing = (Note(46, 0.0, 0.2, 100),)
    cut = (*ringing, Note(42, 0.5, 0.1, 1))
    assert tail(cut) < 0.1 * tail(ringing)


def test_the_808_glides_from_the_note_before():
    notes = (Note(36, 0.0, 2.0, 100), Note(48, 2.0, 2.0, 100))
    audio = play("bass_808", Track("bass", notes))[0]
    start = 44_100
    crossings = [
        int((np.diff(np.signbit(audio[a : a + 2205])) != 0).sum()) for a in (start, start + 13_230)
    ]
    assert crossings[0] < crossings[1]


def test_oscillators_do_not_alias():
    """Below the fundamental of a high note there is nothing but the filter's skirt."""
    audio = play("chip_square", Track("lead", (Note(96, 0.0, 4.0, 100),)))[0, 4410:70_000]
    spectrum = np.abs(np.fft.rfft(audio * np.hanning(audio.size)))
    hz = np.fft.rfftfreq(audio.size, 1 / 44_100)
    below = spectrum[(hz > 100) & (hz < 1900)].max()
    assert 20 * np.log10(below / spectrum.max()) < -45


@pytest.mark.parametrize(("voice", "cycles"), [("wobble_bass", 2.0), ("reese_bass", 1 / 8)])
@pytest.mark.parametrize("tempo_bpm", [100.0, 140.0])
def test_a_rhythmic_filter_keeps_the_songs_time(voice, cycles, tempo_bpm):
    audio = held(voice, TempoMap.from_points((), tempo_bpm), beats=32)
    assert filter_hz(audio) == pytest.approx(cycles * tempo_bpm / 60, rel=0.06)


def test_a_rhythmic_filter_follows_a_change_of_tempo():
    slower = TempoMap.from_points((TempoPoint(16.0, 90.0),), 150.0)
    audio = held("wobble_bass", slower, beats=32)
    turn = round(slower.seconds(16.0) * 44_100)
    assert filter_hz(audio[:, :turn]) == pytest.approx(5.0, rel=0.06)
    assert filter_hz(audio[:, turn:]) == pytest.approx(3.0, rel=0.06)


def held(voice: str, tempo: TempoMap, beats: int) -> np.ndarray:
    """Return one long note as a voice plays it."""
    audio = np.zeros((2, round(tempo.seconds(beats) * 44_100)), np.float32)
    note = Track("bass", (Note(36, 0.0, float(beats), 100),))
    generator = StageContext(1, StageName.RENDERING).generator
    voices.play(voice, note, tempo, generator, audio, lambda _frames: None)
    return audio


def filter_hz(audio: np.ndarray) -> float:
    """Return how often per second a filter opens, from the loudness above 500 Hz."""
    high = np.square(sosfilt(butter(4, 500, "high", fs=44_100, output="sos"), audio)).sum(axis=0)
    levels = 10 * np.log10(high[: high.size // 2205 * 2205].reshape(-1, 2205).mean(axis=1) + 1e-9)
    waves = np.abs(np.fft.rfft((levels - levels.mean()) * np.hanning(levels.size), 1 << 14))
    return float(np.fft.rfftfreq(1 << 14, 0.05)[waves.argmax()])


def test_the_synthetic_choir_sings_a_vowel():
    """Formants stand out: the first two together, a gap above them, the third."""
    audio = play("choir_pad", Track("lead", (Note(48, 0.0, 12.0, 100),)))[0, 44_100:220_500]
    power = np.square(np.abs(np.fft.rfft(audio * np.hanning(audio.size))))
    hz = np.fft.rfftfreq(audio.size, 1 / 44_100)
    mouth, gap, third = (
        power[(hz > low) & (hz < high)].mean()
        for low, high in ((450, 1250), (2000, 2400), (2600, 3000))
    )
    assert mouth > 100 * gap
    assert third > gap


def test_what_the_styles_ask_for_exists_and_has_a_name():
    seats = [seat for style in all_styles() for seat in style.instruments]
    wanted = {seat.voice for seat in seats} | {v for s in seats for v in s.voices.values()}
    wanted |= {style.kit_voice for style in all_styles()} | set(SYNTHESISERS.values())
    assert wanted - {"soundfont"} <= set(VOICES)
    assert set(VOICES) <= set(VOICE_NAMES)


@pytest.mark.parametrize("voice", ["vinyl", "room"])
def test_textures_that_meet_leave_no_hole(voice):
    notes = (Note(60, 0.0, 4.0, 100), Note(60, 4.0, 4.0, 100))
    audio = play(voice, Track("keys", notes))
    levels = np.array(
        [np.sqrt(np.square(part).mean()) for part in np.split(audio[0, :176_000], 80)]
    )
    seam = levels[38:42]
    assert (seam > 0.5 * np.median(levels)).all()


@pytest.mark.parametrize("voice", [voice for voice in VOICES if voice.startswith("kit_")])
def test_hats_and_snares_of_machines_are_heard_in_mono(voice):
    hits = tuple(Note(pitch, float(beat), 0.2, 100) for beat, pitch in enumerate((38, 39, 42, 49)))
    left, right = play(voice, Track("drums", hits)).astype(np.float64)
    sides, middle = np.square(left - right).sum(), np.square(left + right).sum()
    assert sides < 0.25 * middle
