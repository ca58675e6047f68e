"""Throttling: it slows a source down and never locks a person out (rules P3, S7)."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Flask, Response, current_app
from flask_limiter import Limiter, RequestLimit
from flask_limiter.util import get_remote_address

from couples import web
from couples.settings import Settings


def breach(limit: RequestLimit) -> Response:
    """Answer with the page that names the time at which the next try is possible.

    Flask-Limiter swallows what this raises, but gives the response it returns.
    """
    until = datetime.fromtimestamp(limit.reset_at, UTC)
    return current_app.make_response(web.error_page(429, until=until))


limiter = Limiter(get_remote_address, default_limits=[], on_breach=breach)


def start(app: Flask, settings: Settings) -> None:
    """Count in Redis, or in memory while there is none or it is down."""
    app.config.update(
        RATELIMIT_STORAGE_URI=settings.redis_url or "memory://",
        RATELIMIT_STORAGE_OPTIONS=(
            {"socket_connect_timeout": 0.5, "socket_timeout": 0.5} if settings.redis_url else {}
        ),
        RATELIMIT_IN_MEMORY_FALLBACK_ENABLED=True,
        RATELIMIT_STRATEGY="moving-window",
        RATELIMIT_SWALLOW_ERRORS=True,
    )
    limiter.init_app(app)
