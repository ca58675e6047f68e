"""Another address for an account (rules P1, P3, C6, L2; E15): typed, confirmed by letter, taken."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from couples import clock, tokens
from couples.accounts import services_passwords, services_profile, services_signup
from couples.accounts.addresses import index_of
from couples.accounts.events.services import events_of
from couples.accounts.models import AddressChange, LoginSession, Person, Reset
from couples.accounts.moving import services
from couples.accounts.services import begin_session, sessions_of
from couples.accounts.services_signup import AddressTaken, LinkGone
from couples.db import db, transaction
from couples.errors import NotFound
from couples.mail.models import LetterState, OutboxLetter, SuppressionReason
from couples.mail.suppression import is_suppressed, suppress
from couples.pairing import services_invites, services_leaving, services_linking
from couples.pairing.models import Invite
from couples.pairing.rules import in_groups
from couples.pairing.services_linking import InviteGone
from couples.surveys.letters import services as letters_by_clock
from couples.surveys.models import LetterChoices, Response
from tests.accounts.pages import body, composed, letters, path_in, post
from tests.cast import PASSWORD, Cast, sign_in
from tests.races import together
from tests.surveys.agreed import INSIDE, opened
from tests.tries import forget_tries

OLD, NEW = "maya@example.org", "maya@new.example"
DAY = timedelta(days=1)


@pytest.fixture
def maya(client: FlaskClient, cast: Cast) -> FlaskClient:
    """Return Maya's browser, freshly proved."""
    sign_in(client, cast.maya, clock.now())
    return client


def asked(person_id: str, address: str, now: datetime) -> str:
    """Ask for an address and return the token of its letter."""
    services.ask_for_address(person_id, address, now)
    row = db.session.scalars(
        select(AddressChange).where(AddressChange.address_index == index_of(address))
    ).all()[-1]
    return tokens.make("address", row.id)


def reset_token(address: str, now: datetime) -> str:
    """Ask for a new password and return the token of its letter."""
    services_passwords.ask_for_reset(address, now)
    query = select(Reset).where(Reset.address_index == index_of(address))
    return tokens.make("reset", db.session.scalars(query).all()[-1].id)


def moved(person_id: str, address: str, now: datetime) -> None:
    """Take another address."""
    services.move(person_id, asked(person_id, address, now), session_id="", now=now)


def test_E15_the_old_address_works_until_the_button_is_pressed_and_the_new_one_from_then_on(
    maya: FlaskClient, app: Flask, cast: Cast
) -> None:
    assert OLD in maya.get("/settings/address").text
    sent = post(maya, "/settings/address", address=f" {NEW.upper()} ")
    assert sent.location == "/settings/address/sent"
    assert "three of these letters a day" in maya.get(sent.location).text
    (letter,) = composed("confirm", clock.now())
    assert letter is not None and letter.to.casefold() == NEW and "Maya" not in letter.text
    link = path_in(letter, "/settings/address/")
    for read in (maya.get, maya.head, maya.get):
        assert read(link).status_code == 200
    page = maya.get(link).text
    assert NEW.partition("@")[2] in page.casefold() and "Change my address" in page
    other = app.test_client()
    assert post(other, "/signin", address=OLD, password=PASSWORD).status_code == 303

    assert post(maya, link).location == "/settings"
    assert maya.get("/settings").status_code == 200 and other.get("/week").location == "/signin"
    assert post(other, "/signin", address=OLD, password=PASSWORD).status_code == 422
    assert post(other, "/signin", address=NEW, password=PASSWORD).status_code == 303
    assert post(maya, link).status_code == maya.get(link).status_code == 410
    assert 'href="/settings/address"' in maya.get(link).text


def test_C12_the_old_mailbox_hears_of_it_once_and_not_which_the_new_address_is(
    cast: Cast, app: Flask, now: datetime
) -> None:
    moved(cast.maya, NEW, now)
    (letter,) = composed("changed", now + DAY)
    assert letter is not None and letter.to == OLD and NEW not in letter.text
    assert "email address of your account was changed" in letter.text
    kinds = {one.kind for one in events_of(cast.maya, now + DAY)}
    assert kinds == {"address_asked", "address_changed"}
    # Mail may be out for longer than the row is kept: it stays until the letter has gone.
    services_profile.sweep(now + 30 * DAY)
    (late,) = composed("changed", now + 30 * DAY)
    assert late is not None and late.to == OLD
    with transaction():
        db.session.execute(update(OutboxLetter).values(state=LetterState.SENT))
    services_profile.sweep(now + 30 * DAY)
    assert composed("changed", now + 30 * DAY) == [None], "what is swept is not written to"


