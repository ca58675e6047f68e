"""`./run chaos`: kill at random for some minutes, then say of each invariant whether it held."""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from pathlib import Path

from chaos.play import Plan, Told, play

HOME = Path(__file__).resolve().parents[2]
FOLDER = HOME / "var" / "chaos"


def main(words: list[str]) -> int:
    """Play; return 1 where anything broke."""
    parser = argparse.ArgumentParser(prog="./run chaos", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0, help="how long (10)")
    parser.add_argument("--seed", type=int, default=1, help="whose chance (1)")
    parser.add_argument("--couples", type=int, default=6, help="how many (6)")
    parser.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")
    given = parser.parse_args(words)
    folder = FOLDER / given.database
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    began = time.monotonic()
    plan = Plan(folder, given.minutes, given.seed, given.couples, given.database)
    told = play(plan)
    text = report(plan, told, time.monotonic() - began)
    (folder / "report.txt").write_text(text, encoding="utf-8")
    print(text)
    return 0 if told.is_fine else 1


def report(plan: Plan, told: Told, seconds: float) -> str:
    """Return what happened and what held, line by line."""
    kills = ", ".join(f"{count} {name}" for name, count in sorted(told.kills.items()))
    counts = ", ".join(f"{count} {name}" for name, count in told.counts.items())
    return "\n".join(
        (
            f"{plan.couples} couples, {plan.weeks} rounds, {plan.database}, seed {plan.seed}: "
            f"{seconds / 60:.1f} minutes",
            f"killed: {sum(told.kills.values())} ({kills}); the service itself came back "
            f"{told.starts} times",
            f"seen: {counts}; recovered within "
            f"{told.waited:.1f} seconds of the last kill each time",
            *(one.line for one in told.verdicts),
            "",
        )
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
