from dataclasses import replace

import numpy as np
import pytest

from backend.pipeline.artifacts import (
    SAMPLE_RATE,
    Check,
    Key,
    Metre,
    MixSettings,
    SongPlan,
    SongReport,
    Stems,
)
from backend.pipeline.mixing.checks import instruments_check, range_check, tone_check
from backend.pipeline.mixing.measuring.faults import measure_faults
from backend.pipeline.mixing.measuring.key import key_name, measure_key
from backend.pipeline.mixing.measuring.tempo import measure_tempo_bpm
from backend.pipeline.mixing.report import Heard, song_report
from backend.pipeline.mixing.spectrum import OCTAVES_HZ
from backend.pipeline.mixing.tones import TONES
from backend.pipeline.styles import style
from tests.pipeline.builders import arrangement, small_bank, song_plan

MAJOR, MINOR = (0, 2, 4, 5, 7, 9, 11), (0, 2, 3, 5, 7, 8, 11)
AEOLIAN, DORIAN = (0, 2, 3, 5, 7, 8, 10), (0, 2, 3, 5, 7, 9, 10)


def reported(plan: SongPlan, audio: np.ndarray, **stems) -> SongReport:
    bank = Stems((), small_bank(), **stems)
    return song_report(plan, arrangement(plan), bank, MixSettings(), Heard(audio, (audio,)))


def checked(report: SongReport, name: str) -> Check:
    (check,) = [check for check in report.checks if check.name == name]
    return check


def clicks(bpm: float, seconds: float = 30.0) -> np.ndarray:
    rng = np.random.default_rng(0)
    audio = np.zeros((2, round(seconds * SAMPLE_RATE)), np.float32)
    burst = (rng.standard_normal(2000) * np.exp(-np.arange(2000) / 300)).astype(np.float32)
    for index, beat in enumerate(np.arange(0, seconds - 0.1, 30 / bpm)):
        start = round(beat * SAMPLE_RATE)
        audio[:, start : start + 2000] += burst * (1.0 if index % 2 == 0 else 0.3)
    return audio


