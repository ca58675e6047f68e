"""Leaks put in on purpose: each lets the other one tell how many notes somebody has written.

They prove that the machine finds what it looks for. Nothing of the product is changed but what a
world answers, and when its letters leave.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update
from werkzeug.test import run_wsgi_app
from werkzeug.wrappers import Response

from couples.db import db, transaction
from couples.mail.models import LetterTime
from couples.privacy.models import Note
from tests.two_worlds.twins import Twin, Twins

Leak = Callable[[Response, int], object]


def a_byte(answer: Response, notes: int) -> None:
    """Say it in one byte of a page."""
    answer.data = answer.data.replace(b"</html>", b" " * notes + b"</html>")


def the_order(answer: Response, notes: int) -> None:
    """Say it in the order of two links, no byte more or less."""
    links = re.findall(rb"<a href=[^>]*>", answer.data)
    if notes % 2 and len(links) > 1:
        first, last = links[0], links[-1]
        data = answer.data.replace(first, b"<>").replace(last, first)
        answer.data = data.replace(b"<>", last)


def a_header(answer: Response, notes: int) -> None:
    """Say it in a header."""
    answer.headers["ETag"] = f'"{notes}"'


def where_to(answer: Response, notes: int) -> None:
    """Say it in where one is led."""
    if answer.location:
        answer.location += f"#{notes}"


def a_row(answer: Response, notes: int) -> None:
    """Say it in a file of numbers."""
    if answer.mimetype == "text/csv":
        answer.data += b"\r\n" * notes


def a_copy(answer: Response, notes: int) -> None:
    """Say it in the copy of one's own words."""
    if answer.mimetype == "application/json":
        answer.data += b" " * notes


# Each in one place, so that it is known which of them was found.
LEAKS: dict[str, Leak] = {
    "/doc": a_byte,
    "/week": the_order,
    "/talks": a_header,
    "/week/done": where_to,
    "/overview/numbers.csv": a_row,
    "/settings/export": a_copy,
}
# Where the other one would see them; a copy and letters have no address of their own.
FOUND = sorted({*LEAKS, "copy json", "letters"} - {"/settings/export"})


def spring(twins: Twins, patch: pytest.MonkeyPatch) -> None:
    """Let both worlds have every leak."""
    for twin in twins.both:
        patch.setattr(twin.app, "wsgi_app", _leaky(twin, twin.app.wsgi_app))


def _leaky(twin: Twin, app: Any) -> Any:
    def answers(environ: Any, start: Any) -> Iterable[bytes]:
        leak = LEAKS.get(environ["PATH_INFO"])
        if leak is None:
            answered: Iterable[bytes] = app(environ, start)
            return answered
        data, status, headers = run_wsgi_app(app, environ, buffered=True)
        answer = Response(b"".join(data), status, headers)
        leak(answer, notes_in(twin))
        return answer(environ, start)

    return answers


def notes_in(twin: Twin) -> int:
    """Return how many notes there are in a world."""
    with twin.app.app_context():
        return db.session.scalar(select(func.count(Note.id))) or 0


def a_minute_later(twins: Twins) -> None:
    """Let every letter that waits go a minute later for each note."""
    for twin in twins.both:
        notes = notes_in(twin)
        with twin.app.app_context():
            put_off(timedelta(minutes=notes))


@transaction()
def put_off(how_long: timedelta) -> None:
    """Put every letter off."""
    for letter_id, at in db.session.execute(select(LetterTime.letter_id, LetterTime.at)).all():
        one = update(LetterTime).where(LetterTime.letter_id == letter_id)
        db.session.execute(one.values(at=at + how_long))