def test_P1_whether_the_address_has_an_account_shows_on_no_page(
    maya: FlaskClient, cast: Cast
) -> None:
    pages = []
    for address in ("jonas@example.org", "nobody@new.example"):
        answered = post(maya, "/settings/address", address=address)
        pages.append((answered.status_code, answered.location, body(maya.get(answered.location))))
    assert pages[0] == pages[1]
    already, free = (letter for letter in composed("confirm", clock.now()))
    kinds = sorted("already" in (one.text if one else "") for one in (already, free))
    # Typing another address voids the one before: its letter is not sent any more.
    assert kinds == [False, False] and (already is None) is not (free is None)


def test_P1_an_address_that_has_an_account_is_told_so_by_letter_and_by_nobody_else(
    cast: Cast, now: datetime, app: Flask
) -> None:
    token = asked(cast.maya, "jonas@example.org", now)
    (letter,) = composed("confirm", now)
    assert letter is not None and letter.to == "jonas@example.org"
    assert "has an account already" in letter.text and "/signin" in letter.text
    with pytest.raises(AddressTaken):
        services.look_at_move(cast.maya, token, now)
    with pytest.raises(AddressTaken):
        services.move(cast.maya, token, session_id="", now=now)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Add the part after the @"),
        ("a@b@c", "Type one address only"),
        (OLD.upper(), "That’s the address your account has"),
    ],
)
def test_what_is_no_new_address_is_said_and_kept(maya: FlaskClient, typed: str, said: str) -> None:
    page = post(maya, "/settings/address", address=typed)
    assert page.status_code == 422 and said in page.text and not letters("confirm")


def test_P3_letters_are_capped_per_address_and_per_source(maya: FlaskClient, cast: Cast) -> None:
    for _each in range(5):
        assert post(maya, "/settings/address", address=NEW).status_code == 303
    assert len(letters("confirm")) == 3
    for number in range(15):
        post(maya, "/settings/address", address=f"one{number}@new.example")
    assert post(maya, "/settings/address", address="more@new.example").status_code == 429
    assert sum(one.state is LetterState.PENDING for one in letters("confirm")) == 1
    forget_tries()


def test_E15_the_link_needs_that_persons_session_and_leads_back_after_signing_in(
    app: Flask, client: FlaskClient, cast: Cast
) -> None:
    now = clock.now()
    link = f"/settings/address/{asked(cast.maya, NEW, now)}"
    assert client.get(link).location == post(client, link).location == "/signin"
    assert client.get(link).location == "/signin"
    back = post(client, "/signin", address=OLD, password=PASSWORD)
    assert back.location == link and client.get(link).status_code == 200
    other = app.test_client()
    sign_in(other, cast.jonas, now)
    missing = other.get("/settings/address/nothing")
    for answered in (other.get(link), post(other, link)):
        assert answered.status_code == missing.status_code == 404
        assert body(answered) == body(missing)
    assert services_profile.profile(cast.maya).address == OLD


def test_a_link_ends_after_a_day_and_by_typing_another_address(
    cast: Cast, app: Flask, now: datetime
) -> None:
    first = asked(cast.maya, NEW, now)
    second = asked(cast.maya, "maya@other.example", now)
    for token, at in ((first, now), (second, now + DAY)):
        with pytest.raises(LinkGone):
            services.look_at_move(cast.maya, token, at)
        with pytest.raises(LinkGone):
            services.move(cast.maya, token, session_id="", now=at)
    assert services.look_at_move(cast.maya, second, now + DAY - timedelta(seconds=1)).address
    with pytest.raises(NotFound):
        services.look_at_move(cast.jonas, second, now)


def test_E15_everything_in_the_old_mailbox_is_void_and_other_sessions_end(
    cast: Cast, app: Flask, now: datetime
) -> None:
    here = begin_session(cast.maya, keep=True, now=now)
    begin_session(cast.maya, keep=True, now=now)
    mine = db.session.scalars(
        select(LoginSession.id).where(LoginSession.person_id == cast.maya)
    ).all()
    services_passwords.ask_for_reset(OLD, now)
    services_passwords.ask_for_reset(NEW, now)
    resets = [tokens.make("reset", one.id) for one in db.session.scalars(select(Reset))]
    services.move(cast.maya, asked(cast.maya, NEW, now), session_id=mine[0], now=now)
    assert here and [one.id for one in sessions_of(cast.maya, now, here="")] == [mine[0]]
    for token in resets:
        with pytest.raises(LinkGone):
            services_passwords.look_at_reset(token, now)
    assert {one.state for one in letters("reset")} == {LetterState.CANCELLED}


