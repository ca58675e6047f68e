"""A round left out in private: no more letters about it, and to the partner like any empty one."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from couples import tokens
from couples.dashboard.overview import State
from couples.dashboard.services import overview
from couples.surveys.answering.services_skipping import answer_after_all, skip
from couples.surveys.letters.services import Wishes, save_letters
from couples.surveys.rounds.services_clock import close_due_rounds, open_due_rounds
from tests.cast import Cast, prove, sign_in
from tests.surveys.agreed import (
    AFTER,
    CLOSES,
    INSIDE,
    MORNING,
    OPENS,
    answer,
    at,
    letters,
    post_by_link,
    response_of,
    round_of,
    sign,
)
from tests.surveys.test_noninterference import composed, observed


@pytest.fixture
def maya(maya: FlaskClient, cast: Cast, now: datetime) -> FlaskClient:
    """Return Maya's browser, a round open, every letter wished for."""
    save_letters(cast.maya, Wishes(None, None, False, True, False), now)
    return maya


def is_skipped(cast: Cast) -> bool:
    return response_of(round_of(cast.couple).id, cast.maya).skipped_at is not None


def test_it_is_skipped_by_one_press_and_taken_back_by_another(
    maya: FlaskClient, cast: Cast
) -> None:
    with at(INSIDE):
        assert "Skip this week</button>" in maya.get("/week").text
        maya.post("/week/save", data={"q0": "3", "revision": "0"})
        assert maya.post("/week/skip").status_code == 303
        page = maya.get("/week").text
        assert "You’re leaving this one out" in page and "What you had begun is kept" in page
        assert "<fieldset" not in page
        assert maya.post("/week/skip/back").status_code == 303
        assert 'id="q0-2" value="3" checked' in maya.get("/week").text
    assert not is_skipped(cast)


def test_it_is_taken_back_by_answering_too(maya: FlaskClient, cast: Cast) -> None:
    token = tokens.make("week", response_of(round_of(cast.couple).id, cast.maya).id)
    skip(cast.maya, INSIDE)
    assert post_by_link(maya, token, INSIDE, q0="5", decision="share")[0] == 303
    assert not is_skipped(cast)
    with at(INSIDE):
        assert "Skip this week</button>" not in maya.get("/week").text
    skip(cast.maya, INSIDE)
    assert not is_skipped(cast), "what was sent stays sent"


@pytest.mark.parametrize("moment", [AFTER, OPENS - timedelta(hours=1)])
def test_only_an_open_round_can_be_left_out(
    client: FlaskClient, cast: Cast, now: datetime, moment: datetime
) -> None:
    sign(cast.couple, now)
    if moment == AFTER:
        open_due_rounds(OPENS)
    sign_in(client, cast.maya, now)
    with at(moment):
        assert client.post("/week/skip").status_code == 303
        assert "leaving this one out" not in client.get("/week").text
    skip(cast.ines, moment)
    answer_after_all(cast.ines, moment)


def test_no_letter_about_this_round_comes_any_more_but_the_one_of_constant_words(
    maya: FlaskClient, cast: Cast
) -> None:
    last = CLOSES - timedelta(hours=20)
    skip(cast.maya, INSIDE)
    for kind in ("open", "reminder"):
        (row,) = letters(kind, cast.maya)
        assert composed(row, last) is None
    (closed,) = letters("closed", cast.maya)
    assert composed(closed, MORNING) is not None
    answer_after_all(cast.maya, INSIDE)
    assert composed(letters("open", cast.maya)[0], last) is not None


def test_the_overview_does_not_ask_again(maya: FlaskClient, cast: Cast) -> None:
    with at(INSIDE):
        assert overview(cast.maya, INSIDE).state is State.OPEN
        skip(cast.maya, INSIDE)
        assert overview(cast.maya, INSIDE).state is State.LEFT_OUT
        page = maya.get("/overview").text
        assert "You’re leaving this one out" in page and "It takes about a minute" not in page
    assert overview(cast.maya, AFTER).state is State.QUIET
    prove(maya, AFTER)
    with at(AFTER):
        assert "You left this one out." in maya.get(f"/week/past/{round_of(cast.couple).id}").text


@pytest.mark.parametrize("is_answered", [False, True])
def test_S2_to_the_partner_it_is_any_empty_one_in_every_byte_before_and_after_the_close(
    app: Flask, maya: FlaskClient, cast: Cast, now: datetime, is_answered: bool
) -> None:
    jonas = app.test_client()
    sign_in(jonas, cast.jonas, now)
    if is_answered:
        answer(cast.jonas, round_of(cast.couple).id, overall=5)
    close_due_rounds(CLOSES)
    moments = (INSIDE, CLOSES - timedelta(seconds=1), AFTER, MORNING)
    before = [observed(jonas, cast.jonas, moment) for moment in moments]
    with at(INSIDE):
        maya.post("/week/skip")
    assert is_skipped(cast)
    assert [observed(jonas, cast.jonas, moment) for moment in moments] == before
