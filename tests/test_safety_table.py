"""docs/safety.md names every item once, and only tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

HOME = Path(__file__).parent.parent
PAGE = (HOME / "docs" / "safety.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| ([A-J]\d+) \| [^|]+ \| ([^|]+) \| ([^|]+) \|$", PAGE, re.MULTILINE)
ITEMS = {"A": 4, "B": 14, "C": 14, "D": 14, "E": 15, "H": 11, "I": 17, "J": 10}


def test_every_item_stands_there_once() -> None:
    wanted = [f"{letter}{n}" for letter, most in ITEMS.items() for n in range(1, most + 1)]
    assert [item for item, _state, _why in ROWS] == wanted


def test_every_state_is_one_of_three_and_says_by_what_or_why() -> None:
    for item, state, why in ROWS:
        assert state in {"held", "in part", "open"}, item
        assert len(why.strip()) > 10, item


def test_every_test_that_is_named_exists() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", PAGE)
    assert len(named) > len(ROWS)
    for path, function in named:
        text = (HOME / path).read_text(encoding="utf-8")
        assert not function or f"def {function}(" in text, f"{path}::{function}"
