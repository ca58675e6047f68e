"""What commands do with the database, outside web and worker."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
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


@contextmanager
def wired(settings: Settings) -> Iterator[Flask]:
    """Give an application without pages in which features hear of each other."""
    from couples.wiring import connect_signals

    migrations.load_models()
    connect_signals()
    clock.use_offset_file(settings.clock_file)
    with database_only(settings) as app:
        app.config["SECRET_KEY"] = settings.secret_key
        yield app


def migrate(settings: Settings) -> int:
    """Bring the tables up to date; refuse a database that was written with other keys.

    Whoever erased their account and is there again, from an older copy, is erased again; return
    how many.
    """
    migrations.migrate(settings.database_url)
    keep_to_owner(settings)
    with database_only(settings):
        try:
            keycheck.check_keys()
        except keycheck.WrongKey as problem:
            raise BadSetting(str(problem)) from problem
    if settings.erased_file is None or not settings.erased_file.exists():
        return 0
    with wired(settings):
        from couples.privacy.services_erasing import keep_erased

        return keep_erased(clock.now())


def keep_to_owner(settings: Settings) -> None:
    """Close the embedded database's file to others; what belongs to it gets the same mode."""
    if settings.database_url.startswith("sqlite"):
        path = Path(settings.database_url.partition("///")[2].partition("?")[0])
        for end in ("", "-wal", "-shm"):
            with suppress(FileNotFoundError):
                path.with_name(path.name + end).chmod(0o600)


def fill_demo(settings: Settings) -> str:
    """Fill in the demo couple; return how to sign in."""
    from couples.app import create_app
    from couples.demo import fill

    clock.use_offset_file(settings.clock_file)
    with create_app(settings).app_context():
        return str(fill(clock.now()))


def sign_out(settings: Settings, address: str) -> None:
    """End every session of the account with this address, if there is one."""
    with wired(settings):
        from couples.accounts.services_elsewhere import sign_out_address

        sign_out_address(address, clock.now())


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
