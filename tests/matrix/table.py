"""The written access matrix of docs/threat-model.md, read as a table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

DOCUMENT = Path(__file__).parents[2] / "docs" / "threat-model.md"
CELLS = frozenset({"write", "read", "none"})
TEST = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")


@dataclass(frozen=True)
class Row:
    """One object and group of fields: what each viewpoint may do with it."""

    what: str
    fields: str
    cells: dict[str, str]


def section(title: str) -> str:
    """Return one section of the document."""
    text = DOCUMENT.read_text(encoding="utf-8")
    _before, found, rest = text.partition(f"\n## {title}\n")
    assert found, f"docs/threat-model.md has no section {title}"
    return rest.partition("\n## ")[0]


def cells_of(title: str) -> list[list[str]]:
    """Return the cells of a section's table, its heading first."""
    lines = [line for line in section(title).splitlines() if line.startswith("|")]
    table = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [table[0], *table[2:]]


def matrix() -> list[Row]:
    """Return the access matrix."""
    heading, *lines = cells_of("Who may do what")
    rows = []
    for line in lines:
        what, fields, *cells = line
        assert set(cells) <= CELLS, line
        rows.append(Row(what, fields, dict(zip(heading[2:], cells, strict=True))))
    return rows


def tests_named() -> list[tuple[str, str, str]]:
    """Return each capability with every test file and test its row points at."""
    _heading, *lines = cells_of("Six capabilities")
    return [(line[0], *hit) for line in lines for hit in TEST.findall(" ".join(line))]
