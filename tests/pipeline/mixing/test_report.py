"""The verdicts of the report, each on a sound made for it."""

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
from backend.pipeline.mixing.checks.asked import instruments_check
from backend.pipeline.mixing.checks.record import range_checks, stereo_checks
from backend.pipeline.mixing.checks.tone import empty_bands, tone_checks
from backend.pipeline.mixing.measuring.stereo import Stereo
from backend.pipeline.mixing.report import Heard, song_report
from backend.pipeline.mixing.spectrum import OCTAVES_HZ
from backend.pipeline.mixing.tones import TONES
from backend.pipeline.styles import style
from tests.pipeline.builders import arrangement, small_bank, song_plan
from tests.pipeline.mixing.sounds import AEOLIAN, DORIAN, MAJOR, clicks, scale
from tests.pipeline.songs import composed


def reported(
    plan: SongPlan, audio: np.ndarray, settings: MixSettings | None = None, **stems
) -> SongReport:
    bank = Stems((), small_bank(), **stems)
    heard = Heard(audio, (audio,))
    return song_report(plan, arrangement(plan), bank, settings or MixSettings(), heard)


def checked(report: SongReport, name: str) -> Check:
    (check,) = [check for check in report.checks if check.name == name]
    return check


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
    tone = style("rock").mix.tone
    (check,) = tone_checks(tone, bands(tone, **changes) - 7.0)
    assert check.passed is passed
    assert said in check.measured
    assert tone in check.asked


@pytest.mark.parametrize(
    ("prompt", "reasons"),
    [
        ("fingerstyle guitar only", ["no bass or kick plays", "no cymbals play"]),
        ("lazy boom bap, upright bass, no hats", ["no cymbals play"]),
        ("rock", []),
    ],
)
def test_nobody_has_to_fill_bands_that_no_player_reaches(prompt, reasons):
    song = composed(prompt, seed=3, duration_seconds=30)
    thin = bands("natural", f63=-20.0, f8000=-20.0)
    (check,) = tone_checks("natural", thin, empty_bands(song.plan, song.arrangement))
    assert check.passed is (len(reasons) == 2)
    assert [reason in check.asked for reason in reasons] == [True] * len(reasons)
    assert check.asked.count("less at") == len(reasons)
    (loud,) = tone_checks(
        "natural", bands("natural", f63=6.0), empty_bands(song.plan, song.arrangement)
    )
    assert not loud.passed


@pytest.mark.parametrize(
    ("seconds", "range_lu", "passed"),
    [(120, 2.9, False), (120, 3.0, True), (120, 12.1, False), (40, 1.0, True), (40, 12.1, False)],
)
def test_the_loudness_range_is_that_of_a_record(seconds, range_lu, passed):
    (check,) = range_checks(style("rock").mix, seconds, range_lu)
    assert check.passed is passed


def test_a_jingle_has_no_loudness_range():
    assert range_checks(style("rock").mix, 15.0, 14.0) == []


def coloured(tone: str) -> np.ndarray:
    """Return noise with the long-term spectrum of a tone above 60 Hz."""
    spectrum = np.fft.rfft(np.random.default_rng(1).standard_normal(20 * SAMPLE_RATE))
    hertz = np.fft.rfftfreq(20 * SAMPLE_RATE, 1 / SAMPLE_RATE).clip(1.0)
    band = np.log2(hertz / OCTAVES_HZ[0]).round().clip(0, len(OCTAVES_HZ) - 1).astype(int)
    per_hertz = np.array(TONES[tone]) - 10 * np.log10(OCTAVES_HZ)
    mono = np.fft.irfft(spectrum * 10 ** (per_hertz[band] / 20) * (hertz > 60))
    return np.tile(0.5 * mono / np.abs(mono).max(), (2, 1)).astype(np.float32)


@pytest.mark.parametrize(
    ("genre", "preset", "passed"),
    [("techno", "classical", True), ("classical", None, True), ("techno", None, False)],
)
def test_a_song_is_held_against_the_tone_of_the_style_that_mixed_it(genre, preset, passed):
    audio = coloured(style("classical").mix.tone)
    report = reported(song_plan(genre=genre), audio, MixSettings(preset=preset))
    check = checked(report, "spectral balance")
    assert check.passed is passed
    assert style(preset or genre).mix.tone in check.asked


def test_a_style_that_is_flat_by_nature_gives_its_reason():
    habits = replace(style("techno").mix, flat="one groove")
    (check,) = range_checks(habits, 120, 1.0)
    assert check.passed
    assert "one groove" in check.asked


WHOLE = np.concatenate([0.3 * clicks(120, 6.0), np.zeros((2, SAMPLE_RATE // 4))], axis=1)


@pytest.mark.parametrize(
    ("name", "audio", "said"),
    [
        ("lead-in", np.pad(WHOLE, ((0, 0), (SAMPLE_RATE // 5, 0))), "after 200 ms"),
        ("tail", WHOLE[:, : round(5.51 * SAMPLE_RATE)], "dBFS"),
        ("DC offset", WHOLE + 0.002, "0.0019"),
        ("stereo", WHOLE * np.array([[1], [-0.1]]), "-1.00"),
        ("mono", WHOLE * np.array([[1], [-0.1]]), "LU softer"),
    ],
)
def test_a_fault_at_the_ends_or_between_the_sides_is_named(name, audio, said):
    good = checked(reported(song_plan(), WHOLE.astype(np.float32)), name)
    assert good.passed
    bad = checked(reported(song_plan(), audio.astype(np.float32)), name)
    assert not bad.passed
    assert said in bad.measured
    assert bad.asked == good.asked


def test_a_song_that_fades_to_its_last_sample_passes_the_tail():
    fade = np.cos(np.linspace(0, np.pi / 2, 6 * SAMPLE_RATE)) ** 2
    assert checked(
        reported(song_plan(), (clicks(120, 6.0) * fade).astype(np.float32)), "tail"
    ).passed


@pytest.mark.parametrize(
    ("stereo", "passed"),
    [
        (Stereo(1.0, 0.0), [True, True]),
        (Stereo(0.01, 2.99), [True, True]),
        (Stereo(0.0, 3.0), [False, False]),
        (Stereo(-0.2, 3.9), [False, False]),
    ],
)
def test_sides_must_agree_and_last_in_mono(stereo, passed):
    assert [check.passed for check in stereo_checks(stereo)] == passed


def test_of_silence_nothing_is_said_about_its_sides():
    names = {
        check.name for check in reported(song_plan(), np.zeros((2, 100_000), np.float32)).checks
    }
    assert {"lead-in", "tail", "DC offset"} <= names
    assert not names & {"stereo", "mono"}


def test_every_report_holds_sound_balance_faults_and_bank():
    report = reported(song_plan(), clicks(120))
    names = [check.name for check in report.checks]
    assert names == [
        "loudness", "true peak", "loudness range", "spectral balance", "duration", "silence",
        "clipping", "lead-in", "tail", "DC offset", "stereo", "mono", "sounds",
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
