"""Running checks one after another, and the summary at the end."""

import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

from scripts.checks.catalogue import Check, Part, Runner, checks
from scripts.checks.counting import Count, count
from scripts.setup.layout import ROOT

NOTHING_SELECTED = 5
"""pytest's exit status when no test fits its arguments."""


@dataclass(frozen=True, slots=True)
class Result:
    """How one check went."""

    check: Check
    succeeded: bool
    tests: Count
    seconds: float

    def __str__(self) -> str:
        tests = f"{self.tests.passed} passed, {self.tests.failed} failed"
        shown = tests if self.check.runner else ""
        mark = "✓" if self.succeeded else "✗"
        return f"  {mark} {self.check.name:<16}{shown:<26}{self.seconds:7.1f} s"


def run_checks(part: Part | None, pytest_arguments: Sequence[str]) -> bool:
    """Run all checks or those of a part, and print a summary.

    Parameters
    ----------
    part : Part or None
        None for all.
    pytest_arguments : sequence of str
        Handed on to pytest; with them a part in which no test fits has not failed.

    Returns
    -------
    bool
        Whether everything passed.
    """
    chosen = [check for check in checks() if part in {None, check.part}]
    results = [_run(check, pytest_arguments) for check in chosen]
    print("\nsummary")
    for result in results:
        print(result)
    passed = sum(result.tests.passed for result in results)
    failed = sum(result.tests.failed for result in results)
    print(f"\n{passed} passed, {failed} failed", flush=True)
    return all(result.succeeded for result in results)


def _run(check: Check, pytest_arguments: Sequence[str]) -> Result:
    print(f"\n── {check.name}", flush=True)
    is_pytest = check.runner is Runner.PYTEST
    start = time.monotonic()
    status, output = _echo((*check.command, *(pytest_arguments if is_pytest else ())))
    narrowed = is_pytest and bool(pytest_arguments)
    succeeded = status == 0 or (narrowed and status == NOTHING_SELECTED)
    tests = count(check.runner, output, succeeded=succeeded)
    return Result(check, succeeded, tests, time.monotonic() - start)


def _echo(command: Sequence[str]) -> tuple[int, str]:
    """Run a command, passing its output on as it comes; return its exit status and output."""
    lines: list[str] = []
    with subprocess.Popen(
        command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as process:
        for line in process.stdout or ():
            lines.append(line)
            sys.stdout.write(line)
            sys.stdout.flush()
    return process.returncode, "".join(lines)
