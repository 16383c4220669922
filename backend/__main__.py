"""The command line: ``python -m backend serve | worker | migrate | prepare | song | token``."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from backend.errors import ConfigurationError, MusicError
from backend.observability.logs import configure_logs
from backend.observability.reporting import report_errors
from backend.observability.tracing import trace_to
from backend.settings import load_settings

DESCRIPTION = """\
AI Music Generation Platform: one sentence in, one finished song out.

Settings come from the environment and from .env; .env.example explains every one."""

EXAMPLES = """\
examples:
  python -m backend serve
  python -m backend serve --port 9000
  python -m backend song "slow jazz waltz in F minor, brushes and piano" --out songs
  AIMUSIC_REDIS_URL=redis://localhost AIMUSIC_DATABASE_URL=postgresql://localhost/music \\
      python -m backend worker"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns
    -------
    int
        0 when it succeeded, 78 (EX_CONFIG) when a setting is wrong, 1 for other failures.
    """
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except ConfigurationError as error:
        print(error.message, file=sys.stderr)
        return os.EX_CONFIG
    except MusicError as error:
        print(error.message, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _serve(options: argparse.Namespace) -> int:
    settings = load_settings(host=options.host, port=options.port)
    configure_logs(settings.log_level, settings.log_format)
    if settings.embedded_valkey and not options.api_only:
        from backend.launch import supervisor

        return supervisor.serve(settings, with_worker=options.worker, reload=options.reload)
    from backend.launch import api
    from backend.launch.listening import listen

    api.run(settings, listen(settings.host, settings.port))
    return 0


def _worker(_options: argparse.Namespace) -> int:
    settings = load_settings()
    configure_logs(settings.log_level, settings.log_format)
    report_errors(settings.sentry_dsn, settings.environment)
    trace_to(settings.otlp_endpoint, "aimusic-worker")
    from backend.jobs import worker
    from backend.launch.sound_bank import prepare_sound_bank

    worker.run(settings, prepare_sound_bank(settings.soundfont, settings.data_dir))
    return 0


def _migrate(options: argparse.Namespace) -> int:
    settings = load_settings()
    from backend.persistence.migrate import revise, upgrade

    upgrade(settings.database_url)
    if options.new:
        revise(settings.database_url, options.new)
    return 0


def _prepare(_options: argparse.Namespace) -> int:
    from backend.launch.compiling import compile_sound
    from backend.launch.sound_bank import prepare_sound_bank

    settings = load_settings()
    bank = prepare_sound_bank(settings.soundfont, settings.data_dir)
    compile_sound(bank)
    print(f"{bank.name} ({bank.licence}): {bank.path}")
    return 0


def _song(options: argparse.Namespace) -> int:
    from backend.launch.local_song import make_song

    make_song(load_settings(), options.prompt, seed=options.seed, out=options.out)
    return 0


def _token(options: argparse.Namespace) -> int:
    from backend.auth.tokens import issue
    from backend.launch.sign_in import refresh_token

    settings = load_settings()
    if options.refresh:
        print(refresh_token(settings, options.user))
    else:
        print(issue(settings.secret_key, options.user, round(options.hours * 3600)))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m backend",
        description=DESCRIPTION,
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_serve(commands.add_parser("serve", help="serve the studio and the API, and make songs"))
    worker = commands.add_parser(
        "worker",
        help="make songs from the queue; start as many as you like",
        description="Takes songs from the queue until SIGTERM; a song in work goes back to it.",
    )
    worker.set_defaults(run=_worker)
    migrate = commands.add_parser("migrate", help="bring the database up to date")
    migrate.add_argument(
        "--new", metavar="MESSAGE", help="then write a migration for models that have changed"
    )
    migrate.set_defaults(run=_migrate)
    prepare = commands.add_parser(
        "prepare",
        help="make the sound bank ready",
        description="Converts the sound bank once; without it the small one plays.",
    )
    prepare.set_defaults(run=_prepare)
    _add_song(commands.add_parser("song", help="make one song here and now, without a server"))
    _add_token(commands.add_parser("token", help="print an access token for the API"))
    return parser


def _add_serve(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Without AIMUSIC_REDIS_URL everything runs here: Valkey, the web server and one worker. "
        "With it, only the web server; start workers with `python -m backend worker`."
    )
    parser.add_argument("--host", help="address to serve at (AIMUSIC_HOST, 127.0.0.1)")
    parser.add_argument("--port", type=int, help="port, 0 for any free one (AIMUSIC_PORT, 8000)")
    parser.add_argument(
        "--no-worker", dest="worker", action="store_false", help="start no worker beside it"
    )
    parser.add_argument(
        "--api-only", action="store_true", help="only the web server; everything else runs already"
    )
    parser.add_argument(
        "--reload", action="store_true", help="start again when the backend's source changes"
    )
    parser.set_defaults(run=_serve)


def _add_song(parser: argparse.ArgumentParser) -> None:
    parser.description = "Makes a song in this process and prints where its files are."
    parser.add_argument("prompt", help='a sentence: "techno 128 bpm in A minor, 45 seconds"')
    parser.add_argument("--seed", type=int, help="the same seed makes the same song again")
    parser.add_argument(
        "--out", type=Path, help="folder for the files (default: one of its own below songs)"
    )
    parser.set_defaults(run=_song)


def _add_token(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Prints a token signed with AIMUSIC_SECRET_KEY, for `Authorization: Bearer`."
    )
    parser.add_argument("--user", default="dev-user", help="whose token (default: dev-user)")
    parser.add_argument(
        "--hours", type=float, default=1.0, help="how long it is valid (default: 1)"
    )
    parser.add_argument(
        "--refresh", action="store_true", help="a refresh token instead, for `refreshSignIn`"
    )
    parser.set_defaults(run=_token)


if __name__ == "__main__":
    sys.exit(main())
