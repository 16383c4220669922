"""The Dockerfile: linted, no build tools in the final image, no root, commands that exist."""

import json
import re
import subprocess
import sys
from pathlib import Path

from backend.settings import PREFIX, Settings, load_settings

ROOT = Path(__file__).parents[2]


def instructions() -> list[tuple[str, str]]:
    """(instruction, arguments) of the Dockerfile in order, continued lines joined."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    text = re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE).replace("\\\n", " ")
    pairs = (line.split(maxsplit=1) for line in text.splitlines() if line.strip())
    return [(word, " ".join(arguments.split())) for word, arguments in pairs]


def final_stage() -> dict[str, list[str]]:
    """Arguments of each instruction of the last stage."""
    listed = instructions()
    start = max(index for index, (word, _) in enumerate(listed) if word == "FROM")
    stage: dict[str, list[str]] = {}
    for word, arguments in listed[start:]:
        stage.setdefault(word, []).append(arguments)
    return stage


def environment() -> dict[str, str]:
    return dict(re.findall(r"(\w+)=(\S+)", " ".join(final_stage()["ENV"])))


def test_linter_has_nothing_to_say() -> None:
    hadolint = Path(sys.executable).with_name("hadolint")
    done = subprocess.run(
        [hadolint, "--no-color", "Dockerfile"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "")


def test_base_images_are_pinned_to_a_version() -> None:
    images = [arguments.split()[0] for word, arguments in instructions() if word == "FROM"]
    assert len(images) == 3
    assert all(re.search(r":\d+", image) for image in images)


def test_final_image_builds_nothing() -> None:
    stage = final_stage()
    assert "slim" in stage["FROM"][0]
    run = " ".join(stage["RUN"])
    assert not re.search(r"\b(pip|npm|gcc|g\+\+|make|build-essential|curl|git)\b", run)
    assert "rm -rf /var/lib/apt/lists" in run


def test_final_image_does_not_run_as_root() -> None:
    (user,) = final_stage()["USER"]
    assert int(user) > 0
    assert f"--uid {user}" in " ".join(final_stage()["RUN"])


def test_environment_names_settings_that_exist_and_satisfies_them() -> None:
    names = {name for name in environment() if name.startswith(PREFIX)}
    assert names <= {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    given = {name.removeprefix(PREFIX).lower(): environment()[name] for name in names}
    settings = load_settings(**given, secret_key="s" * 64)
    assert settings.is_production
    assert str(settings.port) in final_stage()["EXPOSE"]
    assert str(settings.data_dir) in final_stage()["VOLUME"]


def test_commands_exist() -> None:
    entrypoint = json.loads(final_stage()["ENTRYPOINT"][0])
    command = json.loads(final_stage()["CMD"][0])
    assert entrypoint == ["python", "-m", "backend"]
    for arguments in ([*entrypoint[1:], *command, "--help"], [*entrypoint[1:], "--help"]):
        subprocess.run([sys.executable, *arguments], cwd=ROOT, check=True, capture_output=True)


def test_health_check_is_a_module_that_exists() -> None:
    (check,) = final_stage()["HEALTHCHECK"]
    module = json.loads(check.partition("CMD ")[2])[2]
    assert (ROOT / Path(*module.split("."))).with_suffix(".py").is_file()


def test_what_is_copied_is_there_and_not_ignored() -> None:
    ignore = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    allowed = {line[1:] for line in ignore if line.startswith("!")}
    for word, arguments in instructions():
        if word != "COPY" or arguments.startswith("--from"):
            continue
        for source in arguments.split()[:-1]:
            assert list(ROOT.glob(source.rstrip("/"))), source
            assert source.split("/")[0] in allowed
