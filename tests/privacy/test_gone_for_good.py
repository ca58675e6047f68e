"""After erasing: no row of any table but the named ones knows the person, no byte of the file."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from couples import engine
from couples.accounts.models import (
    AccountEvent,
    AddressChange,
    Authenticator,
    Challenge,
    LoginSession,
    Passkey,
    Person,
    PersonalKey,
    RecoveryCode,
)
from couples.accounts.services import begin_session
from couples.accounts.services_erasing import sweep_erased
from couples.accounts.services_profile import sweep
from couples.backup import database_file
from couples.db import Base, db, transaction
from couples.mail import outbox
from couples.pairing.services_leaving import end_link
from couples.privacy import services_erasing
from couples.privacy.models import Note
from couples.privacy.services_erasing import erase
from tests.cast import Cast
from tests.privacy.erasing_world import fill
from tests.races import together

# What still names the emptied row, and why: versions and what led to them are the other's too
# (rule A10); places in a couple keep the other's own history readable; rounds look alike (C5).
NAMED = {
    "persons.id", "memberships.person_id", "agenda_items.author_id", "hearings.author_id",
    "needs.person_id", "own_questions.author_id", "responses.person_id",
    "review_topics.author_id", "signatures.person_id", "steps.author_id",
    "suggestions.author_id", "talk_times.author_id", "topic_suggestions.author_id",
    "topics.author_id", "versions.proposed_by", "drafts.changed_by",
}  # fmt: skip


@transaction()
def ways_in(person_id: str, now: datetime) -> None:
    """Fill every table of ways to sign in, and what tells of them."""
    mine: dict[str, Any] = {"person_id": person_id}
    for table in (Passkey, Authenticator, RecoveryCode, AddressChange, PersonalKey):
        db.session.query(table).filter_by(**mine).delete()
    till = {"asked_at": now, "expires_at": now + timedelta(hours=1)}
    change = AddressChange(**mine, address_index="new", address="new@example.org", **till)
    db.session.add_all(
        [
            change,
            Passkey(**mine, credential_index="c", credential={"id": "c"}, label="L", added_at=now),
            Challenge(**mine, purpose="prove", challenge=b"c", expires_at=now + timedelta(hours=1)),
            Authenticator(**mine, secret="S", made_at=now),
            RecoveryCode(**mine, code_index="r", made_at=now),
            AccountEvent(**mine, kind="signed_in", happened_at=now),
            PersonalKey(**mine, salt=b"s", cost="1", wrapped=b"w", made_at=now, changed_at=now),
        ]
    )
    db.session.flush()
    outbox.post("address", key="change", about_id=change.id, now=now)


def naming(person_id: str) -> set[str]:
    """Return every column in which this id stands, of every table."""
    found = set()
    with db.engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            for row in connection.execute(table.select()).mappings():
                found |= {f"{table.name}.{key}" for key, value in row.items() if value == person_id}
    return found


def test_J5_after_erasing_only_the_named_columns_still_know_the_emptied_row(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    fill(cast, now)
    ways_in(cast.maya, now)
    begin_session(cast.maya, keep=True, now=now)
    before = naming(cast.maya)
    gone = {
        f"{model.__tablename__}.person_id"
        for model in (
            Passkey, Challenge, Authenticator, RecoveryCode, AddressChange, AccountEvent,
            PersonalKey, LoginSession, Note,
        )
    }  # fmt: skip
    assert gone <= before
    assert erase(cast.maya, now)
    assert naming(cast.maya) <= NAMED
    assert not db.session.scalars(select(AddressChange.id)).all()
    letters = db.session.execute(db.text("SELECT kind FROM letters WHERE key = 'change'")).all()
    assert letters == []
    person = db.session.get_one(Person, cast.maya)
    assert (person.erase_at, person.kept_for_months, person.password_hash) == (None, None, "")


def test_A10_while_the_partner_leaves_the_clock_erases_who_planned_it_and_one_takes_it_back(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    fill(cast, now)
    at = services_erasing.plan(cast.maya, now)
    results = together(
        database_app,
        lambda: services_erasing.erase_due(at),
        lambda: services_erasing.erase_due(at),
        lambda: services_erasing.take_back(cast.maya, at),
        lambda: end_link(cast.jonas, at),
    )
    person = db.session.get_one(Person, cast.maya)
    # One order or the other: she is gone, or has kept everything but the link.
    assert sum(results[:2]) == (1 if person.erased_at else 0)
    assert person.erase_at is None
    left = Counter(naming(cast.maya))
    assert bool(person.erased_at) == (set(left) <= NAMED)


def test_H6_nothing_of_an_erased_account_is_left_in_the_file_or_its_log(
    app: Flask, cast: Cast, now: datetime
) -> None:
    fill(cast, now)
    with transaction():
        # Pages that were split and filled again keep copies of rows that moved.
        for number in range(400):
            person_id = (cast.maya, cast.jonas)[number % 2]
            about = {"person_id": person_id, "written_at": now, "saved_at": now}
            db.session.add(Note(words="x" * (number * 7 % 900), **about))
    mine = db.session.scalars(select(Note.words_sealed).filter_by(person_id=cast.maya))
    # Nonces: bytes that stand nowhere else.
    canaries = {bytes(sealed[3:15]) for sealed in mine}
    person = db.session.get_one(Person, cast.maya)
    canaries |= {person.address_index.encode(), bytes(person.name_sealed[3:15])}
    # Fingerprints by which others' invites stay counted are meant to stay.
    canaries.discard(person.address_index.encode())
    db.session.rollback()
    assert len(canaries) > 200
    assert found_in_files(app, canaries)
    erase(cast.maya, now)
    db.session.remove()
    engine.scrub(db.engine)
    assert found_in_files(app, canaries) == set()


def found_in_files(app: Flask, canaries: set[bytes]) -> set[bytes]:
    """Return which of these bytes stand in the database's files."""
    path = database_file(app.extensions["settings"])
    held = b"".join(one.read_bytes() for one in path.parent.glob(f"{path.name}*"))
    return {canary for canary in canaries if canary in held}


def test_H6_a_large_file_is_left_to_its_operator_but_its_log_is_emptied(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "SCRUBBED", 0)
    database = database_file(app.extensions["settings"])
    before = database.stat().st_ino, database.stat().st_size
    log = database.with_name(f"{database.name}-wal")
    assert log.stat().st_size
    engine.scrub(db.engine)
    assert log.stat().st_size == 0
    assert (database.stat().st_ino, database.stat().st_size) >= before


def test_J6_what_has_run_out_is_swept(app: Flask, cast: Cast, now: datetime) -> None:
    ways_in(cast.maya, now)
    sweep(now + timedelta(hours=2))
    assert not db.session.scalars(select(Challenge.id)).all()
    assert db.session.scalars(select(AddressChange.id)).all()
    sweep(now + timedelta(days=8))
    assert db.session.scalars(select(AddressChange.id)).all(), "its letter may still go"
    with transaction():
        outbox.cancel(about_id=db.session.scalars(select(AddressChange.id)).one())
    sweep(now + timedelta(days=8))
    assert not db.session.scalars(select(AddressChange.id)).all()
    sweep_erased(now)
