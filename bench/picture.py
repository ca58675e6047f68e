"""A picture of all goals: how much of each limit is used, on either database."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from bench.goals import GOALS, Goal
from bench.results import Result

WIDTH, LEFT, GOAL_AT, MOST = 1000, 330, 180, 1.6
BAR, GAP, TOP = 11, 12, 58
STYLE = """
text { font: 13px system-ui, sans-serif; fill: #23211d; }
.small { font-size: 11px; fill: #5c574e; }
.held { fill: #3d6f8e; } .missed { fill: #b4532a; } .line { stroke: #23211d; }
@media (prefers-color-scheme: dark) {
text { fill: #eeebe4; } .small { fill: #b5afa3; }
.held { fill: #86b6d3; } .missed { fill: #e58f68; } .line { stroke: #eeebe4; }
}
"""


def drawn(results: Iterable[Result]) -> str:
    """Return the picture as SVG; light on dark where the reader's system is dark."""
    groups = worst_of_each(results)
    parts, y = [], TOP
    for goal, found in groups.items():
        parts.append(
            f'<text x="{LEFT - 12}" y="{y + 10}" text-anchor="end">{escape(goal.words)}</text>'
        )
        for one in found:
            parts.append(_bar(goal, one, y))
            y += BAR + 3
        y += GAP
    x = LEFT + GOAL_AT
    line = f'<line class="line" x1="{x}" y1="{TOP - 8}" x2="{x}" y2="{y}" stroke-dasharray="4 3"/>'
    missed = [goal.words for goal, found in groups.items() if not all(one.held for one in found)]
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y + 8}" role="img"'
            ' aria-labelledby="title says">',
            '<title id="title">How much of each goal’s limit is used</title>',
            f'<desc id="says">{escape(_in_words(len(groups), missed))}</desc>',
            f"<style>{STYLE}</style>",
            f'<text x="{x}" y="{TOP - 16}" text-anchor="middle">the goal</text>',
            f'<text class="small" x="{LEFT}" y="20">A bar that ends before the line holds its goal;'
            " shorter is better.</text>",
            *parts,
            line,
            "</svg>\n",
        )
    )


def worst_of_each(results: Iterable[Result]) -> dict[Goal, list[Result]]:
    """Return for each goal that was measured the worst figure on each database."""
    found: dict[tuple[Goal, str], Result] = {}
    for one in results:
        if one.goal is not None:
            key = one.goal, one.database
            found[key] = max(one, found.get(key, one), key=_used)
    return {
        goal: [one for (other, _database), one in found.items() if other is goal]
        for goal in GOALS.values()
        if any(other is goal for other, _database in found)
    }


def _used(one: Result) -> float:
    return one.goal.used(one.judged) if one.goal else 0


def _bar(goal: Goal, one: Result, y: int) -> str:
    used = goal.used(one.judged)
    length = max(2.0, GOAL_AT * min(used, MOST))
    beyond = "… " if used > MOST else ""
    verdict = "" if one.held else " · not reached"
    words = escape(f"{one.judged:.3g} {goal.unit}, goal {goal.sign}{verdict}")
    where = f"{escape(one.database)} · " if one.database else ""
    return (
        f'<rect class="{"held" if one.held else "missed"}" x="{LEFT}" y="{y}" width="{length:.0f}"'
        f' height="{BAR}" rx="2"/>'
        f'<text class="small" x="{LEFT + GOAL_AT * MOST + 8:.0f}" y="{y + 10}">'
        f"{beyond}{where}{words}</text>"
    )


def _in_words(goals: int, missed: list[str]) -> str:
    if not missed:
        return f"All {goals} goals measured are held."
    return f"{goals - len(missed)} of {goals} goals are held. Not reached: {'; '.join(missed)}."
