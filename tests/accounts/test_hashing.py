"""What a password is kept as: Argon2id at the cost the checklist asks for, renewed (H5)."""

from __future__ import annotations

from datetime import datetime

from argon2 import extract_parameters
from argon2.low_level import Type
from flask import Flask

from couples.accounts import passwords
from couples.accounts.models import Person
from couples.accounts.services_passwords import sign_in
from couples.app import create_app
from couples.db import db
from couples.settings import Settings
from tests.cast import HASH, PASSWORD, Cast

# Rounds, and how much memory in KiB each of them needs at least.
ENOUGH = {1: 47_104, 2: 19_456, 3: 19_456}


def test_H5_a_password_is_kept_as_argon2id_at_the_real_cost(app: Flask) -> None:
    settings: Settings = app.extensions["settings"]
    served = create_app(settings)
    assert "ARGON2" not in served.config, "nothing but a test makes it cheaper"
    with served.app_context():
        found = extract_parameters(passwords.hash_password(PASSWORD))
    assert found.type is Type.ID
    assert (found.time_cost, found.memory_cost, found.parallelism) == passwords.COST
    assert found.memory_cost >= ENOUGH[found.time_cost]
    assert (found.salt_len, found.hash_len) >= (16, 32)


def test_H5_an_older_cheaper_hash_is_renewed_by_signing_in(
    app: Flask, cast: Cast, now: datetime
) -> None:
    app.config["ARGON2"] = (1, 16, 1)
    assert passwords.is_outdated(HASH)
    assert sign_in("maya@example.org", PASSWORD, keep=False, now=now)
    kept = db.session.get_one(Person, cast.maya, populate_existing=True).password_hash
    assert kept != HASH and extract_parameters(kept).memory_cost == 16
    assert passwords.fits(PASSWORD, kept)
