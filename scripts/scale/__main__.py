"""`./run scale [--couples N …]`: what a day costs with so many couples, on PostgreSQL."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator

from scale import filling, living, server

# With a million it needs some 23 GB of disk, its log included, and up to a quarter of an hour.
COUPLES = (10_000, 100_000, 1_000_000)
STEP = (
    "{:<9}{:>9,} {:>9,.0f}/s {:>8.3f} ms each, of processor {:.3f} ours + {:.3f} database,"
    " {:.1f} kB of log"
)


def main() -> None:
    """Measure each size in a database of its own; print what was seen as soon as it is seen."""
    words = argparse.ArgumentParser(prog="./run scale", description=__doc__)
    words.add_argument("--couples", type=int, nargs="+", default=COUPLES)
    words.add_argument("--share", type=int, default=7, help="one couple in so many is due that day")
    words.add_argument("--sample", type=int, default=1000, help="letters sent, answers given")
    asked = words.parse_args()
    for couples in asked.couples:
        with server.server() as (address, folder), server.application(address, folder):
            for line in measured(address, couples, asked.share, asked.sample):
                print(f"{couples:>10,} {line}", flush=True)


def measured(address: str, couples: int, share: int, sample: int) -> Iterator[str]:
    """Fill a database and live a day in it; yield what was seen, a line each."""
    began = time.monotonic()
    due = filling.fill(address, couples, share, say)
    yield f"couples, {due:,} due; filled in {time.monotonic() - began:.0f} s"
    ticks = ", ".join(f"{name} {spent:.2f}" for name, spent in living.idle_ticks().items())
    yield f"ticks that find nothing, ms: {ticks}"
    yield f"1,000 due couples claimed in {living.claims():.1f} ms"
    for name, cost in living.live(sample, say):
        rate = cost.done / cost.seconds if cost.seconds else 0.0
        spent = (cost.each(one) for one in (cost.seconds, cost.ours, cost.database))
        yield STEP.format(name, cost.done, rate, *spent, cost.kilobytes)
    for table, rows, indexes in server.sizes(address):
        yield f"{table:<15}{rows / 1e6:>9.1f} MB, indexes {indexes / 1e6:.1f} MB"
    yield f"vacuumed after that day in {server.vacuumed(address):.1f} s"


def say(words: str) -> None:
    """Tell whoever waits how far it is, apart from what is measured."""
    print(f"{time.strftime('%H:%M:%S')} {words}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
