"""From a typed address to an account."""

from __future__ import annotations

from datetime import datetime, timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from couples import clock
from couples.accounts import services_signup
from couples.accounts.models import Person, SignUp
from couples.accounts.services_signup import AddressTaken, LinkGone
from couples.db import db
from couples.errors import NotFound
from tests.accounts.pages import composed, letters, path_in, post
from tests.cast import Cast, sign_in

NEW = "sam@example.org"
ACCOUNT = {
    "name": "Sam",
    "password": "a quiet harbour at dawn",
    "language": "en",
    "zone": "Europe/Berlin",
    "adult": "y",
}


def link(client: FlaskClient, address: str = NEW) -> str:
    """Ask for an account and return the path of the link in its letter."""
    assert post(client, "/signup", address=address).status_code == 303
    letter = composed("confirm", clock.now())[-1]
    assert letter is not None
    return path_in(letter, "/confirm/")


def people() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count(Person.id))) or 0


def test_P1_signing_up_asks_for_an_address_only_and_says_two_are_needed(
    client: FlaskClient,
) -> None:
    page = client.get("/signup").text
    assert page.count('type="email"') == 1 and 'type="password"' not in page
    assert "Two people need two addresses" in page


def test_P1_the_page_is_the_same_whether_or_not_the_address_has_an_account(
    client: FlaskClient, cast: Cast
) -> None:
    answers = [post(client, "/signup", address=who) for who in (NEW, "maya@example.org")]
    assert {answer.status_code for answer in answers} == {303}
    assert {answer.location for answer in answers} == {"/signup/sent"}
    assert answers[0].data == answers[1].data
    names = [sorted(answer.headers.keys()) for answer in answers]
    assert names[0] == names[1]


def test_P1_the_same_rows_are_written_and_the_letter_differs_when_it_is_composed(
    client: FlaskClient, cast: Cast
) -> None:
    post(client, "/signup", address=NEW)
    post(client, "/signup", address="maya@example.org")
    found = letters("confirm")
    assert len(found) == 2 and all(row.person_id is None for row in found)
    by_address = {found.to: found for found in composed("confirm", clock.now()) if found}
    assert "/confirm/" in by_address[NEW].text
    assert "/confirm/" not in by_address["maya@example.org"].text
    assert "/signin" in by_address["maya@example.org"].text


def test_P1_the_letter_leads_to_name_password_language_and_zone_and_signs_in(
    client: FlaskClient,
) -> None:
    path = link(client)
    assert "Time zone" in client.get(path).text
    answer = client.post(path, data=ACCOUNT)
    assert (answer.status_code, answer.location) == (303, "/start")
    assert client.get("/settings").location == "/start"
    assert client.post("/start").location == "/doc/mine/new"
    assert "Sam" in client.get("/settings").text


def test_P1_looking_at_the_link_changes_nothing(client: FlaskClient) -> None:
    path = link(client)
    for _again in range(3):
        assert client.get(path).status_code == 200
        assert client.head(path).status_code == 200
    assert people() == 0
    assert client.post(path, data=ACCOUNT).location == "/start"


def test_P1_a_used_link_and_one_that_ran_out_offer_a_fresh_one(
    app: Flask, client: FlaskClient, now: datetime
) -> None:
    services_signup.ask_for_account(NEW, "en", now)
    letter = composed("confirm", now)[0]
    assert letter is not None
    token = path_in(letter, "/confirm/").removeprefix("/confirm/")
    assert services_signup.look_at_link(token, now).address == NEW
    with pytest.raises(LinkGone):
        services_signup.look_at_link(token, now + timedelta(hours=24))
    page = client.get(f"/confirm/{token}")  # it was asked for in another year
    assert page.status_code == 410 and 'href="/signup"' in page.text
    with pytest.raises(NotFound):
        services_signup.look_at_link(token + "x", now)


def test_P2_a_second_account_for_an_address_is_impossible(client: FlaskClient) -> None:
    first, second = link(client), link(client)
    assert client.post(first, data=ACCOUNT).status_code == 303
    for path in (first, second):
        answer = client.post(path, data=ACCOUNT)
        assert answer.status_code == 409 and "has a page already" in answer.text
    assert people() == 1


