"""What commands do with the database, outside web and worker."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from couples import clock, engine, keycheck
from couples import migrate as migrations
from couples.db import db
from couples.settings import BadSetting, Settings, process_environ

log = logging.getLogger("couples")

TRY_AGAIN = 75  # EX_TEMPFAIL, as mail servers understand it


@contextmanager
def database_only(settings: Settings) -> Iterator[Flask]:
    """Give an application that knows the database and the keys, and has no pages."""
    app = Flask("couples")
    app.extensions["settings"] = settings
    app.extensions["sealing"] = settings.sealing
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.database_url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine.options(settings.database_url)
    db.init_app(app)
    with app.app_context():
        engine.prepare(db.engine)
        try:
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()


def migrate(settings: Settings) -> None:
    """Bring the tables up to date; refuse a database that was written with other keys."""
    migrations.migrate(settings.database_url)
    with database_only(settings):
        try:
            keycheck.check_keys()
        except keycheck.WrongKey as problem:
            raise BadSetting(str(problem)) from problem


def fill_demo(settings: Settings) -> str:
    """Fill in the demo couple; return how to sign in."""
    from couples.app import create_app
    from couples.demo import fill

    clock.use_offset_file(settings.clock_file)
    with create_app(settings).app_context():
        return str(fill(clock.now()))


def take_returned_mail(source: Path | None) -> int:
    """Take what came back; return how the command ends.

    A mail server that is told to try again keeps the message, and a message in a Maildir stays new.
    """
    try:
        settings = Settings.from_environ(process_environ())
        clock.use_offset_file(settings.clock_file)
        with database_only(settings):
            _take(source)
    except (BadSetting, SQLAlchemyError, OSError) as problem:
        why = problem if isinstance(problem, BadSetting) else type(problem).__name__
        log.error("returned mail has to wait: %s", why)
        return TRY_AGAIN
    return 0


def _take(source: Path | None) -> None:
    from couples.mail.returning import intake
    from couples.wiring import connect_signals

    connect_signals()
    if source is None:
        intake.take(sys.stdin.buffer, clock.now())
    elif source.is_dir():
        intake.take_maildir(source, clock.now)
    else:
        intake.take_file(source, clock.now())
