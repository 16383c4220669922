"""Reading how many tests passed and failed from what the test runners print."""

import re
from typing import NamedTuple

from scripts.checks.catalogue import Runner

PATTERNS = {
    Runner.PYTEST: (r"(\d+) passed", r"(\d+) (?:failed|errors?)\b"),
    Runner.VITEST: (r"(\d+) passed", r"(\d+) failed"),
    Runner.NODE: (r"^(?:#|ℹ) pass (\d+)", r"^(?:#|ℹ) (?:fail|cancelled) (\d+)"),
}
SUMMARIES = {
    Runner.PYTEST: r"^=* ?(\d+ (?:passed|failed|error|skipped|deselected).* in [\d.]+s.*)$",
    Runner.VITEST: r"^\s*Tests\s+(.*)$",
    Runner.NODE: r"^((?:#|ℹ) (?:pass|fail|cancelled) \d+)$",
}
COLOURS = re.compile(r"\x1b\[[0-9;]*m")


class Count(NamedTuple):
    """Tests that passed and tests that did not."""

    passed: int
    failed: int


def count(runner: Runner | None, output: str, *, succeeded: bool) -> Count:
    """Count the tests of a check.

    A check without a test runner is one test. One that failed without a failing test, such as by an
    error while collecting, counts one failure.
    """
    if runner is None:
        return Count(int(succeeded), int(not succeeded))
    plain = COLOURS.sub("", output)
    summary = "\n".join(re.findall(SUMMARIES[runner], plain, re.MULTILINE))
    passed, failed = (
        sum(map(int, re.findall(pattern, summary, re.MULTILINE))) for pattern in PATTERNS[runner]
    )
    return Count(passed, failed if succeeded or failed else 1)
