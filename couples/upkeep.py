"""What commands do with the database, outside web and worker."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from couples import clock, engine, keycheck
from couples import migrate as migrations
from couples.db import db
from couples.settings import BadSetting, Settings


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
