"""``npm run connect``: from a bare clone to a running studio; standard library only."""

import argparse
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from scripts.setup import steps
from scripts.setup.configured import configured
from scripts.setup.failure import SetupError
from scripts.setup.layout import PYTHON, ROOT
from scripts.setup.python_packages import RUNTIME_LOCK
from scripts.stack import VITE_PORT, Stack, check_port

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
EPILOG = """\
examples:
  npm run connect
  npm run connect -- --port 9000 --no-open
  npm run connect -- --song "techno, 128 bpm, A minor, 45 seconds" --out songs"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Set up what is missing, then serve or make one song.

    Returns
    -------
    int
        0 after a clean stop or a finished song.
    """
    options = _parser().parse_args(arguments)
    for number in STOP_SIGNALS:
        signal.signal(number, _interrupt)
    try:
        return _song(options) if options.song else _serve(options)
    except SetupError as failure:
        print(f"{failure}".rstrip(".") + ".", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.")
        return 130 if options.song else 0


def _interrupt(_number: int, _frame: object) -> None:
    """Stop once; a terminal sends Ctrl-C to everybody, and whoever started this passes it on."""
    for number in STOP_SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


def _serve(options: argparse.Namespace) -> int:
    host = configured("HOST") or "127.0.0.1"
    port = options.port or int(configured("PORT") or 8000)
    check_port(host, port)
    if options.dev:
        check_port("localhost", VITE_PORT)
    print("AI Music Generation Platform")
    steps.prepare(RUNTIME_LOCK, studio=not options.dev)
    with Stack(host, port, environment(), dev=options.dev) as stack:
        stack.wait_until_ready()
        stack.print_addresses()
        if options.open and sys.stdout.isatty():
            stack.open_browser()
        return stack.wait()


def _song(options: argparse.Namespace) -> int:
    steps.prepare(RUNTIME_LOCK, studio=False)
    command = [PYTHON, "-m", "backend", "song", options.song]
    if options.out:
        command += ["--out", options.out]
    return subprocess.run(command, cwd=ROOT, env=environment(), check=False).returncode


def environment() -> dict[str, str]:
    """Return the environment for the platform.

    A newcomer who configured nothing gets the development token, so that everything can be tried at
    once.
    """
    development = (configured("ENVIRONMENT") or "development").lower() == "development"
    if development and configured("FAST_DEV") is None:
        return {**os.environ, "AIMUSIC_FAST_DEV": "true"}
    return dict(os.environ)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="npm run connect --",
        description="Sets up what is missing, starts everything and prints the addresses.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--port", type=int, help="port to serve at (AIMUSIC_PORT, 8000)")
    parser.add_argument(
        "--dev", action="store_true", help="develop: Vite with hot reload, backend that restarts"
    )
    parser.add_argument("--no-open", dest="open", action="store_false", help="open no browser")
    parser.add_argument("--song", metavar="SENTENCE", help="make one song, print its files and end")
    parser.add_argument(
        "--out", type=Path, help="folder for --song (default: one of its own below songs)"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
