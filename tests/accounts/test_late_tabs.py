"""What is still on its way, or slow, while somebody proves or signs in (P2, B17)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from couples import clock, tokens
from couples.accounts import passwords, services_passwords, services_signup
from couples.accounts.models import SignUp
from couples.accounts.moving import services as moving
from couples.accounts.personal_key import services as personal_key
from couples.accounts.personal_key import services_open
from couples.accounts.proving import services as proving
from couples.accounts.services import begin_session, sessions_of
from couples.accounts.services_passwords import sign_in as by_password
from couples.db import db
from tests.accounts.test_address_change import reset_token
from tests.cast import PASSWORD, Cast, sign_in

MAYA = "maya@example.org"
FRESH = "nine herons by the weir"
HOURS = timedelta(hours=3)


def test_P2_a_page_on_its_way_during_the_proof_does_not_sign_its_browser_out(
    app: Flask, client: FlaskClient, cast: Cast
) -> None:
    sign_in(client, cast.maya, clock.now() - HOURS)
    assert client.get("/settings/prove").status_code == 200
    name = app.config["SESSION_COOKIE_NAME"]
    before = client.get_cookie(name)
    assert before is not None
    proved = client.post("/settings/prove", data={"current_password": PASSWORD})
    assert proved.status_code == 303
    late = app.test_client()
    late.set_cookie(name, before.value)
    # On its way through another network, too.
    elsewhere = late.get("/week", environ_base={"REMOTE_ADDR": "192.0.2.7"})
    for answer in (
        elsewhere,
        late.get("/overview"),
        late.post("/private/new/save", data={"words": "x"}),
    ):
        assert not [one for one in answer.headers.getlist("Set-Cookie") if one.startswith(name)]
    assert client.get("/overview").status_code == 200


def test_P2_a_session_that_ran_out_still_leads_back_to_the_page_that_was_wanted(
    client: FlaskClient, cast: Cast
) -> None:
    sign_in(client, cast.maya, clock.now() - timedelta(days=2), keep=False)
    assert client.get("/talks").location == "/signin"
    typed = {"address": MAYA, "password": PASSWORD}
    assert client.post("/signin", data=typed).location == "/talks"


@pytest.fixture
def open_while_hashing(database_app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Return whether a transaction was open each time something slow began."""
    is_open, found = [False], []
    real = {name: getattr(passwords, name) for name in ("_hasher", "from_password")}

    def looked(name: str) -> Callable[..., object]:
        def run(*values: object) -> object:
            found.append(is_open[0])
            return real[name](*values)

        return run

    for name in real:
        monkeypatch.setattr(passwords, name, looked(name))
    for begins, now in (("begin", True), ("commit", False), ("rollback", False)):
        event.listen(db.engine, begins, lambda _connection, now=now: is_open.__setitem__(0, now))
    return found


def reset(cast: Cast, now: datetime) -> None:
    """Set a new password through a letter."""
    services_passwords.reset(reset_token(MAYA, now), FRESH, now)


def change(cast: Cast, now: datetime) -> object:
    """Change the password."""
    (mine, *_others) = sessions_of(cast.maya, now, here="")
    return services_passwords.change_password(
        cast.maya, current=PASSWORD, password=FRESH, session_id=mine.id, now=now
    )


def prove(cast: Cast, now: datetime) -> object:
    """Prove it by the password."""
    (mine, *_others) = sessions_of(cast.maya, now, here="")
    return proving.prove_by_password(cast.maya, mine.id, PASSWORD, now)


def sign_up(cast: Cast, now: datetime) -> object:
    """Make an account through a letter."""
    services_signup.ask_for_account("sam@example.org", "en", now)
    row_id = db.session.scalars(select(SignUp.id)).one()
    token = tokens.make("confirm", row_id)
    values = {"name": "Sam", "password": FRESH, "language": "en", "zone": "UTC"}
    return services_signup.confirm(token, **values, now=now)


@pytest.mark.parametrize(
    "act",
    [
        reset, change, prove, sign_up,
        lambda cast, now: by_password(MAYA, PASSWORD, keep=True, now=now),
        lambda cast, now: personal_key.make(cast.maya, PASSWORD),
    ],
)  # fmt: skip
def test_B17_nothing_slow_is_done_while_a_transaction_is_open(
    open_while_hashing: list[bool],
    database_cast: Cast,
    now: datetime,
    act: Callable[[Cast, datetime], object],
) -> None:
    token = begin_session(database_cast.maya, keep=True, now=now)
    made = personal_key.make(database_cast.maya, PASSWORD)
    assert made is not None and personal_key.keep(made, now)
    services_open.hold(database_cast.maya, made.key, token, now)
    open_while_hashing.clear()
    if act is not prove:
        # A reader before it leaves a transaction open: none of these goes on in it.
        moving.waiting(database_cast.maya, now)
    act(database_cast, now)
    assert open_while_hashing and not any(open_while_hashing)


def test_B17_looking_at_a_letters_page_locks_nothing(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    token, said = reset_token(MAYA, now), []
    event.listen(
        db.engine, "before_cursor_execute", lambda _c, _x, sql, *_more: said.append(str(sql))
    )
    services_passwords.look_at_reset(token, now)
    assert said and not [one for one in said if re.search("FOR UPDATE|IMMEDIATE", one)]
    assert tokens.read("reset", token)
