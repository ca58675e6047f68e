"""`./run bench`: measure, print the ratios, keep them in results.json; no time is a failure."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from bench import overview

RESULTS = Path(__file__).parent / "results.json"


def main() -> None:
    """Measure what is asked for, and say it."""
    parser = argparse.ArgumentParser(prog="./run bench", description=__doc__)
    parser.add_argument(
        "--others",
        type=int,
        default=overview.FEW,
        help="measure once more among so many other couples (2000 takes minutes and 2 GB)",
    )
    found = overview.measure(parser.parse_args().others)
    for name, milliseconds in found["p50_ms"].items():
        print(f"{name:52}{milliseconds:8.2f} ms")
    for name, milliseconds in found["reading_ms"].items():
        goal = "   goal 4" if name == "read and unsealed" else ""
        print(f"{'520 responses ' + name:52}{milliseconds:8.2f} ms{goal}")
    for name, (ratio, goal) in found["ratios"].items():
        print(f"{name:52}{ratio:8.2f} x   goal {goal:g}")
    RESULTS.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
