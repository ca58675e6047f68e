"""docs/asvs.md names every id of level 1 and 2 once, tests and pages that exist, true figures."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

HOME = Path(__file__).parent.parent
DOCS = HOME / "docs"
PAGE = (DOCS / "asvs.md").read_text(encoding="utf-8")
ROWS = re.findall(
    r"^\| (\d+\.\d+\.\d+) \| (\d) \| ([^|]+) \| (yes|no) \| ([^|]+) \| ([^|]+) \|$",
    PAGE,
    re.MULTILINE,
)
LINES = [line for line in PAGE.splitlines() if re.match(r"\| \d+\.\d+\.", line)]
IDS = (HOME / "tests" / "asvs_ids.txt").read_text(encoding="utf-8")
STATES = {"held": "yes", "in part": "yes", "not held": "yes", "does not apply": "no"}
TEST = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
LINK = re.compile(r"\]\(([\w/-]+\.md)\)")
RESTS = "rests with who runs it"
GOAL = 95


@cache
def functions(path: str) -> frozenset[str]:
    """Return the names of the tests in one file."""
    tree = ast.parse((HOME / path).read_text(encoding="utf-8"))
    found = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
    return frozenset(node.name for node in found if node.name.startswith("test_"))


def test_every_id_stands_there_once_with_its_level() -> None:
    wanted = re.findall(r"^(\S+) ([12])$", IDS, re.MULTILINE)
    assert len(wanted) == 253
    assert [(one, level) for one, level, *_rest in ROWS] == wanted
    assert len(LINES) == len(ROWS), "a row that cannot be read"


def test_every_row_has_a_state_and_says_by_what_or_why() -> None:
    for one, _level, about, applies, state, why in ROWS:
        assert STATES.get(state) == applies, one
        assert 1 <= len(about.split()) <= 8, one
        has_proof = TEST.search(why) or LINK.search(why)
        assert has_proof if state == "held" else len(TEST.sub("", why).strip()) > 8, one


def test_what_is_named_exists() -> None:
    named = TEST.findall(PAGE)
    assert len(named) > 150
    for path, function in named:
        assert (HOME / path).exists(), path
        assert functions(path), path
        assert not function or function in functions(path), f"{path}::{function}"
    for page in LINK.findall(PAGE):
        assert (DOCS / page).exists(), page


def test_the_figures_are_those_of_the_table() -> None:
    states = [state for *_row, state, _why in ROWS]
    applying = len(states) - states.count("does not apply")
    share = 100 * states.count("held") / applying
    rest = [why for *_row, why in ROWS if why.startswith(RESTS)]
    told = re.findall(r"^\| (\d+) \|(?: (\d+) \|){6} ([\d.]+) % \|$", PAGE, re.MULTILINE)
    (figures,) = re.findall(r"^\| 253 \|.*%.*$", PAGE, re.MULTILINE)
    assert told and figures.strip("| %").split(" | ") == [
        *map(str, (len(states), applying, states.count("held"), len(rest))),
        *(str(states.count(one)) for one in ("in part", "not held", "does not apply")),
        f"{share:.1f}",
    ]
    assert share >= GOAL


def test_headings_that_rows_send_readers_to_are_there() -> None:
    for *_row, why in ROWS:
        for page, heading in re.findall(
            r"\]\(([\w/-]+\.md)\) ([A-Z][\w ]+?)(?:[,.;:]|$| and | closes)", why
        ):
            text = (DOCS / page).read_text(encoding="utf-8")
            assert re.search(rf"^#+ {re.escape(heading.strip())}$", text, re.MULTILINE), (
                page,
                heading,
            )
