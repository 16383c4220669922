"""The command line: help that reads well, one line for every failure, a song from one sentence."""

import os
import subprocess
import sys
from pathlib import Path

import jwt
import pytest

from backend.__main__ import main
from backend.launch import local_song
from backend.launch.sound_bank import find_sound_bank

ROOT = Path(__file__).parents[2]
COMMANDS = ("serve", "worker", "migrate", "prepare", "song", "token")


@pytest.fixture(autouse=True)
def _own_data_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("AIMUSIC_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)


def run(*arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "backend", *arguments],
        cwd=ROOT,
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        check=False,
    )


def test_help_lists_every_command_and_each_has_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    overview = capsys.readouterr().out
    for command in COMMANDS:
        assert f"    {command} " in overview
        with pytest.raises(SystemExit) as ended:
            main([command, "--help"])
        assert ended.value.code == 0
        assert f"python -m backend {command}" in capsys.readouterr().out


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from backend.__main__ import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "print(sorted({'numba', 'sqlalchemy', 'uvicorn', 'strawberry'} & sys.modules.keys()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_wrong_setting_is_one_line_and_status_78() -> None:
    done = run("serve", AIMUSIC_PORT="loud")
    assert done.returncode == os.EX_CONFIG
    (line,) = done.stderr.splitlines()
    assert "AIMUSIC_PORT" in line


def test_unsafe_production_is_refused_by_every_process() -> None:
    for command in ("serve", "worker", "migrate"):
        done = run(command, AIMUSIC_ENVIRONMENT="production", AIMUSIC_SECRET_KEY="short")
        assert done.returncode == os.EX_CONFIG
        (line,) = done.stderr.splitlines()
        assert "AIMUSIC_SECRET_KEY" in line


def test_token_is_signed_with_the_secret(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = "a secret of more than thirty-two characters"
    monkeypatch.setenv("AIMUSIC_SECRET_KEY", secret)
    assert main(["token", "--user", "ada", "--hours", "2"]) == 0
    claims = jwt.decode(capsys.readouterr().out.strip(), secret, algorithms=["HS256"])
    assert claims["sub"] == "ada"
    assert claims["exp"] - claims["iat"] == 7200


def test_migrate_makes_the_database(tmp_path: Path) -> None:
    assert main(["migrate"]) == 0
    assert (tmp_path / "data" / "music.db").is_file()
    assert main(["migrate"]) == 0


def test_song_is_made_here_with_its_files_and_its_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(local_song, "prepare_sound_bank", find_sound_bank)
    out = tmp_path / "out"
    prompt = "techno, 128 bpm, A minor, 12 seconds"
    assert main(["song", prompt, "--seed", "7", "--out", str(out)]) == 0
    printed = capsys.readouterr().out
    for name in ("master.wav", "master.mp3", "song.mid", "lead-sheet.musicxml"):
        assert (out / name).stat().st_size > 0
        assert str(out / name) in printed
    assert list((out / "stems").glob("*.wav"))
    assert not [path for path in out.iterdir() if path.name.startswith(".")]
    assert "128 BPM" in printed
    assert "asked" in printed
    assert "seed 7" in printed


@pytest.mark.parametrize("prompt", ["", "x" * 3000])
def test_prompt_that_cannot_be_a_song_is_one_line(
    prompt: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["song", prompt]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "characters" in line
    assert not (tmp_path / "songs").exists()


def test_folder_that_cannot_be_written_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(local_song, "prepare_sound_bank", find_sound_bank)
    (tmp_path / "file").write_text("")
    assert main(["song", "jazz", "--out", str(tmp_path / "file" / "songs")]) == 1
    assert str(tmp_path / "file") in capsys.readouterr().err
