"""What the world holds for trust: one function for each theme."""

from __future__ import annotations

from datetime import datetime

from flask.testing import FlaskClient

from couples import clock, tokens
from couples.accounts.codes import marks
from couples.accounts.codes.rules import MARK_LASTS
from couples.accounts.models import AddressChange, Authenticator, Passkey, Person
from couples.accounts.moving import services as services_moving
from couples.accounts.passkeys import services_asserting
from couples.accounts.personal_key import services as personal_key
from couples.accounts.personal_key import services_open
from couples.accounts.services_passwords import seal_of
from couples.db import db, new_id, transaction
from couples.privacy import services_erasing
from tests.cast import PASSWORD

# Who is named like this in the tables of routes: their password was right, their code is owed.
HALF_IN = "Hugo, half in"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def plan_erasing(people: dict[str, str], now: datetime) -> None:
    """Let Ines have chosen to be erased in seven days."""
    services_erasing.plan(people["Ines"], now)


@transaction()
def add_codes(people: dict[str, str], now: datetime) -> None:
    """Hugo types codes to sign in; Tom has not finished setting them up."""
    for name, confirmed_at in (("Hugo", now), ("Tom", None)):
        row = Authenticator(
            person_id=people[name], secret=SECRET, made_at=now, confirmed_at=confirmed_at
        )
        db.session.add(row)


def half_in(client: FlaskClient, person_id: str) -> None:
    """Let a browser have typed the right password, and no code yet."""
    kept = db.session.get_one(Person, person_id).password_hash
    until = int((clock.now() + MARK_LASTS).timestamp())
    with client.session_transaction() as session:
        session[marks.NAME] = [new_id(), person_id, seal_of(kept), False, until]


@transaction()
def add_passkey(people: dict[str, str], things: dict[str, str], now: datetime) -> None:
    """Maya has a passkey; nobody holds the key to it."""
    kept = {"id": "AA", "public_key": services_asserting.NOBODYS_KEY, "transports": ["internal"]}
    row = Passkey(
        person_id=people["Maya"], credential_index=services_asserting.index_of("AA"),
        credential=kept, label="The phone", sign_count=0, added_at=now,
    )  # fmt: skip
    db.session.add(row)
    things["passkey"] = row.id


def lock_notes(people: dict[str, str], now: datetime) -> None:
    """Wim's notes are locked with a password, and not open anywhere."""
    made = personal_key.make(people["Wim"], PASSWORD)
    assert made is not None and personal_key.keep(made, now)


def open_notes(people: dict[str, str], sessions: dict[str, str], now: datetime) -> None:
    """Yara's notes are locked with a password, and open in her browser."""
    made = personal_key.make(people["Yara"], PASSWORD)
    assert made is not None and personal_key.keep(made, now)
    assert services_open.open_with(people["Yara"], PASSWORD, sessions["Yara"], now)


def ask_for_address(people: dict[str, str], things: dict[str, str], now: datetime) -> None:
    """Maya has typed another address and not gone on yet."""
    services_moving.ask_for_address(people["Maya"], "maya@new.example", now)
    (asked,) = db.session.scalars(db.select(AddressChange))
    things["address"] = tokens.make("address", asked.id)
