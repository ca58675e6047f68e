"""A person's passkeys: seen, added, called otherwise, removed, by that person alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from couples.accounts.models import Passkey
from couples.accounts.passkeys import rules, services_challenges
from couples.accounts.passkeys.refusals import NotAdded, NotKnown, TooMany
from couples.accounts.passkeys.rules import Site
from couples.accounts.passkeys.services_asserting import Answer, index_of
from couples.accounts.services import lock_person
from couples.accounts.services_changed import announce
from couples.db import db, transaction
from couples.errors import NotFound

# What the library stumbles over where a browser sends parts of the wrong kind, or none.
MALFORMED = (AttributeError, LookupError, RecursionError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class PasskeyView:
    """One passkey as its person sees it."""

    id: str
    label: str = field(repr=False)
    added_at: datetime
    used_at: datetime | None


def passkeys_of(person_id: str) -> list[PasskeyView]:
    """Return the person's passkeys, the oldest first."""
    mine = select(Passkey).where(Passkey.person_id == person_id)
    rows = db.session.scalars(mine.order_by(Passkey.added_at, Passkey.id))
    return [_shown(row) for row in rows]


def count_of(person_id: str) -> int:
    """Return how many passkeys a person has."""
    mine = select(func.count()).where(Passkey.person_id == person_id)
    return int(db.session.scalar(mine) or 0)


def look_at(person_id: str, passkey_id: str) -> PasskeyView:
    """Return one passkey of the person, or raise NotFound: also for somebody else's."""
    return _shown(_mine(person_id, passkey_id))


def _shown(row: Passkey) -> PasskeyView:
    return PasskeyView(row.id, row.label, row.added_at, row.used_at)


def add(
    person_id: str, session_id: str, site: Site, answer: Answer, label: str, now: datetime
) -> None:
    """Keep a new passkey; every other session ends, and a letter tells its person."""
    try:
        challenge = services_challenges.take(answer.challenge_id, "add", person_id, now)
    except NotKnown as problem:
        raise NotAdded from problem
    made = _verified(site, answer.credential, challenge)
    try:
        _keep(person_id, session_id, made, label, now)
    except IntegrityError as problem:  # Somebody has just added the same.
        raise NotAdded from problem


@transaction()
def rename(person_id: str, passkey_id: str, label: str) -> None:
    """Call a passkey otherwise."""
    lock_person(person_id)
    _mine(person_id, passkey_id).label = label


@transaction()
def remove(person_id: str, session_id: str, passkey_id: str, now: datetime) -> None:
    """Remove a passkey: it opens nothing any more; every other session ends."""
    lock_person(person_id)
    db.session.delete(_mine(person_id, passkey_id))
    announce(person_id, "passkey_removed", now, here=session_id)


@dataclass(frozen=True, slots=True)
class _Made:
    credential_id: str = field(repr=False)
    public_key: str = field(repr=False)
    transports: tuple[str, ...]
    sign_count: int


def _verified(site: Site, credential: str, challenge: bytes) -> _Made:
    from webauthn import verify_registration_response
    from webauthn.helpers import (
        bytes_to_base64url,
        decode_credential_public_key,
        decoded_public_key_to_cryptography,
        parse_registration_credential_json,
    )
    from webauthn.helpers.exceptions import WebAuthnException

    if len(credential) > rules.ANSWER_LONGEST:
        raise NotAdded
    try:
        sent = parse_registration_credential_json(credential)
        found = verify_registration_response(
            credential=sent,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            require_user_verification=True,
        )
        # One that can verify nothing is refused now, not each time its person signs in with it.
        decoded_public_key_to_cryptography(
            decode_credential_public_key(found.credential_public_key)
        )
    except (WebAuthnException, *MALFORMED) as problem:
        raise NotAdded from problem
    return _Made(
        bytes_to_base64url(found.credential_id),
        bytes_to_base64url(found.credential_public_key),
        tuple(each.value for each in sent.response.transports or ()),
        found.sign_count,
    )


@transaction()
def _keep(person_id: str, session_id: str, made: _Made, label: str, now: datetime) -> None:
    lock_person(person_id)
    index = index_of(made.credential_id)
    if db.session.scalar(select(Passkey.id).where(Passkey.credential_index == index)):
        raise NotAdded
    if count_of(person_id) >= rules.MOST:
        raise TooMany
    db.session.add(
        Passkey(
            person_id=person_id,
            credential_index=index,
            credential=_as_kept(made),
            label=label,
            sign_count=made.sign_count,
            added_at=now,
        )
    )
    announce(person_id, "passkey_added", now, here=session_id)


def _as_kept(made: _Made) -> dict[str, Any]:
    return {
        "id": made.credential_id,
        "public_key": made.public_key,
        "transports": list(made.transports),
    }


def _mine(person_id: str, passkey_id: str) -> Passkey:
    row = db.session.get(Passkey, passkey_id, populate_existing=True)
    if row is None or row.person_id != person_id:
        raise NotFound
    return row
