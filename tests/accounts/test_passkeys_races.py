"""Passkeys on both databases, and what happens at the same instant."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

import pytest
from flask import Flask

from couples.accounts.models import Challenge, Passkey
from couples.accounts.passkeys import services, services_asserting, services_challenges
from couples.accounts.passkeys.refusals import NotAdded, NotKnown
from couples.accounts.passkeys.rules import Site
from couples.accounts.passkeys.services_asserting import Answer, Entered
from couples.accounts.services import begin_session, find_session
from tests.accounts.authenticator import SoftPasskey
from tests.cast import Cast
from tests.races import Act, rows, together

SITE = Site("localhost", "http://localhost:8000")


def session_of(person_id: str, now: datetime) -> str:
    """Return the id of a new session."""
    found = find_session(begin_session(person_id, keep=False, now=now), now)
    assert found is not None
    return found.session_id


def made(
    person_id: str, now: datetime, passkey: SoftPasskey | None = None
) -> tuple[Answer, SoftPasskey]:
    """Let a device make a passkey for somebody."""
    asked = services_challenges.ask_to_add(person_id, SITE, "Pages", now)
    mine = (passkey or SoftPasskey()).made_for(asked.options)
    return Answer(asked.id, mine.attestation(asked.options)), mine


def added(person_id: str, now: datetime) -> SoftPasskey:
    """Return a passkey that somebody has added."""
    answer, mine = made(person_id, now)
    services.add(person_id, session_of(person_id, now), SITE, answer, "The phone", now)
    return mine


def asked_to_enter(passkey: SoftPasskey, now: datetime) -> Answer:
    """Let a device answer at the door."""
    asked = services_challenges.ask_to_sign_in(SITE, now)
    return Answer(asked.id, passkey.assertion(asked.options))


def test_one_answer_sent_by_two_tabs_at_once_begins_one_session(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    answer = asked_to_enter(added(database_cast.maya, now), now)

    def enter() -> Entered:
        return services_asserting.sign_in(SITE, answer, keep=False, now=now)

    results = together(database_app, enter, enter, enter)
    assert sorted(one for one in results if isinstance(one, str)) == ["NotKnown"] * 2
    [entered] = [one for one in results if isinstance(one, Entered)]
    assert find_session(entered.token, now)
    assert entered.address == "maya@example.org"
    assert rows(Challenge) == []


def test_two_answers_of_one_count_at_once_let_one_in(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    """A passkey that was copied counts on its own: the second use of a count is refused."""
    passkey = added(database_cast.maya, now).but(count=7)
    answers = [asked_to_enter(passkey, now) for _twice in range(2)]
    acts = [
        lambda one=one: services_asserting.sign_in(SITE, one, keep=False, now=now)
        for one in answers
    ]
    results = together(database_app, *acts)
    assert sorted(type(one).__name__ for one in results) == ["Entered", "str"]
    assert [row.sign_count for row in rows(Passkey)] == [7]


def test_one_credential_added_by_two_people_at_once_becomes_one_persons(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    """Also the same person's answer that is sent twice."""
    shared, acts = SoftPasskey(), list[Act]()
    for person_id in (database_cast.maya, database_cast.ines):
        answer, _mine = made(person_id, now, shared)
        adding = partial(services.add, person_id, session_of(person_id, now), SITE, answer)
        acts += [partial(adding, "Mine", now)] * 2
    results = together(database_app, *acts)
    assert sorted(map(str, results)) == ["None", "NotAdded", "NotAdded", "NotAdded"]
    assert len(rows(Passkey)) == 1


def test_removing_and_signing_in_at_once_do_one_after_the_other(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    maya = database_cast.maya
    passkey, here = added(maya, now), session_of(maya, now)
    [mine] = services.passkeys_of(maya)
    answer = asked_to_enter(passkey, now)
    entered, _gone = together(
        database_app,
        lambda: services_asserting.sign_in(SITE, answer, keep=False, now=now),
        lambda: services.remove(maya, here, mine.id, now),
    )
    # Whoever came in before is signed out by the removal.
    assert entered == "NotKnown" or not find_session(entered.token, now)
    assert rows(Passkey) == []


def test_what_is_sent_cannot_break_the_database(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    passkey = added(database_cast.maya, now)
    for name in ("", "\0" * 22, "\ud800" * 22, "é" * 22):
        with pytest.raises(NotKnown):
            services_asserting.sign_in(SITE, Answer(name, "{}"), keep=False, now=now)
        with pytest.raises(NotAdded):
            services.add(database_cast.maya, "", SITE, Answer(name, "{}"), "Mine", now)
    answer = asked_to_enter(passkey, now)
    with pytest.raises(NotKnown):
        services_asserting.sign_in(SITE, answer, keep=False, now=now + timedelta(minutes=5))
    assert services_asserting.sign_in(SITE, answer, keep=False, now=now)
