"""What a process needs that answers people: pages, their doors, and what Flask extensions give."""

from __future__ import annotations

import json
from importlib import import_module

from flask import Flask, Response, current_app, render_template
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_compress import Compress
from flask_login import LoginManager
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from couples import (
    clock,
    figures,
    formats,
    languages,
    limits,
    outage,
    packing,
    request_ids,
    uploads,
    web,
)
from couples.accounts import login
from couples.mail import lateness
from couples.readiness import readyz
from couples.settings import Settings
from couples.talks.prompts import reader as prompts

FEATURES = (
    "hints", "accounts", "pairing", "preparing", "agreement", "surveys", "dashboard", "talks",
    "lookback", "privacy",
)  # fmt: skip

# The colour of a page, light, while there is none yet to see.
MIST = "#E9EDEA"
ICONS: tuple[tuple[str, str, str, dict[str, str]], ...] = (
    ("favicon.svg", "any", "image/svg+xml", {}),
    ("icon-180.png", "180x180", "image/png", {}),
    ("icon-192.png", "192x192", "image/png", {}),
    ("icon-512.png", "512x512", "image/png", {}),
    ("icon-maskable-512.png", "512x512", "image/png", {"purpose": "maskable"}),
)

csrf = CSRFProtect()
logins = LoginManager()


def open_pages(app: Flask, settings: Settings) -> None:
    """Put doors, extensions and pages on the application, in the order in which they are asked."""
    request_ids.start(app, behind_proxy=settings.proxy_hops > 0)
    figures.start(app, settings)
    # The door comes before the extensions' checks: nobody's POST leads to signing in (rule S7).
    web.guard(app)
    outage.start(app)
    uploads.start(app)
    start_extensions(app, settings)
    register_pages(app, settings)
    register_common(app)
    if settings.proxy_hops:
        hops = settings.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, hops, hops, hops)  # type: ignore[method-assign]


def start_extensions(app: Flask, settings: Settings) -> None:
    """Start what Flask extensions give us."""
    csrf.init_app(app)
    logins.init_app(app)
    app.config.update(
        # Pages mix secrets with what was typed; only files without secrets are compressed.
        COMPRESS_MIMETYPES=[*packing.PACKED],
        COMPRESS_ALGORITHM=["br", "gzip"],
        # A tenth smaller than the default for three milliseconds a file, which browsers then keep.
        COMPRESS_BR_LEVEL=6,
        COMPRESS_MIN_SIZE=500,
    )
    Compress(app)
    packing.start(app)
    limits.start(app, settings)


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
    """Pages that belong to no feature."""
    app.view_functions["static"] = web.open_door(app.view_functions["static"])
    for rule, view in (
        ("/healthz", healthz),
        ("/readyz", web.same_for_all(readyz)),
        ("/healthz/letters", web.same_for_all(healthz_letters)),
        ("/help", web.same_for_all(help_page)),
        ("/how", how),
        ("/privacy", privacy),
        ("/robots.txt", robots),
        ("/manifest.webmanifest", web.same_for_all(manifest)),
    ):
        app.add_url_rule(rule, view_func=web.open_door(view))


def healthz() -> ResponseReturnValue:
    """Say ok while this process answers at all: what else it needs is a matter of /readyz.

    Whoever starts processes anew by this does no good where the database is away.
    """
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
        help_lines=found.for_reader(languages.language_of(get_locale())),
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


def manifest() -> ResponseReturnValue:
    """What a phone is told that puts this on its home screen: the dull name alone (rule S4)."""
    name = current_app.extensions["settings"].short_name
    told = {
        "id": "/",
        "name": name,
        "short_name": name,
        "start_url": "/",
        "scope": "/",
        # Whoever leaves by Quick exit sees where they are.
        "display": "minimal-ui",
        "background_color": MIST,
        "theme_color": MIST,
        "icons": [
            {"src": formats.asset(file), "sizes": sizes, "type": kind, **more}
            for file, sizes, kind, more in ICONS
        ],
    }
    answer = Response(json.dumps(told), mimetype="application/manifest+json")
    # The same for everybody, and asked for with every page; a new name is there within a day.
    answer.cache_control.public = True
    answer.cache_control.max_age = 86400
    return answer
