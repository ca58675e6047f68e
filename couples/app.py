"""The one place where everything meets."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, g, has_request_context, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import Babel, get_locale
from flask_compress import Compress
from flask_login import LoginManager, current_user
from flask_wtf import CSRFProtect
from jinja2 import FileSystemLoader
from sqlalchemy import event, text
from werkzeug.middleware.proxy_fix import ProxyFix

from couples import clock, engine, formats, limits, packing, tokens, uploads, web
from couples.accounts import login
from couples.db import db
from couples.mail import lateness
from couples.settings import Settings
from couples.talks.prompts import reader as prompts
from couples.wiring import connect_signals

HERE = Path(__file__).parent
# In a wheel the templates lie inside the package; in a checkout beside it.
TEMPLATES = next(path for path in (HERE / "templates", HERE.parent / "templates") if path.is_dir())
LANGUAGES = tuple(formats.WRITTEN_AS)
FEATURES = (
    "hints", "accounts", "pairing", "preparing", "agreement", "surveys", "dashboard", "talks",
    "lookback", "privacy",
)  # fmt: skip
# Where letters are composed; each composer is known by being imported.
COMPOSERS = ("accounts.letters", "pairing.letters", "surveys.letters.composers")

babel = Babel()
csrf = CSRFProtect()
logins = LoginManager()


def create_app(
    settings: Settings, nudge: Callable[[], None] | None = None, *, pages: bool = True
) -> Flask:
    """Make the application; `nudge` tells the queue that letters wait, and may fail unharmed.

    A worker answers nobody: without `pages` it saves the memory they take.
    """
    app = Flask("couples", root_path=str(HERE), static_folder=str(HERE / "static"))
    app.jinja_loader = FileSystemLoader(TEMPLATES)
    configure(app, settings)
    clock.use_offset_file(settings.clock_file)
    # The door comes before the extensions' checks: nobody's POST leads to signing in (rule S7).
    web.guard(app)
    uploads.start(app)
    start_extensions(app, settings)
    formats.prepare(app)
    if pages:
        register_pages(app, settings)
    for name in COMPOSERS:
        import_module(f"couples.{name}")
    connect_signals()
    register_common(app)
    if nudge:
        nudge_after_commit(nudge)
    if settings.proxy_hops:
        hops = settings.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, hops, hops, hops)  # type: ignore[method-assign]
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
        SEND_FILE_MAX_AGE_DEFAULT=31536000,
        BABEL_DEFAULT_LOCALE="en",
        BABEL_TRANSLATION_DIRECTORIES=str(HERE / "translations"),
        HSTS=settings.hsts_seconds if secure else 0,
        # Pages mix secrets with what was typed; only files without secrets are compressed.
        COMPRESS_MIMETYPES=[*packing.PACKED],
        COMPRESS_ALGORITHM=["br", "gzip"],
        # A tenth smaller than the default for three milliseconds a file, which browsers then keep.
        COMPRESS_BR_LEVEL=6,
        COMPRESS_MIN_SIZE=500,
    )


def trusted_hosts(settings: Settings) -> list[str]:
    """Return the hosts whose name a request may carry; links never come from the request."""
    hosts = [settings.public_host]
    return [*hosts, "127.0.0.1", "localhost"] if settings.is_loopback else hosts


def start_extensions(app: Flask, settings: Settings) -> None:
    """Start what Flask extensions give us."""
    db.init_app(app)
    with app.app_context():
        engine.prepare(db.engine)
    babel.domain_instance = formats.Catalogues()
    babel.init_app(app, locale_selector=reader_language, timezone_selector=reader_zone)
    csrf.init_app(app)
    logins.init_app(app)
    Compress(app)
    packing.start(app)
    limits.start(app, settings)


def reader_language() -> str | None:
    """The reader's own language, else the best of what the browser asks for."""
    chosen = getattr(g, "language", None) or getattr(current_user, "language", None)
    asked = request.accept_languages.best_match(LANGUAGES) if has_request_context() else None
    found = chosen or asked or "en"
    return formats.locale_of(found)


def reader_zone() -> str | None:
    """The reader's own time zone."""
    return getattr(g, "zone", None) or getattr(current_user, "zone", None)


def register_pages(app: Flask, settings: Settings) -> None:
    """Put the features' pages together, earlier ones first."""
    for name in FEATURES:
        app.register_blueprint(import_module(f"couples.{name}.views").pages)
    app.register_blueprint(import_module("couples.mail.returning.views").returned)
    if settings.shows_captured_letters:
        app.register_blueprint(import_module("couples.mail.carrying.views").letters)
    logins.user_loader(login.load)
    # A new network is no other browser: the cookie is written by signing in and proving alone.
    logins.session_protection = None
    prompts.start(app, settings.prompts_file)


def register_common(app: Flask) -> None:
    """Pages and values that belong to no feature."""
    app.context_processor(common_values)
    app.view_functions["static"] = web.open_door(app.view_functions["static"])
    for rule, view in (
        ("/healthz", healthz),
        ("/healthz/letters", web.same_for_all(healthz_letters)),
        ("/help", web.same_for_all(help_page)),
        ("/how", how),
        ("/privacy", privacy),
        ("/robots.txt", robots),
    ):
        app.add_url_rule(rule, view_func=web.open_door(view))


def common_values() -> dict[str, Any]:
    """Return what every template may use."""
    settings: Settings = current_app.extensions["settings"]
    return {
        "short_name": settings.short_name,
        "product_name": settings.product_name,
        "operator": settings.operator,
        "public_host": settings.public_host,
    }


def healthz() -> ResponseReturnValue:
    """Say ok when the database answers, and nothing else."""
    db.session.execute(text("SELECT 1"))
    return Response("ok\n", mimetype="text/plain")


def healthz_letters() -> ResponseReturnValue:
    """Say whether letters go out in time, and nothing else."""
    is_late = lateness.is_late(clock.now())
    return Response("late\n" if is_late else "ok\n", 503 if is_late else 200, mimetype="text/plain")


def help_page() -> ResponseReturnValue:
    """The page about safety: the same for everyone, no session, no trace (rule S4)."""
    found = current_app.extensions["settings"].help_lines
    return render_template(
        "help.html",
        help_lines=found.for_reader(formats.language_of(get_locale())),
        checked_on=found.checked_on,
        is_stale=found.is_stale(clock.now().date()),
    )


def how() -> ResponseReturnValue:
    """How it works."""
    return render_template("how.html")


def privacy() -> ResponseReturnValue:
    """What is stored, and who can read it."""
    return render_template("privacy.html")


def robots() -> ResponseReturnValue:
    """Ask robots to stay away."""
    return Response("User-agent: *\nDisallow: /\n", mimetype="text/plain")


def nudge_after_commit(nudge: Callable[[], None]) -> None:
    """Call `nudge` after each commit that posted a letter."""

    def wake(session: Any) -> None:
        if session.info.pop("letters_posted", False):
            nudge()

    event.listen(db.session, "after_commit", wake)
