"""The checks, in the order in which a failure is cheapest to find."""

from dataclasses import dataclass
from enum import StrEnum

from scripts.setup.layout import PYTHON, ROOT

API_FOLDERS = (
    "app",
    "auth",
    "compat",
    "events",
    "examples",
    "fuzz",
    "jobs",
    "launch",
    "observability",
    "persistence",
    "schema",
    "services",
    "storage",
)
"""Of tests/: what runs against a real database, Valkey or server."""


class Part(StrEnum):
    """A part that can be run alone."""

    LINT = "lint"
    UNIT = "unit"
    API = "api"
    FRONTEND = "frontend"
    FAULTS = "faults"
    E2E = "e2e"


class Runner(StrEnum):
    """Who runs the tests of a check, and therefore how they are counted."""

    PYTEST = "pytest"
    VITEST = "vitest"
    NODE = "node --test"


@dataclass(frozen=True, slots=True)
class Check:
    """One command that must succeed."""

    part: Part
    name: str
    command: tuple[str, ...]
    runner: Runner | None = None
    """None for a check that is one test by itself."""


def checks() -> tuple[Check, ...]:
    """Return every check."""
    return (*_python_checks(), *_frontend_checks(), *_end_to_end_checks())


def _python_checks() -> tuple[Check, ...]:
    api = tuple(f"tests/{name}" for name in API_FOLDERS if (ROOT / "tests" / name).is_dir())
    elsewhere = tuple(f"--ignore={folder}" for folder in (*api, "tests/faults", "tests/e2e"))
    return (
        Check(Part.LINT, "ruff", _module("ruff", "check")),
        Check(Part.LINT, "format", _module("ruff", "format", "--check")),
        Check(Part.LINT, "mypy", _module("mypy")),
        Check(Part.LINT, "imports", (str(PYTHON.with_name("lint-imports")),)),
        Check(
            Part.UNIT,
            "pytest unit",
            _module("pytest", "--numprocesses=auto", "tests", *elsewhere),
            Runner.PYTEST,
        ),
        Check(Part.API, "pytest api", _module("pytest", *api), Runner.PYTEST),
    )


def _frontend_checks() -> tuple[Check, ...]:
    drift = ("npx", "--no-install", "graphql-codegen", "--config", "codegen.yml", "--check")
    return (
        Check(Part.FRONTEND, "codegen drift", drift),
        Check(Part.FRONTEND, "tsc", ("npm", "run", "typecheck")),
        Check(Part.FRONTEND, "biome", ("npm", "run", "lint")),
        Check(Part.FRONTEND, "vitest", ("npm", "run", "test"), Runner.VITEST),
        Check(Part.FRONTEND, "frontend build", ("npm", "run", "build")),
    )


def _end_to_end_checks() -> tuple[Check, ...]:
    return (
        Check(Part.FAULTS, "pytest faults", _module("pytest", "tests/faults"), Runner.PYTEST),
        Check(Part.E2E, "browser tests", ("npm", "run", "test:e2e"), Runner.NODE),
    )


def _module(name: str, *arguments: str) -> tuple[str, ...]:
    return (str(PYTHON), "-m", name, *arguments)
