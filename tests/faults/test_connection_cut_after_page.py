"""A database that dies between a page's last question and the page's end takes no page with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import psycopg
from flask import Response
from sqlalchemy import text

from couples.app import create_app
from couples.db import db
from couples.privacy.services import notes_of
from couples.settings import Settings
from tests.cast import make_person, sign_in
from tests.conftest import Browser
from tests.pages import forms_of
from tests.surveys.agreed import at


class Cut:
    """Lets the database end the connection that a page was made with, once it is made."""

    def __init__(self, postgres_url: str) -> None:
        self.address = postgres_url.replace("+psycopg", "")
        self.times = 0
        self.is_on = False

    def after(self, answer: Response) -> Response:
        """Cut, and change nothing of the answer."""
        if self.is_on:
            mine = db.session.scalar(text("SELECT pg_backend_pid()"))
            with psycopg.connect(self.address, autocommit=True) as other:
                other.execute("SELECT pg_terminate_backend(%s, 5000)", [mine])
            self.times += 1
        return answer


def test_what_was_saved_is_said_to_be_saved(
    postgres_url: str, settings_for: Callable[..., Settings], now: datetime
) -> None:
    app, cut = create_app(settings_for(postgres_url)), Cut(postgres_url)
    app.test_client_class = Browser
    app.after_request(cut.after)
    with app.app_context():
        person_id = make_person("Maya", now)
        browser = app.test_client()
        sign_in(browser, person_id, now)
        with at(now):
            forms = forms_of(browser.get("/private/new").text)
            form = next(one for one in forms if one.named("words"))
            fields = {**{one.name: one.value for one in form.fields}, "words": "By the stove."}
            cut.is_on = True
            answer = browser.post("/private/new", data=fields)
            assert (answer.status_code, answer.location) == (303, "/private")
            assert browser.get("/doc").status_code == 200
        assert cut.times == 2
        assert [note.words for note in notes_of(person_id, None)] == ["By the stove."]
        db.session.remove()
        db.engine.dispose()
