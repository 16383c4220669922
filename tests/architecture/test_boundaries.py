"""What stands at one place only (commits, SQL, environment) and what the pipeline never does."""

import ast
from collections.abc import Callable
from pathlib import Path

from tests.architecture.source import calls, imported, parsed, sources

UNIT_OF_WORK = Path("backend/persistence/unit_of_work.py")
SETTINGS = Path("backend/settings.py")
GENERATORS = {
    "backend/pipeline/progress.py",  # from seed, stage and purpose
    "backend/pipeline/rendering/voices/drum_machine.py",  # from those, one for each kind of hit
}
FLUIDSYNTH = Path("backend/pipeline/rendering/fluidsynth.py")
"""Loads the sound bank by its path; other data comes through importlib.resources."""

SQL_WORDS = {"select", "insert", "update", "delete", "text", "union_all"}
CLOCKS = {"time", "datetime", "calendar"}
CHANCE = {"random", "secrets", "uuid"}
SYSTEM = {"os", "shutil", "tempfile", "subprocess", "socket", "urllib", "http"}
READING = {"read_text", "read_bytes", "open"}
FILE_METHODS = READING | {"write_text", "write_bytes", "unlink", "mkdir", "touch"}
MAKING_CHANCE = {"default_rng", "RandomState", "SeedSequence", "PCG64", "Philox"}


def offenders(under: str, finds: Callable[[Path], set[str]]) -> dict[str, set[str]]:
    """Files below a folder in which something forbidden is found, with what was found."""
    found = {str(path): finds(path) for path in sources(".py", under=under)}
    return {path: names for path, names in found.items() if names}


def called(path: Path) -> set[str]:
    """Last names of everything that is called: ``session.commit()`` gives commit."""
    functions = [call.func for call in calls(path)]
    return {node.attr for node in functions if isinstance(node, ast.Attribute)} | {
        node.id for node in functions if isinstance(node, ast.Name)
    }


def packages(path: Path) -> set[str]:
    return {name.partition(".")[0] for name in imported(path)}


def test_commits_are_made_by_the_unit_of_work_alone() -> None:
    found = offenders("backend/", lambda path: called(path) & {"commit"})
    assert found == {str(UNIT_OF_WORK): {"commit"}}


def test_sql_is_written_in_persistence_alone() -> None:
    def sql(path: Path) -> set[str]:
        names = {name.rpartition(".") for name in imported(path)}
        return {word for source, _, word in names if source.startswith("sql")} & SQL_WORDS

    found = offenders("backend/", sql)
    assert {path for path in found if not path.startswith("backend/persistence/")} == set()
    assert found


def test_environment_is_read_by_settings_alone() -> None:
    def reads(path: Path) -> set[str]:
        attributes = {
            node.attr for node in ast.walk(parsed(path)) if isinstance(node, ast.Attribute)
        }
        return attributes & {"environ", "environb", "getenv", "putenv"}

    assert offenders("backend/", reads).keys() <= {str(SETTINGS)}


def test_pipeline_has_no_clock_no_chance_of_its_own_and_no_system() -> None:
    banned = CLOCKS | CHANCE | SYSTEM
    assert offenders("backend/pipeline/", lambda path: packages(path) & banned) == {}


def test_pipeline_opens_no_files() -> None:
    def touches(path: Path) -> set[str]:
        package_data = any(name.startswith("importlib.resources") for name in imported(path))
        allowed = READING if package_data else set()
        return called(path) & FILE_METHODS - allowed

    assert offenders("backend/pipeline/", touches).keys() <= {str(FLUIDSYNTH)}


def test_pipeline_draws_only_from_generators_that_are_handed_in() -> None:
    found = offenders("backend/pipeline/", lambda path: called(path) & MAKING_CHANCE)
    assert found.keys() == GENERATORS
