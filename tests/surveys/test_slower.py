"""After three empty rounds each alone is asked whether a slower rhythm would suit."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from flask.testing import FlaskClient

from couples.surveys.answering.services_skipping import skip
from couples.surveys.answering.services_week import week_of
from couples.surveys.letters.services import pause
from couples.surveys.rounds.services_clock import open_due_rounds
from couples.surveys.rules import asks_for_slower
from tests.cast import Cast, sign_in
from tests.pages import without_tokens
from tests.surveys.agreed import (
    AFTER,
    DAY,
    INSIDE,
    OPENS,
    RHYTHM,
    WEEK,
    answer,
    at,
    rounds_of,
    sign,
)

QUESTION = "Would a slower rhythm suit you better?"
START = datetime(2026, 1, 1)


@pytest.mark.parametrize(
    ("closed", "put_away", "asks"),
    [
        ("", None, False),
        ("..", None, False),
        ("...", None, True),
        ("....", None, True),
        ("x...", None, True),
        ("..x", None, False),
        (".x.", None, False),
        ("...", 0, True),
        ("...", 1, False),
        ("...x", None, False),
        ("....", 2, False),
        ("......", 3, True),
        (".....", 2, True),
        ("...x...", 3, True),
        ("....x..", 3, False),
    ],
)
def test_three_empty_ones_in_a_row_ask_and_after_putting_it_away_three_further_ones(
    closed: str, put_away: int | None, asks: bool
) -> None:
    """A dot is an empty round; `put_away` is after so many of them, the closing moment included."""
    rounds = [(START + place * WEEK, mark == "x") for place, mark in enumerate(closed, 1)]
    moment = None if put_away is None else START + put_away * WEEK
    assert asks_for_slower(rounds[-3:], moment) is asks


def live(cast: Cast, rounds: int, answered: frozenset[int] = frozenset(), **how: bool) -> datetime:
    """Let so many rounds pass; return a moment after the close of the last one."""
    for number in range(1, rounds + 1):
        passed = (number - 1) * WEEK
        open_due_rounds(OPENS + passed)
        if number in answered:
            answer(cast.maya, rounds_of(cast.couple)[-1].id, INSIDE + passed, overall=4, **how)
    return AFTER + (rounds - 1) * WEEK


def asked(client: FlaskClient, now: datetime) -> bool:
    with at(now):
        return QUESTION in client.get("/week").text


@pytest.fixture
def maya(client: FlaskClient, cast: Cast, now: datetime) -> FlaskClient:
    """Return Maya's browser, a weekly rhythm in force."""
    sign(cast.couple, now)
    sign_in(client, cast.maya, now)
    return client


def test_it_is_asked_between_and_while_open_and_put_away_for_three_further_ones(
    maya: FlaskClient, cast: Cast
) -> None:
    assert not asked(maya, live(cast, 2))
    after = live(cast, 3)
    assert asked(maya, after)
    fourth = INSIDE + 3 * WEEK
    open_due_rounds(OPENS + 3 * WEEK)
    assert asked(maya, fourth)
    with at(fourth):
        skip(cast.maya, fourth)
        page = maya.get("/week").text
        assert QUESTION in page and 'href="/doc/rhythm"' in page
        assert "A change needs a yes from both of you." in page
        assert maya.post("/week/slower/away").status_code == 303
    assert not asked(maya, fourth)
    sign_in(maya, cast.maya, fourth)  # nobody stays signed in for longer than thirty days
    assert not asked(maya, live(cast, 5))
    assert asked(maya, live(cast, 6))


def test_a_kept_answer_is_an_answer(maya: FlaskClient, cast: Cast) -> None:
    assert not asked(maya, live(cast, 3, frozenset({2}), share=False))
    later = live(cast, 5)
    sign_in(maya, cast.maya, later)  # nobody stays signed in for longer than thirty days
    assert asked(maya, later)


def test_not_while_paused_and_not_where_it_is_slowest_already(
    maya: FlaskClient, cast: Cast
) -> None:
    after = live(cast, 3)
    pause(cast.maya, "open", after)
    assert not asked(maya, after)
    pause(cast.maya, "week", after - 8 * DAY)
    assert asked(maya, after)
    sign(cast.couple, after, replace(RHYTHM, every_weeks=4))
    assert not asked(maya, after)


def test_S2_it_depends_on_nothing_of_the_partners(maya: FlaskClient, cast: Cast) -> None:
    after = live(cast, 3)
    with at(after):
        before = without_tokens(maya.get("/week").data)
        for round_, passed in zip(rounds_of(cast.couple), (0 * WEEK, WEEK, 2 * WEEK), strict=True):
            answer(cast.jonas, round_.id, INSIDE + passed, overall=4)
        assert without_tokens(maya.get("/week").data) == before
    assert week_of(cast.maya, after).asks_slower and not week_of(cast.jonas, after).asks_slower
