"""Setting up codes as a second step, making new recovery codes, and turning both off."""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass, field
from datetime import datetime

from pyotp import TOTP, random_base32
from sqlalchemy import delete, select

from couples.accounts.codes import rules
from couples.accounts.codes.services_taking import (
    authenticator_of,
    index_of,
    left_of,
    matching_step,
)
from couples.accounts.events.services import Kind
from couples.accounts.models import Authenticator, RecoveryCode
from couples.accounts.services import lock_person
from couples.accounts.services_changed import announce
from couples.accounts.services_elsewhere import persons_of
from couples.db import db, transaction


@dataclass(frozen=True, slots=True)
class State:
    """Whether codes are asked for, since when, and how many recovery codes are left."""

    since: datetime | None
    left: int


@dataclass(frozen=True, slots=True)
class SetUp:
    """A secret that waits for its first code, and what a camera reads."""

    id: str
    secret: str = field(repr=False)
    path: str = field(repr=False)
    size: int


def state(person_id: str) -> State:
    """Return what the person has set up."""
    mine = authenticator_of(person_id)
    return State(mine.confirmed_at if mine else None, left_of(person_id) if mine else 0)


@transaction()
def begin(person_id: str, now: datetime) -> None:
    """Make a secret, unless codes are on.

    One that waited is void: whoever sat here before may have kept it, for the day it is in use.
    """
    lock_person(person_id)
    if authenticator_of(person_id):
        return
    db.session.execute(delete(Authenticator).where(Authenticator.person_id == person_id))
    # 32 of 32 letters: 160 random bits, as the norm recommends.
    db.session.add(Authenticator(person_id=person_id, secret=random_base32(32), made_at=now))


def set_up(person_id: str, label: str, now: datetime) -> SetUp | None:
    """Return the secret that waits, as text and as a QR code under a label that names nobody."""
    mine = _waiting(person_id, now)
    if mine is None:
        return None
    import segno

    secret = mine.secret
    code = segno.make(TOTP(secret).provisioning_uri(name=label), error="m", micro=False)
    drawn = rules.path_of(code.matrix)
    return SetUp(mine.id, rules.in_groups(secret, " "), drawn, len(code.matrix))


@transaction()
def confirm(person_id: str, typed: str, *, here: str, now: datetime) -> list[str] | None:
    """Turn codes on by the first one; return ten recovery codes, or None where it is wrong."""
    lock_person(person_id)
    mine = _waiting(person_id, now)
    step = matching_step(mine.secret, rules.bare(typed), now) if mine else None
    if mine is None or step is None:
        return None
    mine.confirmed_at, mine.last_step = now, step
    codes = _fresh_codes(person_id, now)
    announce(person_id, "codes_on", now, here=here)
    return codes


@transaction()
def renew(person_id: str, *, here: str, now: datetime) -> list[str] | None:
    """Make ten recovery codes; the earlier ones are void. None where no codes are asked for."""
    lock_person(person_id)
    if authenticator_of(person_id) is None:
        return None
    codes = _fresh_codes(person_id, now)
    announce(person_id, "recovery_codes_made", now, here=here)
    return codes


def turn_off_for(typed: str, now: datetime) -> None:
    """Turn codes off for whoever has an address, because they asked whoever runs the server.

    Where there is no account, or none with codes, nothing happens.
    """
    for person_id in persons_of(typed):
        turn_off(person_id, here=None, now=now, kind="codes_off_by_operator")


@transaction()
def turn_off(person_id: str, *, here: str | None, now: datetime, kind: Kind = "codes_off") -> None:
    """Ask for no codes any more; secret and recovery codes go."""
    lock_person(person_id)
    if authenticator_of(person_id) is None:
        return
    for model in (Authenticator, RecoveryCode):
        db.session.execute(delete(model).where(model.person_id == person_id))
    announce(person_id, kind, now, here=here)


def _waiting(person_id: str, now: datetime) -> Authenticator | None:
    query = select(Authenticator).where(
        Authenticator.person_id == person_id,
        Authenticator.confirmed_at.is_(None),
        Authenticator.made_at > now - rules.SET_UP_LASTS,
    )
    found: Authenticator | None = db.session.scalar(query.execution_options(populate_existing=True))
    return found


def _fresh_codes(person_id: str, now: datetime) -> list[str]:
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))
    codes = [_random_code() for _number in range(rules.RECOVERY_CODES)]
    for code in codes:
        row = RecoveryCode(person_id=person_id, code_index=index_of(person_id, code), made_at=now)
        db.session.add(row)
    return [rules.in_groups(code) for code in codes]


def _random_code() -> str:
    return base64.b32encode(secrets.token_bytes(rules.RECOVERY_BYTES)).decode().lower()
