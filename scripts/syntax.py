"""Small questions about one node of a syntax tree, for scripts/check_patterns.py."""

from __future__ import annotations

import ast


def called(node: ast.AST) -> str:
    """Return the last part of the name that is called; nothing where nothing is."""
    return last(node.func) if isinstance(node, ast.Call) else ""


def last(node: ast.AST) -> str:
    """Return the last part of a dotted name."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def owner(node: ast.AST) -> str:
    """Return what stands before the last dot of a name or a call, its own last part."""
    target = node.func if isinstance(node, ast.Call) else node
    return last(target.value) if isinstance(target, ast.Attribute) else ""


def arguments(node: ast.AST) -> list[ast.expr]:
    """Return all that is given to a call."""
    if not isinstance(node, ast.Call):
        return []
    return [*node.args, *(keyword.value for keyword in node.keywords)]


def is_built(node: ast.AST) -> bool:
    """Whether a text is put together out of pieces."""
    if isinstance(node, ast.BinOp):
        texts = [one for one in ast.walk(node) if isinstance(one, (ast.Constant, ast.JoinedStr))]
        return isinstance(node.op, (ast.Add, ast.Mod)) and bool(texts)
    return isinstance(node, ast.JoinedStr) or called(node) == "format"


def imported(node: ast.AST) -> set[str]:
    """Return what an import brings, by module."""
    if isinstance(node, ast.Import):
        return {alias.name for alias in node.names}
    if isinstance(node, ast.ImportFrom):
        return {node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)}
    return set()


def has_true(node: ast.AST, name: str) -> bool:
    """Whether a call is given this keyword, and not plainly False."""
    given = node.keywords if isinstance(node, ast.Call) else []
    values = [one.value for one in given if one.arg == name]
    return any(not (isinstance(one, ast.Constant) and one.value is False) for one in values)
