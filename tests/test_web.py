"""What all pages share: doors, headers, errors as pages."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from couples import clock
from couples.accounts.models import LoginSession
from couples.db import db
from tests.cast import Cast, sign_in

EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


@pytest.mark.parametrize("path", ["/", "/help", "/no-such-page", "/overview", "/signout"])
def test_S4_every_answer_carries_the_strict_headers(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    for name, value in EVERYWHERE.items():
        assert answer.headers[name] == value
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy and "http" not in policy


@pytest.mark.parametrize("path", ["/help", "/how", "/privacy", "/no-such-page"])
def test_S4_public_pages_set_no_cookie_and_offer_quick_exit(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert "Set-Cookie" not in answer.headers
    assert answer.text.count('href="/exit"') >= 2


def test_S7_without_a_session_every_door_answers_alike(client: FlaskClient) -> None:
    answers = {
        (found.status_code, found.headers["Location"], found.data)
        for found in map(client.get, ["/overview", "/doc", "/private", "/settings", "/week"])
    }
    assert len(answers) == 1
    assert answers.pop()[:2] == (303, "/signin")


def test_a_forged_host_is_refused(client: FlaskClient) -> None:
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 400


SENT = {"address": "maya <words>", "password": "never shown", "csrf_token": "x", "keep": "y"}
# Words without a blank, which no rule about blanks would take for words.
WORDS = ("私たちは毎週話したい" * 12, "Donaudampfschifffahrtsgesellschaft", "two words")
OURS = {"Origin": "http://localhost"}


def test_an_expired_form_keeps_what_was_typed(app: Flask, client: FlaskClient) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    client.get("/signup")
    answer = client.post("/signup", data=SENT)
    assert answer.status_code == 400
    assert "maya &lt;words&gt;" in answer.text
    assert "never shown" not in answer.text
    assert "Your words are still here" in answer.text
    assert '<input type="hidden" name="keep" value="y"' in answer.text


def test_a_form_of_ours_whose_cookie_is_gone_can_be_sent_again(
    app: Flask, client: FlaskClient
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    first = client.post("/signup", data={"address": "sam@example.org"}, headers=OURS)
    assert first.status_code == 400 and "Send again" in first.text
    token = re.findall(r'name="csrf_token" value="([^"]+)"', first.text)[0]
    again = {"address": "sam@example.org", "csrf_token": token}
    assert client.post("/signup", data=again, headers=OURS).status_code == 303


@pytest.mark.parametrize("headers", [{}, {"Origin": "https://evil.example"}, {"Origin": "null"}])
def test_a_foreign_page_cannot_replace_the_cookie_of_somebody_signed_in(
    app: Flask, client: FlaskClient, headers: dict[str, str]
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    answer = client.post("/signup", data=SENT, headers=headers)
    assert answer.status_code == 400 and "Set-Cookie" not in answer.headers
    assert "maya &lt;words&gt;" in answer.text and "Send again" not in answer.text


def posts(app: Flask) -> list[tuple[str, bool]]:
    """Return an address for each route that takes a POST, and whether its door is open."""
    return [
        (
            re.sub(r"<(int:)?[^>]+>", lambda part: "7" if part[1] else "A" * 22, rule.rule),
            getattr(app.view_functions[rule.endpoint], "open_door", False),
        )
        for rule in app.url_map.iter_rules()
        if "POST" in (rule.methods or ())
    ]


def test_S7_nobodys_post_gets_the_same_redirect_as_everything_else(
    app: Flask, client: FlaskClient
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    gate = client.get("/settings/sessions")
    answers = set()
    for path, is_open in posts(app):
        for data in ({}, {"csrf_token": "made up", "words": "typed"}):
            answer = app.test_client().post(path, data=data)
            assert "Set-Cookie" not in answer.headers, path
            if not is_open:
                answers.add((answer.status_code, answer.location, answer.data))
    assert answers == {(303, "/signin", gate.data)}


def test_somebody_signed_in_still_needs_the_token(
    app: Flask, cast: Cast, client: FlaskClient
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    sign_in(client, cast.maya, clock.now())
    assert client.post("/settings/sessions/end").status_code == 400


def test_S4_help_is_the_same_for_everybody_and_leaves_no_trace(
    app: Flask, cast: Cast, client: FlaskClient
) -> None:
    def used() -> datetime:
        db.session.rollback()
        return db.session.scalars(select(LoginSession.used_at)).one()

    nobody = client.get("/help")
    sign_in(client, cast.maya, clock.now() - timedelta(hours=1))
    with client.session_transaction() as cookie:
        cookie["_flashes"] = [("toast", "Saved.")]
    before = used()
    found = client.get("/help")
    assert found.data == nobody.data and found.headers == nobody.headers
    assert "Set-Cookie" not in found.headers and used() == before
    assert "Saved." in client.get("/settings").text, "what was to be said is said later"
    assert used() > before


@pytest.mark.parametrize("words", WORDS)
def test_what_was_typed_about_a_thing_that_has_vanished_is_kept(
    cast: Cast, client: FlaskClient, words: str
) -> None:
    sign_in(client, cast.maya, clock.now())
    sent = {
        "before": words,
        "revision": "rev-1",
        "was_words": "earlier words",
        "then": "stay",
        "q3": "5",
        "password": "never shown",
        "csrf_token": "token-1",
        "own_part": "  ",
    }
    answer = client.post(f"/doc/mine/{'A' * 22}", data=sent)
    assert answer.status_code == 404
    assert answer.text.count("<textarea") == 1 and words in answer.text
    for hidden in ("rev-1", "earlier words", ">stay<", "never shown", "token-1"):
        assert hidden not in answer.text
    assert client.post("/no/such/page", data={"words": words}).text.count("<textarea") == 1


@pytest.mark.parametrize("words", WORDS)
def test_an_expired_form_keeps_words_of_every_shape(
    app: Flask, client: FlaskClient, words: str
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    client.get("/signup")
    page = client.post("/signup", data={"address": words, "language": "en"}).text
    assert page.count("<textarea") == 1 and words in page
    assert page.count('name="language" value="en"') == 1


def test_too_much_for_a_page_that_is_not_there_is_a_page(client: FlaskClient) -> None:
    answer = client.post("/no/such/page", data={"words": "x" * 300_000})
    assert answer.status_code in {404, 413} and "Quick exit" in answer.text


def test_a_body_over_the_limit_is_a_page(client: FlaskClient) -> None:
    answer = client.post("/signup", data={"address": "x" * 300_000})
    assert answer.status_code == 413
    assert "Quick exit" in answer.text


def test_a_method_that_a_page_does_not_know_is_a_page(client: FlaskClient) -> None:
    answer = client.delete("/help")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_S7_nothing_is_said_to_a_signed_in_stranger_about_a_missing_thing(
    cast: Cast, client: FlaskClient
) -> None:
    sign_in(client, cast.ines, clock.now())
    missing = client.get("/doc/side/AAAAAAAAAAAAAAAAAAAAAA")
    assert missing.status_code == 404
