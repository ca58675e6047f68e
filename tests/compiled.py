"""What is the same in every application of a run is compiled once: each test makes its own.

Without it most of a short test's time goes into the code generators of Jinja, Werkzeug and
SQLAlchemy.
"""

from __future__ import annotations

from typing import Any

from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import Engine
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.orm import Mapper
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule


class Compiled(BytecodeCache):
    """Templates as they were compiled before; the key names the file, a checksum its text."""

    def __init__(self) -> None:
        self.found: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill in what was compiled before, if the template is still the same."""
        if code := self.found.get(bucket.key):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self.found[bucket.key] = bucket.bytecode_to_string()


TEMPLATES = Compiled()
# More than there are in the code: none is compiled twice because others came between.
STATEMENTS = 5000


def compile_addresses_once() -> None:
    """Let equal rules be taken apart once, and the functions that write their addresses be made."""
    compile_anew = Rule.compile
    if compile_anew.__name__ == "once":
        return
    found: dict[tuple[Any, ...], Rule] = {}

    def once(rule: Rule) -> None:
        assert rule.map is not None
        place = (rule.host, rule.subdomain, rule.map.host_matching, rule.merge_slashes)
        kinds = tuple(rule.map.converters.items())
        key = (rule.rule, *place, repr(rule.defaults), kinds)
        if known := found.get(key):
            _take_over(rule, known)
        else:
            compile_anew(rule)
            found[key] = rule

    Rule.compile = once  # type: ignore[assignment,method-assign]


def _take_over(rule: Rule, known: Rule) -> None:
    """Let a rule be what an equal one was compiled to; what is bound to a rule is bound anew."""
    rule._parts, rule._trace = known._parts.copy(), known._trace.copy()
    rule._converters = known._converters.copy()
    rule.arguments = known.arguments.copy()
    for name in ("_build", "_build_unknown"):
        made = getattr(known, name).__func__
        setattr(rule, name, made.__get__(rule))


def compile_statements_once() -> None:
    """Let statements be compiled once for all engines that talk to the same kind of database."""
    found: dict[str, LRUCache[Any, Any]] = {}

    def engine_created(_kind: type[DefaultDialect], engine: Engine) -> None:
        if engine._compiled_cache is not None:
            of_all = found.setdefault(engine.dialect.name, LRUCache(STATEMENTS))
            engine._compiled_cache = of_all

    # Dialects are part of a statement's key, and each engine has its own.
    DefaultDialect.__eq__ = _is_alike  # type: ignore[assignment,method-assign]
    DefaultDialect.__hash__ = _kind  # type: ignore[assignment,method-assign]
    DefaultDialect.engine_created = classmethod(engine_created)  # type: ignore[assignment]
    Mapper._compiled_cache_size = STATEMENTS


def _is_alike(one: DefaultDialect, other: object) -> bool:
    return type(one) is type(other) and one.dbapi is getattr(other, "dbapi", None)


def _kind(one: DefaultDialect) -> int:
    return hash(type(one))
