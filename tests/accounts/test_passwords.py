"""Forgetting and changing a password."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from couples import clock
from couples.accounts import services_passwords
from couples.accounts.services import begin_session, find_session
from couples.accounts.services_signup import LinkGone
from couples.db import db
from couples.errors import NotFound
from couples.mail.models import LetterState
from tests.accounts.pages import body, composed, letters, path_in, post
from tests.cast import PASSWORD, Cast, sign_in

MAYA = "maya@example.org"
FRESH = "nine herons by the weir"


def link(client: FlaskClient) -> str:
    """Ask for a new password and return the path in the letter."""
    post(client, "/reset", address=MAYA)
    letter = composed("reset", clock.now())[-1]
    assert letter is not None and letter.to == MAYA
    return path_in(letter, "/reset/")


def test_S7_asking_answers_the_same_for_every_address_and_at_the_cap(
    client: FlaskClient, cast: Cast
) -> None:
    answers = [post(client, "/reset", address=MAYA) for _time in range(5)]
    answers.append(post(client, "/reset", address="nobody@example.org"))
    assert {body(answer) for answer in answers} == {body(answers[0])}
    assert {(answer.status_code, answer.location) for answer in answers} == {(303, "/reset/sent")}
    assert len(letters("reset")) == 4


def test_the_letter_to_an_address_without_account_is_cancelled_when_composed(
    client: FlaskClient, cast: Cast
) -> None:
    post(client, "/reset", address="nobody@example.org")
    assert composed("reset", clock.now()) == [None]


def test_a_new_password_ends_all_sessions_says_so_by_letter_and_does_not_sign_in(
    client: FlaskClient, cast: Cast
) -> None:
    old = begin_session(cast.maya, keep=True, now=clock.now())
    path = link(client)
    assert client.get(path).status_code == 200 and client.head(path).status_code == 200
    answer = post(client, path, password=FRESH)
    assert (answer.status_code, answer.location) == (303, "/signin")
    db.session.rollback()
    assert find_session(old, clock.now()) is None
    assert client.get("/settings").location == "/signin"
    assert post(client, "/signin", address=MAYA, password=PASSWORD).status_code == 422
    assert post(client, "/signin", address=MAYA, password=FRESH).status_code == 303
    [letter] = composed("changed", clock.now())
    assert letter and letter.to == MAYA and FRESH not in letter.text


def test_a_used_link_a_later_one_and_one_that_ran_out_are_void(
    client: FlaskClient, cast: Cast
) -> None:
    first, second = link(client), link(client)
    post(client, first, password=FRESH)
    for path in (first, second):
        answer = client.get(path)
        assert answer.status_code == 410 and 'href="/reset"' in answer.text
        assert post(client, path, password="another try at it").status_code == 410


def test_a_link_lasts_a_day_and_none_can_be_made_up(
    app: Flask, client: FlaskClient, cast: Cast
) -> None:
    token = link(client).removeprefix("/reset/")
    services_passwords.look_at_reset(token, clock.now() + timedelta(hours=23))
    with pytest.raises(LinkGone):
        services_passwords.look_at_reset(token, clock.now() + timedelta(hours=25))
    with pytest.raises(NotFound):
        services_passwords.look_at_reset("made.up.token", clock.now())
    assert client.get(f"/confirm/{token}").status_code == 404


def test_changing_it_asks_for_the_current_one_and_ends_other_sessions(
    client: FlaskClient, cast: Cast
) -> None:
    sign_in(client, cast.maya, clock.now())
    other = begin_session(cast.maya, keep=True, now=clock.now())
    wrong = post(client, "/settings/password", current_password="no", password=FRESH)
    assert wrong.status_code == 422 and "That isn’t your current password" in wrong.text
    assert letters("changed") == []
    right = post(client, "/settings/password", current_password=PASSWORD, password=FRESH)
    assert right.status_code == 303 and client.get("/settings").status_code == 200
    db.session.rollback()
    assert find_session(other, clock.now()) is None
    assert len(letters("changed")) == 1


def test_a_password_about_the_person_is_refused_here_too(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.jonas, clock.now())
    answer = post(
        client, "/settings/password", current_password=PASSWORD, password="jonas was here"
    )
    assert answer.status_code == 422 and "Leave out your name" in answer.text


def test_a_session_begun_with_the_old_password_while_it_changes_is_refused(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    person = services_passwords._person(database_cast.maya)
    stale = "$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$b2xk"
    assert services_passwords._begin(person.id, stale, stale, False, now) is None


def test_a_link_that_waits_in_the_mail_does_not_outlive_a_change_of_the_password(
    client: FlaskClient, cast: Cast
) -> None:
    path = link(client)
    sign_in(client, cast.maya, clock.now())
    changed = post(client, "/settings/password", current_password=PASSWORD, password=FRESH)
    assert changed.status_code == 303
    assert client.get(path).status_code == 410
    assert {letter.state for letter in letters("reset")} == {LetterState.CANCELLED}