def test_P2_nor_when_both_links_are_pressed_at_once(database_app: Flask, now: datetime) -> None:
    from couples import tokens

    for _twice in range(2):
        services_signup.ask_for_account(NEW, "en", now)
    asked = [tokens.make("confirm", row.id) for row in db.session.scalars(select(SignUp))]
    db.session.rollback()
    barrier, results = Barrier(2), []

    def press(token: str) -> None:
        with database_app.app_context():
            barrier.wait()
            try:
                services_signup.confirm(
                    token, name="Sam", password="x" * 12, language="en", zone="UTC", now=now
                )
                results.append("made")
            except AddressTaken:
                results.append("taken")

    threads = [Thread(target=press, args=(token,)) for token in asked]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(results) == ["made", "taken"]
    assert people() == 1


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("", "Add the part after the @, like maya@example.org"),
        ("maya", "Add the part after the @, like maya@example.org"),
        ("maya@", "Add the part after the @, like maya@example.org"),
        ("@example.org", "Add the part before the @, like maya@example.org"),
        ("maya@example", "Add the ending of the address, like maya@example.org"),
        ("a@example.org, b@example.org", "Type one address only, like maya@example.org"),
        ("a@example.org\r\nBcc: b@example.org", "like maya@example.org"),
        ("a\x00@example.org", "like maya@example.org"),
        ("a" * 1000 + "@example.org", "like maya@example.org"),
        ("\u202emaya@example.org", "like maya@example.org"),
    ],
)
def test_what_is_no_address_comes_back_with_what_to_change(
    client: FlaskClient, address: str, sentence: str
) -> None:
    answer = post(client, "/signup", address=address)
    assert answer.status_code == 422 and sentence in answer.text
    assert letters("confirm") == []


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("short", "10 characters or more"),
        ("Password123", "Many people use this password"),
        ("aaaaaaaaaaaa", "Many people use this password"),
        ("my facing pages", "Leave out your name"),
        ("Samantha walks", "Leave out your name"),
        ("samuel2020 is nice", "Leave out your name"),
        ("x1y2" * 65, "256 characters or fewer"),
    ],
)
def test_P1_passwords_that_anybody_would_try_are_refused_and_the_rest_is_kept(
    client: FlaskClient, password: str, sentence: str
) -> None:
    path = link(client, "samuel2020@example.org")
    answer = client.post(path, data={**ACCOUNT, "name": "Samantha", "password": password})
    assert answer.status_code == 422 and sentence in answer.text
    assert 'value="Samantha"' in answer.text and password not in answer.text
    assert "<title>Error:" in answer.text


def test_long_passwords_emoji_and_either_composition_of_an_accent_work(
    client: FlaskClient,
) -> None:
    password = "cafe\u0301 🌷 " + "w0rds and " * 20
    client.post(link(client), data={**ACCOUNT, "password": password})
    client.post("/signout")
    other = password.replace("e\u0301", "é")
    assert post(client, "/signin", address=NEW, password=other).status_code == 303
    client.post("/signout")
    assert post(client, "/signin", address=NEW, password=other[:-2]).status_code == 422


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "Add the name you go by"),
        ("name", "n" * 61, "60 characters or fewer"),
        ("zone", "Mars/Olympus", "Choose a time zone from the list"),
        ("zone", "", "Choose a time zone from the list"),
        ("language", "xx", "Choose a language from the list"),
        ("adult", "", "This is for adults"),
    ],
)
def test_missing_and_unknown_fields_are_explained(
    client: FlaskClient, field: str, value: str, sentence: str
) -> None:
    changed = {**ACCOUNT, field: value}
    if not value:
        del changed[field]
    answer = client.post(link(client), data=changed)
    assert answer.status_code == 422 and sentence in answer.text


def test_somebody_signed_in_is_told_that_going_on_signs_out(
    client: FlaskClient, cast: Cast
) -> None:
    path = link(client)
    sign_in(client, cast.maya, clock.now())
    page = client.get(path).text
    assert "Going on signs that one out" in page and "Maya" not in page.split("<main", 1)[1]
