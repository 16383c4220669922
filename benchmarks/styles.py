"""Whether every style holds what the mix promises, measured on finished songs.

Run: ``python -m benchmarks.styles [--seeds 1,2] [--seconds 120] [--styles pop,rock] [--lufs -14]
[--spectrograms FOLDER] [--processes 2]``. Prints a line per song and which promises it misses;
writes spectrograms of eight styles. The loudness range is held at −14 LUFS and softer. Where ffmpeg
is installed, its ebur128 reads loudness and peaks of WAV and MP3; otherwise the product's own
meters do, which the last line says.
"""

import argparse
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from backend.launch.sound_bank import find_sound_bank
from backend.pipeline.artifacts import Done, MixSettings, SongRequest
from backend.pipeline.formats.audio import write_mp3, write_wav24
from backend.pipeline.mixing.checks.record import fault_checks, stereo_checks
from backend.pipeline.mixing.checks.tone import TONE_TOLERANCE_DB, tone_errors_db
from backend.pipeline.mixing.limiter import true_peak_dbtp
from backend.pipeline.mixing.loudness import (
    integrated_lufs,
    k_weighted_energies,
    loudness_range_lu,
    stereo_and_mono_energies,
)
from backend.pipeline.mixing.measuring.faults import measure_faults
from backend.pipeline.mixing.measuring.stereo import measure_stereo
from backend.pipeline.mixing.spectrum import OCTAVES_HZ, octave_levels_db, sample_spectra
from backend.pipeline.runner import Runner
from backend.pipeline.styles import all_styles, style
from benchmarks.spectrogram import png, spectrogram

PICTURED = (
    "ambient", "classical", "drum_and_bass", "jazz_swing",
    "lofi_hip_hop", "metal", "pop", "techno",
)  # fmt: skip
FFMPEG = shutil.which("ffmpeg")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a loudness meter shows of a file."""

    lufs: float
    range_lu: float
    peak_dbtp: float


@dataclass(frozen=True, slots=True)
class Job:
    """One song to make and to measure."""

    genre: str
    seed: int
    seconds: float
    lufs: float
    data_dir: Path
    spectrograms: Path | None


def read_file(path: Path) -> Reading:
    if FFMPEG:
        command = [
            FFMPEG,
            "-nostats",
            "-i",
            str(path),
            "-af",
            "ebur128=peak=true",
            "-f",
            "null",
            "-",
        ]
        shown = subprocess.run(command, capture_output=True, text=True, check=True).stderr  # noqa: S603 - our own words
        summary = shown[shown.rindex("Summary:") :]
        found = [re.search(rf"{name}:\s+(-?[\d.]+)", summary) for name in ("I", "LRA", "Peak")]
        lufs, spread, peak = (float(match[1]) if match else float("nan") for match in found)
        return Reading(lufs, spread, peak)
    audio = soundfile.read(path, dtype="float32", always_2d=True)[0].T
    energies = k_weighted_energies(audio)
    return Reading(integrated_lufs(energies), loudness_range_lu(energies), true_peak_dbtp(audio))


def missed(audio: NDArray[np.float32], genre: str, lufs: float) -> list[str]:
    """Return the promises that a song does not hold."""
    with tempfile.TemporaryDirectory() as folder:
        wav, mp3 = Path(folder) / "song.wav", Path(folder) / "song.mp3"
        with wav.open("w+b") as file:
            write_wav24(file, audio)
        with mp3.open("w+b") as file:
            write_mp3(file, audio)
        readings = read_file(wav), read_file(mp3)
    kept = {
        **_kept_by_loudness(*readings, genre, lufs),
        **_kept_by_samples(audio),
        **_kept_by_tone(audio, genre),
    }
    return [name for name, is_kept in kept.items() if not is_kept]


def _kept_by_loudness(wav: Reading, mp3: Reading, genre: str, lufs: float) -> dict[str, bool]:
    any_range = bool(style(genre).mix.flat) or lufs > -14
    return {
        f"{wav.lufs} LUFS": abs(wav.lufs - lufs) <= 0.3,
        f"{wav.peak_dbtp} dBTP": wav.peak_dbtp <= -1.0,
        f"MP3 {mp3.peak_dbtp} dBTP": mp3.peak_dbtp <= -0.3,
        f"LRA {wav.range_lu}": any_range or 3 <= wav.range_lu <= 12,
    }


def _kept_by_samples(audio: NDArray[np.float32]) -> dict[str, bool]:
    stereo = measure_stereo(audio, *stereo_and_mono_energies(audio))
    checks = (*fault_checks(measure_faults(audio)), *stereo_checks(stereo))
    return {f"{check.name} {check.measured}": check.passed for check in checks}


def _kept_by_tone(audio: NDArray[np.float32], genre: str) -> dict[str, bool]:
    errors = tone_errors_db(octave_levels_db(sample_spectra(audio)), style(genre).mix.tone)
    return {
        f"{centre:g} Hz {error:+.1f} dB": abs(error) <= TONE_TOLERANCE_DB
        for centre, error in zip(OCTAVES_HZ, errors, strict=True)
    }


def measured(job: Job) -> tuple[Job, list[str]]:
    """Make a song and return which promises it misses."""
    request = SongRequest("a song", job.seed, genre=job.genre, duration_seconds=job.seconds)
    bank = find_sound_bank(None, job.data_dir)
    settings = MixSettings(job.lufs)
    song = Runner(request, bank, settings, lambda *_: None, checkpoint=lambda *_: None).run(Done())
    if job.spectrograms and job.genre in PICTURED:
        picture = job.spectrograms / f"{job.genre}.png"
        picture.write_bytes(png(spectrogram(song.audio)))
    return job, missed(song.audio, job.genre, job.lufs)


def jobs(options: argparse.Namespace) -> Iterator[Job]:
    """Return every song; pictures are made of the first seed."""
    wanted = options.styles.split(",") if options.styles else [known.id for known in all_styles()]
    seeds = [int(seed) for seed in options.seeds.split(",")]
    for seed in seeds:
        for genre in wanted:
            pictures = options.spectrograms if seed == seeds[0] else None
            folder = options.data_dir.resolve()
            yield Job(genre, seed, options.seconds, options.lufs, folder, pictures)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seeds", default="1,2")
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument("--styles", default="")
    parser.add_argument("--lufs", type=float, default=-14.0)
    parser.add_argument("--spectrograms", type=Path)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--data-dir", type=Path, default=Path(".data"))
    options = parser.parse_args()
    if options.spectrograms:
        options.spectrograms.mkdir(parents=True, exist_ok=True)
    songs = whole = 0
    with ProcessPoolExecutor(options.processes) as processes:
        for job, faults in processes.map(measured, jobs(options)):
            songs += 1
            whole += not faults
            print(f"{job.genre:14s} {job.seed}  {', '.join(faults) or 'all kept'}", flush=True)
    meter = "ffmpeg's ebur128" if FFMPEG else "the product's own meters (no ffmpeg here)"
    print(f"{whole} of {songs} songs keep every promise, by {meter}")


if __name__ == "__main__":
    main()
