"""Write down every regular expression of ours, those compiled when modules are imported too."""

from __future__ import annotations

import ast
import importlib
import json
import pkgutil
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import couples

Found = tuple[str, str, int]
# One that must be found, or else the tool has looked at nothing.
PLANTED = ("planted", "^(a+)+$", 0)
USES = {"match", "search", "fullmatch", "sub", "subn", "split", "findall", "finditer", "compile"}


def modules() -> Iterator[str]:
    """Give the name of every module of the package."""
    for found in pkgutil.walk_packages(couples.__path__, "couples."):
        if "migrations" not in found.name and not found.name.endswith("__main__"):
            yield found.name


def compiled() -> set[Found]:
    """Import every module, and ask the hints for all they compile late; note what is compiled."""
    found: set[Found] = set()
    inner = vars(re)["_compile"]

    def watched(pattern: object, flags: int) -> object:
        frame = sys._getframe(1)
        while frame.f_back and frame.f_globals.get("__name__") == "re":
            frame = frame.f_back
        where = str(frame.f_globals.get("__name__"))
        if where.partition(".")[0] == "couples" and isinstance(pattern, str):
            found.add((where, pattern, int(flags)))
        return inner(pattern, flags)

    vars(re)["_compile"] = watched
    loaded = [importlib.import_module(name) for name in modules()]
    for language in ("english", "german"):
        words = importlib.import_module(f"couples.hints.{language}_words")
        ours = (each for each in loaded if is_hint(each, language))
        for rule in {rule for each in ours for rule in getattr(each, "RULES", ())}:
            words.pattern_of(rule)
            words.excuse_of(rule)
    vars(re)["_compile"] = inner
    return found


def is_hint(module: object, language: str) -> bool:
    """Whether a module's rules are hints in this language."""
    return str(getattr(module, "__name__", "")).startswith(f"couples.hints.{language}")


def written() -> set[Found]:
    """Return the expressions that stand as constants where they are used."""
    found: set[Found] = set()
    for path in sorted(Path(couples.__path__[0]).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            first = node.args[0] if node.args else None
            is_use = node.func.attr in USES and ast.unparse(node.func.value) == "re"
            if is_use and isinstance(first, ast.Constant) and isinstance(first.value, str):
                found.add((path.stem, first.value, 0))
    return found


def main(path: Path) -> None:
    """Write them down."""
    found = sorted({*compiled(), *written(), PLANTED})
    path.write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
