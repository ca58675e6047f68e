"""The page of captured letters: only without a mail server, only on this machine itself (S6)."""

from __future__ import annotations

import re

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from couples.errors import NotFound
from couples.mail.carrying.captured import captured_letter, captured_letters
from couples.mail.letter import settings
from couples.settings import is_loopback_host
from couples.web import open_door

letters = Blueprint("letters", __name__)

LINK = re.compile(r"(https?://\S+)")
# A letter may style itself, as it does in a mail program, and nothing else.
LETTER_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; sandbox"
)


@letters.before_request
def _only_from_here() -> None:
    """Hide the page from other machines, however they came through to it."""
    if not is_loopback_host(request.remote_addr or ""):
        raise NotFound


@letters.get("/letters")
@open_door
def index() -> ResponseReturnValue:
    """List what would have been sent."""
    return render_template("letters/index.html", letters=captured_letters(settings()))


@letters.get("/letters/<key>")
@open_door
def show(key: str) -> ResponseReturnValue:
    """Show one letter's text, its links ready to be followed."""
    letter = captured_letter(settings(), key)
    # Every second piece is a link.
    return render_template("letters/show.html", letter=letter, pieces=LINK.split(letter.text))


@letters.get("/letters/<key>/html")
@open_door
def html(key: str) -> ResponseReturnValue:
    """Show one letter as a mail program would."""
    page = Response(captured_letter(settings(), key).html, mimetype="text/html")
    page.headers["Content-Security-Policy"] = LETTER_POLICY
    return page
