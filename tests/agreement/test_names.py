"""Renaming oneself changes no text that is signed (rule A7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from flask.testing import FlaskClient

from couples.accounts.models import Person
from couples.agreement.services_home import home
from couples.agreement.signing import services_versions
from couples.db import db, transaction
from tests.agreement.road import TERMS, choose, sign, sign_both, text
from tests.cast import Cast

CHANGED = replace(TERMS, talk_plan="Fridays.")


@transaction()
def rename(person_id: str, name: str) -> None:
    db.session.get_one(Person, person_id).name = name


def test_A7_a_new_name_leaves_the_others_signature_as_it_is(
    database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    choose(cast.maya, now)
    sign(cast.maya, now)
    rename(cast.jonas, "Jon")
    assert not home(cast.maya).void
    assert home(cast.maya).signing == "i_signed"
    assert sign(cast.jonas, now) == "in_force"
    names = [person.name for person in services_versions.document(cast.maya, 1).content.people]
    assert names == ["Maya", "Jon"]


def test_A7_a_name_taken_back_revives_no_void_signature(cast: Cast, now: datetime) -> None:
    choose(cast.maya, now)
    rename(cast.jonas, "Jon")
    sign(cast.maya, now)
    choose(cast.jonas, now, CHANGED)
    rename(cast.jonas, "Jonas")
    assert home(cast.maya).void
    assert home(cast.jonas).signing == "to_sign"


def test_A7_a_new_name_is_no_pending_change(maya: FlaskClient, cast: Cast, now: datetime) -> None:
    choose(cast.maya, now)
    sign_both(cast, now)
    rename(cast.jonas, "Jon")
    assert home(cast.maya).signing == home(cast.jonas).signing == "in_force"
    page = text(maya, "/doc")
    assert "A change is being worked out" not in page
    assert "Jonas" in page
