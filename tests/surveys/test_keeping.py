"""What people kept to themselves in check-ins goes after a time of their own choice (J6, S2)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from flask import Flask
from flask.testing import FlaskClient

from couples.db import db, transaction
from couples.surveys import rules, services_keeping
from couples.surveys.answering.services import stored_from
from couples.surveys.models import Response
from tests import histories
from tests.cast import Cast, sign_in
from tests.dashboard.half_a_year import after, write
from tests.surveys.agreed import at
from tests.test_noninterference import starts, surface

ROUNDS = 5
MONTHS = 6


@pytest.mark.parametrize(
    ("now", "months", "before"),
    [
        ((2026, 8, 31), 6, (2026, 2, 28)),
        ((2028, 8, 31), 6, (2028, 2, 29)),
        ((2026, 1, 15), 12, (2025, 1, 15)),
        ((2026, 12, 1), 24, (2024, 12, 1)),
        ((2026, 7, 1), 6, (2026, 1, 1)),
    ],
)
def test_months_are_counted_by_the_calendar(
    now: tuple[int, int, int], months: int, before: tuple[int, int, int]
) -> None:
    assert rules.months_before(datetime(*now, tzinfo=UTC), months) == datetime(*before, tzinfo=UTC)


@pytest.mark.parametrize("seed", range(200))
def test_S2_what_opens_between_two_is_the_same_afterwards(seed: int) -> None:
    random, asked = Random(seed), ["overall", "time", "home"]
    drawn = [histories.random_answer(random, asked, True, name) for name in ("One", "Other")]
    mine, theirs = (stored_from(one.payload() if one else None) for one in drawn)
    left = services_keeping.shared_part(mine)
    view = left.view if left else stored_from(None).view
    for before, now in (
        (rules.opened(mine.view, theirs.view, True), rules.opened(view, theirs.view, True)),
        (rules.opened(theirs.view, mine.view, True), rules.opened(theirs.view, view, True)),
        (
            rules.opened_total(theirs.view, mine.view, True),
            rules.opened_total(theirs.view, view, True),
        ),
        (
            rules.opened_words(theirs.view, mine.view, True),
            rules.opened_words(theirs.view, view, True),
        ),
        (
            rules.opened_words(mine.view, theirs.view, True),
            rules.opened_words(view, theirs.view, True),
        ),
    ):
        assert before == now
    if left:
        # Nothing stays but what is shared, and doing it again changes nothing.
        assert set(left.answers) == set(mine.view.shared_answers)
        assert left.words == "" or mine.view.shared_words
        assert services_keeping.shared_part(left) == left


def test_S2_J6_the_partners_whole_surface_is_the_same_byte_for_byte(
    app: Flask, client: FlaskClient, cast: Cast
) -> None:
    now = after(ROUNDS) + timedelta(days=31 * (MONTHS + 1))
    random = Random(11)
    ids = write(cast, [(None, None)] * ROUNDS)
    drawn = histories.ask(ids[0], {}, True, {})
    for person_id, name in ((cast.maya, "Maya"), (cast.jonas, "Jonas")):
        answers = {one: histories.random_answer(random, drawn, True, name) for one in ids}
        histories.store(person_id, answers)
    with transaction():
        for response in responses(cast.maya):
            response.draft, response.draft_saved_at = {"words": "Begun."}, now
    with at(now):
        sign_in(client, cast.jonas, now)
        before = surface(client, starts(cast.jonas), files=False)
        assert services_keeping.forget_kept(now) == 0
        services_keeping.keep_for(cast.maya, MONTHS)
        assert services_keeping.forget_kept(now) == ROUNDS
        assert services_keeping.forget_kept(now) == 0
        assert surface(client, starts(cast.jonas), files=False) == before
    for response in responses(cast.maya):
        stored = stored_from(response.payload)
        assert response.draft is None
        assert set(stored.answers) == set(stored.view.shared_answers)
    assert any(stored_from(row.payload).answers for row in responses(cast.jonas))


def responses(person_id: str) -> list[Response]:
    """Return everything one person answered."""
    mine = db.select(Response).where(Response.person_id == person_id)
    return list(db.session.scalars(mine))


def test_J6_only_what_closed_so_long_ago_goes_and_only_while_it_is_chosen(
    database_app: Flask, database_cast: Cast
) -> None:
    cast = database_cast
    write(cast, [(None, None)] * 3)
    with transaction():
        for row in responses(cast.maya):
            row.payload = stored_from({"answers": {"overall": 4}, "shared": False}).payload()
    closed = after(1)
    then = closed.replace(month=closed.month + MONTHS)
    services_keeping.keep_for(cast.maya, MONTHS)
    assert services_keeping.forget_kept(then - timedelta(days=4)) == 0
    assert services_keeping.forget_kept(then) == 1
    services_keeping.keep_for(cast.maya, None)
    assert services_keeping.forget_kept(then + timedelta(days=3000)) == 0
    assert sum(row.payload is None for row in responses(cast.maya)) == 1


def test_J6_the_choice_is_made_on_a_page_after_a_fresh_proof(
    app: Flask, client: FlaskClient, cast: Cast, monkeypatch: pytest.MonkeyPatch, now: datetime
) -> None:
    monkeypatch.setattr("couples.clock.now", lambda: now)
    sign_in(client, cast.maya, now)
    assert "until you erase your account" in client.get("/settings").text
    assert 'value="always"' in client.get("/settings/keeping").text
    assert client.post("/settings/keeping", data={"length": "12"}).status_code == 303
    assert services_keeping.kept_for(cast.maya) == 12
    assert "goes after a year" in client.get("/settings").text
    assert client.post("/settings/keeping", data={"length": "1"}).status_code == 422
    monkeypatch.setattr("couples.clock.now", lambda: now + timedelta(minutes=11))
    assert "/settings/prove" in client.get("/settings/keeping").location
    client.post("/settings/keeping", data={"length": "6"})
    assert services_keeping.kept_for(cast.maya) == 12
