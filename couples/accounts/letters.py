"""The letters about an account, each composed at the moment it is sent."""

from __future__ import annotations

from datetime import datetime

from couples import tokens
from couples.accounts.models import AddressChange, Person, Reset, SignUp
from couples.db import db
from couples.mail.letter import Letter, composes, letter_from, settings
from couples.mail.models import OutboxLetter


@composes("confirm", despite_suppression=True)
def compose_confirm(row: OutboxLetter, now: datetime) -> Letter | None:
    """Ask to confirm the address, or say that it has an account already."""
    asked = db.session.get(SignUp, row.about_id) or db.session.get(AddressChange, row.about_id)
    if asked is None or asked.used_at or now >= asked.expires_at:
        return None
    person = _person_with(asked.address_index)
    if person is not None:
        return letter_from(
            row, "already", person.address, person.language, person.zone, link=_url("/signin")
        )
    return _confirm_move(row, asked) if isinstance(asked, AddressChange) else _confirm(row, asked)


def _confirm(row: OutboxLetter, asked: SignUp) -> Letter:
    return letter_from(
        row,
        "confirm",
        asked.address,
        asked.language,
        "UTC",
        link=_url(f"/confirm/{tokens.make('confirm', asked.id)}"),
        closes=asked.expires_at,
    )


def _confirm_move(row: OutboxLetter, asked: AddressChange) -> Letter:
    """Word it like the one for a new account: whoever mistyped tells a stranger nothing more."""
    language = db.session.get_one(Person, asked.person_id).language
    return letter_from(
        row,
        "confirm",
        asked.address,
        language,
        "UTC",
        moves=True,
        link=_url(f"/settings/address/{tokens.make('address', asked.id)}"),
        closes=asked.expires_at,
    )


@composes("reset", despite_suppression=True)
def compose_reset(row: OutboxLetter, now: datetime) -> Letter | None:
    """Lead to a new password, where the typed address has an account."""
    wish = db.session.get(Reset, row.about_id)
    if wish is None or wish.used_at or now >= wish.expires_at:
        return None
    person = _person_with(wish.address_index)
    if person is None:
        return None
    return letter_from(
        row,
        "reset",
        person.address,
        person.language,
        person.zone,
        name=person.name,
        link=_url(f"/reset/{tokens.make('reset', wish.id)}"),
        closes=wish.expires_at,
    )


@composes("changed", despite_suppression=True)
def compose_changed(row: OutboxLetter, now: datetime) -> Letter | None:
    """Say that the password, or another way of signing in, was changed; not which (rule S2)."""
    if row.about_id is not None:
        return _tell_old_address(row)
    person = db.session.get(Person, row.person_id)
    if person is None or person.erased_at:
        return None
    return letter_from(
        row,
        "changed",
        person.address,
        person.language,
        person.zone,
        name=person.name,
        what="signin",
        at=row.posted_at,
        link=_url("/reset"),
    )


def _tell_old_address(row: OutboxLetter) -> Letter | None:
    """Say to the address an account had that it has another now, and not which."""
    change = db.session.get(AddressChange, row.about_id)
    if change is None or change.used_at is None:
        return None
    person = db.session.get_one(Person, change.person_id)
    return letter_from(
        row,
        "changed",
        change.address,
        person.language,
        person.zone,
        name=person.name,
        what="address",
        at=change.used_at,
        link=_url("/signin"),
    )


def _person_with(address_index: str) -> Person | None:
    query = db.select(Person).where(Person.address_index == address_index)
    found: Person | None = db.session.scalars(query).first()
    return found


def _url(path: str) -> str:
    return settings().public_url + path
