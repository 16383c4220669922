"""Whether every style holds what the mix promises, measured on finished songs.

Run: ``python -m benchmarks.styles [--seeds 1,2] [--seconds 120] [--spectrograms FOLDER]``.
Prints a line per song and which promises it misses; writes spectrograms of eight styles (seconds
from left to right, 30 Hz to 18 kHz upwards on a musical scale, 80 dB from black to white).
"""

import argparse
import struct
import zlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from backend.launch.sound_bank import find_sound_bank
from backend.pipeline.artifacts import Done, Master, MixSettings, SongRequest
from backend.pipeline.mixing.checks import tone_errors_db
from backend.pipeline.mixing.measuring.faults import measure_faults
from backend.pipeline.mixing.spectrum import OCTAVES_HZ, octave_levels_db, sample_spectra
from backend.pipeline.runner import Runner
from backend.pipeline.styles import all_styles, style

PICTURED = (
    "ambient", "classical", "drum_and_bass", "jazz_swing",
    "lofi_hip_hop", "metal", "pop", "techno",
)  # fmt: skip
ROWS, COLUMNS = 200, 640
FLOOR_DB = 80.0


def missed(master: Master, genre: str) -> list[str]:
    """Return the promises that a song does not hold."""
    audio, report = master.audio, master.report
    faults = measure_faults(audio)
    low = np.abs(audio.mean(axis=1)).max()
    tone = tone_error_db(audio, genre)
    together = float(np.asarray(np.corrcoef(audio))[0, 1])
    lra = report.loudness_range_lu
    promises = {
        f"{report.loudness_lufs} LUFS": abs(report.loudness_lufs + 14) <= 0.3,
        f"{report.true_peak_dbtp} dBTP": report.true_peak_dbtp <= -1.0,
        f"{faults.clipped_runs} clipped runs": faults.clipped_runs == 0,
        f"silence {faults.longest_silence_seconds:.1f} s": faults.longest_silence_seconds <= 1.5,
        f"lead-in {faults.lead_in_seconds * 1000:.0f} ms": faults.lead_in_seconds <= 0.1,
        f"tail {faults.tail_dbfs:.0f} dBFS": faults.tail_dbfs < -60,
        f"DC {low:.4f}": low < 0.001,
        f"correlation {together:.2f}": together > 0,
        f"LRA {lra}": bool(style(genre).mix.flat) or 3 <= lra <= 12,
        **{
            f"{centre:g} Hz {error:+.1f} dB": abs(error) <= 4.0
            for centre, error in zip(OCTAVES_HZ, tone, strict=True)
        },
    }
    return [name for name, kept in promises.items() if not kept]


def tone_error_db(audio: NDArray[np.float32], genre: str) -> NDArray[np.float64]:
    """Return each octave band's distance from the style's target; the whole level is free."""
    return tone_errors_db(octave_levels_db(sample_spectra(audio)), style(genre).mix.tone)


def spectrogram(audio: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Return brightness by (row from the top, column)."""
    size = 8192
    mono = audio.mean(axis=0)
    places = np.linspace(0, mono.size - size, COLUMNS).astype(np.int64)
    window = np.hanning(size).astype(np.float32)
    power = np.abs(np.fft.rfft(np.stack([mono[at : at + size] * window for at in places]))) ** 2
    edges = np.geomspace(30, 18_000, ROWS + 1) * size / 44_100
    first = edges[:-1].astype(np.int64)
    last = np.maximum(first + 1, edges[1:].astype(np.int64))
    sums = np.concatenate([np.zeros((COLUMNS, 1)), np.cumsum(power, axis=1)], axis=1)
    decibels = 10 * np.log10((sums[:, last] - sums[:, first]) / (last - first) + 1e-12)
    shades = np.clip(1 + (decibels - np.percentile(decibels, 99.5)) / FLOOR_DB, 0, 1)
    return np.asarray(255 * shades.T[::-1], dtype=np.uint8)


def png(pixels: NDArray[np.uint8]) -> bytes:
    """Return a grey PNG (ISO/IEC 15948)."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    rows, columns = pixels.shape
    coarse = pixels & 0xF8  # 32 shades: half the bytes, the same picture
    lines = np.concatenate([np.zeros((rows, 1), np.uint8), coarse], axis=1)
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            chunk(b"IHDR", struct.pack(">IIBBBBB", columns, rows, 8, 0, 0, 0, 0)),
            chunk(b"IDAT", zlib.compress(lines.tobytes(), 9)),
            chunk(b"IEND", b""),
        )
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seeds", default="1,2")
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument("--spectrograms", type=Path)
    parser.add_argument("--data-dir", type=Path, default=Path(".data"))
    options = parser.parse_args()
    bank = find_sound_bank(None, options.data_dir.resolve())
    songs = whole = 0
    for seed in map(int, options.seeds.split(",")):
        for known in all_styles():
            request = SongRequest("a song", seed, genre=known.id, duration_seconds=options.seconds)
            song = Runner(
                request, bank, MixSettings(), lambda *_: None, checkpoint=lambda *_: None
            ).run(Done())
            faults = missed(song, known.id)
            songs += 1
            whole += not faults
            print(f"{known.id:14s} {seed}  {', '.join(faults) or 'all kept'}", flush=True)
            if options.spectrograms and known.id in PICTURED:
                options.spectrograms.mkdir(parents=True, exist_ok=True)
                picture = options.spectrograms / f"{known.id}.png"
                picture.write_bytes(png(spectrogram(song.audio)))
    print(f"{whole} of {songs} songs keep every promise")


if __name__ == "__main__":
    main()
