"""The project's own source as the architecture tests read it."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
GENERATED = ("frontend/src/gql/", "backend/persistence/migrations/versions/")


@cache
def tracked() -> tuple[Path, ...]:
    """Every file of the project, relative to its top, as git knows it."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    return tuple(Path(name) for name in listed.split("\0") if name and (ROOT / name).is_file())


def sources(*suffixes: str, under: str = "") -> Iterator[Path]:
    """Written source files below a folder, relative to the project's top."""
    for path in tracked():
        name = path.as_posix()
        if path.suffix in suffixes and name.startswith(under) and not name.startswith(GENERATED):
            yield path


@cache
def parsed(path: Path) -> ast.Module:
    """The syntax tree of a Python file."""
    return ast.parse((ROOT / path).read_text(encoding="utf-8"))


def imported(path: Path) -> set[str]:
    """Dotted names that a Python file imports."""
    names: set[str] = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def calls(path: Path) -> Iterator[ast.Call]:
    """Calls in a Python file."""
    return (node for node in ast.walk(parsed(path)) if isinstance(node, ast.Call))
