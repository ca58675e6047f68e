"""Database, keys, queue, and whether their clocks and ours agree."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from couples import embedded
from couples.doctor.findings import Finding, bad, note, ok
from couples.settings import Settings

APART = 30
PROBE = "couples:doctor"


def database(settings: Settings) -> Iterator[Finding]:
    """Whether the database answers, its tables are what the code expects, its clock is ours."""
    from sqlalchemy import create_engine, text
    from sqlalchemy.exc import SQLAlchemyError

    from couples import engine, migrate

    tables = create_engine(settings.database_url, **engine.options(settings.database_url))
    try:
        with tables.connect() as connection:
            stale = migrate.differences(connection)
            if tables.dialect.name == "postgresql":
                there = connection.scalar(text("SELECT extract(epoch FROM clock_timestamp())"))
                yield from apart("database", float(there or 0))
    except SQLAlchemyError as problem:
        yield bad(f"DATABASE_URL: the database does not answer ({type(problem).__name__}).")
        return
    finally:
        tables.dispose()
    if stale:
        yield bad("The tables are not up to date: run couples migrate, or just start.")
    else:
        yield ok("The database answers and its tables are up to date.")


def key_fit(settings: Settings) -> Iterator[Finding]:
    """Whether the keys open what is in the database."""
    from sqlalchemy import select
    from sqlalchemy.exc import SQLAlchemyError

    from couples.db import db
    from couples.keycheck import KeyCheck
    from couples.sealing import CannotOpen
    from couples.upkeep import database_only

    try:
        with database_only(settings):
            found = db.session.scalars(select(KeyCheck)).first()
            word = found.word if found else "no sealed word yet"
    except CannotOpen:
        yield bad("SEALING_KEYS does not fit this database: restore the keys it belongs to.")
    except SQLAlchemyError:
        yield bad("SEALING_KEYS cannot be checked without the database.")
    else:
        yield ok(f"The sealing keys can be used ({word}).")


def erased_list(settings: Settings) -> Iterator[Finding]:
    """Whether the list of erased accounts can be written and holds everybody."""
    from sqlalchemy.exc import SQLAlchemyError

    from couples.privacy import services_tombstones, tombstones
    from couples.upkeep import database_only

    path = settings.erased_file
    try:
        # The folder itself is made at the first start.
        if path is not None and (path.parent.exists() or path.parent != settings.data_dir):
            tombstones.check(path)
        with database_only(settings):
            missing = len(services_tombstones.missing())
    except OSError as problem:
        yield bad(
            f"ERASED_FILE {path} cannot be used ({problem.strerror}): a backup that is put back "
            "would bring erased people back."
        )
    except SQLAlchemyError:
        yield note("ERASED_FILE cannot be compared without the database.")
    else:
        yield (
            note(f"ERASED_FILE lacks {missing} erased; the hourly sweep adds them.")
            if missing
            else ok("The list of erased accounts can be written and holds everybody.")
        )


def queue(settings: Settings) -> Iterator[Finding]:
    """Whether the queue answers and takes messages."""
    import redis

    url = settings.redis_url or embedded.last_url(settings.data_dir)
    asleep = ok("The queue is the embedded one; it runs while the service does.")
    if url is None:
        yield asleep
        return
    try:
        with redis.Redis.from_url(url, socket_connect_timeout=3, socket_timeout=3) as client:
            client.ping()
            yield from _taking(client)
            if settings.redis_url:
                yield from _keeping(client)
    except redis.RedisError as problem:
        name = type(problem).__name__
        is_ours = settings.redis_url is None
        yield asleep if is_ours else bad(f"REDIS_URL: the queue does not answer ({name}).")


def left_aside(settings: Settings) -> Iterator[Finding]:
    """Whether something lies there that only an operator can throw away."""
    aside = settings.data_dir / "queue" / embedded.ASIDE
    if aside.exists():
        yield note(f"The queue could not read {aside} and began anew; nothing is lost: delete it.")


def figures(settings: Settings) -> Iterator[Finding]:
    """Whether somebody may measure, and by which way their token comes."""
    if settings.metrics_token is None:
        return
    if settings.is_https or settings.is_loopback:
        yield ok(f"A monitor that knows METRICS_TOKEN reads {settings.public_url}/metrics.")
    else:
        yield bad("METRICS_TOKEN would travel in clear: give PUBLIC_URL https, or unset it.")


def _taking(client: Any) -> Iterator[Finding]:
    """Whether it can be written to: one that is full, or a copy of another, only answers."""
    import redis

    try:
        client.set(PROBE, "1", ex=5)
        client.delete(PROBE)
    except redis.ResponseError as problem:
        reason = str(problem).split(" ")[0]
        yield bad(f"REDIS_URL: the queue answers but takes no messages ({reason}).")
    else:
        yield ok("The queue answers and takes messages.")


def _keeping(client: Any) -> Iterator[Finding]:
    """Whether a queue that is not ours keeps what it took, and what its clock says."""
    import redis

    seconds, micros = client.time()
    yield from apart("queue", seconds + micros / 1_000_000)
    try:
        policy = client.config_get("maxmemory-policy").get("maxmemory-policy")
    except redis.ResponseError:
        yield note("The queue does not say what it does when it is full: set noeviction there.")
        return
    if policy != "noeviction":
        yield bad(
            f"The queue throws messages away when it is full (maxmemory-policy {policy}): "
            "set maxmemory-policy noeviction there."
        )


def apart(whose: str, there: float) -> Iterator[Finding]:
    """Whether another machine's clock says what ours says."""
    seconds = round(there - time.time())
    if abs(seconds) > APART:
        way = "ahead of" if seconds > 0 else "behind"
        yield bad(
            f"The clock of the {whose} is {abs(seconds)} seconds {way} this machine's: "
            "let both take the time from the network (NTP)."
        )
