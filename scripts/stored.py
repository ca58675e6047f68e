"""`python scripts/stored.py`: write the tables of docs/privacy.md from models and stored.toml."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Table

HOME = Path(__file__).resolve().parent.parent
if str(HOME) not in sys.path:
    sys.path.insert(0, str(HOME))

from couples import migrate
from couples.db import Base

SOURCE, PAGE = HOME / "docs" / "stored.toml", HOME / "docs" / "privacy.md"
MARK = "<!-- Below, scripts/stored.py writes what docs/stored.toml and the models say. -->\n"
ROW = {"what", "who", "kept"}
# What only looks like a fingerprint: it is computed from random bits, or without a key.
FINGERPRINTS = {
    "token_hash": "hash of 256 random bits",  # nosec B105 - a description
    "content_hash": "salted hash",
}


def tables() -> list[Table]:
    """Return all tables there are, by name."""
    migrate.load_models()
    return sorted(Base.metadata.tables.values(), key=lambda table: table.name)


def source() -> dict[str, Any]:
    """Return what is written down about them."""
    return tomllib.loads(SOURCE.read_text(encoding="utf-8"))


def complaints(written: dict[str, Any], found: list[Table]) -> list[str]:
    """Name what is stored and not written down, and what is written down and not stored."""
    said = written["tables"]
    missing = [f"{table.name}: not in stored.toml" for table in found if table.name not in said]
    gone = [f"{name}: no such table" for name in said if name not in {it.name for it in found}]
    for table in found:
        if table.name in said:
            missing += of_one(table, said[table.name], written["common"])
    return missing + gone


def of_one(table: Table, said: dict[str, str], common: dict[str, str]) -> list[str]:
    """Name what is wrong about one table."""
    columns = {column.name for column in table.columns}
    return [
        *(f"{table.name}: `{key}` is missing" for key in sorted(ROW - set(said))),
        *(f"{table.name}.{name}: not written down" for name in columns - set(said) - set(common)),
        *(f"{table.name}.{name}: no such column" for name in set(said) - ROW - columns),
        *(f"{table.name}.{name}: empty" for name, words in said.items() if not words.strip()),
    ]


def level(column: Column[Any]) -> str:
    """Return how a column is protected."""
    if column.name.endswith("_sealed"):
        return "sealed"
    if column.name in FINGERPRINTS:
        return FINGERPRINTS[column.name]
    if column.name in {"wrapped", "personal_key"}:
        return "wrapped, by a key the server has not"
    if column.name == "password_hash":
        return "slow hash"
    return "keyed fingerprint" if column.name.endswith("_index") else "clear"


def table_text(table: Table, said: dict[str, str], common: dict[str, str]) -> str:
    """Return one table in words."""
    lines = [
        f"### {table.name}\n",
        f"One row: {said['what']}. Read by: {said['who']}. Kept: {said['kept']}.\n",
        "| Column | Protection | What for |",
        "|---|---|---|",
    ]
    for column in table.columns:
        words = said.get(column.name) or common[column.name]
        lines.append(f"| `{column.name}` | {level(column)} | {words} |")
    return "\n".join(lines) + "\n"


def page(found: list[Table]) -> str:
    """Return the whole page: what somebody wrote above the mark, and the tables below."""
    written = source()
    head = PAGE.read_text(encoding="utf-8").partition(MARK)[0]
    texts = [table_text(table, written["tables"][table.name], written["common"]) for table in found]
    return head + MARK + "\n" + "\n".join(texts)


def main() -> int:
    """Write the page, or name what is not written down yet."""
    found = tables()
    wrong = complaints(source(), found)
    print(*wrong, sep="\n", end="\n" if wrong else "")
    if not wrong:
        PAGE.write_text(page(found), encoding="utf-8")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
