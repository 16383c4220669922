"""Counts are read from what the test runners really print."""

import pytest

from scripts.checks.catalogue import Part, Runner, checks
from scripts.checks.counting import count


@pytest.mark.parametrize(
    ("runner", "output", "expected"),
    [
        (Runner.PYTEST, "....\n37 passed in 0.77s\n", (37, 0)),
        (Runner.PYTEST, "= 1 failed, 4 passed, 2 skipped, 3 errors in 0.82s =\n", (4, 4)),
        (Runner.PYTEST, "= 12 passed, 1 warning in 61.20s (0:01:01) =\n", (12, 0)),
        (
            Runner.VITEST,
            " Test Files  1 failed | 2 passed (3)\n      Tests  1 failed | 8 passed (9)\n",
            (8, 1),
        ),
        (Runner.VITEST, "\x1b[2m      Tests \x1b[22m \x1b[32m8 passed\x1b[39m (8)\n", (8, 0)),
        (Runner.NODE, "ℹ tests 5\nℹ pass 3\nℹ fail 1\nℹ cancelled 1\n", (3, 2)),
        (Runner.NODE, "# tests 3\n# pass 3\n# fail 0\n# cancelled 0\n", (3, 0)),
    ],
)
def test_summary_is_read(runner: Runner, output: str, expected: tuple[int, int]) -> None:
    assert count(runner, output, succeeded=expected[1] == 0) == expected


def test_numbers_in_other_lines_do_not_count() -> None:
    output = "test says: 5 passed\n1 passed in 0.1s\n"
    assert count(Runner.PYTEST, output, succeeded=True) == (1, 0)


def test_failure_without_a_failing_test_counts_as_one() -> None:
    assert count(Runner.PYTEST, "ERROR: usage\n", succeeded=False) == (0, 1)


def test_check_without_tests_is_one_test() -> None:
    assert count(None, "", succeeded=True) == (1, 0)
    assert count(None, "", succeeded=False) == (0, 1)


def test_every_part_has_checks() -> None:
    assert {check.part for check in checks()} == set(Part)
