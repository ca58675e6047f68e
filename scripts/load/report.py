"""What was seen, told: on the terminal, in bench/load.json, and in docs/performance.md."""

from __future__ import annotations

import json
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.report import machine
from load.evening import Evening
from load.figures import RATIO, RECOVERY, Row

HOME = Path(__file__).resolve().parents[2]
KEPT, PAGE = HOME / "bench" / "load.json", HOME / "docs" / "performance.md"
BEGIN = "<!-- Between these two marks, `./run load --write` writes the runs that are kept. -->\n"
END = "<!-- The runs end here. -->\n"
GONE = {
    "none": "nothing", "redis": "the queue", "smtp": "the mail server", "postgres": "the database",
}  # fmt: skip
DATABASES = {"postgres": "PostgreSQL", "sqlite": "SQLite"}
HEADS = (
    "Gone meanwhile", "Database", "Minutes", "Requests/s", "Requests", "p50", "p99", "p99/p50", "",
    "In words", "Errors", "Answers lost", "Letters doubled",
    "Seconds until pages, a letter, all letters", "MB first, last", "Promises",
)  # fmt: skip


def say(evening: Evening) -> None:
    """Print the table."""
    found = evening.results
    for people, rate in evening.steps.items():
        print(f"{people:3} people without a pause{rate:10.1f} requests/s")
    print(f"\n{evening.rate:.1f} requests/s for {evening.wishes.seconds:g} s, ", end="")
    print(f"{evening.wishes.database}, fault: {evening.wishes.fault}\n")
    print(f"{'ms':12}{'requests':>8}{'p50':>9}{'p90':>9}{'p99':>9}{'p99/p50':>8}   not fine")
    for row in found["rows"]:
        print(Row(**row))
    print(f"\np99 ≤ {RATIO:g} × p50{without(evening.wishes.fault)}:")
    for one in (Row(**row) for row in found["calm"]):
        print(f"{one.kind:12}{one.count:8}{one.ratio:8.1f}   {one.verdict}")
    shares = ", ".join(f"{name} {share:.0%}" for name, share in found["shares"].items())
    print(f"\nof two processors: {shares}")
    for name, sizes in found["memory_mb"].items():
        went = ", ".join(f"{when} {size:.1f}" for when, size in sizes.items())
        print(f"MB (PSS) of {name}: {went}")
    print(f"answers: {found['answers']}   letters: {found['letters']}")
    if "recovered" in found:
        print(f"seconds from the fault's end: {found['recovered']}")
    for name, lines in found["log"].items():
        for line in lines:
            print(f"{name} said: {line[:300]}")
    print("\n" + ("\n".join(evening.findings[:20]) or "every promise was kept"))


def without(fault: str) -> str:
    """Return what is not judged."""
    return "" if fault == "none" else f", without the fault and the {RECOVERY:g} s after it"


def kept(where: Path = KEPT) -> dict[str, dict[str, Any]]:
    """Return the runs that are kept; not those of before it was kept where they were run."""
    known = json.loads(where.read_text(encoding="utf-8")) if where.exists() else {}
    return {name: run for name, run in known.items() if "about" in run}


def keep(evening: Evening, where: Path = KEPT) -> bool:
    """Keep a run beside those with another fault or database; no short one instead of a long."""
    name, known = f"{evening.wishes.database} {evening.wishes.fault}", kept(where)
    if name in known and known[name]["wishes"]["seconds"] > evening.wishes.seconds:
        return False
    findings = {"findings": evening.findings[:20], "broken": len(evening.findings)}
    known[name] = {"about": about(), **evening.results, **findings}
    where.write_text(json.dumps(known, indent=2) + "\n", encoding="utf-8")
    return True


def about() -> dict[str, str]:
    """Return when, of what and on what it was measured."""
    asked = ["git", "rev-parse", "--short", "HEAD"]
    try:
        told = subprocess.run(asked, cwd=HOME, capture_output=True, text=True, check=False).stdout
    except OSError:
        told = ""
    commit = {"commit": told.strip()} if told.strip() else {}
    return {"day": f"{datetime.now(UTC):%F}", **commit, **machine()}


def page(text: str, runs: dict[str, dict[str, Any]]) -> str:
    """Return the page with the table between its marks."""
    before, begin, rest = text.partition(BEGIN)
    _table, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError("the two marks are not there")
    said = [", ".join(f"{key} {value}" for key, value in run["about"].items())
            for run in runs.values()]  # fmt: skip
    measured = "\n".join(f"Measured on: {one}." for one in dict.fromkeys(said))
    lines = [HEADS, ("---",) * len(HEADS), *map(cells, runs.values())]
    table = "".join(f"| {' | '.join(line)} |\n" for line in lines)
    return f"{before}{BEGIN}\n{measured}\n\n{table}\n{END}{after}"


def cells(run: dict[str, Any]) -> tuple[str, ...]:
    """Return the line of one run."""
    wishes, everything = run["wishes"], of_all(run["rows"])
    bad, memory, back = everything["bad"], run["memory_mb"]["all"], run.get("recovered", {})
    return (
        GONE[wishes["fault"]],
        DATABASES[wishes["database"]],
        f"{wishes['seconds'] / 60:g}",
        f"{run['rate']:.1f}",
        str(everything["count"]),
        *times(run["calm"]),
        str(bad["words"]),
        str(bad["bare"] + bad["broken"]),
        str(run["answers"]["lost"]),
        str(run["doubled"]),
        ", ".join("–" if one is None else f"{one:.1f}" for one in back.values()),
        f"{memory['first']:.0f}, {memory['last']:.0f}",
        f"**{run['broken']} broken**" if run["broken"] else "kept",
    )


def times(calm: list[dict[str, Any]]) -> tuple[str, str, str, str]:
    """Return how long people waited while nothing was gone, if there was such a time."""
    if not calm:
        return "", "", "", ""
    row = Row(**of_all(calm))
    verdict = "held" if row.verdict == "held" else f"**{row.verdict}**"
    return f"{row.p50:.1f} ms", f"{row.p99:.1f} ms", f"{row.ratio:.1f}", verdict


def of_all(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the row of all kinds of pages."""
    return next(row for row in rows if row["kind"] == "all")
