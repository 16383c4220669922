import io
from dataclasses import replace

import numpy as np
import pytest
import soundfile

from backend.errors import InvalidInput, StageFailed
from backend.pipeline.artifacts import (
    SAMPLE_RATE,
    Arrangement,
    Automation,
    AutomationPoint,
    Master,
    MixSettings,
    StageName,
    Stem,
    Stems,
    StripSettings,
)
from backend.pipeline.formats.audio import write_wav24
from backend.pipeline.mixing import mix
from backend.pipeline.mixing.mixer import RETURNS_ID
from backend.pipeline.mixing.spectrum import (
    octave_levels_db,
    sample_spectra,
    spectral_loudness_lufs,
)
from backend.pipeline.mixing.tones import TONES
from backend.pipeline.progress import StageContext
from backend.pipeline.rendering import render
from backend.pipeline.styles import all_styles, style
from tests.pipeline.builders import arrangement, small_bank, song_plan

PLAN = song_plan(bars=8, genre="house")


@pytest.fixture(scope="module")
def stems() -> Stems:
    return render(PLAN, arrangement(PLAN), small_bank(), StageContext(5, StageName.RENDERING))


@pytest.fixture(scope="module")
def song(stems) -> Master:
    return mixed(stems)


def mixed(stems, settings=None, plan=PLAN, played=None, **context) -> Master:
    return mix(
        plan,
        played or arrangement(plan),
        stems,
        settings or MixSettings(),
        StageContext(5, StageName.MIXING, **context),
    )


def stem(master: Master, track_id: str) -> np.ndarray:
    return next(stem.audio for stem in master.stems if stem.track_id == track_id)


def lufs(audio: np.ndarray) -> float:
    return spectral_loudness_lufs(sample_spectra(audio))


def side_balance(audio: np.ndarray) -> float:
    left, right = np.square(audio).sum(axis=1)
    return float((right - left) / (right + left))


def test_sounds_are_handed_out_before_they_are_measured(stems):
    handed: list[tuple[str, bytes]] = []
    done = mixed(
        stems,
        finished=lambda stem: handed.append((stem.track_id, stem.audio.tobytes())),
        mastered=lambda audio: handed.append(("master", audio.tobytes())),
        report=lambda share, _: handed.append(("measured", b"")) if share == 0.9 else None,
    )
    ends = [(stem.track_id, stem.audio.tobytes()) for stem in done.stems]
    assert sorted(handed[:-2]) == sorted(ends)
    assert handed[-2:] == [("master", done.audio.tobytes()), ("measured", b"")]


def test_the_master_keeps_its_promises(song):
    assert song.audio.dtype == np.float32
    assert song.report.loudness_lufs == pytest.approx(-14.0, abs=0.1)
    assert song.report.true_peak_dbtp <= -1.0
    assert song.report.duration_seconds == pytest.approx(PLAN.duration_seconds, abs=0.01)
    assert all(check.passed for check in song.report.checks)
    assert np.abs(song.audio.mean(axis=1)).max() < 1e-3
    assert np.abs(song.audio[:, -441:]).max() < 1e-3
    assert np.corrcoef(song.audio)[0, 1] > 0


def test_stems_and_returns_sum_to_the_mix_before_mastering(stems):
    given: dict[str, np.ndarray] = {}

    def allocate(name, shape):
        given[name] = np.zeros(shape, np.float32)
        return given[name]

    song = mixed(stems, allocate=allocate)
    total = np.sum([stem.audio for stem in song.stems], axis=0, dtype=np.float64)
    assert np.abs(total - given["mix"]).max() < 1e-4
    assert [stem.track_id for stem in song.stems] == [
        *(track.id for track in PLAN.tracks),
        RETURNS_ID,
    ]


def test_no_stem_clips_in_its_file_however_loud_its_fader(stems):
    given: dict[str, np.ndarray] = {}

    def allocate(name, shape):
        given[name] = np.zeros(shape, np.float32)
        return given[name]

    loud = MixSettings(strips={"drums": StripSettings(gain_db=18.0)})
    song = mixed(stems, loud, allocate=allocate)
    total = np.sum([read_back(stem.audio) for stem in song.stems], axis=0)
    assert max(np.abs(stem.audio).max() for stem in song.stems) == pytest.approx(1.0, abs=1e-6)
    assert np.abs(total - given["mix"]).max() < 1e-4


def read_back(audio: np.ndarray) -> np.ndarray:
    """Return what a file of it holds."""
    file = io.BytesIO()
    write_wav24(file, audio)
    file.seek(0)
    return soundfile.read(file, dtype="float64")[0].T


def test_the_same_input_gives_the_same_bytes_and_leaves_the_stems_alone(stems, song):
    before = [stem.audio.tobytes() for stem in stems.stems]
    again = mixed(stems)
    assert again.audio.tobytes() == song.audio.tobytes()
    assert again.report == song.report
    assert [stem.audio.tobytes() for stem in stems.stems] == before


@pytest.mark.parametrize(("target", "ceiling"), [(-9.0, -1.0), (-16.0, -2.0), (-23.0, -1.0)])
def test_other_loudness_targets_are_met_under_the_ceiling(stems, target, ceiling):
    report = mixed(stems, MixSettings(loudness_lufs=target, ceiling_dbtp=ceiling)).report
    assert report.loudness_lufs == pytest.approx(target, abs=0.3)
    assert report.true_peak_dbtp <= ceiling


