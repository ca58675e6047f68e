"""The one place where everything meets."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from babel import Locale
from flask import Flask, current_app, g, has_request_context
from flask_babel import Babel
from jinja2 import FileSystemLoader
from sqlalchemy import event

from couples import catalogues, clock, engine, formats, languages, tokens, turns
from couples.db import db
from couples.settings import Settings
from couples.wiring import connect_signals

HERE = Path(__file__).parent
# In a wheel the templates lie inside the package; in a checkout beside it.
TEMPLATES = next(path for path in (HERE / "templates", HERE.parent / "templates") if path.is_dir())
# Where letters are composed; each composer is known by being imported.
COMPOSERS = ("accounts.letters", "pairing.letters", "surveys.letters.composers")

babel = Babel()


def create_app(
    settings: Settings, nudge: Callable[[], None] | None = None, *, pages: bool = True
) -> Flask:
    """Make the application; `nudge` tells the queue that letters wait, and may fail unharmed.

    A worker answers nobody: without `pages` it saves the memory they take (couples/front.py).
    """
    app = Flask("couples", root_path=str(HERE), static_folder=str(HERE / "static"))
    app.jinja_loader = FileSystemLoader(TEMPLATES)
    configure(app, settings)
    clock.use_offset_file(settings.clock_file)
    start_database(app)
    start_words(app)
    if pages:
        # Only here: a worker does not even import what only pages need.
        import_module("couples.front").open_pages(app, settings)
    for name in COMPOSERS:
        import_module(f"couples.{name}")
    connect_signals()
    if nudge:
        nudge_after_commit(nudge)
    return app


def configure(app: Flask, settings: Settings) -> None:
    """Translate our settings into Flask's."""
    app.session_interface = tokens.Cookie()
    app.extensions["settings"] = settings
    app.extensions["sealing"] = settings.sealing
    secure = settings.is_https
    app.config.update(
        DEBUG=False,
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=engine.options(settings.database_url),
        TRUSTED_HOSTS=trusted_hosts(settings),
        MAX_CONTENT_LENGTH=256 * 1024,
        MAX_FORM_MEMORY_SIZE=128 * 1024,
        MAX_FORM_PARTS=200,
        SESSION_COOKIE_NAME="__Host-pages" if secure else "pages",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=30 * 24 * 3600,
        SESSION_REFRESH_EACH_REQUEST=False,
        # The token lives as long as the session's cookie. Once the session has run out a form
        # leads to signing in, as every page does: docs/decisions/0008.
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=secure,
        # What a form says of a field is ours: no catalogue of the library is read for each form.
        WTF_I18N_ENABLED=False,
        SEND_FILE_MAX_AGE_DEFAULT=31536000,
        BABEL_DEFAULT_LOCALE="en",
        BABEL_TRANSLATION_DIRECTORIES=str(HERE / "translations"),
        HSTS=settings.hsts_seconds if secure else 0,
    )


def trusted_hosts(settings: Settings) -> list[str]:
    """Return the hosts whose name a request may carry; links never come from the request."""
    hosts = [settings.public_host]
    return [*hosts, "127.0.0.1", "localhost"] if settings.is_loopback else hosts


def start_database(app: Flask) -> None:
    """Connect the models with the database."""
    db.init_app(app)
    with app.app_context():
        engine.prepare(db.engine)


def start_words(app: Flask) -> None:
    """Give pages and letters their languages, forms of times and common values."""
    babel.domain_instance = texts = catalogues.Catalogues()
    babel.init_app(app, locale_selector=reader_language, timezone_selector=reader_zone)
    catalogues.prepare(app, texts)
    formats.prepare(app)
    app.context_processor(common_values)


def reader_language() -> Locale:
    """The reader's own language, else the best of what the browser asks for."""
    chosen = getattr(g, "language", None) or _of_signed_in("language")
    found = chosen or languages.language_asked(languages.tags_asked()) or "en"
    # Always the same object: a page looks up a hundred things by it, which is slow with another.
    return languages.locale_named(languages.locale_of(found))


def reader_zone() -> str | None:
    """The reader's own time zone."""
    return getattr(g, "zone", None) or _of_signed_in("zone")


def _of_signed_in(name: str) -> str | None:
    """What somebody who is signed in has chosen; nobody is where there is no request."""
    if not has_request_context():
        return None
    from flask_login import current_user

    return getattr(current_user, name, None)


def common_values() -> dict[str, Any]:
    """Return what every template may use."""
    settings: Settings = current_app.extensions["settings"]
    return {
        "short_name": settings.short_name,
        "product_name": settings.product_name,
        "operator": settings.operator,
        "public_host": settings.public_host,
    }


def nudge_after_commit(nudge: Callable[[], None]) -> None:
    """Call `nudge` after each commit that posted a letter."""

    def wake(session: Any) -> None:
        if session.info.pop("letters_posted", False):
            # All is written: nobody has to wait with theirs while the queue is asked.
            turns.give_back()
            nudge()

    event.listen(db.session, "after_commit", wake)
