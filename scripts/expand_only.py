"""A migration may only add, so that the version before it goes on while both run.

What takes something away (contracts) names its reason in a line `CONTRACTS = "…"`: since which
release no code has used it. CONTRIBUTING.md says in which order a table is changed.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

VERSIONS = Path(__file__).resolve().parent.parent / "couples" / "migrations" / "versions"
# The newest migration that came before the first release: nobody runs two versions across these.
# Fixed with that release; until then it is the newest there is (tests/test_expand_only.py).
BEFORE_FIRST_RELEASE = "0005"
TAKING = {
    "drop_column": "drops a column that the version before still reads",
    "drop_table": "drops a table that the version before still reads",
    "rename_table": "renames a table",
    "create_check_constraint": "refuses rows that the version before may write",
    "create_unique_constraint": "refuses rows that the version before may write",
    "create_foreign_key": "refuses rows that the version before may write",
    "create_exclude_constraint": "refuses rows that the version before may write",
}
# In words of the database: nothing of this is looked into further.
TAKING_WORDS = re.compile(r"\b(DROP|ALTER|RENAME|TRUNCATE|DELETE)\b", re.IGNORECASE)


def main(versions: Path = VERSIONS) -> int:
    """Name every migration since the first release that takes something away without a reason."""
    found = [
        f"{path.name}:{line}: {why}"
        for path in sorted(versions.glob("[0-9]*.py"))
        if path.name[:4] > BEFORE_FIRST_RELEASE
        for line, why in problems(path.read_text(encoding="utf-8"))
    ]
    print(f"{len(found)} migrations take away", *found, sep="\n  ")
    return 1 if found else 0


def problems(source: str) -> list[tuple[int, str]]:
    """Return line and reason of each step that takes away; none where the migration says why."""
    tree = ast.parse(source)
    if any(isinstance(node, ast.Assign) and _is_reason(node) for node in tree.body):
        return []
    return sorted(found for step in _steps(tree) if (found := _taking(step)))


def _is_reason(node: ast.Assign) -> bool:
    is_named = any(isinstance(one, ast.Name) and one.id == "CONTRACTS" for one in node.targets)
    text = node.value.value if isinstance(node.value, ast.Constant) else None
    return is_named and isinstance(text, str) and bool(text.strip())


def _steps(tree: ast.Module) -> Iterator[ast.Call]:
    """Give the calls of every function but the way back, which nobody takes with two versions."""
    for function in tree.body:
        if isinstance(function, ast.FunctionDef) and function.name != "downgrade":
            yield from (node for node in ast.walk(function) if isinstance(node, ast.Call))


def _taking(call: ast.Call) -> tuple[int, str] | None:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    words = {word.arg or "": ast.unparse(word.value) for word in call.keywords}
    why = TAKING.get(name)
    if name == "alter_column":
        why = _altering(words)
    elif name == "execute" and any(TAKING_WORDS.search(ast.unparse(found)) for found in call.args):
        why = "changes or takes away in words of the database"
    elif name == "create_index" and words.get("unique") == "True":
        why = "refuses rows that the version before may write"
    elif name == "add_column" and any(_must_be_filled_in(found) for found in call.args):
        why = "adds a column that the version before does not fill in"
    return (call.lineno, why) if why else None


def _must_be_filled_in(column: ast.expr) -> bool:
    words = {word.arg: ast.unparse(word.value) for word in getattr(column, "keywords", ())}
    return words.get("nullable") == "False" and "server_default" not in words


def _altering(words: dict[str, str]) -> str | None:
    if "new_column_name" in words:
        return "renames a column"
    if words.get("nullable") == "False":
        return "refuses rows that the version before may write"
    if words.get("server_default") == "None":
        return "takes a default away that the version before needs"
    return "changes a type" if "type_" in words else None


if __name__ == "__main__":
    sys.exit(main())
