"""Signing in and out, and what slows down who tries."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from couples import clock
from couples.accounts import passwords, services_passwords
from couples.accounts.login import load
from couples.accounts.models import LoginSession, Person
from couples.accounts.services import begin_session, end_sessions, find_session, sessions_of
from couples.db import db
from tests.accounts.pages import body, post
from tests.cast import PASSWORD, Cast, sign_in

MAYA = "maya@example.org"
MISMATCH = "That email and password don’t match. Check both, or set a new password."


def test_the_front_page_holds_the_form_and_leads_on_who_is_signed_in(
    client: FlaskClient, cast: Cast
) -> None:
    page = client.get("/")
    assert page.status_code == 200 and "Say what you need." in page.text
    assert post(client, "/signin", address=MAYA, password=PASSWORD).location == "/"
    assert client.get("/").location == "/overview"


def test_P2_capitals_in_the_address_make_no_difference(client: FlaskClient, cast: Cast) -> None:
    assert post(client, "/signin", address=" Maya@Example.org", password=PASSWORD).location


def test_S7_a_wrong_password_and_an_unknown_address_answer_the_same_bytes(
    client: FlaskClient, cast: Cast
) -> None:
    known = post(client, "/signin", address=MAYA, password="not this one")
    unknown = post(client, "/signin", address="nobody@example.org", password="not this one")
    nonsense = post(client, "/signin", address="no address", password="not this one")
    assert known.status_code == unknown.status_code == nonsense.status_code == 422
    assert MISMATCH in known.text and "<title>Error: Sign in" in known.text
    assert body(known, MAYA) == body(unknown, "nobody@example.org") == body(nonsense, "no address")


def test_the_same_path_is_taken_where_there_is_no_account(app: Flask, cast: Cast) -> None:
    checked: list[str | None] = []
    real = passwords.fits

    def watch(password: str, kept: str | None) -> bool:
        checked.append(kept)
        return real(password, kept)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "fits", watch)
        for address in (MAYA, "nobody@example.org"):
            assert not services_passwords.sign_in(address, "x", keep=False, now=clock.now())
    assert len(checked) == 2 and checked[1] is None
    assert passwords._nobodys_hash(passwords.cost_now()).startswith("$argon2id$")


def test_P2_each_signing_in_begins_a_new_session_whose_token_no_table_holds(
    client: FlaskClient, cast: Cast
) -> None:
    tokens = []
    for _twice in range(2):
        post(client, "/signin", address=MAYA, password=PASSWORD)
        with client.session_transaction() as cookie:
            tokens.append(cookie["_user_id"])
        client.post("/signout")
    assert tokens[0] != tokens[1]
    db.session.rollback()
    stored = [row.token_hash for row in db.session.scalars(select(LoginSession))]
    assert len(stored) == 2 and not set(stored) & set(tokens)


def test_a_copied_cookie_is_dead_after_signing_out(
    app: Flask, client: FlaskClient, cast: Cast
) -> None:
    sign_in(client, cast.maya, clock.now())
    with client.session_transaction() as cookie:
        copied = dict(cookie)
    thief = app.test_client()
    with thief.session_transaction() as cookie:
        cookie.update(copied)
    assert thief.get("/settings").status_code == 200
    client.post("/signout")
    assert thief.get("/settings").location == "/signin"


def test_signing_out_needs_a_post(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.maya, clock.now())
    assert client.get("/signout").status_code == 405
    assert client.get("/settings").status_code == 200


def test_P2_a_session_lasts_twelve_hours_without_use_or_thirty_days_if_kept(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    maya = database_cast.maya
    short = begin_session(maya, keep=False, now=now)
    kept = begin_session(maya, keep=True, now=now)
    later = now + timedelta(hours=11)
    assert find_session(short, later) and find_session(kept, later)
    assert find_session(short, later + timedelta(hours=11))  # it was used meanwhile
    assert not find_session(short, later + timedelta(hours=23, minutes=1))
    assert find_session(kept, later + timedelta(days=29))
    assert not find_session(kept, later + timedelta(days=60))


def test_last_use_is_written_every_ten_minutes_at_most(
    app: Flask, cast: Cast, now: datetime
) -> None:
    token = begin_session(cast.maya, keep=False, now=now)

    def used() -> datetime:
        db.session.rollback()
        query = select(LoginSession.used_at).where(LoginSession.person_id == cast.maya)
        return db.session.scalars(query).one()

    find_session(token, now + timedelta(minutes=9))
    assert used() == now
    find_session(token, now + timedelta(minutes=10))
    assert used() == now + timedelta(minutes=10)


def test_keep_me_signed_in_is_off_by_default_and_makes_the_cookie_last(
    client: FlaskClient, cast: Cast
) -> None:
    assert "checked" not in client.get("/signin").text
    plain = post(client, "/signin", address=MAYA, password=PASSWORD)
    assert "Expires" not in session_cookie(plain)
    client.post("/signout")
    kept = post(client, "/signin", address=MAYA, password=PASSWORD, keep="y")
    assert "Expires" in session_cookie(kept)


def session_cookie(answer: TestResponse) -> str:
    [found] = [one for one in answer.headers.getlist("Set-Cookie") if one.startswith("pages=")]
    return found


def test_a_hash_of_another_cost_is_renewed_at_signing_in(app: Flask, cast: Cast) -> None:
    app.config["ARGON2"] = (2, 16, 1)
    assert services_passwords.sign_in(MAYA, PASSWORD, keep=False, now=clock.now())
    person = db.session.get(Person, cast.maya, populate_existing=True)
    assert person and "m=16,t=2,p=1" in person.password_hash


def test_S5_a_person_sees_and_ends_their_own_sessions_only(
    app: Flask, client: FlaskClient, cast: Cast
) -> None:
    now = clock.now()
    sign_in(client, cast.maya, now)
    elsewhere = begin_session(cast.maya, keep=True, now=now)
    of_jonas = begin_session(cast.jonas, keep=True, now=now)
    found, theirs = load(elsewhere), load(of_jonas)
    assert found and theirs
    assert client.post(f"/settings/sessions/{theirs.session_id}/end").status_code == 404
    assert load(of_jonas)
    page = client.get("/settings/sessions").text
    assert found.session_id in page and theirs.session_id not in page
    assert client.post(f"/settings/sessions/{found.session_id}/end").status_code == 303
    db.session.rollback()
    assert load(elsewhere) is None
    more = begin_session(cast.maya, keep=True, now=now)
    client.post("/settings/sessions/end")
    db.session.rollback()
    assert load(more) is None and client.get("/settings").status_code == 200
    assert len(sessions_of(cast.maya, now, here="")) == 1


def test_S7_without_a_session_every_private_page_answers_the_same(client: FlaskClient) -> None:
    answers = [client.get(path) for path in ("/settings", "/private", "/settings/link", "/start")]
    assert {(answer.status_code, answer.location) for answer in answers} == {(303, "/signin")}


def test_after_signing_in_a_person_is_led_back_to_where_they_were_going(
    client: FlaskClient, cast: Cast
) -> None:
    client.get("/private")
    assert post(client, "/signin", address=MAYA, password=PASSWORD).location == "/private"


def test_ending_all_sessions_spares_the_one_named(app: Flask, cast: Cast, now: datetime) -> None:
    tokens = [begin_session(cast.maya, keep=True, now=now) for _time in range(3)]
    here = find_session(tokens[0], now)
    assert here
    end_sessions(cast.maya, now, but=here.session_id)
    db.session.rollback()
    assert [bool(find_session(token, now)) for token in tokens] == [True, False, False]
