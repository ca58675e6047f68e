"""`./run load`: print what was seen, keep it, and fail where a promise was broken but for time."""

from __future__ import annotations

import argparse
import sys

from load import report
from load.evening import Wishes
from load.run import run


def main() -> int:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(prog="./run load", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--fault", choices=("none", "redis", "smtp", "postgres"), default="none")
    parser.add_argument("--database", choices=("postgres", "sqlite"), default="postgres")
    parser.add_argument("--couples", type=int, default=200)
    parser.add_argument(
        "--rate", type=float, default=0.0, help="requests a second; else four fifths of the most"
    )
    parser.add_argument(
        "--write", action="store_true", help="run nothing; write docs/performance.md"
    )
    given = parser.parse_args()
    if given.write:
        text = report.PAGE.read_text(encoding="utf-8")
        report.PAGE.write_text(report.page(text, report.kept()), encoding="utf-8")
        return 0
    if given.fault == "postgres" and given.database != "postgres":
        parser.error("SQLite has no server that could be gone")
    wishes = Wishes(
        seconds=given.minutes * 60, fault=given.fault, database=given.database,
        couples=given.couples, rate=given.rate,
    )  # fmt: skip
    evening = run(wishes)
    report.say(evening)
    if not report.keep(evening):
        print("not kept: one that took longer is")
    return 1 if evening.findings else 0


if __name__ == "__main__":
    sys.exit(main())