def test_a_dynamic_master_keeps_the_peaks_that_loudness_would_flatten(stems):
    loud, dynamic = (mixed(stems, MixSettings(-9.0, dynamic=is_dynamic)) for is_dynamic in (0, 1))

    def crest(master: Master) -> float:
        return master.report.true_peak_dbtp - master.report.loudness_lufs

    assert crest(dynamic) > crest(loud) + 2
    ceiling = -1.2 - style(PLAN.genre).mix.headroom_db
    assert dynamic.report.true_peak_dbtp == pytest.approx(ceiling, abs=0.15)
    assert all(check.passed for check in dynamic.report.checks)
    soft = mixed(stems, MixSettings(-23.0, dynamic=True)).report
    assert soft.loudness_lufs == pytest.approx(-23, abs=0.1)


def test_square_waves_get_the_headroom_that_mp3_needs(stems):
    chip = mixed(stems, plan=replace(PLAN, genre="chiptune")).report
    assert chip.true_peak_dbtp <= -1.0 - style("chiptune").mix.headroom_db
    assert chip.loudness_lufs == pytest.approx(-14, abs=0.3)


@pytest.mark.parametrize("loudness", [-23.1, -8.9, float("nan")])
def test_a_loudness_that_no_record_has_is_refused(stems, loudness):
    with pytest.raises(InvalidInput):
        mixed(stems, MixSettings(loudness))


def test_gain_pan_and_mute_change_their_track_only(stems, song):
    strips = {
        "lead": StripSettings(gain_db=-6.0),
        "keys": StripSettings(pan=0.9),
        "pad": StripSettings(muted=True),
    }
    changed = mixed(stems, MixSettings(strips=strips))
    assert lufs(stem(changed, "lead")) - lufs(stem(song, "lead")) == pytest.approx(-6, abs=0.1)
    assert side_balance(stem(changed, "keys")) > 0.5 > side_balance(stem(song, "keys"))
    assert not stem(changed, "pad").any()
    assert stem(changed, "bass").tobytes() == stem(song, "bass").tobytes()
    by_id = {track.track_id: track for track in changed.tracks}
    assert by_id["pad"].muted
    assert by_id["keys"].pan > 0.5


def test_the_kick_pushes_the_pad_down(song):
    """The house pad is softer just after each kick than half a beat later."""
    pad = stem(song, "pad")
    beats = [bar * 2.0 for bar in range(1, 7)]

    def level(offset):
        parts = [pad[:, round((b + offset) * SAMPLE_RATE) :][:, :2000] for b in beats]
        return float(np.mean([np.abs(part).mean() for part in parts]))

    assert level(0.01) < 0.75 * level(0.45)


def test_automation_moves_level_filter_and_sends(stems, song):
    def points(*values):
        return tuple(AutomationPoint(beat, value) for beat, value in values)

    played = replace(
        arrangement(PLAN),
        automation=(
            Automation("lead", "gain_db", points((0, 0), (15.9, 0), (16, -20), (32, -20))),
            Automation("keys", "filter_hz", points((0, 300.0))),
            Automation("arp", "send_db", points((0, -60.0))),
        ),
    )
    moved = mixed(stems, played=played)
    lead = stem(moved, "lead")
    half = 8 * SAMPLE_RATE
    assert lufs(lead[:, half:]) - lufs(lead[:, :half]) < -15
    before, after = (
        octave_levels_db(sample_spectra(stem(master, "keys"))) for master in (song, moved)
    )
    assert after[7] - before[7] < -15
    assert lufs(stem(moved, RETURNS_ID)) < lufs(stem(song, RETURNS_ID))


def test_the_bass_stays_in_the_middle(song):
    side = song.audio[0] - song.audio[1]
    middle = song.audio[0] + song.audio[1]
    low = slice(None, round(80 / SAMPLE_RATE * side.size))
    powers = [np.square(np.abs(np.fft.rfft(part)[low])).sum() for part in (side, middle)]
    assert powers[0] < 0.02 * powers[1]


@pytest.mark.parametrize("genre", ["lofi_hip_hop", "pop", "metal", "techno"])
def test_the_tone_comes_near_the_styles_target(stems, genre):
    plan = replace(PLAN, genre=genre)
    heard = octave_levels_db(sample_spectra(mixed(stems, plan=plan).audio))
    miss = heard - np.array(TONES[style(genre).mix.tone])
    miss -= np.median(miss[1:8])
    assert np.abs(miss[1:9]).max() < 4.0


def test_an_empty_or_silent_song_is_an_error_or_silence(stems):
    with pytest.raises(StageFailed):
        mixed(Stems((), small_bank()), played=Arrangement(()))
    silent = Stems(
        tuple(Stem(s.track_id, np.zeros_like(s.audio)) for s in stems.stems), small_bank()
    )
    song = mixed(silent)
    assert not song.audio.any()
    assert not all(check.passed for check in song.report.checks)


def test_progress_rises_to_one(stems):
    seen: list[float] = []
    mixed(stems, report=lambda share, _: seen.append(share))
    assert seen == sorted(seen)
    assert seen[-1] == 1.0


def test_every_style_aims_at_a_known_tone_and_a_blend_is_mixed_like_its_rhythm():
    assert {known.mix.tone for known in all_styles()} <= set(TONES)
    assert style("house+jazz_swing").mix is style("house").mix
