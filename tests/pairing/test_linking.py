"""Becoming a couple: exactly two, drawn at random, whoever presses at the same time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from couples.db import db, transaction
from couples.errors import NotFound, Refusal
from couples.pairing.models import Couple, Invite, Membership
from couples.pairing.services import couple_of
from couples.pairing.services_invites import make_invite, open_invites, withdraw
from couples.pairing.services_linking import InviteGone, accept
from couples.pairing.signals import linked
from tests.cast import Cast, make_person


def code_of(person_id: str, now: datetime) -> str:
    made = make_invite(person_id, now)
    return next(one.code or "" for one in open_invites(person_id, now) if one.id == made)


def at_once(app: Flask, *presses: Callable[[], object]) -> list[str]:
    """Press all at the same moment and return what became of each."""
    barrier, results = Barrier(len(presses)), []

    def run(press: Callable[[], object]) -> None:
        with app.app_context():
            barrier.wait()
            try:
                press()
                results.append("linked")
            except (NotFound, Refusal) as problem:
                results.append(type(problem).__name__)

    threads = [Thread(target=run, args=(press,)) for press in presses]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    db.session.rollback()
    return results


def couples() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count(Couple.id))) or 0


def test_L1_the_database_allows_one_living_couple_a_person(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    with pytest.raises(IntegrityError), transaction():
        couple = Couple(linked_at=now)
        db.session.add(couple)
        db.session.flush()
        maya = database_cast.maya
        db.session.add(Membership(couple_id=couple.id, person_id=maya, leaf=1, mark="disc"))


def test_L2_crossing_invites_make_one_couple_when_accepted_at_once(
    database_app: Flask, now: datetime
) -> None:
    for number in range(4):
        cross(database_app, make_person(f"A{number}", now), make_person(f"B{number}", now), now)


def cross(app: Flask, one: str, two: str, now: datetime) -> None:
    """Let two persons invite each other and accept at the same moment."""
    of_one, of_two, before = code_of(one, now), code_of(two, now), couples()
    results = at_once(app, lambda: accept(of_one, two, now), lambda: accept(of_two, one, now))
    assert results.count("linked") == 1 and len(results) == 2
    assert couples() == before + 1 and couple_of(one).partner.person_id == two
    assert open_invites(one, now) == open_invites(two, now) == []


def test_L2_an_invite_accepted_by_two_at_once_links_one_of_them(
    database_app: Flask, now: datetime
) -> None:
    one, two, three = (make_person(name, now) for name in ("One", "Two", "Three"))
    code = code_of(one, now)
    results = at_once(
        database_app, lambda: accept(code, two, now), lambda: accept(code, three, now)
    )
    assert results.count("linked") == 1 and couples() == 1


def test_L1_a_person_accepting_two_invites_at_once_is_linked_once(
    database_app: Flask, now: datetime
) -> None:
    one, two, three = (make_person(name, now) for name in ("One", "Two", "Three"))
    codes = [code_of(two, now), code_of(three, now)]
    results = at_once(database_app, *(lambda code=code: accept(code, one, now) for code in codes))
    assert results.count("linked") == 1 and couples() == 1


def test_L2_the_first_acceptance_withdraws_all_others_of_both(
    database_app: Flask, now: datetime
) -> None:
    one, two, three = (make_person(name, now) for name in ("One", "Two", "Three"))
    code = code_of(one, now)
    make_invite(one, now)
    make_invite(two, now, address="x@example.org")
    make_invite(three, now)
    accept(code, two, now)
    assert open_invites(one, now) == open_invites(two, now) == []
    assert len(open_invites(three, now)) == 1


def test_later_features_hear_of_it_in_the_same_transaction(
    database_app: Flask, now: datetime
) -> None:
    one, two = make_person("One", now), make_person("Two", now)
    code = code_of(one, now)

    def refuse(_sender: object, **_values: object) -> None:
        raise Refusal

    with linked.connected_to(refuse), pytest.raises(Refusal):
        accept(code, two, now)
    assert couples() == 0
    accept(code, two, now)
    assert couples() == 1


def test_L5_leaf_and_mark_are_drawn_each_by_itself(app: Flask, now: datetime) -> None:
    seen = set()
    for number in range(40):
        inviter, invitee = make_person(f"A{number}", now), make_person(f"B{number}", now)
        accept(code_of(inviter, now), invitee, now)
        mine = couple_of(inviter)
        theirs = couple_of(invitee)
        assert (mine.left, mine.right) == (theirs.left, theirs.right)
        assert mine.me.mark != mine.partner.mark
        seen.add((mine.left == mine.me, mine.me.mark))
    assert len(seen) == 4


@pytest.mark.parametrize("first", ["withdrawn", "expired already"])
def test_L2_an_invite_withdrawn_while_it_is_being_accepted_links_nobody(
    database_app: Flask, now: datetime, first: str
) -> None:
    one, two = make_person("One", now), make_person("Two", now)
    code = code_of(one, now)
    invite = update(Invite).where(Invite.inviter_id == one)
    change = {"withdrawn_at": now} if first == "withdrawn" else {"expires_at": now}
    results: list[str] = []

    def press() -> None:
        with database_app.app_context():
            try:
                results.append(accept(code, two, now))
            except InviteGone:
                results.append("gone")

    waiting = Thread(target=press)
    with transaction():
        db.session.execute(invite.values(**change))
        waiting.start()
        waiting.join(1)
        assert waiting.is_alive(), "it waits for what is being done with the invite"
    waiting.join(30)
    assert results == ["gone"] and couples() == 0


def test_L2_withdrawing_and_accepting_at_once_has_one_winner(
    database_app: Flask, now: datetime
) -> None:
    for number in range(6):
        one, two = make_person(f"A{number}", now), make_person(f"B{number}", now)
        code, before = code_of(one, now), couples()
        [invite] = open_invites(one, now)
        results = at_once(
            database_app,
            partial(accept, code, two, now),
            partial(withdraw, one, invite.id, now),
        )
        assert results.count("linked") == 1 and len(results) == 2
        found = db.session.get_one(Invite, invite.id)
        assert (couples() == before + 1) is (found.withdrawn_at is None)
