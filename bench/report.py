"""What was found, told: on the terminal, in results.json, and in docs/performance.md."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from bench import picture
from bench.goals import GOALS, Goal
from bench.results import Result

HOME = Path(__file__).resolve().parent.parent
KEPT = Path(__file__).parent / "results.json"
PAGE, PICTURE = HOME / "docs" / "performance.md", HOME / "docs" / "pictures" / "performance.svg"
BEGIN = "<!-- Between these two marks, `./run bench --write` writes what it found last. -->\n"
END = "<!-- What it found ends here. -->\n"
HEAD = """| What | Database | Found | Floor | Ratio | Quartiles | Goal | |
|---|---|---|---|---|---|---|---|
"""


def machine() -> dict[str, str]:
    """Return what it was measured on."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return {
        "processor": models[0] if models else platform.machine(),
        "cores": str(os.cpu_count()),
        "Python": platform.python_version(),
    }


def lines(results: Iterable[Result]) -> list[str]:
    """Return a table for a terminal."""
    return [
        f"{one.name:50.50} {one.database:11}{number(one.value):>8} {one.unit:11}"
        f"{f'floor {number(one.floor)}' if one.floor is not None else '':15}"
        f"{f'{number(one.ratio)} ×' if one.ratio is not None else '':9}{spread(one):16}"
        f"{one.goal.sign if one.goal else '':18}{verdict(one)}"
        for one in results
    ]


def number(value: float) -> str:
    """Return a figure as it is read: three places that say something."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}".removesuffix(".00")


def spread(one: Result) -> str:
    """Return the quartiles of what is judged."""
    return f"{number(one.spread[0])}–{number(one.spread[1])}" if one.spread else ""


def verdict(one: Result) -> str:
    """Return whether a goal is held; nothing where there is none."""
    if one.goal is None:
        return ""
    return "held" if one.held else "not reached"


def kept() -> dict[str, Any]:
    """Return what was found last, part by part."""
    if not KEPT.exists():
        return {}
    found: dict[str, Any] = json.loads(KEPT.read_text(encoding="utf-8"))
    return found if "parts" in found else {}


def keep(part: str, results: list[Result], about: Mapping[str, str]) -> None:
    """Write what was found of one part; the others stay as they were found earlier."""
    parts = kept().get("parts", {})
    plain = [one.plain() for one in results]
    parts[part] = {"measured on": dict(about), "results": plain}
    KEPT.write_text(json.dumps({"parts": parts}, indent=2) + "\n", encoding="utf-8")


def found_last() -> list[Result]:
    """Return all that was found last, in the order of the goals."""
    parts = kept().get("parts", {})
    ordered = dict.fromkeys(goal.part for goal in GOALS.values())
    return [_result(one) for part in ordered for one in parts.get(part, {}).get("results", [])]


def _result(plain: dict[str, Any]) -> Result:
    values = {name: plain[name] for name in ("name", "database", "value", "unit", "floor", "ratio")}
    quartiles = tuple(plain["spread"]) if plain["spread"] else None
    return Result(**values, spread=quartiles, goal=GOALS.get(plain["goal"] or ""))


def write() -> None:
    """Write the table and the picture of what was found last."""
    found = told(found_last())
    PICTURE.write_text(picture.drawn(found), encoding="utf-8")
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8"), found, _about()), encoding="utf-8")


def _about() -> str:
    """Return in words what each part was measured on; they may have been on different days."""
    alike: dict[str, list[str]] = {}
    for part, one in kept().get("parts", {}).items():
        said = ", ".join(f"{key} {words}" for key, words in one["measured on"].items())
        alike.setdefault(said, []).append(f"`{part}`")
    return "\n\n".join(f"{', '.join(parts)}: {said}." for said, parts in alike.items())


def told(results: list[Result]) -> list[Result]:
    """Return what the page tells: of all the views only the worst of each goal."""
    worst: dict[Goal, Result] = {}
    for one in results:
        if one.goal and one.goal.part == "views":
            worst[one.goal] = max(one, worst.get(one.goal, one), key=lambda each: each.judged)
    return [one for one in results if one.goal not in worst or worst[one.goal] is one]


def page(text: str, results: list[Result], about: str) -> str:
    """Return the page with the table between its marks."""
    before, _begin, rest = text.partition(BEGIN)
    _table, _end, after = rest.partition(END)
    rows = "".join(_row(one) for one in results)
    return f"{before}{BEGIN}\n{about}\n\n{HEAD}{rows}\n{END}{after}"


def _row(one: Result) -> str:
    cells = (
        one.name,
        one.database,
        f"{number(one.value)} {one.unit}",
        number(one.floor) if one.floor is not None else "",
        number(one.ratio) if one.ratio is not None else "",
        spread(one),
        one.goal.sign if one.goal else "",
        verdict(one) and f"**{verdict(one)}**" if not one.held else verdict(one),
    )
    return f"| {' | '.join(cells)} |\n"
