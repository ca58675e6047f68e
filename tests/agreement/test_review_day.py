"""The letters of the review date go by the clock, and no signature sends one (rule S3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from couples.accounts.services_profile import change_profile
from couples.agreement.promises.services import Wording, suggest, use
from couples.agreement.promises.services_side import side
from couples.agreement.refusals import ReviewDayPassed
from couples.agreement.review.rules import TERMS as TERMS_ASKED
from couples.agreement.review.rules import Question
from couples.agreement.review.services import answer_review, review_page
from couples.agreement.review.shapes import Answers
from couples.agreement.services import version_in_force
from couples.agreement.signing.models import Signature
from couples.db import db
from couples.mail.letter import Letter, composers
from couples.mail.models import OutboxLetter
from tests.agreement.road import EVENINGS, RHYTHM, TERMS, choose, open_both, sign, sign_both
from tests.cast import Cast
from tests.surveys.agreed import letters

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


def test_S2_which_zone_the_other_lives_in_decides_no_signature(cast: Cast, now: datetime) -> None:
    """It is nine there on that day already; that is nothing the one who signs may learn."""
    choose(cast.maya, now, replace(TERMS, review_on=(now + DAY).date()))
    sign(cast.maya, now)
    zone = "Pacific/Kiritimati"
    change_profile(cast.maya, name="Maya", language="en", zone=zone, now=now)
    assert sign(cast.jonas, datetime(2026, 9, 1, 20, tzinfo=UTC)) == "in_force"
    # What would be a letter sent by a signature is none (S3); the page asks on its day.
    posted = db.session.scalars(db.select(OutboxLetter).where(OutboxLetter.kind == "review")).all()
    assert [each.person_id for each in posted] == [cast.jonas]


def letter(person_id: str, at: datetime) -> Letter:
    (row,) = letters("review", person_id)
    found = composers["review"](row, at)
    assert found is not None
    return found


def test_C7_the_review_letter_leads_to_the_page_that_asks_and_tells_nothing(
    cast: Cast, now: datetime
) -> None:
    choose(cast.maya, now)
    sign_both(cast, now)
    for person_id in (cast.maya, cast.jonas):
        sent = letter(person_id, datetime(2026, 12, 1, 8, tzinfo=UTC))
        assert sent.subject == "A date you set"
        assert "/doc/review\n" in sent.text
        assert "You set Tuesday 1 December 2026 as a day to read your document again" in sent.text
        assert "There’s no hurry. Nothing changes by itself." in sent.text
        assert "Sunday" not in sent.text


def test_S3_no_answer_sends_or_holds_back_the_review_letter(cast: Cast, now: datetime) -> None:
    choose(cast.maya, now)
    sign_both(cast, now)
    at_eight = datetime(2026, 12, 1, 8, tzinfo=UTC)
    before = (letter(cast.jonas, at_eight), db.session.query(OutboxLetter).count())
    version = version_in_force(cast.couple)
    assert version is not None
    key = Question(TERMS_ASKED, version.review_on).key
    answer_review(cast.maya, "Europe/Berlin", Answers(version.id, {key: "kept"}), at_eight)
    after = (letter(cast.jonas, at_eight), db.session.query(OutboxLetter).count())
    assert after == before
    answer_review(cast.jonas, "Europe/Berlin", Answers(version.id, {key: "changed"}), at_eight)
    assert db.session.query(OutboxLetter).count() == before[1]


@pytest.mark.parametrize(
    ("zone", "moment", "asked_again"),
    [
        # Five past nine on the review day, which in UTC is the day before.
        ("Pacific/Auckland", datetime(2026, 9, 14, 21, 5, tzinfo=UTC), False),
        # Six in the evening before the review day, which in UTC is that day.
        ("America/Los_Angeles", datetime(2026, 9, 15, 1, tzinfo=UTC), True),
    ],
)
def test_A6_the_day_something_was_settled_is_told_by_the_zone_both_signed(
    cast: Cast, now: datetime, zone: str, moment: datetime, asked_again: bool
) -> None:
    trial, review = date(2026, 9, 10), date(2026, 9, 15)
    topic_id = open_both(cast, now)
    words = replace(EVENINGS, trial_until=trial)
    suggest(cast.maya, topic_id, Wording(words, False, "", ""), now)
    use(cast.jonas, side(cast.maya, topic_id).seen, now)
    choose(cast.maya, now, replace(TERMS, rhythm=replace(RHYTHM, zone=zone), review_on=review))
    sign_both(cast, now)
    version = version_in_force(cast.couple)
    assert version is not None
    given = Answers(version.id, {Question(topic_id, trial).key: "kept"})
    for person_id in (cast.maya, cast.jonas):
        assert answer_review(person_id, zone, given, moment) == "saved"
    db.session.expire_all()
    asked = {each.question for each in review_page(cast.maya, zone, moment + DAY).asked}
    assert (Question(topic_id, review) in asked) is asked_again
