"""How much one process of the API holds and delivers, beside stock Strawberry, in one run.

    python -m benchmarks.load                     every section
    python -m benchmarks.load fan-out stalled     some of them
    python -m benchmarks.load --quick             shorter

Only the CPU time and the memory of the server's process are counted. Each pair of figures is taken
side by side, several times in turn; medians are printed, and at the end what was asked and whether
it holds. The exit status is 1 where something does not.
"""

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from backend.jobs.queue import open_queue
from backend.launch.valkey import EmbeddedValkey
from backend.persistence.migrate import upgrade
from backend.services.platform import open_platform
from benchmarks.load.comings_and_goings import come_and_go
from benchmarks.load.fan_out import one_stalls, side_by_side
from benchmarks.load.full_queue import fill_the_queue
from benchmarks.load.serving import Bench, serve, settings_in
from benchmarks.table import Line, print_table

SECTIONS = {
    "fan-out": side_by_side,
    "stalled": one_stalls,
    "comings-and-goings": come_and_go,
    "full-queue": fill_the_queue,
}


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.load", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("sections", nargs="*", metavar="section", help=", ".join(SECTIONS))
    parser.add_argument("--quick", action="store_true", help="shorter")
    parser.add_argument("--serve", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        serve(*options.serve)
        return
    if unknown := set(options.sections) - set(SECTIONS):
        parser.error(f"no such section: {', '.join(sorted(unknown))}")
    lines = asyncio.run(run(options.sections or list(SECTIONS), quick=options.quick))
    print_table(lines)
    sys.exit(not all(line.holds for line in lines))


async def run(sections: list[str], *, quick: bool) -> list[Line]:
    """Print the figures of some sections; return what was asked of them."""
    lines: list[Line] = []
    with tempfile.TemporaryDirectory(prefix="load-") as name:
        folder = Path(name)
        settings = settings_in(folder)
        await asyncio.to_thread(upgrade, settings.database_url)
        with EmbeddedValkey(folder, folder / "v.sock"):
            async with open_queue(settings) as queue, open_platform(settings, queue) as platform:
                for section in sections:
                    lines += await SECTIONS[section](Bench(platform, folder, quick=quick))
    return lines


if __name__ == "__main__":
    main()
