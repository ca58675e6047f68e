"""Whether this process can answer people now, and in words what stands in the way."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from flask import Response, current_app
from flask.typing import ResponseReturnValue
from sqlalchemy import select, text
from sqlalchemy.exc import SQLAlchemyError

from couples import revisions
from couples.db import db
from couples.keycheck import KeyCheck
from couples.sealing import CannotOpen
from couples.settings import Settings

PATIENCE = 0.5


def readyz() -> ResponseReturnValue:
    """Say `ready`, or with 503 what is missing; of the queue only as a note."""
    settings: Settings = current_app.extensions["settings"]
    missing = list(obstacles())
    lines = missing or ["ready"]
    if settings.redis_url and not queue_answers(settings.redis_url):
        # Pages need no queue: letters wait in their table for the next tick.
        lines.append("note: the queue does not answer; pages work, letters wait")
    return Response("\n".join(lines) + "\n", 503 if missing else 200, mimetype="text/plain")


def obstacles() -> Iterator[str]:
    """Give what keeps pages from being answered, as sentences without a name or an address."""
    try:
        if (found := db.session.scalar(text("SELECT version_num FROM alembic_version"))) is None:
            yield "The tables are not there yet: run couples migrate."
        # Newer ones are well: while a new version comes, two of them run at once.
        elif found < revisions.newest():
            yield "The tables are older than this version: run couples migrate."
        yield from _keys()
    except SQLAlchemyError:
        db.session.rollback()
        yield "The database does not answer, or has no tables yet."


def _keys() -> Iterator[str]:
    found = db.session.scalars(select(KeyCheck)).first()
    try:
        if found is None or not found.word:
            yield "The keys have not been checked yet: run couples migrate."
    except CannotOpen:
        yield "SEALING_KEYS does not fit this database: restore the keys it belongs to."


def queue_answers(url: str) -> bool:
    """Whether the queue answers within half a second or so."""
    import redis

    try:
        return bool(_client(url).ping())
    except redis.RedisError:
        return False


@cache
def _client(url: str) -> Any:
    """Return one client for this process; it connects when it is asked, and again after a loss."""
    import redis

    return redis.Redis.from_url(url, socket_connect_timeout=PATIENCE, socket_timeout=PATIENCE)
