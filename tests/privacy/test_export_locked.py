"""Locked notes in a copy: with their words only where they are open, and locked where taken in."""

from __future__ import annotations

import json
from datetime import datetime
from io import BytesIO
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from couples.db import db
from couples.privacy.locking.services import lock_notes
from couples.privacy.models import Note
from couples.privacy.services import save_note
from tests.cast import PASSWORD, Cast, sign_in
from tests.surveys.agreed import at


def copy(client: FlaskClient) -> dict[str, Any]:
    """Return the copy a browser downloads."""
    found: dict[str, Any] = json.loads(client.post("/settings/export", data={"kind": "json"}).text)
    return found


def take_in(client: FlaskClient, own: dict[str, Any]) -> int:
    """Take a copy in, and return what the page answers."""
    file = (BytesIO(json.dumps(own).encode()), "pages.json")
    return client.post("/settings/import", data={"file": file}).status_code


def test_J2_locked_notes_are_in_the_copy_only_where_they_are_open(
    app: Flask, client: FlaskClient, cast: Cast, now: datetime
) -> None:
    elsewhere = app.test_client()
    save_note(cast.maya, "n" * 22, "Only mine.", revision=0, may_begin=True, now=now)
    with at(now):
        sign_in(client, cast.maya, now)
        sign_in(elsewhere, cast.maya, now)
        with client.session_transaction() as session:
            token = session["_user_id"]
        assert lock_notes(cast.maya, PASSWORD, token, now)
        (note,) = copy(client)["notes"]
        assert (note["words"], note["locked"]) == ("Only mine.", False)
        closed = copy(elsewhere)
        for page in ("/settings/export", "/settings/import"):
            assert "Your notes are locked right now" in elsewhere.get(page).text
            assert "Your notes are locked right now" not in client.get(page).text
        assert (closed["notes"][0]["words"], closed["notes"][0]["locked"]) == (None, True)
        own = copy(client)
        own["notes"][0]["words"] = "From far away."
        assert take_in(elsewhere, own) == 422, "closed: a sentence, and nothing comes in"
        assert take_in(client, own) == 200
        assert take_in(client, closed) == 200
    notes = db.session.scalars(db.select(Note).where(Note.person_id == cast.maya)).all()
    assert [row.locked for row in notes] == [True, True]
