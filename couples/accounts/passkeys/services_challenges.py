"""Challenges: random bytes for one purpose and person, used once, within five minutes."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from couples.accounts.models import Challenge, Passkey, Person
from couples.accounts.passkeys import rules
from couples.accounts.passkeys.refusals import NotKnown, TooMany
from couples.accounts.passkeys.rules import Purpose, Site
from couples.db import db, key_ring, transaction
from couples.errors import NotFound


@dataclass(frozen=True, slots=True)
class Asked:
    """What the browser is asked: which challenge this is, and the options of WebAuthn."""

    id: str
    options: dict[str, Any] = field(repr=False)


def ask_to_sign_in(site: Site, now: datetime) -> Asked:
    """Ask for any passkey of this service; nobody has said who they are."""
    return _ask_for_one("sign_in", None, [], site, now)


def ask_to_prove(person_id: str, site: Site, now: datetime) -> Asked:
    """Ask a person who is signed in for one of their own passkeys."""
    return _ask_for_one("prove", person_id, _credentials(person_id), site, now)


def ask_to_add(person_id: str, site: Site, name: str, now: datetime) -> Asked:
    """Ask for a new passkey that checks its person and is found again without an address.

    Those there are already are named, so that no device makes a second one.
    """
    kept = _credentials(person_id)
    if len(kept) >= rules.MOST:
        raise TooMany
    person = db.session.get(Person, person_id)
    if person is None:
        raise NotFound
    address, shown = person.address, person.name
    challenge_id, challenge = _new("add", person_id, now)
    options = _options_to_add(site, name, (address, shown), handle_of(person_id), challenge, kept)
    return Asked(challenge_id, options)


def handle_of(person_id: str) -> bytes:
    """Return what a passkey knows its person by: always the same, and not their id."""
    return bytes.fromhex(key_ring().index(f"passkeys of {person_id}"))


@transaction()
def take(challenge_id: str, purpose: Purpose, person_id: str | None, now: datetime) -> bytes:
    """Use a challenge up and return its bytes, or raise NotKnown.

    Of two tabs that send one answer, one finds it; another purpose or person finds nothing.
    """
    if not rules.is_id(challenge_id):
        raise NotKnown
    mine = delete(Challenge).where(
        Challenge.id == challenge_id,
        Challenge.purpose == purpose,
        Challenge.person_id == person_id,
        Challenge.expires_at > now,
    )
    found: bytes | None = db.session.execute(mine.returning(Challenge.challenge)).scalar()
    if found is None:
        raise NotKnown
    return bytes(found)


def _ask_for_one(
    purpose: Purpose,
    person_id: str | None,
    allowed: list[dict[str, Any]],
    site: Site,
    now: datetime,
) -> Asked:
    from webauthn import generate_authentication_options
    from webauthn.helpers import options_to_json_dict
    from webauthn.helpers.structs import UserVerificationRequirement

    challenge_id, challenge = _new(purpose, person_id, now)
    options = generate_authentication_options(
        rp_id=site.host,
        challenge=challenge,
        timeout=_milliseconds(),
        allow_credentials=_described(allowed),
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return Asked(challenge_id, options_to_json_dict(options))


def _options_to_add(
    site: Site,
    name: str,
    shown: tuple[str, str],
    handle: bytes,
    challenge: bytes,
    kept: list[dict[str, Any]],
) -> dict[str, Any]:
    from webauthn import generate_registration_options
    from webauthn.helpers import options_to_json_dict
    from webauthn.helpers.structs import (
        AuthenticatorSelectionCriteria,
        ResidentKeyRequirement,
        UserVerificationRequirement,
    )

    options = generate_registration_options(
        rp_id=site.host,
        rp_name=name,
        user_id=handle,
        user_name=shown[0],
        user_display_name=shown[1],
        challenge=challenge,
        timeout=_milliseconds(),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=_described(kept),
    )
    return options_to_json_dict(options)


@transaction()
def _new(purpose: Purpose, person_id: str | None, now: datetime) -> tuple[str, bytes]:
    challenge = secrets.token_bytes(rules.CHALLENGE_BYTES)
    row = Challenge(
        person_id=person_id, purpose=purpose, challenge=challenge, expires_at=now + rules.LASTS
    )
    db.session.add(row)
    return row.id, challenge


def _milliseconds() -> int:
    return int(rules.LASTS.total_seconds() * 1000)


def _credentials(person_id: str) -> list[dict[str, Any]]:
    mine = select(Passkey).where(Passkey.person_id == person_id).order_by(Passkey.added_at)
    return [row.credential for row in db.session.scalars(mine)]


def _described(credentials: list[dict[str, Any]]) -> list[Any]:
    from webauthn.helpers import base64url_to_bytes
    from webauthn.helpers.structs import AuthenticatorTransport, PublicKeyCredentialDescriptor

    return [
        PublicKeyCredentialDescriptor(
            id=base64url_to_bytes(one["id"]),
            transports=[AuthenticatorTransport(each) for each in one["transports"]] or None,
        )
        for one in credentials
    ]
