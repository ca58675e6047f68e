"""`couples doctor`: what works and what does not, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

import click

from couples import embedded, greeting
from couples.settings import BadSetting, Settings

Finding = tuple[bool, str]


def report(environ: Mapping[str, str]) -> int:
    """Print one line a finding; return 0 when the service can run."""
    try:
        settings = Settings.from_environ(environ)
    except BadSetting as problem:
        say((False, str(problem)))
        return 1
    checks: tuple[Callable[[Settings], Finding], ...] = (database, key_fit, queue, mail)
    findings = [(True, "The settings can be read."), *(check(settings) for check in checks)]
    for finding in findings:
        say(finding)
    for line in greeting.not_set_yet(settings):
        click.echo(f"note  {line}")
    return 0 if all(fine for fine, _ in findings) else 1


def say(finding: Finding) -> None:
    """Print one finding."""
    click.echo(f"{'ok  ' if finding[0] else 'BAD '}  {finding[1]}")


def database(settings: Settings) -> Finding:
    """Whether the database answers and its tables are what the code expects."""
    from sqlalchemy import create_engine
    from sqlalchemy.exc import SQLAlchemyError

    from couples import engine, migrate

    tables = create_engine(settings.database_url, **engine.options(settings.database_url))
    try:
        with tables.connect() as connection:
            stale = migrate.differences(connection)
    except SQLAlchemyError as problem:
        return False, f"DATABASE_URL: the database does not answer ({type(problem).__name__})."
    finally:
        tables.dispose()
    if stale:
        return False, "The tables are not up to date: run couples migrate, or just start."
    return True, "The database answers and its tables are up to date."


def key_fit(settings: Settings) -> Finding:
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
        return False, "SEALING_KEYS does not fit this database: restore the keys it belongs to."
    except SQLAlchemyError:
        return False, "SEALING_KEYS cannot be checked without the database."
    return True, f"The sealing keys can be used ({word})."


def queue(settings: Settings) -> Finding:
    """Whether the queue answers."""
    import redis

    url = settings.redis_url or embedded.last_url(settings.data_dir)
    asleep = "The queue is the embedded one; it runs while the service does."
    if url is None:
        return True, asleep
    try:
        redis.Redis.from_url(url, socket_connect_timeout=3, socket_timeout=3).ping()
    except redis.RedisError as problem:
        if settings.redis_url is None:
            return True, asleep
        return False, f"REDIS_URL: the queue does not answer ({type(problem).__name__})."
    return True, "The queue answers."


def mail(settings: Settings) -> Finding:
    """Whether the mail server lets us in, as it would with a letter at hand."""
    from couples.mail.carriers import transport_for
    from couples.mail.transport import Unreachable, port_of

    if settings.smtp_url is None:
        return True, f"SMTP_URL is not set: letters are captured{greeting.where(settings)}."
    name = f"{urlsplit(settings.smtp_url).hostname} port {port_of(settings.smtp_url)}"
    try:
        with transport_for(settings).connection() as connection:
            connection.open()
    except Unreachable as problem:
        return False, f"SMTP_URL: {name} does not let us in ({problem})."
    return True, f"The mail server {name} lets us in."
