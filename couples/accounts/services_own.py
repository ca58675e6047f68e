"""What an account holds of its person, as plain values for a copy of their own (rule S5)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from couples.accounts.events.services import events_of
from couples.accounts.models import (
    AddressChange,
    Authenticator,
    LoginSession,
    Passkey,
    Person,
    PersonalKey,
    RecoveryCode,
)
from couples.db import db
from couples.errors import NotFound
from couples.formats import iso


def own_account(person_id: str, now: datetime) -> dict[str, Any]:
    """Return what the person said about themselves, and what they have chosen for the account."""
    person = db.session.get(Person, person_id)
    if person is None:
        raise NotFound
    return {
        "address": person.address,
        "new_address": _new_address(person_id, now),
        "name": person.name,
        "language": person.language,
        "zone": person.zone,
        # Nobody has an account who did not say that they are 18 or older as they began it.
        "consent": {"given_at": iso(person.created_at), "said_18_or_older": True},
        "read_about_leaving_quickly_at": iso(person.started_at),
        "letters_come_back_since": iso(person.returned_at),
        "will_be_erased_at": iso(person.erase_at),
        "kept_answers_go_after_months": person.kept_for_months,
    }


def _new_address(person_id: str, now: datetime) -> str | None:
    mine = AddressChange.person_id == person_id, AddressChange.used_at.is_(None)
    query = select(AddressChange).where(*mine, AddressChange.expires_at > now)
    found = db.session.scalars(query.order_by(AddressChange.asked_at.desc())).first()
    return found.address if found else None


def own_signing_in(person_id: str, now: datetime) -> dict[str, Any]:
    """Return how and where the person signs in, and what happened to the account: no secret."""
    return {
        "passkeys": _passkeys(person_id),
        "codes_since": iso(_codes_since(person_id)),
        "recovery_codes_left": _codes_left(person_id),
        "key_for_notes_since": iso(_key_since(person_id)),
        "sessions": _sessions(person_id),
        "events": [
            {"kind": one.kind, "at": iso(one.happened_at)} for one in events_of(person_id, now)
        ],
    }


def _passkeys(person_id: str) -> list[dict[str, Any]]:
    query = select(Passkey).where(Passkey.person_id == person_id)
    return [
        {"label": one.label, "added_at": iso(one.added_at), "used_at": iso(one.used_at)}
        for one in db.session.scalars(query.order_by(Passkey.added_at, Passkey.id))
    ]


def _codes_since(person_id: str) -> datetime | None:
    query = select(Authenticator.confirmed_at).where(Authenticator.person_id == person_id)
    return db.session.scalar(query)


def _codes_left(person_id: str) -> int:
    mine = RecoveryCode.person_id == person_id, RecoveryCode.used_at.is_(None)
    return db.session.scalar(select(func.count(RecoveryCode.id)).where(*mine)) or 0


def _key_since(person_id: str) -> datetime | None:
    return db.session.scalar(select(PersonalKey.made_at).where(PersonalKey.person_id == person_id))


def _sessions(person_id: str) -> list[dict[str, Any]]:
    query = select(LoginSession).where(LoginSession.person_id == person_id)
    return [
        {
            "began_at": iso(one.began_at),
            "used_at": iso(one.used_at),
            "ended_at": iso(one.ended_at),
            "kept_on_the_device": one.keep,
        }
        for one in db.session.scalars(query.order_by(LoginSession.began_at, LoginSession.id))
    ]
