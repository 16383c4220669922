"""What the user has configured, before any package is there that could read it properly."""

import os

from scripts.setup.layout import ROOT

PREFIX = "AIMUSIC_"


def configured(name: str) -> str | None:
    """Return a setting from the environment or ``.env``, with or without its prefix, or None.

    Only for what the start itself must know; ``backend.settings`` is the one to judge.
    """
    values = {**_dotenv(), **os.environ}
    return values.get(f"{PREFIX}{name}") or values.get(name if name == "FAST_DEV" else "") or None


def _dotenv() -> dict[str, str]:
    path = ROOT / ".env"
    if not path.is_file():
        return {}
    lines = path.read_text(encoding="utf-8").splitlines()
    pairs = (line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
    return {name.strip(): value.strip().strip("\"'") for name, value in pairs}
