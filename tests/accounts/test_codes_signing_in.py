"""Signing in with codes on: what a stranger sees, the second step, a new password by letter."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from couples import clock
from couples.accounts import services_passwords
from couples.accounts.codes import services
from couples.accounts.codes.services_signing import second_step
from couples.accounts.codes.services_taking import left_of
from couples.accounts.events.services import events_of
from couples.accounts.models import LoginSession
from couples.accounts.services_passwords import Half, WrongCode
from couples.db import db
from tests.accounts.pages import body, composed, letters, path_in, post
from tests.accounts.second_step import (
    MAYA,
    code_of,
    forget_last_step,
    password_typed,
    turn_on,
    wrong_for,
)
from tests.cast import PASSWORD, Cast, sign_in
from tests.races import rows, together
from tests.tries import forget_tries

FRESH = "nine herons by the weir"
PROVE = "/settings/prove"


def kinds(person_id: str) -> list[str]:
    """Return what happened to an account, in the order of the alphabet."""
    db.session.rollback()
    return sorted(one.kind for one in events_of(person_id, clock.now()))


def test_B8_a_wrong_password_answers_the_same_byte_for_byte_with_codes_on(
    client: FlaskClient, cast: Cast
) -> None:
    def seen() -> list[tuple[int, bytes, list[str]]]:
        answers = [
            post(client, "/signin", address=MAYA, password="not it at all"),
            client.get("/signin"),
            client.get("/signin/code"),
            post(client, "/signin/code", code="123456"),
        ]
        headers = [sorted(set(answer.headers.keys()) - {"Set-Cookie"}) for answer in answers]
        return [
            (one.status_code, body(one), said) for one, said in zip(answers, headers, strict=True)
        ]

    before = seen()
    turn_on(cast.maya)
    assert seen() == before


def test_6_3_4_a_right_password_is_no_session_yet_and_a_code_makes_one(
    client: FlaskClient, cast: Cast
) -> None:
    turn_on(cast.maya)
    client.get("/week/past")
    answer = password_typed(client, keep="y")
    assert (answer.status_code, answer.location) == (303, "/signin/code")
    assert rows(LoginSession) == []
    for path in ("/settings", "/overview", "/private"):
        assert client.get(path).location == "/signin"
    page = client.get("/signin/code")
    assert page.status_code == 200 and 'autocomplete="one-time-code"' in page.text
    assert 'inputmode="numeric"' in page.text and MAYA not in page.text
    entered = post(client, "/signin/code", code=code_of(cast.maya))
    assert entered.status_code == 303 and entered.location != "/signin"
    assert client.get("/settings").status_code == 200
    (session,) = rows(LoginSession)
    assert session.keep and session.proved_at == session.began_at
    assert kinds(cast.maya) == ["codes_on", "signed_in"]
    # The mark is gone with the code.
    assert client.get("/signin/code").location == "/signin"


def test_without_codes_a_password_signs_in_and_is_noted(client: FlaskClient, cast: Cast) -> None:
    assert password_typed(client).location != "/signin/code"
    assert kinds(cast.maya) == ["signed_in"]


def test_a_wrong_code_says_so_and_a_used_one_too(client: FlaskClient, cast: Cast) -> None:
    turn_on(cast.maya)
    code = code_of(cast.maya)
    password_typed(client)
    wrong = post(client, "/signin/code", code=wrong_for(cast.maya))
    assert wrong.status_code == 422 and "That code isn’t right, or was used." in wrong.text
    for no_code in ("abcdef", "12345", "words, and a lot of them"):
        answer = post(client, "/signin/code", code=no_code)
        assert answer.status_code == 422 and "Type the six digits your app shows" in answer.text
    assert post(client, "/signin/code").status_code == 422
    assert post(client, "/signin/code", code=code).status_code == 303
    post(client, "/signout")
    password_typed(client)
    assert post(client, "/signin/code", code=code).status_code == 422
    unknown = post(client, "/signin/code", recovery="aaaa-bbbb-cccc-dddd")
    assert unknown.status_code == 422 and "recovery code isn’t right" in unknown.text


@pytest.mark.parametrize("field", ["code", "recovery"])
def test_6_4_4_a_recovery_code_signs_in_once_and_the_next_page_says_how_many_are_left(
    client: FlaskClient, cast: Cast, field: str
) -> None:
    (code, *_others) = turn_on(cast.maya)
    password_typed(client)
    answer = post(client, "/signin/code", **{field: code.upper().replace("-", " ")})
    assert answer.status_code == 303
    assert "You used a recovery code. 9 are left." in client.get("/settings").text
    post(client, "/signout")
    password_typed(client)
    assert post(client, "/signin/code", **{field: code}).status_code == 422


def test_the_last_recovery_code_says_that_it_was(client: FlaskClient, cast: Cast) -> None:
    codes = turn_on(cast.maya)
    for number, code in enumerate(codes):
        forget_tries()
        password_typed(client)
        assert post(client, "/signin/code", recovery=code).status_code == 303
        page = client.get("/settings").text
        if number == 8:
            assert "1 is left." in page
    assert "That was your last recovery code." in page


def test_the_mark_lasts_ten_minutes(
    client: FlaskClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    turn_on(cast.maya)
    password_typed(client)
    start = clock.now()
    for minutes, there in ((9, True), (11, False)):
        at = start + timedelta(minutes=minutes)
        monkeypatch.setattr(clock, "now", lambda at=at: at)
        answer = client.get("/signin/code")
        assert (answer.status_code == 200) is there
    assert post(client, "/signin/code", code=code_of(cast.maya, at)).location == "/signin"
    assert rows(LoginSession) == []


def test_the_mark_is_void_once_the_password_is_another_or_codes_are_off(
    client: FlaskClient, cast: Cast
) -> None:
    turn_on(cast.maya)
    password_typed(client)
    assert client.get("/signin/code").status_code == 200
    services_passwords.change_password(
        cast.maya, current=PASSWORD, password=FRESH, session_id="", now=clock.now()
    )
    assert post(client, "/signin/code", code=code_of(cast.maya)).location == "/signin"
    post(client, "/signin", address=MAYA, password=FRESH)
    assert client.get("/signin/code").status_code == 200
    services.turn_off(cast.maya, here="", now=clock.now())
    assert client.get("/signin/code").location == "/signin"
    assert rows(LoginSession) == []


def test_nobody_elses_code_fits_and_no_mark_can_be_made_up(
    app: Flask, client: FlaskClient, cast: Cast
) -> None:
    turn_on(cast.maya)
    (theirs, *_others) = turn_on(cast.jonas)
    password_typed(client)
    assert post(client, "/signin/code", code=code_of(cast.jonas)).status_code == 422
    assert post(client, "/signin/code", recovery=theirs).status_code == 422
    for seal in ("", "0" * 64):
        half = Half(cast.jonas, seal)
        assert second_step(half, theirs, keep=False, now=clock.now()) is None
    assert left_of(cast.jonas) == 10


def test_signing_out_and_leaving_quickly_take_the_mark_along(
    client: FlaskClient, cast: Cast
) -> None:
    turn_on(cast.maya)
    for method, path in (("POST", "/signout"), ("GET", "/exit")):
        password_typed(client)
        client.open(path, method=method)
        assert client.get("/signin/code").location == "/signin"


def test_6_3_4_turning_codes_on_while_a_password_is_checked_lets_nobody_by(
    database_app: Flask, database_cast: Cast
) -> None:
    maya, now = database_cast.maya, clock.now()
    person = services_passwords._person(maya)
    kept = person.password_hash
    acts = (
        lambda: services_passwords._begin(maya, kept, kept, False, now),
        lambda: turn_on(maya, now),
    )
    found, _codes = together(database_app, *acts)
    living = [row for row in rows(LoginSession) if row.ended_at is None]
    # Either it was first and its session ended, or it came second and owes a code.
    assert living == [] and isinstance(found, str | Half)


def test_fifty_at_once_with_one_recovery_code_make_one_session(
    database_app: Flask, database_cast: Cast
) -> None:
    maya, now = database_cast.maya, clock.now()
    (code, *_others) = turn_on(maya, now)
    half = services_passwords.sign_in(MAYA, PASSWORD, keep=False, now=now)
    assert isinstance(half, Half)
    acts = [lambda: second_step(half, code, keep=False, now=now)] * 8
    assert sum(found is not None for found in together(database_app, *acts)) == 1
    assert len(rows(LoginSession)) == 1


def link(client: FlaskClient) -> str:
    """Ask for a new password and return the path in the letter."""
    post(client, "/reset", address=MAYA)
    letter = composed("reset", clock.now())[-1]
    assert letter is not None
    return path_in(letter, "/reset/")


def test_6_4_3_who_only_reads_the_mailbox_cannot_set_a_password(
    client: FlaskClient, cast: Cast
) -> None:
    turn_on(cast.maya)
    path, before = link(client), len(letters("changed"))
    page = client.get(path).text
    assert 'autocomplete="one-time-code"' in page and 'name="recovery"' in page
    for typed in ({}, {"code": wrong_for(cast.maya)}, {"recovery": "aaaa-bbbb-cccc-dddd"}):
        assert post(client, path, password=FRESH, **typed).status_code == 422
    forget_tries()
    assert password_typed(client).location == "/signin/code", "the old password still holds"
    assert len(letters("changed")) == before and "password_reset" not in kinds(cast.maya)
    token = path.rpartition("/")[2]
    with pytest.raises(WrongCode):
        services_passwords.reset(token, FRESH, clock.now())


@pytest.mark.parametrize("by", ["code", "recovery"])
def test_6_4_3_a_new_password_by_letter_and_code_leaves_codes_on(
    client: FlaskClient, cast: Cast, by: str
) -> None:
    (paper, *_others) = turn_on(cast.maya)
    path = link(client)
    typed = {by: paper if by == "recovery" else code_of(cast.maya)}
    short = post(client, path, password="short", **typed)
    assert short.status_code == 422, "a password that cannot be used takes no code"
    answer = post(client, path, password=FRESH, **typed)
    assert (answer.status_code, answer.location) == (303, "/signin")
    forget_last_step(cast.maya)
    entered = post(client, "/signin", address=MAYA, password=FRESH)
    assert entered.location == "/signin/code"
    assert left_of(cast.maya) == (9 if by == "recovery" else 10)
    assert "password_reset" in kinds(cast.maya)


def test_without_codes_the_letters_page_asks_for_none(client: FlaskClient, cast: Cast) -> None:
    path = link(client)
    assert "one-time-code" not in client.get(path).text
    assert post(client, path, password=FRESH).location == "/signin"
    assert kinds(cast.maya) == ["password_reset"]


def test_P2_a_code_proves_who_sits_here_once(client: FlaskClient, cast: Cast) -> None:
    (paper, *_others) = turn_on(cast.maya)
    stale = clock.now() - timedelta(minutes=11)
    code = code_of(cast.maya)
    for typed, fine in (
        ({"code": code}, True),
        ({"code": code}, False),
        ({"code": "", "recovery": paper}, True),
    ):
        sign_in(client, cast.maya, stale)
        asked = client.get("/settings/codes").location
        assert asked.startswith(PROVE) and 'name="recovery"' in client.get(asked).text
        with client.session_transaction() as session:
            before = session["_user_id"]
        answer = post(client, asked, **typed)
        assert (answer.location == "/settings/codes") is fine, answer.status_code
        with client.session_transaction() as session:
            assert (session["_user_id"] != before) is fine, "a proof gives a fresh token"
    assert "You used a recovery code. 9 are left." in client.get("/settings").text


def test_P2_without_codes_the_door_offers_none_and_takes_none(
    client: FlaskClient, cast: Cast
) -> None:
    sign_in(client, cast.maya, clock.now() - timedelta(minutes=11))
    assert 'name="recovery"' not in client.get(PROVE).text
    assert post(client, PROVE, code="123456").status_code == 422
    assert post(client, PROVE, current_password=PASSWORD).status_code == 303


def test_a_changed_password_is_noted(app: Flask, cast: Cast) -> None:
    assert services_passwords.change_password(
        cast.maya, current=PASSWORD, password=FRESH, session_id="", now=clock.now()
    )
    assert kinds(cast.maya) == ["password_changed"]
