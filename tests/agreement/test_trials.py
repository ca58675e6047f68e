"""Words that are tried until a day, and the form if … then … (rule A5)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from flask.testing import FlaskClient

from couples.accounts.services_profile import change_profile
from couples.agreement.promises.services import suggest, use
from couples.agreement.promises.services_side import side
from couples.agreement.refusals import TrialPassed
from couples.agreement.rules import TRIAL_LASTS, may_try_until
from tests.agreement.road import (
    EVENINGS,
    choose,
    open_both,
    promise,
    sign_both,
    text,
    wording,
)
from tests.cast import Cast
from tests.surveys.agreed import at

TODAY = date(2026, 9, 1)


def box(page: str) -> str:
    """Return the box that says whether it is to be tried."""
    found = re.search(r'<input[^>]*name="on_trial"[^>]*>', page)
    assert found is not None
    return found[0]


@pytest.mark.parametrize(
    ("until", "fits"),
    [
        (TODAY, False),
        (TODAY + timedelta(days=1), True),
        (TODAY + TRIAL_LASTS, True),
        (date(2027, 9, 1), True),
        (date(2027, 9, 2), False),
        (date(2026, 8, 31), False),
    ],
)
def test_A5_a_trial_ends_on_a_day_ahead_within_a_year(until: date, fits: bool) -> None:
    assert may_try_until(until, TODAY) is fits


def test_A5_a_trial_goes_from_the_suggestion_into_the_promise(
    database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    topic_id = open_both(cast, now)
    until = now.date() + TRIAL_LASTS
    tried = replace(wording(), words=replace(EVENINGS, trial_until=until))
    assert suggest(cast.maya, topic_id, wording(), now) is None
    first = side(cast.maya, topic_id).seen
    # The same words with a day to them are other words.
    assert suggest(cast.maya, topic_id, replace(tried, seen=first), now) is None
    found = side(cast.jonas, topic_id).suggestion
    assert found is not None
    assert found.id != first
    assert found.words.trial_until == until
    use(cast.jonas, found.id, now)
    agreed = side(cast.jonas, topic_id).promise
    assert agreed is not None
    assert agreed.words.trial_until == until


def test_A5_four_weeks_are_offered_and_nothing_is_tried_unless_it_is_wanted(
    maya: FlaskClient, jonas: FlaskClient, cast: Cast, now: datetime
) -> None:
    topic_id = open_both(cast, now)
    path = f"/doc/side/{topic_id}/words"
    day = (now.date() + TRIAL_LASTS).isoformat()
    page = text(maya, path)
    assert f'type="date" value="{day}"' in page
    assert "checked" not in box(page)
    data = {"words": "We try it.", "owner": "both", "seen": "", "trial_until": day}
    assert maya.post(path, data=data).status_code == 303
    assert "On trial until" not in text(jonas, f"/doc/side/{topic_id}")
    seen = side(cast.maya, topic_id).seen
    tried = {**data, "seen": seen, "on_trial": "y"}
    assert maya.post(path, data=tried).status_code == 303
    for browser in (maya, jonas):
        assert "On trial until" in text(browser, f"/doc/side/{topic_id}")
    suggestion_id = side(cast.maya, topic_id).seen
    assert jonas.post(f"/doc/words/{suggestion_id}/use").status_code == 303
    assert "On trial until" in text(maya, f"/doc/side/{topic_id}")
    assert "checked" in box(text(maya, path))


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("", "Write a day, a month and a year"),
        ("2026-02-30", "Write a day, a month and a year"),
        ("soon", "Write a day, a month and a year"),
        ("2020-01-01", "Choose a day after today, within a year"),
        ("9999-12-31", "Choose a day after today, within a year"),
    ],
)
def test_A5_a_day_that_cannot_be_is_asked_again_and_no_word_is_lost(
    maya: FlaskClient, cast: Cast, now: datetime, day: str, sentence: str
) -> None:
    topic_id = open_both(cast, now)
    data = {"words": "We try it.", "on_trial": "y", "trial_until": day, "seen": ""}
    answer = maya.post(f"/doc/side/{topic_id}/words", data=data)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "We try it." in answer.text
    # A half-typed day is no reason not to keep the words.
    assert maya.post(f"/doc/side/{topic_id}/words/save", data=data).status_code == 200


def test_A5_the_joint_form_is_offered(maya: FlaskClient, cast: Cast, now: datetime) -> None:
    page = text(maya, f"/doc/side/{open_both(cast, now)}/words")
    assert "It can be as short as “If …, then we …” or “When …, then we …”." in page
    assert 'hidden data-insert="words">If …, then we …</button>' in page
    assert 'hidden data-insert="words">When …, then we …</button>' in page


def test_A7_the_signed_text_names_the_trial(maya: FlaskClient, cast: Cast, now: datetime) -> None:
    topic_id = open_both(cast, now)
    promise(cast, topic_id, now)
    until = now.date() + TRIAL_LASTS
    seen = side(cast.maya, topic_id).seen
    tried = replace(wording(seen=seen), words=replace(EVENINGS, trial_until=until))
    suggest(cast.maya, topic_id, tried, now)
    use(cast.jonas, side(cast.maya, topic_id).seen, now)
    choose(cast.maya, now)
    sign_both(cast, now)
    page = text(maya, "/doc/versions/1")
    assert "On trial until" in page
    assert str(until.year) in page


def test_A5_words_whose_trial_has_passed_wait_for_another_day(
    jonas: FlaskClient, cast: Cast, now: datetime
) -> None:
    topic_id = open_both(cast, now)
    tried = replace(EVENINGS, trial_until=now.date() + timedelta(days=1))
    suggest(cast.maya, topic_id, replace(wording(), words=tried), now)
    suggestion_id = side(cast.maya, topic_id).seen
    at_nine = datetime(2026, 9, 2, 7, tzinfo=UTC)
    with pytest.raises(TrialPassed):
        use(cast.jonas, suggestion_id, at_nine)
    with at(at_nine + timedelta(days=4)):
        refused = jonas.post(f"/doc/words/{suggestion_id}/use")
    assert refused.status_code == 409
    assert "The day to try this until has passed. Suggest another." in refused.text
    assert side(cast.jonas, topic_id).promise is None
    use(cast.jonas, suggestion_id, at_nine - timedelta(minutes=1))
    assert side(cast.jonas, topic_id).promise is not None
    # Once agreed, a second press is no matter of days.
    assert use(cast.jonas, suggestion_id, at_nine) == topic_id


def test_S2_which_zone_the_other_lives_in_decides_no_trial(cast: Cast, now: datetime) -> None:
    topic_id = open_both(cast, now)
    tried = replace(EVENINGS, trial_until=now.date() + timedelta(days=1))
    suggest(cast.maya, topic_id, replace(wording(), words=tried), now)
    zone = "Pacific/Kiritimati"
    change_profile(cast.maya, name="Maya", language="en", zone=zone, now=now)
    use(cast.jonas, side(cast.maya, topic_id).seen, datetime(2026, 9, 1, 20, tzinfo=UTC))
    assert side(cast.jonas, topic_id).promise is not None
