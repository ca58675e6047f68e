"""`./run load`: print what was seen, keep it, and fail where a promise was broken but for time."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from load import figures
from load.run import Evening, Wishes, run

RESULTS = Path(__file__).resolve().parents[2] / "bench" / "load.json"


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
    given = parser.parse_args()
    if given.fault == "postgres" and given.database != "postgres":
        parser.error("SQLite has no server that could be gone")
    wishes = Wishes(
        seconds=given.minutes * 60, fault=given.fault, database=given.database,
        couples=given.couples, rate=given.rate,
    )  # fmt: skip
    evening = run(wishes)
    say(evening)
    keep(evening)
    return 1 if evening.findings else 0


def say(evening: Evening) -> None:
    """Print the table."""
    found = evening.results
    for people, rate in evening.steps.items():
        print(f"{people:3} people without a pause{rate:10.1f} requests/s")
    print(f"\n{evening.rate:.1f} requests/s for {evening.wishes.seconds:g} s, ", end="")
    print(f"{evening.wishes.database}, fault: {evening.wishes.fault}\n")
    print(f"{'ms':12}{'requests':>8}{'p50':>9}{'p90':>9}{'p99':>9}{'p99/p50':>8}   not fine")
    for row in found["rows"]:
        print(figures.Row(**row))
    shares = ", ".join(f"{name} {share:.0%}" for name, share in found["shares"].items())
    print(f"\nof two processors: {shares}")
    memory = ", ".join(f"{name} {size:.0f}" for name, size in found["memory_mb"].items())
    print(f"MB (PSS): {memory}")
    print(f"answers: {found['answers']}   letters: {found['letters']}")
    if "recovered" in found:
        print(f"seconds from the fault's end: {found['recovered']}")
    for name, lines in found["log"].items():
        for line in lines:
            print(f"{name} said: {line[:300]}")
    print("\n" + ("\n".join(evening.findings[:20]) or "every promise was kept"))


def keep(evening: Evening) -> None:
    """Keep the results beside those of earlier runs with other wishes."""
    name = f"{evening.wishes.database} {evening.wishes.fault}"
    known = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    known[name] = {**evening.results, "findings": evening.findings[:20]}
    RESULTS.write_text(json.dumps(known, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
