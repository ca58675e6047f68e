"""Taking a typed code: from the authenticator or from paper, each of them once."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime

from pyotp import TOTP
from sqlalchemy import func, select, update

from couples.accounts.codes import rules
from couples.accounts.events.services import note
from couples.accounts.models import Authenticator, RecoveryCode
from couples.db import db, key_ring, transaction


@dataclass(frozen=True, slots=True)
class Taken:
    """A right code; where it was one from paper, how many of those are left."""

    left: int | None = None


@transaction()
def take(person_id: str, typed: str, now: datetime) -> Taken | None:
    """Use up a typed code, or return None where it is wrong, used, or no codes are asked for.

    In the caller's transaction where there is one: what it permits happens with it or not at all.
    """
    mine = authenticator_of(person_id)
    if mine is None:
        return None
    code = rules.bare(typed)
    if rules.is_recovery_code(code):
        return _take_recovery_code(person_id, code, now)
    step = matching_step(mine.secret, code, now)
    return Taken() if step is not None and _take_step(mine.id, step) else None


def authenticator_of(person_id: str) -> Authenticator | None:
    """Return the person's authenticator once its first code was typed."""
    query = select(Authenticator).where(
        Authenticator.person_id == person_id, Authenticator.confirmed_at.is_not(None)
    )
    found: Authenticator | None = db.session.scalar(query)
    return found


def matching_step(secret: str, code: str, now: datetime) -> int | None:
    """Return the half minute a code belongs to; every one is compared, in the same time."""
    totp, typed = TOTP(secret), code.encode("utf-8", "replace")
    found = None
    for step in rules.steps_near(now):
        if hmac.compare_digest(totp.generate_otp(step).encode(), typed):
            found = step
    return found


def _take_step(authenticator_id: str, step: int) -> bool:
    """Take no code twice, nor an older one after it; of two at once only one finds the row."""
    fresh = update(Authenticator).where(
        Authenticator.id == authenticator_id, Authenticator.last_step < step
    )
    taken = fresh.values(last_step=step).returning(Authenticator.id)
    return db.session.execute(taken).first() is not None


def _take_recovery_code(person_id: str, code: str, now: datetime) -> Taken | None:
    unused = update(RecoveryCode).where(
        RecoveryCode.person_id == person_id,
        RecoveryCode.code_index == index_of(person_id, code),
        RecoveryCode.used_at.is_(None),
    )
    if not db.session.execute(unused.values(used_at=now).returning(RecoveryCode.id)).first():
        return None
    note(person_id, "recovery_code_used", now)
    return Taken(left_of(person_id))


def left_of(person_id: str) -> int:
    """Return how many recovery codes a person has not used."""
    query = select(func.count()).where(
        RecoveryCode.person_id == person_id, RecoveryCode.used_at.is_(None)
    )
    return db.session.scalar(query) or 0


def index_of(person_id: str, code: str) -> str:
    """Return the keyed fingerprint under which a recovery code is kept; it fits one person."""
    return key_ring().index(f"recovery code:{person_id}:{code}")
