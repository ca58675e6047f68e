"""Erasing while something else happens at the same instant: one order or the other (rule A10)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import text

from couples.accounts.models import Person
from couples.accounts.services_erasing import sweep_erased
from couples.agreement.needs import services as services_needs
from couples.agreement.needs import services_opening
from couples.agreement.signing import services as services_signing
from couples.agreement.signing import services_terms
from couples.agreement.signing.models import Version
from couples.db import db, new_id, transaction
from couples.mail.models import SuppressionReason
from couples.mail.suppression import is_suppressed, suppress
from couples.pairing.services import couple_or_none
from couples.pairing.services_invites import make_invite, open_invites
from couples.pairing.services_leaving import end_link
from couples.pairing.services_linking import accept
from couples.privacy import services
from couples.privacy.services_erasing import erase
from couples.surveys.answering.services import Answers, save_answers
from couples.surveys.models import Response, Round
from couples.surveys.rounds.services_plan import plan_rounds
from tests.agreement import road
from tests.cast import Cast
from tests.privacy.erasing_world import fill, sealed_cells
from tests.races import together


def is_gone(person_id: str) -> bool:
    """Whether nothing of Maya's is left anywhere."""
    mine = [column for column, value in sealed_cells() if "maya" in value.lower()]
    erased = db.session.get_one(Person, person_id).erased_at
    return not mine and erased is not None and couple_or_none(person_id) is None


def test_A10_while_the_partner_signs(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    fill(cast, now)
    read = services_signing.sign_page(cast.jonas).read_hash
    _signed, gone = together(
        database_app,
        lambda: services_signing.sign(cast.jonas, "Jonas's second signature", read, now),
        lambda: erase(cast.maya, now),
    )
    assert gone is True
    # Where both had signed first, her plan has become a promise of both.
    texts = [version.content for version in db.session.scalars(db.select(Version))]
    assert {text["talk_plan"] for text in texts} <= {"Shared plan.", "Maya's plan."}
    assert all("Maya's name" not in str(text) for text in texts)
    assert couple_or_none(cast.jonas) is None


@transaction()
def open_round(cast: Cast, now: datetime) -> str:
    """Let the round be open, and let the clock be about to open the next one."""
    round_ = db.session.scalars(db.select(Round)).one()
    round_.opens_at, round_.closes_at = now - timedelta(days=1), now + timedelta(days=1)
    version = db.session.scalars(db.select(Version)).one()
    plan_rounds(couple_id=cast.couple, version_id=version.id, now=now)
    return str(round_.id)


def test_A10_while_both_answer(database_app: Flask, database_cast: Cast, now: datetime) -> None:
    cast = database_cast
    fill(cast, now)
    round_id = open_round(cast, now)
    his = Answers({"overall": 5}, share=True, words="Jonas's words.", words_shared=True)
    hers = Answers({"overall": 5}, share=True, words="Maya's words.", words_before="Maya's words.")
    results = together(
        database_app,
        lambda: save_answers(cast.jonas, round_id, his, now),
        lambda: save_answers(cast.maya, round_id, hers, now),
        lambda: erase(cast.maya, now),
    )
    assert results[-1] is True
    sweep_erased(now)
    assert is_gone(cast.maya)
    assert db.session.scalars(db.select(Response).filter_by(person_id=cast.jonas)).one().payload


def test_A10_while_both_open(database_app: Flask, database_cast: Cast, now: datetime) -> None:
    cast = database_cast
    for person_id, words in ((cast.maya, "Maya's topic"), (cast.jonas, "Jonas's topic")):
        road.write(person_id, now, own=words)
    services_opening.say_ready(cast.maya, now)
    results = together(
        database_app,
        lambda: services_opening.say_ready(cast.jonas, now),
        lambda: erase(cast.maya, now),
    )
    assert results[-1] is True
    assert is_gone(cast.maya)
    assert len(services_needs.my_needs(cast.jonas).drafts) in {0, 1}


def test_A10_while_the_partner_unlinks_and_changes_terms(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    fill(cast, now)
    results = together(
        database_app,
        lambda: erase(cast.maya, now),
        lambda: services_terms.save_terms(cast.jonas, road.TERMS, 2, now),
        lambda: end_link(cast.jonas, now),
    )
    assert results[0] is True
    assert is_gone(cast.maya)


@pytest.mark.parametrize("turn", range(3))
def test_A10_while_the_partner_erases_too_and_again_in_another_tab(
    database_app: Flask, database_cast: Cast, now: datetime, turn: int
) -> None:
    cast = database_cast
    fill(cast, now)
    if turn:
        end_link(cast.jonas, now)
    results = together(
        database_app,
        lambda: erase(cast.maya, now),
        lambda: erase(cast.jonas, now),
        lambda: erase(cast.maya, now),
    )
    assert results[1] is True and sorted([results[0], results[2]]) == [False, True]
    assert is_gone(cast.maya)
    assert not any("jonas" in value.lower() for _column, value in sealed_cells())


def test_A10_while_writing_in_another_tab(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    together(
        database_app,
        lambda: services.save_note(
            cast.maya, new_id(), "Maya's", revision=0, may_begin=True, now=now
        ),
        lambda: road.write(cast.maya, now, own="Maya's topic"),
        lambda: erase(cast.maya, now),
    )
    sweep_erased(now)
    assert is_gone(cast.maya)


def test_L1_nobody_is_linked_to_an_erased_person(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    end_link(cast.jonas, now)
    make_invite(cast.ines, now)
    code = open_invites(cast.ines, now)[0].code or ""
    together(
        database_app,
        lambda: accept(code, cast.maya, now),
        lambda: erase(cast.maya, now),
    )
    assert is_gone(cast.maya)
    assert couple_or_none(cast.ines) is None


def test_A10_erasing_never_waits_for_whoever_changes_a_suppression(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    """Whoever holds that row may be waiting for the person, whom erasing holds."""
    index = db.session.get_one(Person, database_cast.maya).address_index
    suppress(index, SuppressionReason.NO_MAILBOX, now)
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect() as other, other.begin():
            other.execute(text("SELECT id FROM suppressions FOR UPDATE"))
            assert erase(database_cast.maya, now)
        assert is_suppressed(index) is SuppressionReason.NO_MAILBOX
        return
    assert erase(database_cast.maya, now)
    assert is_suppressed(index) is None
