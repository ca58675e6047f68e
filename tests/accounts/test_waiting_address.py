"""A new address that waits for its press: behind a fresh proof, seen, void in time (P2, E15)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from couples import clock
from couples.accounts import services_passwords
from couples.accounts.addresses import index_of
from couples.accounts.events.services import events_of
from couples.accounts.models import LoginSession, Person
from couples.accounts.moving import services
from couples.accounts.services import begin_session, sessions_of
from couples.accounts.services_elsewhere import sign_out_address, sign_out_elsewhere
from couples.accounts.services_moves import waiting_move
from couples.accounts.services_own import own_account
from couples.accounts.services_profile import profile
from couples.accounts.services_restored import end_what_came_back
from couples.accounts.services_signup import LinkGone
from couples.db import db
from couples.mail.models import LetterState
from tests.accounts.pages import composed, letters, post
from tests.accounts.second_step import turn_on
from tests.accounts.test_address_change import NEW, OLD, asked, reset_token
from tests.cast import PASSWORD, Cast, prove, sign_in
from tests.pages import without_tokens

LATER = timedelta(hours=3)
FRESH = "nine herons by the weir"


def change_password(cast: Cast, now: datetime) -> None:
    """Choose another password."""
    query = select(LoginSession.id).where(LoginSession.person_id == cast.maya)
    session_id = db.session.scalars(query).first() or ""
    assert services_passwords.change_password(
        cast.maya, current=PASSWORD, password=FRESH, session_id=session_id, now=now
    )


def reset_password(cast: Cast, now: datetime) -> None:
    """Set another password through a letter."""
    services_passwords.reset(reset_token(OLD, now), FRESH, now)


def end_others(cast: Cast, now: datetime) -> None:
    """Sign out everywhere else."""
    sign_out_elsewhere(cast.maya, now, here="here")


def be_signed_out(cast: Cast, now: datetime) -> None:
    """Have whoever runs the server sign her out."""
    sign_out_address(OLD, now)


def set_up_codes(cast: Cast, now: datetime) -> None:
    """Let another way to sign in begin."""
    turn_on(cast.maya, now)


@pytest.mark.parametrize(
    "act", [change_password, reset_password, end_others, be_signed_out, set_up_codes]
)
def test_P2_what_changes_how_one_signs_in_voids_an_address_that_waits(
    app: Flask, cast: Cast, now: datetime, act: Callable[[Cast, datetime], None]
) -> None:
    token = asked(cast.maya, NEW, now)
    theirs = asked(cast.jonas, "jonas@new.example", now)
    act(cast, now)
    with pytest.raises(LinkGone):
        services.move(cast.maya, token, session_id="", now=now)
    assert waiting_move(cast.maya, now) is None
    assert own_account(cast.maya, now)["new_address"] is None
    # That of somebody else goes on.
    assert services.look_at_move(cast.jonas, theirs, now)
    assert sorted(one.state.value for one in letters("confirm")) == ["cancelled", "pending"]


def test_P2_the_mailed_link_needs_a_fresh_proof_and_leads_through_the_door_and_back(
    client: FlaskClient, cast: Cast
) -> None:
    now = clock.now()
    link = f"/settings/address/{asked(cast.maya, NEW, now)}"
    sign_in(client, cast.maya, now - LATER)
    for read in (client.get, client.head, client.post, client.get):
        assert read(link).location == f"/settings/prove?to={link}", read
    assert profile(cast.maya).address == OLD
    door = client.get(link).location
    assert client.post(door, data={"current_password": PASSWORD}).location == link
    assert client.get(link).status_code == 200 and profile(cast.maya).address == OLD
    assert post(client, link).location == "/settings"
    db.session.expire_all()
    assert profile(cast.maya).address == NEW


def test_P2_who_types_an_address_and_changes_the_password_has_no_link_left(
    client: FlaskClient, cast: Cast
) -> None:
    now = clock.now()
    sign_in(client, cast.maya, now)
    link = f"/settings/address/{asked(cast.maya, NEW, now)}"
    typed = {"current_password": PASSWORD, "password": FRESH}
    assert post(client, "/settings/password", **typed).status_code == 303
    prove(client, now)
    assert post(client, link).status_code == 410


def test_an_address_that_waited_in_a_backup_is_void_and_was_never_hers(
    app: Flask, cast: Cast, now: datetime
) -> None:
    token = asked(cast.maya, NEW, now)
    end_what_came_back(now)
    with pytest.raises(LinkGone):
        services.move(cast.maya, token, session_id="", now=now)
    begin_session(cast.maya, keep=True, now=now)
    sign_out_address(NEW, now)
    assert len(sessions_of(cast.maya, now, here="")) == 1


def test_an_address_that_waits_is_shown_to_its_person_and_can_be_let_go(
    app: Flask, client: FlaskClient, cast: Cast
) -> None:
    now = clock.now()
    sign_in(client, cast.maya, now)
    assert NEW not in client.get("/settings/address").text
    token = asked(cast.maya, NEW, now)
    shown = client.get("/settings/address").text
    assert NEW in shown and 'action="/settings/address/cancel"' in shown
    jonas = app.test_client()
    sign_in(jonas, cast.jonas, now)
    post(jonas, "/settings/address/cancel")
    assert services.look_at_move(cast.maya, token, now)
    assert NEW not in jonas.get("/settings/address").text
    # Whoever finds one they did not type lets it go at once, without a proof.
    prove(client, now - LATER)
    assert post(client, "/settings/address/cancel").location == "/settings"
    prove(client, now)
    assert NEW not in client.get("/settings/address").text
    assert client.get(f"/settings/address/{token}").status_code == 410
    assert letters("confirm")[0].state is LetterState.CANCELLED


def test_S5_her_own_log_says_that_a_new_address_was_asked_for(
    client: FlaskClient, cast: Cast
) -> None:
    sign_in(client, cast.maya, clock.now())
    post(client, "/settings/address", address=NEW)
    assert [one.kind for one in events_of(cast.maya, clock.now())] == ["address_asked"]
    assert "New email address asked for" in client.get("/settings/sessions").text
    assert events_of(cast.jonas, clock.now()) == []


def test_P3_nobody_learns_at_what_waits_that_an_address_has_had_its_letters(
    client: FlaskClient, cast: Cast
) -> None:
    """The page and the log are the same where the letter was one too many."""
    now = clock.now()
    sign_in(client, cast.maya, now)
    for person_id in (cast.ines, cast.other, cast.another):
        asked(person_id, "capped@new.example", now)
    pages = []
    for address in ("capped@new.example", "freely@new.example"):
        post(client, "/settings/address", address=address)
        page = without_tokens(client.get("/settings/address").data)
        pages.append(page.replace(address.encode(), b"TYPED"))
    assert pages[0] == pages[1]
    assert [one.kind for one in events_of(cast.maya, clock.now())] == ["address_asked"] * 2


def test_P3_asking_too_often_leaves_the_last_letters_link_alive(
    app: Flask, cast: Cast, now: datetime
) -> None:
    for minute in range(5):
        services.ask_for_address(cast.maya, NEW, now + timedelta(minutes=minute))
    sent = [one for one in composed("confirm", now + timedelta(hours=1)) if one is not None]
    assert len(letters("confirm")) == 3 and len(sent) == 1
    query = select(Person.address_index).where(Person.id == cast.maya)
    token = sent[0].text.split("/settings/address/")[1].split()[0]
    services.move(cast.maya, token, session_id="", now=now + timedelta(hours=1))
    assert db.session.scalar(query) == index_of(NEW)
