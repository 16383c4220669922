"""Sets up a clone and runs every check; needs only Python 3.11 and Node 20.

    python run_tests.py                       everything
    python run_tests.py unit                  one part: lint, unit, api, frontend, faults, e2e
    python run_tests.py unit -k tempo -x      more arguments go to pytest

The last line counts what passed and failed; a check that is not a test run counts as one test.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - said in one line instead of a SyntaxError
    sys.exit("Python 3.11 or newer is needed; this one is %d.%d." % sys.version_info[:2])  # noqa: UP031

from scripts.checks.catalogue import Part
from scripts.checks.run import run_checks
from scripts.setup.failure import SetupError
from scripts.setup.python_packages import DEVELOPMENT_LOCK
from scripts.setup.steps import prepare


def main(arguments: list[str]) -> int:
    """Set up, run the checks, and return the exit status."""
    if {"-h", "--help"} & set(arguments):
        print(__doc__)
        return 0
    part = Part(arguments[0]) if arguments and arguments[0] in set(Part) else None
    try:
        prepare(DEVELOPMENT_LOCK)
    except SetupError as failure:
        print(f"{failure}.", file=sys.stderr)
        return 1
    succeeded = run_checks(part, arguments[1:] if part else arguments)
    return 0 if succeeded else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
