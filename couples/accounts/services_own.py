"""What an account holds of its person, as plain values for a copy of their own (rule S5)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select

from couples.accounts.codes import services as services_codes
from couples.accounts.events.services import events_of
from couples.accounts.models import (
    LoginSession,
    Person,
    PersonalKey,
)
from couples.accounts.passkeys.services import passkeys_of
from couples.accounts.services_moves import waiting_move
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
    found = waiting_move(person_id, now)
    return found.address if found else None


def own_signing_in(person_id: str, now: datetime) -> dict[str, Any]:
    """Return how and where the person signs in, and what happened to the account: no secret."""
    codes = services_codes.state(person_id)
    return {
        "passkeys": [
            {"label": one.label, "added_at": iso(one.added_at), "used_at": iso(one.used_at)}
            for one in passkeys_of(person_id)
        ],
        "codes_since": iso(codes.since),
        "recovery_codes_left": codes.left,
        "key_for_notes_since": iso(_key_since(person_id)),
        "sessions": _sessions(person_id),
        "events": [
            {"kind": one.kind, "at": iso(one.happened_at)} for one in events_of(person_id, now)
        ],
    }


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
