"""What all pages share: doors, headers, errors as pages."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from couples import clock
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


def test_an_expired_form_keeps_what_was_typed(app: Flask, client: FlaskClient) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    answer = client.post(
        "/signup", data={"address": "maya <words>", "password": "never shown", "csrf_token": "x"}
    )
    assert answer.status_code == 400
    assert "maya &lt;words&gt;" in answer.text
    assert "never shown" not in answer.text
    assert "Your words are still here" in answer.text


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
