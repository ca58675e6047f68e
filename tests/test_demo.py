from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from couples import demo
from couples.accounts.addresses import index_of
from couples.accounts.services_signup import person_id_of
from couples.agreement import services_home
from couples.agreement.promises import services_side
from couples.agreement.signing import services_versions
from couples.agreement.topics import services as services_topics
from couples.dashboard import services
from couples.dashboard.overview import Overview, State
from couples.db import db
from couples.demo.meeting_again import BROUGHT, STEP
from couples.lookback import services as services_back
from couples.mail import lateness
from couples.mail.models import LetterState, OutboxLetter
from couples.preparing.services_reflection import reflection_of
from couples.settings import BadSetting
from couples.talks import services_next
from couples.talks.sitting import services as services_sitting
from tests.cast import sign_in

PAGES = (
    "/overview", "/overview/back/1", "/doc", "/doc/versions", "/week", "/talks", "/private",
)  # fmt: skip
FRIDAY = datetime(2026, 10, 16, 9, tzinfo=UTC)


def person(name: str) -> str:
    found = person_id_of(index_of(f"{name}@example.org"))
    assert found
    return found


def seen_by(name: str, now: datetime) -> Overview:
    return services.overview(person(name), now)


def test_the_demo_couple_has_half_a_year_and_a_round_open_now(database_app: Flask) -> None:
    demo.fill(FRIDAY)

    mine, theirs = seen_by("maya", FRIDAY), seen_by("jonas", FRIDAY)

    assert (mine.rounds, mine.state, theirs.state) == (26, State.OPEN, State.ANSWERED)
    assert [mark.kind for mark in mine.marks] == ["signed", "updated", "updated"]
    assert len(mine.strips) == 5 and mine.strips[-1].topic == "How easy was it to laugh together?"
    assert mine.totals and [total for _person, total in mine.totals.each] == [15, 16]
    assert theirs.totals == mine.totals
    assert [line.person.mark for line in mine.overall.lines] == ["disc", "diamond"]


def test_no_letter_of_the_demo_looks_late_before_the_clock_has_ticked(database_app: Flask) -> None:
    demo.fill(FRIDAY)

    assert lateness.overdue(FRIDAY) is None


def test_the_demo_shows_what_two_did_with_their_needs(app: Flask) -> None:
    demo.fill(FRIDAY)

    maya, jonas = person("maya"), person("jonas")
    lines = services_home.home(maya).topics
    pages = {line.topic.listed: services_side.side(maya, line.topic.id) for line in lines}
    answers = {
        listed: [one.answer for one in page.hearings.values()] for listed, page in pages.items()
    }
    (aside,) = services_topics.aside(jonas)

    assert [*pages] == ["time", "home", "heard", "affection"]
    assert answers == {"time": [], "home": ["yes"], "heard": ["not_quite"], "affection": []}
    assert [len(leaf.needs) for leaf in pages["time"].leaves] == [1, 2]
    assert (aside.listed, services_side.side(jonas, aside.id).retired) == ("notice", True)
    assert reflection_of(maya).answers.written and not reflection_of(jonas).answers.written


def test_the_demos_newest_promise_is_on_trial_and_its_version_is_read_again_later(
    app: Flask,
) -> None:
    demo.fill(FRIDAY)

    content = services_versions.document(person("maya"), 3).content
    trials = {clause.listed: clause.trial_until for clause in content.clauses}

    assert {listed for listed, until in trials.items() if until} == {"time"}
    assert FRIDAY.date() < (trials["time"] or date.min) < content.review_on


def test_the_demos_words_have_a_history_and_one_suggestion_waits_for_maya(app: Flask) -> None:
    demo.fill(FRIDAY)

    maya = person("maya")
    lines = services_home.home(maya).topics
    pages = {line.topic.listed: services_side.side(maya, line.topic.id) for line in lines}

    past = {listed: len(page.history) for listed, page in pages.items()}
    assert past == {"time": 2, "home": 2, "heard": 1, "affection": 1}
    assert [listed for listed, page in pages.items() if page.suggestion] == ["heard"]


def test_the_demos_first_talk_left_a_step_that_a_round_asked_about(app: Flask) -> None:
    demo.fill(FRIDAY)

    maya, jonas = person("maya"), person("jonas")
    (past,) = services_sitting.past_talks(maya)
    page = services_sitting.talk_page(maya, past.id, "Europe/Berlin", FRIDAY)

    assert [item.words for item in page.talked] == [words for words, _about in BROUGHT.values()]
    assert page.step and page.step.words == STEP and not page.step.may_change
    assert [[value for _who, value in one.each] for one in page.opened] == [[5, 6]]
    assert services_sitting.past_talks(jonas) == (past,)


def test_the_demos_next_talk_is_agreed_and_half_a_year_lies_behind(app: Flask) -> None:
    demo.fill(FRIDAY)

    found = services_next.next_talk(person("jonas"), FRIDAY)
    (half,) = services_back.look_backs(person("jonas"), FRIDAY).half_years
    back = services_back.look_back(person("maya"), half.number, FRIDAY)

    assert found and found.starts_at == datetime(2026, 10, 18, 17, 30, tzinfo=UTC)
    assert [version.number for version in back.versions] == [1, 2, 3]
    assert len(back.overall.days) == 26 and len(back.talks) == 1


@pytest.mark.parametrize("hours", [0, 7, 15, 61, 100, 24 * 160])
def test_the_demo_works_at_any_time_of_week_and_year(app: Flask, hours: int) -> None:
    now = FRIDAY + timedelta(hours=hours)

    demo.fill(now)

    assert seen_by("maya", now).rounds == 26
    assert seen_by("maya", now).open_round is not None
    assert services_back.look_backs(person("maya"), now).half_years
    planned = services_next.next_talk(person("maya"), now)
    assert planned and planned.starts_at and planned.starts_at > now


def test_a_second_filling_is_refused_with_a_sentence(app: Flask) -> None:
    demo.fill(FRIDAY)

    with pytest.raises(BadSetting, match="already"):
        demo.fill(FRIDAY)


def test_no_letter_of_the_past_goes_out(app: Flask) -> None:
    demo.fill(FRIDAY)

    waiting = db.session.scalars(
        db.select(OutboxLetter).where(OutboxLetter.state != LetterState.CANCELLED)
    ).all()

    assert {letter.kind for letter in waiting if letter.due_at <= FRIDAY} == {"open"}
    assert all(letter.not_after and letter.not_after > FRIDAY for letter in waiting)


def test_both_can_sign_in_as_the_printed_lines_say(client: FlaskClient) -> None:
    logins = demo.fill(FRIDAY)

    for address in logins.addresses:
        assert address in str(logins) and logins.password in str(logins)
        form = {"address": address, "password": logins.password}
        assert client.post("/signin", data=form).status_code == 303


@pytest.mark.parametrize("name", ["maya", "jonas"])
def test_the_pages_of_the_demo_couple_stand(client: FlaskClient, name: str) -> None:
    now = datetime.now(UTC)
    demo.fill(now)
    sign_in(client, person(name), now)

    for path in PAGES:
        assert client.get(path).status_code == 200, path
