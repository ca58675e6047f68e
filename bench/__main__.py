"""Measure what the service can do beside a floor of the same run; no time is a failure.

Everything takes five to ten minutes on two cores with nothing else to do, one part alone about one;
--full takes half an hour and 12 GB of memory. What was found is kept in bench/results.json, each
part's beside those of earlier runs.
"""

from __future__ import annotations

import argparse
import os
import time
from datetime import UTC, datetime
from importlib import import_module

from bench import crowd, report, sink
from bench.goals import GOALS
from bench.ground import MEMORY, Ground, Size, ground
from bench.results import Result

PARTS = tuple(dict.fromkeys(goal.part for goal in GOALS.values()))
FULL = Size(many=2000, crowd=(10_000, 1_000_000), rounds=60)


def main() -> None:
    """Measure what is asked for, and say it."""
    parser = argparse.ArgumentParser(
        prog="./run bench", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("parts", nargs="*", metavar="NAME", help=f"of {', '.join(PARTS)}")
    parser.add_argument(
        "--full", action="store_true", help="among 2,000 other couples, and of 1,000,000 that rest"
    )
    parser.add_argument(
        "--write", action="store_true", help="write the table and picture of docs/performance.md"
    )
    asked = parser.parse_args()
    for name in asked.parts:
        if name not in PARTS:
            parser.error(f"there is no part {name!r}; there are {', '.join(PARTS)}")
    load = f"{os.getloadavg()[0]:.1f}"
    with ground(FULL if asked.full else Size()) as where:
        about = {**report.machine(), "load before": load, **where.about, **_about()}
        for name in asked.parts or PARTS:
            report.keep(name, part(name, where), about)
        crowd.leave(where)
    if asked.write:
        report.write()


def part(name: str, where: Ground) -> list[Result]:
    """Measure one part, and print what was found."""
    began = time.monotonic()
    results: list[Result] = import_module(f"bench.{name}").measure(where)
    print(f"\n{name} ({time.monotonic() - began:.0f} s)", *report.lines(results), sep="\n")
    return results


def _about() -> dict[str, str]:
    return {
        "files": "in memory" if MEMORY.is_dir() else "on the disk",
        "letters to": sink.name(),
        "day": f"{datetime.now(UTC):%Y-%m-%d}",
    }


if __name__ == "__main__":
    main()
