"""How many letters an address gets, and what is swept away."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import Flask
from flask.testing import FlaskClient

from couples.accounts import services_signup
from couples.accounts.addresses import index_of
from couples.accounts.models import SignUp
from couples.accounts.services import begin_session, find_session
from couples.accounts.services_caps import may_write_to
from couples.accounts.services_profile import sweep
from couples.db import db
from tests.accounts.pages import body, letters, post
from tests.cast import Cast

NEW = "sam@example.org"


def test_P3_three_letters_a_day_and_kind_then_silence_with_the_same_page(
    app: Flask, client: FlaskClient
) -> None:
    answers = [post(client, "/signup", address=NEW) for _time in range(6)]
    assert len({body(answer) for answer in answers}) == 1
    assert {answer.status_code for answer in answers} == {303}
    assert len(letters("confirm")) == 3
    post(client, "/signup", address="SAM@example.org")
    assert len(letters("confirm")) == 3
    post(client, "/reset", address=NEW)
    assert len(letters("reset")) == 1


def test_P3_the_cap_ends_after_a_day(database_app: Flask, now: datetime) -> None:
    for hour in range(5):
        services_signup.ask_for_account(NEW, "en", now + timedelta(hours=hour))
    assert len(letters("confirm")) == 3
    services_signup.ask_for_account(NEW, "en", now + timedelta(hours=25))
    assert len(letters("confirm")) == 4


def test_P3_a_source_that_asks_for_many_letters_is_told_when_to_go_on(
    client: FlaskClient,
) -> None:
    for number in range(20):
        assert post(client, "/signup", address=f"x{number}@example.org").status_code == 303
    answer = post(client, "/signup", address="y@example.org")
    assert answer.status_code == 429 and "You can try again at" in answer.text


def test_P3_an_address_gets_ten_letters_a_day_in_all(database_app: Flask, now: datetime) -> None:
    index = index_of(NEW)
    given = [
        may_write_to(index, kind, now)
        for kind in ("confirm", "reset", "changed", "invite")
        for _time in range(4)
    ]
    assert given == [True, True, True, False] * 3 + [True, False, False, False]


def test_what_has_run_out_is_swept_away(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    services_signup.ask_for_account(NEW, "en", now)
    token = begin_session(database_cast.maya, keep=True, now=now)
    sweep(now + timedelta(days=7))
    assert db.session.query(SignUp).count() == 1
    sweep(now + timedelta(days=9))
    assert db.session.query(SignUp).count() == 0
    assert find_session(token, now + timedelta(days=9))
    sweep(now + timedelta(days=60))
    assert find_session(token, now + timedelta(days=10)) is None
