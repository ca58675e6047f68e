from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from couples import demo
from couples.accounts.addresses import index_of
from couples.accounts.services_signup import person_id_of
from couples.dashboard import services
from couples.dashboard.overview import Overview, State
from couples.db import db
from couples.mail.models import LetterState, OutboxLetter
from couples.settings import BadSetting
from tests.cast import sign_in

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
    assert len(mine.strips) == 4
    assert [line.person.mark for line in mine.overall.lines] == ["disc", "diamond"]


@pytest.mark.parametrize("hours", [0, 7, 15, 61, 100, 24 * 160])
def test_the_demo_works_at_any_time_of_week_and_year(app: Flask, hours: int) -> None:
    now = FRIDAY + timedelta(hours=hours)

    demo.fill(now)

    assert seen_by("maya", now).rounds == 26
    assert seen_by("maya", now).open_round is not None


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


@pytest.mark.parametrize("path", ["/overview", "/doc", "/doc/versions", "/week", "/private"])
@pytest.mark.parametrize("name", ["maya", "jonas"])
def test_the_pages_of_the_demo_couple_stand(client: FlaskClient, name: str, path: str) -> None:
    now = datetime.now(UTC)
    demo.fill(now)
    sign_in(client, person(name), now)

    assert client.get(path).status_code == 200
