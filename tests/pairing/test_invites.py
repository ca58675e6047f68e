"""Invites: made, shown to their inviter, withdrawn, answered."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from flask import Flask

from couples.db import db
from couples.errors import NotFound
from couples.pairing import rules, services_invites, services_linking
from couples.pairing.models import Invite
from couples.pairing.services import couple_of
from couples.pairing.services_invites import (
    MailedBefore,
    OwnAddress,
    TooManyMailed,
    TooManyOpen,
    make_invite,
    open_invites,
)
from couples.pairing.services_linking import InviteGone, accept, block, decline, look_at
from tests.accounts.pages import composed, letters
from tests.cast import Cast, make_person


@pytest.fixture
def sam(database_cast: Cast, now: datetime) -> str:
    """Return somebody who is linked to nobody, as Ines is."""
    return make_person("Sam", now)


def code_of(person_id: str, now: datetime) -> str:
    """Make an invite to hand over and return its code."""
    made = make_invite(person_id, now)
    return next(one.code or "" for one in open_invites(person_id, now) if one.id == made)


def mailed_code(invite_id: str) -> str:
    db.session.rollback()
    invite = db.session.get(Invite, invite_id)
    assert invite
    return str(invite.code)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("k7q2-9mxd-4t0b", "K7Q29MXD4T0B"),
        (" K7Q2 9MXD 4TOB ", "K7Q29MXD4T0B"),
        ("i7l2–9mxd–4t0b", "17129MXD4T0B"),
        ("K7Q29MXD4T0", None),
        ("K7Q29MXD4T0BB", None),
        ("U7Q29MXD4T0B", None),
        ("", None),
        ("é" * 12, None),
        ("🌷" * 12, None),
    ],
)
def test_a_code_is_read_forgivingly(typed: str, meant: str | None) -> None:
    assert rules.code_from(typed) == meant


def test_a_code_is_twelve_characters_and_not_readable_in_the_table(
    database_app: Flask, sam: str, now: datetime
) -> None:
    code = code_of(sam, now)
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){2}[0-9A-HJKMNP-TV-Z]{4}", code)
    row = db.session.query(Invite).one()
    bare = code.replace("-", "")
    assert bare.encode() not in row.code_sealed and bare not in row.code_index


def test_L2_three_are_open_at_most_for_seven_days_and_can_be_withdrawn(
    database_app: Flask, database_cast: Cast, sam: str, now: datetime
) -> None:
    codes = [code_of(sam, now) for _time in range(3)]
    with pytest.raises(TooManyOpen):
        make_invite(sam, now)
    first = open_invites(sam, now)[0]
    with pytest.raises(NotFound):
        services_invites.withdraw(database_cast.ines, first.id, now)
    for _press in range(2):
        services_invites.withdraw(sam, first.id, now)
    gone = [code for code in codes if code not in {one.code for one in open_invites(sam, now)}]
    with pytest.raises(InviteGone):
        look_at(gone[0], database_cast.ines, now)
    assert len(open_invites(sam, now)) == 2
    assert open_invites(sam, now + timedelta(days=7)) == []
    make_invite(sam, now + timedelta(days=7))


def test_L2_one_is_mailed_once_and_nothing_reminds(
    database_app: Flask, sam: str, now: datetime
) -> None:
    invite_id = make_invite(sam, now, address="Kim@example.org")
    [letter] = composed("invite", now)
    assert letter and letter.to == "Kim@example.org" and "Sam" not in letter.text + letter.subject
    assert open_invites(sam, now)[0].code is None
    services_invites.withdraw(sam, invite_id, now)
    assert composed("invite", now) == [None]
    with pytest.raises(MailedBefore):
        make_invite(sam, now + timedelta(days=30), address="kim@example.org")
    with pytest.raises(OwnAddress):
        make_invite(sam, now, address="SAM@example.org")
    assert len(letters("invite")) == 1


def test_an_inviter_mails_five_a_day_at_most(database_app: Flask, sam: str, now: datetime) -> None:
    for number in range(5):
        found = make_invite(sam, now, address=f"x{number}@example.org")
        services_invites.withdraw(sam, found, now)
    with pytest.raises(TooManyMailed):
        make_invite(sam, now, address="x9@example.org")
    make_invite(sam, now)


def test_L2_a_mailed_one_is_accepted_by_that_address_only(
    database_app: Flask, database_cast: Cast, sam: str, now: datetime
) -> None:
    code = mailed_code(make_invite(sam, now, address="ines@example.org"))
    kim = make_person("Kim", now)
    with pytest.raises(InviteGone):
        accept(code, kim, now)
    assert accept(code, database_cast.ines, now)
    assert couple_of(sam).partner.name == "Ines"


def test_L3_the_inviter_never_learns_what_became_of_an_invite(
    database_app: Flask, database_cast: Cast, sam: str, now: datetime
) -> None:
    """Five worlds: no account, an account, linked elsewhere, declined, blocked."""
    shown, posted = [], []
    for world in ("nobody", "ines", "maya", "declined", "blocked"):
        inviter = make_person(f"Inviter-{world}", now)
        if world in {"declined", "blocked"}:
            make_person(world, now)
        found = make_invite(inviter, now, address=f"{world}@example.org")
        asked = mailed_code(found)
        if world == "declined":
            decline(asked, address_owner(world), now)
        if world == "blocked":
            block(asked, address_owner(world), now)
        [one] = open_invites(inviter, now + timedelta(days=6))
        shown.append((one.code, (one.address or "").replace(world, "X"), one.expires_at))
        posted.append(len(letters("invite")))
        assert look_at(asked, None, now).mailed  # nor by looking without a session
    assert len(set(shown)) == 1 and posted == [1, 2, 3, 4, 5]
    again = make_invite(sam, now, address="blocked@example.org")
    assert again in {one.id for one in open_invites(sam, now)}
    assert [found is None for found in composed("invite", now)].count(True) == 2


def address_owner(name: str) -> str:
    """Return the person whose address this is."""
    from couples.accounts.addresses import index_of
    from couples.accounts.services_signup import person_id_of

    return person_id_of(index_of(f"{name}@example.org")) or ""


def test_L3_only_who_declined_a_mailed_one_finds_it_gone(
    database_app: Flask, database_cast: Cast, sam: str, now: datetime
) -> None:
    code = mailed_code(make_invite(sam, now, address="ines@example.org"))
    decline(code, None, now)
    assert look_at(code, database_cast.ines, now)
    decline(code, database_cast.ines, now)
    with pytest.raises(InviteGone):
        look_at(code, database_cast.ines, now)
    assert look_at(code, None, now)
    handed = code_of(sam, now)
    decline(handed, database_cast.ines, now)
    assert look_at(handed, database_cast.ines, now)


def test_services_linking_names_its_refusal() -> None:
    assert issubclass(services_linking.InviteGone, NotFound)
