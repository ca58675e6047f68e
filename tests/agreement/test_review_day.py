"""The letters of the review date go by the clock, and no signature sends one (rule S3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from couples.agreement.models_signing import Signature
from couples.agreement.refusals import ReviewDayPassed
from couples.agreement.services import version_in_force
from couples.db import db
from couples.mail.models import OutboxLetter
from tests.agreement.road import TERMS, choose, sign, sign_both
from tests.cast import Cast

DAY = timedelta(days=1)


def test_S3_the_review_letter_is_posted_to_both_by_the_clock(
    database_cast: Cast, now: datetime
) -> None:
    choose(database_cast.maya, now)
    sign_both(database_cast, now)
    query = db.select(OutboxLetter).where(OutboxLetter.kind == "review")
    letters = db.session.scalars(query).all()
    assert sorted(each.person_id or "" for each in letters) == sorted(
        (database_cast.maya, database_cast.jonas)
    )
    assert {each.due_at for each in letters} == {datetime(2026, 12, 1, 8, tzinfo=UTC)}


def test_S3_no_signature_sends_the_review_letter(database_cast: Cast, now: datetime) -> None:
    cast = database_cast
    choose(cast.maya, now, replace(TERMS, review_on=(now + DAY).date()))
    sign(cast.maya, now)
    at_nine = datetime(2026, 9, 2, 7, tzinfo=UTC)
    with pytest.raises(ReviewDayPassed):
        sign(cast.jonas, at_nine)
    (signature,) = db.session.scalars(db.select(Signature)).all()
    assert signature.person_id == cast.maya
    assert version_in_force(cast.couple) is None
    assert db.session.scalars(db.select(OutboxLetter)).all() == []
    assert sign(cast.jonas, at_nine - timedelta(minutes=1)) == "in_force"
