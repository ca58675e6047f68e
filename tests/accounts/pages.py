"""Small helpers: pages without what differs by chance, and letters that wait."""

from __future__ import annotations

import re
from datetime import datetime

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from couples.db import db
from couples.mail.letter import Letter, composers
from couples.mail.models import OutboxLetter

TOKEN = re.compile(rb'name="csrf_token" value="[^"]*"')


def body(response: TestResponse, *typed: str) -> bytes:
    """Return the page without its form token and without what was typed into it."""
    found = TOKEN.sub(b"", response.data)
    for words in typed:
        found = found.replace(words.encode(), b"TYPED")
    return found


def letters(kind: str) -> list[OutboxLetter]:
    """Return the letters of one kind that were posted."""
    db.session.rollback()
    query = select(OutboxLetter).where(OutboxLetter.kind == kind)
    return list(db.session.scalars(query.order_by(OutboxLetter.posted_at, OutboxLetter.id)))


def composed(kind: str, now: datetime) -> list[Letter | None]:
    """Compose every letter of one kind as the worker would."""
    return [composers[kind](row, now) for row in letters(kind)]


def path_in(letter: Letter, start: str) -> str:
    """Return the path of the link in a letter that begins like this."""
    found = re.search(rf"https?://[^/\s]+({start}\S*)", letter.text)
    assert found, letter.text
    return found[1]


def post(client: FlaskClient, path: str, **data: str) -> TestResponse:
    """Send a form."""
    return client.post(path, data=data)