def scale(tonic: int, steps: tuple[int, ...]) -> np.ndarray:
    """Return a cadence and the scale of a key, in plain tones."""
    sound = []
    t = np.arange(SAMPLE_RATE // 2) / SAMPLE_RATE
    for degrees in ((0, 2, 4), (3, 5, 0), (4, 6, 1), (0, 2, 4), *((d,) for d in range(7)), (0,)):
        pitches = [48 + tonic + steps[degree] for degree in degrees]
        sound.append(sum(np.sin(2 * np.pi * 440 * 2 ** ((p - 69) / 12) * t) for p in pitches))
    mono = 0.2 * np.concatenate(sound)
    return np.stack([mono, mono]).astype(np.float32)


@pytest.mark.parametrize("bpm", [72, 90.5, 120, 127.3, 174])
def test_the_tempo_of_clicks_is_found_to_a_tenth_or_its_octave(bpm):
    measured = measure_tempo_bpm(clicks(bpm))
    assert measured is not None
    octave = 2.0 ** round(np.log2(measured / bpm))
    assert measured / octave == pytest.approx(bpm, abs=0.15)
    assert octave in {0.5, 1.0, 2.0}


def test_silence_and_scraps_have_neither_tempo_nor_key():
    for frames in (0, 1000, SAMPLE_RATE * 10):
        silent = np.zeros((2, frames), np.float32)
        assert measure_tempo_bpm(silent) is None
        assert measure_key([silent]) is None


@pytest.mark.parametrize("tonic", [0, 3, 6, 10])
@pytest.mark.parametrize(
    ("mode", "steps"), [("major", MAJOR), ("minor", MINOR), ("dorian", DORIAN)]
)
def test_the_key_of_a_cadence_is_found(tonic, mode, steps):
    assert measure_key([scale(tonic, steps)]) == (tonic, mode)


def bright(audio: np.ndarray, tonic: int, steps: tuple[int, ...]) -> np.ndarray:
    """Add the third and the fifth partial of every tone."""
    twelfth, seventeenth = scale(tonic + 19, steps), scale(tonic + 28, steps)
    return audio + 0.5 * twelfth + 0.35 * seventeenth


@pytest.mark.parametrize("tonic", [1, 6, 11])
def test_partials_do_not_raise_the_sixth_of_a_minor_key(tonic):
    assert measure_key([bright(scale(tonic, AEOLIAN), tonic, AEOLIAN)]) == (tonic, "minor")


@pytest.mark.parametrize(("step", "steps", "mode"), [(1, AEOLIAN, "minor"), (2, MAJOR, "major")])
def test_a_song_that_steps_up_has_the_key_of_its_beginning(step, steps, mode):
    parts = [scale(4, steps)] * 3 + [scale(4 + step, steps)] * 2
    assert measure_key([np.concatenate(parts, axis=1)]) == (4, mode)


def test_keys_are_spelt_as_musicians_do():
    assert [key_name(10, "major"), key_name(6, "minor")] == ["Bb major", "F# minor"]


def test_faults_are_counted():
    audio = (0.3 * clicks(120, 6.0)).clip(-0.9, 0.9)
    audio[:, : SAMPLE_RATE // 2] = 0
    audio[:, 2 * SAMPLE_RATE : 4 * SAMPLE_RATE] = 0
    audio[0, 60_000:60_005] = 1.0
    audio[1, 70_000:70_002] = -1.0
    faults = measure_faults(audio)
    assert faults.lead_in_seconds == pytest.approx(0.5, abs=0.03)
    assert faults.longest_silence_seconds == pytest.approx(2.0, abs=0.3)
    assert faults.clipped_runs == 1
    assert faults.tail_dbfs < 0


@pytest.mark.parametrize(
    ("asked", "played", "passed", "said"),
    [(120, 120, True, "120.0 BPM"), (60, 120, True, "double"), (100, 120, False, "120.0 BPM")],
)
def test_the_report_holds_the_tempo_against_the_audio_not_the_plan(asked, played, passed, said):
    plan = replace(song_plan(tempo_bpm=asked), asked={"tempo": f"{asked} BPM"})
    report = reported(plan, clicks(played))
    check = checked(report, "tempo")
    assert (check.asked, check.passed) == (f"{asked} BPM", passed)
    assert said in check.measured


@pytest.mark.parametrize(("tonic", "passed"), [(0, True), (7, False)])
def test_the_report_holds_the_key_against_the_audio(tonic, passed):
    plan = song_plan(tonic=tonic, asked={"key": str(song_plan(tonic=tonic).key)})
    report = reported(plan, scale(0, MAJOR))
    check = checked(report, "key")
    assert check.passed is passed
    assert report.measured_key == "C major"


def test_relative_keys_count_as_the_same_notes_and_say_so():
    plan = song_plan(tonic=0, asked={"key": "C major"})
    report = reported(plan, scale(9, AEOLIAN))
    check = checked(report, "key")
    assert check.passed
    assert "same notes as C major" in check.measured


def test_the_tonic_with_its_third_counts_as_the_key_and_says_so():
    plan = replace(song_plan(tonic=2), key=Key(2, "minor", "D"), asked={"key": "D minor"})
    check = checked(reported(plan, scale(2, DORIAN)), "key")
    assert check.passed
    assert check.measured == "D dorian (tonic and third of D minor)"


def test_the_score_is_held_against_metre_and_instruments():
    plan = song_plan(asked={"metre": "4/4", "instruments": "lead, bass"})
    report = reported(plan, clicks(120))
    assert checked(report, "metre").passed
    assert checked(report, "instruments").passed
    off_beat = replace(plan, metre=Metre(7, 8))
    assert not checked(reported(off_beat, clicks(120)), "metre").passed
    resting = replace(arrangement(plan), tracks=arrangement(plan).tracks[:-1])
    check = instruments_check(plan, resting)
    assert not check.passed
    assert "Arp never" in check.measured


def bands(tone: str, **changes: float) -> np.ndarray:
    levels = np.array(TONES[tone])
    for centre, change in changes.items():
        levels[OCTAVES_HZ.index(float(centre[1:]))] += change
    return levels


@pytest.mark.parametrize(
    ("changes", "passed", "said"),
    [
        ({}, True, "0.0 dB"),
        ({"f8000": 3.9}, True, "3.9 dB off, at 8000 Hz"),
        ({"f125": -4.5}, False, "4.5 dB off, at 125 Hz"),
        ({"f16000": -20.0}, True, "0.0 dB"),
        ({"f31.5": 6.0}, False, "6.0 dB off, at 31.5 Hz"),
    ],
)
def test_the_spectral_balance_is_held_against_the_styles_tone(changes, passed, said):
    plan = song_plan(genre="rock")
    tone = style("rock").mix.tone
    check = tone_check(plan, bands(tone, **changes) - 7.0)
    assert check.passed is passed
    assert said in check.measured
    assert tone in check.asked


@pytest.mark.parametrize(
    ("seconds", "range_lu", "passed"),
    [(120, 2.9, False), (120, 3.0, True), (120, 12.1, False), (40, 1.0, True), (40, 12.1, False)],
)
def test_the_loudness_range_is_that_of_a_record(seconds, range_lu, passed):
    assert range_check(song_plan(genre="rock"), seconds, range_lu).passed is passed


def test_every_report_holds_sound_balance_faults_and_bank():
    report = reported(song_plan(), clicks(120))
    names = [check.name for check in report.checks]
    assert names == [
        "loudness", "true peak", "loudness range", "spectral balance", "duration", "silence",
        "clipping", "sounds",
    ]  # fmt: skip
    assert len(report.loudness_curve_lufs) == 28
    bank = small_bank()
    assert (report.sound_bank, report.sound_bank_licence, report.sound_bank_sha256) == (
        bank.name, bank.licence, bank.sha256,
    )  # fmt: skip


def test_what_stood_in_for_a_missing_sound_is_named():
    assert checked(reported(song_plan(), clicks(120)), "sounds").passed
    report = reported(song_plan(), clicks(120), fallbacks=("Koto as Shamisen",))
    assert checked(report, "sounds").measured == "Koto as Shamisen"
    assert not checked(report, "sounds").passed


@pytest.mark.parametrize(
    ("asked", "passed"), [("30 s", True), ("0:30", True), ("0.5 minutes", True), ("2:00", False)]
)
def test_an_asked_length_is_held_against_the_audio(asked, passed):
    plan = song_plan(asked={"length": asked})
    report = reported(plan, clicks(120))
    check = checked(report, "duration")
    assert check.passed is passed
