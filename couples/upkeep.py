"""What commands do with the database, outside web and worker."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from couples import clock, engine, keycheck, logs
from couples import migrate as migrations
from couples.database_address import sqlite_file
from couples.db import db
from couples.settings import BadSetting, Settings, process_environ

log = logs.named("couples")

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
    try:
        migrations.migrate(settings.database_url)
    except migrations.Busy as problem:
        raise BadSetting(str(problem)) from None
    keep_to_owner(settings)
    with database_only(settings):
        try:
            keycheck.check_keys()
        except keycheck.WrongKey as problem:
            raise BadSetting(str(problem)) from problem
    return keep_erased(settings) if is_listed(settings) else 0


def is_listed(settings: Settings) -> bool:
    """Whether there is a list of erased accounts; refuse one that is there and of no use.

    Going on without it could bring somebody back (rule S5).
    """
    from couples.privacy import tombstones

    path = settings.erased_file
    if path is None:
        return False
    try:
        if not path.exists():
            return False
        tombstones.check(path)
    except OSError as problem:
        raise BadSetting(f"ERASED_FILE, {path}, is of no use: {problem.strerror}.") from None
    return True


def keep_erased(settings: Settings) -> int:
    """Erase again whoever is on the list and there all the same; return how many."""
    with wired(settings):
        from couples.privacy import services_erasing

        return services_erasing.keep_erased(clock.now())


def keep_to_owner(settings: Settings) -> None:
    """Close the embedded database's file to others; what belongs to it gets the same mode."""
    if path := sqlite_file(settings.database_url):
        for end in ("", "-wal", "-shm"):
            with suppress(FileNotFoundError):
                path.with_name(path.name + end).chmod(0o600)


def fill_demo(settings: Settings) -> str:
    """Fill in the demo couple; return how to sign in."""
    from couples.app import create_app
    from couples.demo import fill

    clock.use_offset_file(settings.clock_file)
    # What a running service measures stays its own.
    with create_app(replace(settings, metrics_token=None)).app_context():
        return str(fill(clock.now()))


def sign_out(settings: Settings, address: str) -> None:
    """End every session of the account with this address, if there is one."""
    with wired(settings):
        from couples.accounts.services_elsewhere import sign_out_address

        sign_out_address(address, clock.now())


def turn_codes_off(settings: Settings, address: str) -> None:
    """Ask the account with this address, if there is one, for no codes any more."""
    with wired(settings):
        from couples.accounts.codes.services import turn_off_for

        turn_off_for(address, clock.now())


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
        why = str(problem) if isinstance(problem, BadSetting) else type(problem).__name__
        log.error("returned mail has to wait", sentence=f"Returned mail has to wait: {why}")
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
