"""Quick exit, the page before the first private one, and the settings page."""

from __future__ import annotations

import re
from dataclasses import replace

from flask import Flask
from flask.testing import FlaskClient

from couples import clock
from couples.accounts.models import Person
from couples.db import db, transaction
from tests.accounts.pages import post
from tests.cast import Cast, sign_in


def test_S4_quick_exit_ends_the_session_and_leads_to_one_place_only(
    app: Flask, client: FlaskClient, cast: Cast
) -> None:
    sign_in(client, cast.maya, clock.now())
    with client.session_transaction() as cookie:
        copied = dict(cookie)
    answer = client.get("/exit?next=https://evil.example/")
    assert answer.status_code == 303
    assert answer.location == app.extensions["settings"].exit_url
    assert answer.headers["Clear-Site-Data"] == '"cookies", "storage"'
    assert answer.headers["Cache-Control"] == "no-store"
    thief = app.test_client()
    with thief.session_transaction() as cookie:
        cookie.update(copied)
    assert thief.get("/settings").location == "/signin"
    with client.session_transaction() as cookie:
        assert not dict(cookie)


def test_S4_the_bundled_page_is_neutral_and_holds_no_link(app: Flask, client: FlaskClient) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], exit_url="bundled")
    answer = client.get("/exit")
    assert answer.status_code == 200 and "<a " not in answer.text
    assert "Pages" not in answer.text


def not_started(person_id: str) -> None:
    with transaction():
        person = db.session.get(Person, person_id)
        assert person
        person.started_at = None


def test_L4_one_page_stands_before_the_first_private_one_and_is_shown_once(
    client: FlaskClient, cast: Cast
) -> None:
    not_started(cast.ines)
    sign_in(client, cast.ines, clock.now())
    assert client.get("/settings").location == "/start"
    page = client.get("/start").text
    for statement in (
        "Quick exit, or by pressing Shift three times",
        "can’t erase your browser history",
        "did not send is lost",
        "spying software",
        "a device they can’t reach, or a private window",
    ):
        assert statement in page
    assert not re.search("untraceable|cannot be seen|completely private", page)
    assert client.post("/start").location == "/doc/mine/new"
    assert client.get("/settings").status_code == 200


def test_the_settings_page_names_its_sections_and_shows_own_things_only(
    client: FlaskClient, cast: Cast
) -> None:
    sign_in(client, cast.maya, clock.now())
    page = client.get("/settings").text
    for words in ("You and Jonas", "Neither of you is the owner", "Sign-in and devices"):
        assert words in page
    assert "maya@example.org" in page and "jonas@example.org" not in page


def test_name_language_and_zone_can_be_changed(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.maya, clock.now())
    assert 'value="Europe/Berlin" selected' in client.get("/settings/about").text.replace(
        'selected value="Europe/Berlin"', 'value="Europe/Berlin" selected'
    )
    bad = post(client, "/settings/about", name="M", language="en", zone="Nowhere")
    assert bad.status_code == 422
    good = post(client, "/settings/about", name="Maja", language="en", zone="Asia/Tokyo")
    assert good.status_code == 303
    assert "Maja" in client.get("/settings").text and "Tokyo" in client.get("/settings").text
