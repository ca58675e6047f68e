"""Moments at which the database fails: at a statement, or when a commit is answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.exc import OperationalError

from couples.db import db
from tests.counting import hearing


def gone() -> OperationalError:
    """Return what a driver says of a server that has gone."""
    return OperationalError("", {}, Exception("server closed the connection"))


@contextmanager
def failing(statement: str, problem: Exception, times: tuple[int, ...] = (1,)) -> Iterator[None]:
    """Let the first statement of this sort fail, or those of these numbers."""
    met: list[str] = []

    def fail(_c: object, _cursor: object, asked: str, *_more: object) -> None:
        if statement in " ".join(asked.split()):
            met.append(asked)
            if len(met) in times:
                raise problem

    with hearing(db.engine, "before_cursor_execute", fail):
        yield
    assert len(met) >= max(times)


@contextmanager
def losing_the_answer(
    is_meant: Callable[[str], bool], number: int = 1, *, arrives: bool = True
) -> Iterator[None]:
    """Let the commit after that statement arrive, or not, and the connection go before it says."""
    met: list[str] = []

    def note(line: Any, _cursor: object, asked: str, *_more: object) -> None:
        if is_meant(asked):
            met.append(asked)
            # What is a transaction by itself is committed as soon as it is said.
            by_itself = line.get_execution_options().get("isolation_level") == "AUTOCOMMIT"
            if by_itself and not arrives:
                lose(line)

    def lose(line: Any) -> None:
        if len(met) == number:
            met.append("lost")
            if arrives:
                line.connection.dbapi_connection.commit()
            raise gone()

    with hearing(db.engine, "before_cursor_execute", note), hearing(db.engine, "commit", lose):
        yield
    assert "lost" in met
