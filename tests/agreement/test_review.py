"""Reading an agreement again: each alone, open once both have answered (rules A6, A8, A9, S2)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from couples.agreement import rows
from couples.agreement.models import Promise, Topic
from couples.agreement.needs import services_opening
from couples.agreement.promises import services as services_wording
from couples.agreement.promises.services import Wording
from couples.agreement.review import services as services_review
from couples.agreement.review.rules import TERMS, Question
from couples.agreement.review.services import answer_review, review_notice, review_page
from couples.agreement.review.shapes import Answers, Notice, ReviewPage
from couples.agreement.signing import services_versions
from couples.agreement.signing.models import ReviewAnswer
from couples.agreement.topics import services_moving as moving
from couples.db import db, transaction
from couples.errors import NotFound
from couples.pairing import services_leaving
from couples.pairing.services import couple_of
from tests.agreement import road
from tests.agreement.road import EVENINGS
from tests.agreement.road import TERMS as SIGNED_TERMS
from tests.agreement.test_non_interference import seen
from tests.cast import Cast, sign_in
from tests.races import together
from tests.surveys.agreed import at

BERLIN = "Europe/Berlin"
REVIEW = date(2026, 9, 15)
NINE = datetime(2026, 9, 15, 7, tzinfo=UTC)
BEFORE = NINE - timedelta(minutes=1)
LATER = NINE + timedelta(hours=3)
WEEK = timedelta(weeks=1)


def signed(cast: Cast, now: datetime, trial: date | None = None) -> str:
    """Let both sign one promise and a rhythm, to be read again in two weeks; return the topic."""
    topic_id = road.open_both(cast, now)
    words = replace(EVENINGS, trial_until=trial)
    services_wording.suggest(cast.maya, topic_id, Wording(words, False, "", ""), now)
    (suggestion,) = rows.open_suggestions(cast.couple).values()
    services_wording.use(cast.jonas, suggestion.id, now)
    road.choose(cast.maya, now, replace(SIGNED_TERMS, review_on=REVIEW))
    road.sign_both(cast, now)
    for person_id in (cast.maya, cast.jonas):
        services_opening.open_pages(person_id)
    return topic_id


def page(person_id: str, now: datetime = NINE) -> ReviewPage:
    return review_page(person_id, BERLIN, now)


def notice(person_id: str, now: datetime = NINE) -> Notice | None:
    return review_notice(person_id, BERLIN, now)


def say(person_id: str, about: str, answer: str, now: datetime = NINE, day: date = REVIEW) -> str:
    version_id = page(person_id, now).version_id
    chosen = {Question(about, day).key: answer}
    return answer_review(person_id, BERLIN, Answers(version_id, chosen), now)


def both_say(cast: Cast, about: str, one: str, other: str, **values: object) -> None:
    assert say(cast.maya, about, one, **values) == "saved"  # type: ignore[arg-type]
    assert say(cast.jonas, about, other, **values) == "saved"  # type: ignore[arg-type]


def promise_of(topic_id: str) -> Promise | None:
    db.session.expire_all()
    return rows.promise_under(topic_id)


def asked(person_id: str, now: datetime = NINE) -> list[tuple[str, str]]:
    return [(each.question.about, each.mine) for each in page(person_id, now).asked]


def test_A6_both_are_asked_at_nine_of_the_review_day_and_not_before(
    cast: Cast, now: datetime
) -> None:
    topic_id = signed(cast, now)
    for person_id in (cast.maya, cast.jonas):
        assert asked(person_id, BEFORE) == []
        assert notice(person_id, BEFORE) is None
        assert asked(person_id) == [(topic_id, ""), (TERMS, "")]
        assert notice(person_id) == "review"
    assert review_page(cast.jonas, "America/New_York", NINE).asked == ()
    assert review_page(cast.jonas, "America/New_York", NINE + timedelta(hours=6)).asked


def test_A6_nothing_happens_by_itself_however_long_nobody_answers(
    cast: Cast, now: datetime
) -> None:
    topic_id = signed(cast, now)
    version = services_versions.document_in_force(cast.couple)
    assert asked(cast.maya, NINE + 60 * WEEK) == [(topic_id, ""), (TERMS, "")]
    assert services_versions.document_in_force(cast.couple) == version


def test_A6_what_both_keep_stays_and_the_next_text_is_read_again_twelve_weeks_on(
    database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    topic_id = signed(cast, now)
    both_say(cast, topic_id, "kept", "kept")
    draft = rows.draft_of(cast.couple)
    assert draft is not None
    assert draft.review_on == REVIEW
    both_say(cast, TERMS, "kept", "kept", now=LATER)
    db.session.expire_all()
    assert draft.review_on == REVIEW + 12 * WEEK
    promise = promise_of(topic_id)
    assert promise is not None
    assert promise.under_review_at is None
    settled = page(cast.maya).settled
    assert [each.outcome for each in settled] == ["kept", "kept"]
    assert page(cast.maya).next_on == REVIEW + 12 * WEEK
    assert page(cast.jonas).settled == settled


def test_A6_a_later_review_day_in_the_draft_is_left_alone(cast: Cast, now: datetime) -> None:
    topic_id = signed(cast, now)
    late = date(2027, 6, 1)
    road.choose(cast.maya, NINE, replace(SIGNED_TERMS, review_on=late))
    both_say(cast, topic_id, "kept", "kept")
    both_say(cast, TERMS, "kept", "kept")
    draft = rows.draft_of(cast.couple)
    assert draft is not None
    assert draft.review_on == late


def test_A6_what_both_let_go_leaves_the_draft_and_stays_in_force(
    database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    topic_id = signed(cast, now)
    both_say(cast, topic_id, "retired", "retired")
    assert promise_of(topic_id) is None
    topic = db.session.get(Topic, topic_id)
    assert topic is not None
    assert topic.retired_at == NINE
    document = services_versions.document_in_force(cast.couple)
    assert document is not None
    assert [clause.words for clause in document.content.clauses] == [EVENINGS.words]
    (settled,) = page(cast.jonas).settled
    assert (settled.outcome, settled.in_draft) == ("retired", False)


@pytest.mark.parametrize(
    ("one", "other", "outcome"),
    [
        ("changed", "changed", "changed"),
        ("kept", "changed", "differ"),
        ("retired", "kept", "differ"),
        ("changed", "retired", "differ"),
    ],
)
def test_A8_anything_else_puts_the_drafts_promise_under_review(
    cast: Cast, now: datetime, one: str, other: str, outcome: str
) -> None:
    topic_id = signed(cast, now)
    both_say(cast, topic_id, one, other)
    promise = promise_of(topic_id)
    assert promise is not None
    assert promise.under_review_at == NINE
    assert promise.words == EVENINGS.words
    (settled,) = page(cast.maya).settled
    assert settled.outcome == outcome
    assert [answer for _person, answer in settled.answers] == [one, other]


def test_A9_newer_words_are_never_overwritten_only_looked_at_again(
    cast: Cast, now: datetime
) -> None:
    topic_id = signed(cast, now)
    road.promise(cast, topic_id, now + WEEK, "Three evenings a week are ours.")
    both_say(cast, topic_id, "retired", "retired")
    promise = promise_of(topic_id)
    assert promise is not None
    assert promise.words == "Three evenings a week are ours."
    assert promise.under_review_at == NINE


def test_A9_words_that_wait_for_an_answer_keep_a_promise_from_leaving(
    cast: Cast, now: datetime
) -> None:
    topic_id = signed(cast, now)
    road.suggest(cast.jonas, topic_id, now + WEEK, "Three evenings a week are ours.")
    both_say(cast, topic_id, "retired", "retired")
    promise = promise_of(topic_id)
    assert promise is not None
    assert promise.under_review_at == NINE


def test_A6_a_promise_that_moved_to_another_topic_is_asked_about_where_it_was_signed(
    cast: Cast, now: datetime
) -> None:
    topic_id = signed(cast, now)
    into = services_opening.open_need(cast.maya, road.write(cast.maya, now, "money"), now)
    with transaction():
        old, new = rows.topic_of(cast.couple, topic_id), rows.topic_of(cast.couple, into)
        moving.make_part(couple_of(cast.maya), old, new, now)
    assert asked(cast.maya) == [(topic_id, ""), (TERMS, "")]
    both_say(cast, topic_id, "kept", "changed")
    promise = promise_of(into)
    assert promise is not None
    assert promise.under_review_at == NINE
    assert [each.topic_id for each in page(cast.maya).settled] == [into]


def test_A6_the_end_of_a_trial_is_asked_about_before_the_review_and_alone(
    cast: Cast, now: datetime
) -> None:
    trial = date(2026, 9, 8)
    topic_id = signed(cast, now, trial)
    ended = NINE - WEEK
    assert asked(cast.maya, ended - timedelta(minutes=1)) == []
    assert asked(cast.maya, ended) == [(topic_id, "")]
    assert notice(cast.maya, ended) == "trial"
    both_say(cast, topic_id, "kept", "kept", now=ended, day=trial)
    promise = promise_of(topic_id)
    assert promise is not None
    assert promise.trial_until is None
    assert asked(cast.maya, ended + WEEK) == [(topic_id, ""), (TERMS, "")]
    draft = rows.draft_of(cast.couple)
    assert draft is not None
    assert draft.review_on == REVIEW


def test_A6_a_trial_answered_on_the_review_day_is_not_asked_about_twice(
    cast: Cast, now: datetime
) -> None:
    trial = date(2026, 9, 8)
    topic_id = signed(cast, now, trial)
    assert asked(cast.maya, LATER) == [(topic_id, ""), (TERMS, "")]
    both_say(cast, topic_id, "kept", "kept", now=LATER, day=trial)
    assert asked(cast.maya, LATER) == [(TERMS, "")]
    both_say(cast, TERMS, "kept", "kept", now=LATER)
    assert asked(cast.maya, LATER) == []
    assert page(cast.maya).next_on == REVIEW + 12 * WEEK


def test_A6_an_older_wish_to_look_again_is_answered_when_both_keep_it(
    cast: Cast, now: datetime
) -> None:
    topic_id = signed(cast, now)
    services_wording.review(cast.jonas, topic_id, True, now)
    both_say(cast, topic_id, "kept", "kept")
    promise = promise_of(topic_id)
    assert promise is not None
    assert promise.under_review_at is None


def test_A6_an_agreement_of_a_rhythm_alone_is_read_again_too(cast: Cast, now: datetime) -> None:
    road.choose(cast.maya, now, replace(SIGNED_TERMS, review_on=REVIEW))
    road.sign_both(cast, now)
    assert asked(cast.jonas) == [(TERMS, "")]
    both_say(cast, TERMS, "kept", "changed")
    assert [each.outcome for each in page(cast.maya).settled] == ["differ"]
    assert notice(cast.maya) == notice(cast.jonas) == "settled"


def test_S2_an_answer_can_be_changed_and_taken_back_until_the_other_has_answered(
    database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    topic_id = signed(cast, now)
    say(cast.maya, topic_id, "kept")
    say(cast.maya, topic_id, "retired", LATER)
    assert asked(cast.maya) == [(topic_id, "retired"), (TERMS, "")]
    say(cast.maya, topic_id, "open")
    assert asked(cast.maya) == [(topic_id, ""), (TERMS, "")]
    say(cast.jonas, topic_id, "kept")
    assert page(cast.jonas).settled == ()
    say(cast.maya, topic_id, "kept")
    assert say(cast.maya, topic_id, "changed") == "late"
    assert [each.outcome for each in page(cast.jonas).settled] == ["kept"]


def test_A7_a_text_both_signed_meanwhile_ends_the_reading_of_the_last(
    cast: Cast, now: datetime
) -> None:
    topic_id = signed(cast, now)
    read = page(cast.maya).version_id
    say(cast.jonas, topic_id, "kept")
    road.choose(cast.maya, NINE, replace(SIGNED_TERMS, review_on=date(2026, 12, 1)))
    road.sign_both(cast, NINE)
    late = Answers(read, {Question(topic_id, REVIEW).key: "kept"})
    assert answer_review(cast.maya, BERLIN, late, LATER) == "replaced"
    assert page(cast.maya, LATER).asked == ()
    assert page(cast.maya, LATER).settled == ()


def test_A7_an_outcome_that_changes_the_text_voids_a_signature_under_the_old_one(
    cast: Cast, now: datetime
) -> None:
    topic_id = signed(cast, now)
    road.choose(cast.maya, NINE, replace(SIGNED_TERMS, review_on=date(2026, 12, 1)))
    assert road.sign(cast.maya, NINE) == "signed"
    both_say(cast, topic_id, "retired", "retired")
    assert road.sign(cast.jonas, LATER) == "signed"


def test_L6_after_parting_nobody_is_asked_and_answers_stay_with_their_authors(
    cast: Cast, now: datetime
) -> None:
    topic_id = signed(cast, now)
    read = page(cast.maya).version_id
    say(cast.jonas, topic_id, "kept")
    services_leaving.end_link(cast.jonas, LATER)
    answers = Answers(read, {Question(topic_id, REVIEW).key: "kept"})
    with pytest.raises(NotFound):
        answer_review(cast.maya, BERLIN, answers, LATER)
    assert notice(cast.maya) is None
    (row,) = db.session.scalars(db.select(ReviewAnswer)).all()
    assert (row.person_id, row.answer, row.settled_at) == (cast.jonas, "kept", None)


def test_S7_a_strangers_question_is_no_question(cast: Cast, now: datetime) -> None:
    topic_id = signed(cast, now)
    answers = Answers(page(cast.maya).version_id, {Question(topic_id, REVIEW).key: "kept"})
    assert answer_review(cast.other, BERLIN, answers, NINE) == "replaced"
    assert db.session.scalars(db.select(ReviewAnswer)).all() == []


def test_A6_both_at_the_same_instant_settle_once(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    topic_id = signed(cast, now)
    version_id, people = page(cast.maya).version_id, (cast.maya, cast.jonas)
    for turn in range(20):
        chosen = {Question(about, REVIEW).key: "kept" for about in (topic_id, TERMS)}
        given, moment = Answers(version_id, chosen), NINE + timedelta(minutes=turn)
        acts = [
            lambda who=who, given=given, moment=moment: answer_review(who, BERLIN, given, moment)
            for who in (*people, *people)
        ]
        assert set(together(database_app, *acts)) <= {"saved", "late"}
        found = db.session.scalars(db.select(ReviewAnswer)).all()
        assert sorted((row.about, row.person_id) for row in found) == sorted(
            (about, who) for about in (topic_id, TERMS) for who in people
        )
        assert {row.settled_at for row in found} == {moment}
        draft = rows.draft_of(cast.couple)
        assert draft is not None
        assert (draft.review_on, draft.revision) == (REVIEW + 12 * WEEK, 2 + turn)
        draft.review_on = REVIEW
        for row in found:
            db.session.delete(row)
        db.session.commit()


def test_S2_what_one_answers_changes_no_byte_of_the_others_pages(
    client: FlaskClient, cast: Cast, now: datetime
) -> None:
    topic_id = signed(cast, now)
    sign_in(client, cast.jonas, NINE)
    pages: tuple[str, ...] = (
        "/doc",
        "/doc/review",
        "/doc/open",
        "/doc/sign",
        "/doc/rhythm",
        "/doc/versions",
        "/",
    )
    pages = (*pages, f"/doc/side/{topic_id}", "/overview", "/settings", "/private")
    with at(NINE):
        before = seen(client, pages)
        for answer in ("kept", "retired", "changed"):
            say(cast.maya, topic_id, answer)
            say(cast.maya, TERMS, "kept")
            assert seen(client, pages) == before
        say(cast.maya, TERMS, "open")
        assert seen(client, pages) == before
        say(cast.jonas, topic_id, "kept")
        assert seen(client, pages) != before


FIELD = re.compile(r'name="((?:was-)?q-[^"]+|version|shown)" value="([^"]*)"')


def hidden(text: str) -> dict[str, str]:
    """Return what a page sends back of itself."""
    kept = ("was-", "version", "shown")
    return {name: value for name, value in FIELD.findall(text) if name.startswith(kept)}


def test_the_page_asks_with_the_full_words_and_nothing_chosen(
    maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    topic_id = signed(cast, now)
    assert "You’ll read this again on Tuesday 15 September 2026" in road.text(maya, "/doc/review")
    assert "/doc/review" not in road.text(maya, "/doc")
    with at(NINE):
        assert "It’s time to read this again" in road.text(maya, "/doc")
        shown = road.text(maya, "/doc/review")
        assert EVENINGS.words in shown
        assert EVENINGS.otherwise in shown
        assert " checked" not in shown
        nothing = maya.post("/doc/review", data=hidden(shown))
        assert nothing.status_code == 422
        assert "Choose for one of them" in nothing.text
        key = Question(topic_id, REVIEW).key
        odd = maya.post("/doc/review", data={**hidden(shown), key: "burnt"})
        assert odd.status_code == 422
        assert "Choose one of these" in odd.text
        sent = maya.post("/doc/review", data={**hidden(shown), key: "changed"})
        assert sent.status_code == 303
        again = road.text(maya, "/doc/review")
        assert re.search(rf'checked[^>]*name="{key}"[^>]*value="changed"', again)
        assert "It’s time to read this again" in road.text(maya, "/doc")


def test_the_page_shows_both_answers_once_both_are_there(
    maya: FlaskClient, jonas: FlaskClient, cast: Cast, now: datetime
) -> None:
    topic_id = signed(cast, now)
    with at(NINE):
        for browser, answer in ((maya, "changed"), (jonas, "kept")):
            shown = road.text(browser, "/doc/review")
            data = {**hidden(shown), Question(topic_id, REVIEW).key: answer}
            browser.post("/doc/review", data={**data, Question(TERMS, REVIEW).key: "kept"})
        for browser in (maya, jonas):
            shown = road.text(browser, "/doc/review")
            assert "Maya: put it differently" in shown
            assert "Jonas: it goes on as it is" in shown
            assert "You see this one differently." in shown
            assert f"/doc/side/{topic_id}/words" in shown
            assert "read again on Tuesday 8 December 2026" in shown
            assert "What you both said when you read this again" in road.text(browser, "/doc")


def test_A9_a_second_tab_takes_back_nothing_the_first_has_said(
    maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    topic_id = signed(cast, now)
    first, second = Question(topic_id, REVIEW).key, Question(TERMS, REVIEW).key
    with at(NINE):
        say(cast.maya, topic_id, "kept")
        old = hidden(road.text(maya, "/doc/review"))
        say(cast.maya, topic_id, "retired")
        maya.post("/doc/review", data={**old, first: "kept", second: "changed"})
    assert asked(cast.maya) == [(topic_id, "retired"), (TERMS, "changed")]


def test_a_tab_that_is_late_is_told_what_stays(
    maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    topic_id = signed(cast, now)
    with at(NINE):
        old = hidden(road.text(maya, "/doc/review"))
        both_say(cast, topic_id, "kept", "kept")
        data = {**old, Question(topic_id, REVIEW).key: "retired"}
        data[Question(TERMS, REVIEW).key] = "kept"
        late = maya.post("/doc/review", data=data, follow_redirects=True)
        assert "It stays as it is." in late.text
        road.choose(cast.maya, NINE, replace(SIGNED_TERMS, review_on=date(2026, 12, 1)))
        road.sign_both(cast, NINE)
        replaced = maya.post("/doc/review", data=data)
    assert replaced.status_code == 409
    assert "Nothing was saved." in replaced.text
    assert "You’ll read this again on Tuesday 1 December 2026" in replaced.text


def test_a_couple_that_signed_nothing_yet_has_nothing_to_read_again(
    maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    assert "Nothing to read again yet" in road.text(maya, "/doc/review")
    assert services_review.review_notice(cast.ines, BERLIN, now) is None
