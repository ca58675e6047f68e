"""`./run scale [--couples N …]`: what a day costs with so many couples, on PostgreSQL."""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable

from scale import filling, living, server
from scale.living import Lived

# With a million it needs some 12 GB of disk and a quarter of an hour.
COUPLES = (10_000, 100_000, 1_000_000)
STEP = (
    "{:>10,} {:<9}{:>9,} {:>9,.0f}/s {:>8.3f} ms each, of processor {:.3f} ours + {:.3f} database"
)


def main() -> None:
    """Measure each size in a database of its own; print what was seen."""
    words = argparse.ArgumentParser(prog="./run scale", description=__doc__)
    words.add_argument("--couples", type=int, nargs="+", default=COUPLES)
    words.add_argument("--share", type=int, default=7, help="one couple in so many is due that day")
    words.add_argument("--sample", type=int, default=1000, help="letters sent, answers given")
    asked = words.parse_args()
    for couples in asked.couples:
        lived = measured(couples, asked.share, asked.sample)
        for line in told(lived):
            print(line, flush=True)


def measured(couples: int, share: int, sample: int) -> Lived:
    """Fill a database and live a day in it."""
    with server.server() as (address, folder), server.application(address, folder):
        began = time.monotonic()
        due = filling.fill(address, couples, share)
        lived = Lived(couples, due, filled=time.monotonic() - began)
        lived.idle = living.idle_ticks()
        lived.claims = living.claims()
        living.live(lived, sample)
        lived.sizes = server.sizes(address)
        lived.vacuum = server.vacuumed(address)
    return lived


def told(lived: Lived) -> Iterable[str]:
    """Yield what was seen, a line each."""
    yield f"{lived.couples:>10,} couples, {lived.due:,} due; filled in {lived.filled:.0f} s"
    ticks = ", ".join(f"{name} {spent:.2f}" for name, spent in lived.idle.items())
    yield f"{lived.couples:>10,} ticks that find nothing, ms: {ticks}"
    yield f"{lived.couples:>10,} 1,000 due couples claimed in {lived.claims:.1f} ms"
    for name, cost in lived.steps.items():
        rate = cost.done / cost.seconds if cost.seconds else 0.0
        spent = (cost.each(one) for one in (cost.seconds, cost.ours, cost.database))
        yield STEP.format(lived.couples, name, cost.done, rate, *spent)
    for table, rows, indexes in lived.sizes:
        size = f"{rows / 1e6:>9.1f} MB, indexes {indexes / 1e6:.1f} MB"
        yield f"{lived.couples:>10,} {table:<15}{size}"
    yield f"{lived.couples:>10,} vacuumed after that day in {lived.vacuum:.1f} s"


if __name__ == "__main__":
    main()
