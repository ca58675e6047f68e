"""The fixed cast: two partners, a stranger, another couple."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from argon2 import PasswordHasher
from flask.testing import FlaskClient
from sqlalchemy import update

from couples.accounts.models import LoginSession, Person
from couples.accounts.services import begin_session, hash_of
from couples.db import db, key_ring, transaction
from couples.pairing.models import Couple, Membership

PASSWORD = "tulips on the landing"
# The real algorithm at its cheapest: the cast is made in every test.
HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


@dataclass(frozen=True)
class Cast:
    """The ids of everybody."""

    maya: str
    jonas: str
    ines: str
    other: str
    another: str
    couple: str
    other_couple: str


@transaction()
def make_person(name: str, now: datetime, zone: str = "Europe/Berlin") -> str:
    """Add one person whose address is name@example.org."""
    address = f"{name.lower()}@example.org"
    person = Person(
        address_index=key_ring().index(address),
        address=address,
        name=name,
        password_hash=HASH,
        language="en",
        zone=zone,
        created_at=now,
        started_at=now,
    )
    db.session.add(person)
    return person.id


@transaction()
def link(one: str, two: str, now: datetime) -> str:
    """Make two persons a couple; the first has the left leaf and the disc."""
    couple = Couple(linked_at=now)
    db.session.add(couple)
    db.session.flush()
    for person_id, leaf, mark in ((one, 1, "disc"), (two, 2, "diamond")):
        db.session.add(Membership(couple_id=couple.id, person_id=person_id, leaf=leaf, mark=mark))
    return couple.id


def make_cast(now: datetime) -> Cast:
    """Add the whole cast."""
    maya, jonas = make_person("Maya", now), make_person("Jonas", now)
    ines = make_person("Ines", now)
    other, another = make_person("Noor", now), make_person("Piet", now)
    couple, other_couple = link(maya, jonas, now), link(other, another, now)
    return Cast(maya, jonas, ines, other, another, couple, other_couple)


def sign_in(client: FlaskClient, person_id: str, now: datetime, keep: bool = True) -> None:
    """Give a browser a session of this person."""
    token = begin_session(person_id, keep=keep, now=now)
    with client.session_transaction() as session:
        session["_user_id"] = token
        session["_fresh"] = True


@transaction()
def prove(client: FlaskClient, now: datetime) -> None:
    """Let whoever sits at a browser have just proved who they are; the token stays."""
    with client.session_transaction() as session:
        mine = LoginSession.token_hash == hash_of(session["_user_id"])
    db.session.execute(update(LoginSession).where(mine).values(proved_at=now))
