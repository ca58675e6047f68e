"""Somebody writes where their session has ended meanwhile: no word is lost, and nothing is told."""

from __future__ import annotations

from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from couples import clock
from couples.accounts import login
from couples.accounts.services import end_session
from tests.cast import PASSWORD, Cast, sign_in
from tests.pages import forms_of

WORDS = "What I typed <here>."
SCRIPT = {"Accept": "application/json"}
# One's own, a stranger's, one that is not there: the door looks at none of them (S7).
DOORS = ("/private/new", "/private/AAAAAAAAAAAAAAAAAAAAAA", "/doc/before", "/settings/erase/keep")


@pytest.fixture
def maya(client: FlaskClient, cast: Cast) -> FlaskClient:
    """Return a browser whose session was ended on another device."""
    sign_in(client, cast.maya, clock.now())
    client.get("/private/new")
    with client.session_transaction() as session:
        token = session["_user_id"]
    found = login.load(token)
    assert found
    end_session(found.session_id, clock.now())
    return client


def token_in(page: str) -> str:
    """Return the token of a page's last form."""
    return dict(forms_of(page)[-1].values())["csrf_token"]


def test_no_word_is_lost_where_the_session_has_ended(maya: FlaskClient, cast: Cast) -> None:
    typed = {"motives": WORDS, "own_part": "", "revision": "0", "current_password": "hidden one"}
    kept = maya.post("/doc/before", data=typed)
    assert kept.status_code == 401 and "You’re signed out here" in kept.text
    assert WORDS in unescape(kept.text) and "hidden one" not in kept.text
    (form,) = [one for one in forms_of(kept.text) if one.action == "/doc/before"]
    sign_in(maya, cast.maya, clock.now())
    assert maya.post(form.action, data=dict(form.values())).status_code == 303
    assert WORDS in unescape(maya.get("/doc/before").text)


def test_S7_every_door_answers_alike_without_a_session(maya: FlaskClient) -> None:
    def told(answer: TestResponse) -> tuple[int, str]:
        return answer.status_code, answer.text

    for headers in ({}, SCRIPT):
        said = {told(maya.post(path, data={}, headers=headers)) for path in DOORS}
        assert len(said) == 1
    kept = {
        (code, page.replace(path, ""))
        for path in DOORS
        for code, page in [told(maya.post(path, data={"words": WORDS}))]
    }
    assert len(kept) == 1 and kept.pop()[0] == 401
    assert maya.post("/private/new", data={}).location == "/signin"
    # Only words are worth a page of their own.
    assert maya.post("/signout").location == "/"


def test_the_script_that_saves_is_told_what_helps(
    app: Flask, maya: FlaskClient, cast: Cast
) -> None:
    out = maya.post("/private/new/save", data={"words": WORDS}, headers=SCRIPT)
    assert out.status_code == 401 and out.json
    assert "Sign in in another tab, then press Save." in out.json["saved"]
    app.config["WTF_CSRF_ENABLED"] = True
    old = token_in(maya.get("/signin").text)
    sign_in_by_form(maya, old)
    late = maya.post("/private/new/save", data={"words": WORDS, "csrf_token": old}, headers=SCRIPT)
    assert late.status_code == 400 and late.json
    assert "Press Save; what you wrote stays." in late.json["saved"]
    page = maya.post("/private/new", data={"words": WORDS, "csrf_token": old})
    assert page.status_code == 400 and WORDS in unescape(page.text)


def sign_in_by_form(client: FlaskClient, token: str) -> None:
    """Sign in as another tab does, which makes the tokens of earlier pages void."""
    typed = {"address": "maya@example.org", "password": PASSWORD, "csrf_token": token}
    assert client.post("/signin", data=typed).status_code == 303
