"""The shape of the code: short functions, small files, services that know no request.

The median of functions is at most 8 lines, none has over 40, no file over 250. What import-linter
cannot say, because it knows modules and not names, stands here too.
"""

from __future__ import annotations

import ast
import statistics
import sys
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
MEDIAN, LONGEST, FILE = 8, 40, 250
# What neither rules nor services may know: the request and who sent it, forms, the queue, the time.
FORBIDDEN = {
    "celery", "couples.clock", "flask.g", "flask.request", "flask.session", "flask.url_for",
    "flask_login", "flask_wtf", "wtforms",
}  # fmt: skip


def main() -> int:
    """Measure the package and the tasks; name what is too long."""
    files = [HOME / "wsgi.py"]
    for folder in ("couples", "tasks"):
        files += [path for path in (HOME / folder).rglob("*.py") if "versions" not in path.parts]
    sizes = {path: lengths(path) for path in files}
    found = [line for path in sorted(files) for line in too_long(path, sizes[path])]
    found += [line for path in sorted(files) for line in knows_too_much(path)]
    median = statistics.median([length for each in sizes.values() for length in each.values()])
    print(*found, f"{len(files)} files, median of functions {median:g} lines", sep="\n")
    return 1 if found or median > MEDIAN else 0


def lengths(path: Path) -> dict[str, int]:
    """Return the length of every function's body in lines, its docstring left out."""
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {
        f"{node.name}:{node.lineno}": body_lines(node)
        for node in ast.walk(tree)
        if isinstance(node, functions)
    }


def body_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return how many lines the statements of a function take."""
    body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1


def too_long(path: Path, functions: dict[str, int]) -> list[str]:
    """Name what is too long in one file."""
    name = path.relative_to(HOME)
    lines = len(path.read_text(encoding="utf-8").splitlines())
    found = [f"{name}: {lines} lines, at most {FILE}"] if lines > FILE else []
    return found + [
        f"{name}: {function} takes {length} lines, at most {LONGEST}"
        for function, length in functions.items()
        if length > LONGEST
    ]


def knows_too_much(path: Path) -> list[str]:
    """Name what a service or a rule imports and should not."""
    if not path.name.startswith(("services", "rules")):
        return []
    found = {
        name for name in imports(path) for bad in FORBIDDEN if f"{name}.".startswith(f"{bad}.")
    }
    return [f"{path.relative_to(HOME)} imports {name}" for name in sorted(found)]


def imports(path: Path) -> set[str]:
    """Return the dotted names a file imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


if __name__ == "__main__":
    sys.exit(main())
