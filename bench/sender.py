"""One sender: the service's own, or a bare one that says ready-made letters over and over."""

from __future__ import annotations

import smtplib
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from flask import Flask

from bench.ground import Place
from couples.db import db
from couples.mail.carrying.transport import SmtpTransport
from couples.mail.models import LetterState
from couples.mail.sending.delivery import deliver

LINE = b"We keep an evening free, and say so when it does not work out.\r\n"
READY = b"From: pages@example.org\r\nTo: a@example.org\r\nSubject: Ready\r\n\r\n" + LINE * 187


_apps: dict[str, Flask] = {}


def ready(environ: dict[str, str]) -> None:
    """Load the service before anything is measured."""
    app = Place(environ).made(pages=False)
    _apps[environ["DATABASE_URL"]] = app
    with app.app_context():
        db.session.scalar(db.text("SELECT 1"))


def leave(environ: dict[str, str]) -> None:
    """Close what is open."""
    with _apps.pop(environ["DATABASE_URL"]).app_context():
        db.session.remove()
        db.engine.dispose()


def send(environ: dict[str, str], port: int, at: datetime) -> int:
    """Deliver what is due as a worker does; return how many letters the sink took."""
    with _apps[environ["DATABASE_URL"]].app_context():
        counts = deliver(_ticking(at), SmtpTransport(f"smtp://127.0.0.1:{port}"))
        db.session.remove()
        return counts.settled.get(LetterState.SENT, 0)


def _ticking(at: datetime) -> Callable[[], datetime]:
    """Return a clock that begins there: each claim has a moment of its own."""
    began = time.perf_counter()
    return lambda: at + timedelta(seconds=time.perf_counter() - began)


def say(port: int, letters: int) -> int:
    """Send a ready-made letter so many times over one connection; return how many were taken."""
    with smtplib.SMTP("127.0.0.1", port, local_hostname="localhost") as smtp:
        for number in range(letters):
            smtp.sendmail("pages@example.org", f"a{number}@example.org", READY)
    return letters