def test_C6_mailed_links_of_the_open_page_and_of_stopping_are_void(
    cast: Cast, client: FlaskClient, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = opened(cast.couple, now)
    letters_by_clock.resume(cast.maya)
    query = select(Response).where(Response.round_id == found.id, Response.person_id == cast.maya)
    row = db.session.scalars(query).one()
    choices = db.session.scalars(
        select(LetterChoices).where(LetterChoices.person_id == cast.maya)
    ).one()
    week = f"/week/{tokens.make('week', row.id, row.generation)}"
    stop = tokens.make("stop", choices.id, choices.generation)
    monkeypatch.setattr(clock, "now", lambda: INSIDE)
    live = client.get(week)
    moved(cast.maya, NEW, INSIDE)
    assert live.status_code == 200 and client.get(week).status_code != 200
    letters_by_clock.stop_by_token(stop, INSIDE)
    assert not letters_by_clock.letters_view(cast.maya, INSIDE).stopped


def test_marks_of_the_old_mailbox_do_not_stick_to_the_new_address(
    cast: Cast, app: Flask, now: datetime
) -> None:
    for address, reason in (
        (OLD, SuppressionReason.NO_MAILBOX), (NEW, SuppressionReason.COMPLAINT),
    ):  # fmt: skip
        suppress(index_of(address), reason, now)
    assert db.session.get_one(Person, cast.maya).returned_at is not None
    moved(cast.maya, NEW, now)
    assert not is_suppressed(index_of(NEW)) and not is_suppressed(index_of(OLD))
    assert db.session.get_one(Person, cast.maya).returned_at is None
    # A complaint stays with the mailbox it came from, and the person's letters go again.
    letters_by_clock.resume(cast.maya)
    suppress(index_of(NEW), SuppressionReason.COMPLAINT, now)
    letters_by_clock.stop_unwanted(None, kind="open", person_id=cast.maya, now=now)
    moved(cast.maya, "maya@third.example", now)
    assert is_suppressed(index_of(NEW)) is SuppressionReason.COMPLAINT
    assert not letters_by_clock.letters_view(cast.maya, now).stopped


def test_L2_a_mailed_invite_is_accepted_by_who_has_that_confirmed_address_now(
    cast: Cast, app: Flask, now: datetime
) -> None:
    services_leaving.end_link(cast.jonas, now)

    def invited(address: str) -> str:
        made = services_invites.make_invite(cast.ines, now, address=address)
        return in_groups(db.session.get_one(Invite, made).code)

    old, new = invited(OLD), invited(NEW)
    token = asked(cast.maya, NEW, now)
    with pytest.raises(InviteGone):
        services_linking.accept(new, cast.maya, now)
    services.move(cast.maya, token, session_id="", now=now)
    with pytest.raises(InviteGone):
        services_linking.accept(old, cast.maya, now)
    assert services_linking.accept(new, cast.maya, now)


def test_P2_of_several_who_take_one_address_at_once_one_has_it(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    people = (database_cast.maya, database_cast.jonas, database_cast.ines)
    links = [asked(person_id, NEW, now) for person_id in people]
    services_signup.ask_for_account("zoe@example.org", "en", now)

    def take(person_id: str, token: str) -> Any:
        def act() -> str:
            try:
                services.move(person_id, token, session_id="", now=now)
            except AddressTaken:
                return "taken"
            return "moved"

        return act

    results = together(database_app, *map(take, people, links))
    assert sorted(results) == ["moved", "taken", "taken"]
    query = select(Person.id).where(Person.address_index == index_of(NEW))
    (winner,) = db.session.scalars(query)
    assert winner == people[results.index("moved")]
    assert len(letters("changed")) == 1


def test_pressing_twice_at_once_changes_it_once(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    token = asked(database_cast.maya, NEW, now)

    def act() -> str:
        try:
            services.move(database_cast.maya, token, session_id="", now=now)
        except (LinkGone, AddressTaken) as gone:
            return type(gone).__name__
        return "moved"

    results = together(database_app, *[act] * 5)
    assert results.count("moved") == 1 and len(letters("changed")) == 1


def test_S3_nothing_of_it_reaches_the_partner(cast: Cast, app: Flask, now: datetime) -> None:
    moved(cast.maya, NEW, now)
    for kind in ("confirm", "changed"):
        assert all(one.person_id != cast.jonas for one in letters(kind))
