"""Small helpers for codes: turning them on, what an app shows, the way in."""

from __future__ import annotations

import re
from datetime import datetime

from flask.testing import FlaskClient
from pyotp import TOTP
from werkzeug.test import TestResponse

from couples import clock
from couples.accounts.codes import services
from couples.accounts.codes.rules import bare
from couples.accounts.codes.services_taking import authenticator_of
from couples.accounts.models import Authenticator
from couples.db import db, transaction
from tests.accounts.pages import post
from tests.cast import PASSWORD

MAYA = "maya@example.org"
WRONG = "000000"


def turn_on(person_id: str, now: datetime | None = None, here: str = "") -> list[str]:
    """Turn codes on through the services; return the recovery codes. No code is used up."""
    now = now or clock.now()
    services.begin(person_id, now)
    waiting = services.set_up(person_id, "Pages", now)
    assert waiting is not None
    codes = services.confirm(person_id, _shown(waiting.secret, now), here=here, now=now)
    assert codes is not None
    forget_last_step(person_id)
    return codes


@transaction()
def forget_last_step(person_id: str) -> None:
    """Let time have passed since the last code, without waiting for it."""
    db.session.execute(
        db.update(Authenticator).where(Authenticator.person_id == person_id).values(last_step=0)
    )


def code_of(person_id: str, at: datetime | None = None) -> str:
    """Return what the person's app shows."""
    mine = authenticator_of(person_id)
    assert mine is not None
    return _shown(mine.secret, at or clock.now())


def wrong_for(person_id: str, at: datetime | None = None) -> str:
    """Return six digits that are certainly none of those that are right just now."""
    mine = authenticator_of(person_id)
    assert mine is not None
    step = int((at or clock.now()).timestamp()) // 30
    right = {TOTP(mine.secret).generate_otp(step + off) for off in range(-3, 4)}
    return next(one for one in (f"{number:06}" for number in range(9)) if one not in right)


def _shown(secret: str, at: datetime) -> str:
    return TOTP(bare(secret).upper()).generate_otp(int(at.timestamp()) // 30)


def password_typed(client: FlaskClient, keep: str = "") -> TestResponse:
    """Type Maya's address and password."""
    return post(client, "/signin", address=MAYA, password=PASSWORD, keep=keep)


def codes_on(page: str) -> list[str]:
    """Return the recovery codes a page shows."""
    return re.findall(r"\b[a-z2-7]{4}(?:-[a-z2-7]{4}){5}\b", page)
