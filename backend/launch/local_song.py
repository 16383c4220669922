"""One song made in this process, for the command line: no server, no queue, no database."""

import re
import shutil
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from backend.errors import ServiceUnavailable
from backend.jobs.desk import Desk
from backend.jobs.messages import Order, Progress, StageDone, ToWorker
from backend.launch.sound_bank import prepare_sound_bank
from backend.pipeline.artifacts import MixSettings, StageName
from backend.pipeline.runner import Runner
from backend.services.making import MadeFile
from backend.services.song_request import StartSong, check_request
from backend.services.song_summary import ReportSummary, SongSummary
from backend.services.stage_progress import WEIGHTS
from backend.settings import Settings

BAR_CELLS = 28
WORKING_FILES = frozenset({".npy", ".peaks"})
"""Suffixes of files that only the platform itself reads."""


class Terminal:
    """Shows how far a song is: a line that moves, or one per stage where lines cannot move."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._moves = stream.isatty()
        self._stage: StageName | None = None

    def show(self, stage: StageName, progress: float, message: str) -> None:
        """Show the progress of a stage, 0 to 1, as that of the whole song."""
        before = sum(WEIGHTS[name] for name in list(StageName)[: list(StageName).index(stage)])
        whole = before + WEIGHTS[stage] * progress
        filled = round(whole * BAR_CELLS)
        bar = "█" * filled + "░" * (BAR_CELLS - filled)
        if self._moves:
            self._stream.write(f"\r\x1b[K  {bar} {whole:4.0%}  {message}")
        elif stage != self._stage:
            self._stream.write(f"  {bar} {whole:4.0%}  {stage.value}\n")
        self._stage = stage
        self._stream.flush()

    def clear(self) -> None:
        """Leave the line empty."""
        if self._moves:
            self._stream.write("\r\x1b[K")


class Collector:
    """Takes what the desk sends: shows progress, moves finished files to their place."""

    def __init__(self, terminal: Terminal, out: Path) -> None:
        self.files: list[Path] = []
        self.song: SongSummary | None = None
        self._terminal = terminal
        self._out = out

    def take(self, message: ToWorker) -> None:
        """Take one message."""
        match message:
            case Progress():
                self._terminal.show(message.stage, message.progress, message.message)
            case StageDone():
                self._terminal.show(message.stage, 1.0, f"{message.stage.value} done")
                self.song = message.song
                self.files += [self._move(made) for made in message.files if _is_for_users(made)]

    def _move(self, made: MadeFile) -> Path:
        place = self._out / made.name
        place.parent.mkdir(parents=True, exist_ok=True)
        return Path(shutil.move(made.path, place))


def make_song(
    settings: Settings, prompt: str, *, seed: int | None = None, out: Path | None = None
) -> list[Path]:
    """Make a song and print where its files are and what was measured.

    Parameters
    ----------
    settings : Settings
        For the sound bank and the longest song.
    prompt : str
        What the song should be.
    seed : int or None
        None draws one.
    out : Path or None
        Folder for the files; None makes one below ``songs`` named after the prompt.

    Returns
    -------
    list of Path
        The files.

    Raises
    ------
    backend.errors.MusicError
        If the request cannot be obeyed, or the files cannot be written.
    """
    longest = settings.max_duration_seconds
    request = check_request(StartSong(prompt, seed=seed), longest_seconds=longest)
    folder = out or Path("songs") / _folder_name(prompt, request.seed)
    terminal = Terminal(sys.stdout)
    start = time.monotonic()
    try:
        bank = prepare_sound_bank(settings.soundfont, settings.data_dir)
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".making-") as scratch:
            collector = Collector(terminal, folder)
            today = datetime.now(UTC).date().isoformat()
            order = Order(request, MixSettings(), bank, Path(scratch), {}, song=None, date=today)
            Desk(order, collector.take, lambda: None).run(Runner)
    except OSError as error:
        terminal.clear()
        raise ServiceUnavailable(
            f"{error.filename or folder} cannot be written: {error.strerror}."
        ) from error
    terminal.clear()
    if collector.song is not None:
        _print_song(collector.song, collector.files, time.monotonic() - start)
    return collector.files


def _is_for_users(made: MadeFile) -> bool:
    return Path(made.name).suffix not in WORKING_FILES and made.name != "stems.json"


def _folder_name(prompt: str, seed: int) -> str:
    words = re.sub(r"[^a-z0-9]+", "-", prompt.lower()).strip("-")[:40].rstrip("-")
    return f"{words or 'song'}-{seed}"


def _print_song(song: SongSummary, files: list[Path], seconds: float) -> None:
    length = f"{int(song.duration_seconds // 60)}:{int(song.duration_seconds % 60):02}"
    facts = (song.genre, f"{song.tempo_bpm:g} BPM", song.key, song.time_signature, length)
    print(f"\n{song.title}")
    print(f"  {' · '.join(facts)} · seed {song.seed} · made in {seconds:.1f} s\n")
    for note in song.notes:
        print(f"  {note}")
    print()
    for path in files:
        print(f"  {path}  ({path.stat().st_size / 1e6:.1f} MB)")
    if song.report is not None:
        _print_report(song.report)


def _print_report(report: ReportSummary) -> None:
    print(f"\n    {'':<18}{'asked':<22}measured")
    for check in report.checks:
        mark = "✓" if check.passed else "✗"
        print(f"  {mark} {check.name:<18}{check.asked:<22}{check.measured}")
    print(f"\n  played by {report.sound_bank} ({report.sound_bank_licence})")
