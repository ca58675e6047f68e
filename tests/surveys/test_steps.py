"""The step from a talk: asked once by the next round, the same for both (rules C2, C5, C6)."""

from __future__ import annotations

import re
from datetime import datetime
from functools import partial

import pytest
from flask import Flask
from flask.testing import FlaskClient

from couples.db import db, transaction
from couples.pairing.services import locked_couple
from couples.pairing.services_leaving import end_link
from couples.surveys.answering.services import Answers, save_answers, withdraw
from couples.surveys.answering.services_link import save_by_link
from couples.surveys.models import StepQuestion
from couples.surveys.rounds.services_clock import make_due_round, open_due_round, open_due_rounds
from couples.surveys.services_about import opened_about
from couples.surveys.steps import services
from couples.surveys.terms import Asked, from_rows, to_rows
from couples.tokens import make
from tests.cast import Cast, prove, sign_in
from tests.races import together
from tests.surveys.agreed import (
    AFTER,
    INSIDE,
    OPENS,
    WEEK,
    answer,
    at,
    opened,
    response_of,
    round_of,
    rounds_of,
    sign,
)

STEP = "step-of-a-talk"
WORDS = "نطبخ معا on Sundays"
ASKED = Asked(STEP, None, WORDS, "", step=True)


@transaction()
def lay(cast: Cast, step_id: str = STEP, words: str = WORDS) -> None:
    """Lay a step down for the next round, as a talk does."""
    services.ask_next(locked_couple(cast.maya).id, step_id, words)


@transaction()
def drop(cast: Cast, step_id: str | None = None) -> None:
    services.drop(locked_couple(cast.jonas).id, step_id)


def asked(cast: Cast) -> list[tuple[Asked, ...]]:
    """Return the steps each round asks about."""
    return [
        tuple(one for one in from_rows(round_.questions) if one.step)
        for round_ in rounds_of(cast.couple)
    ]


def laid() -> int:
    return int(db.session.scalar(db.select(db.func.count(StepQuestion.id))) or 0)


def test_C2_the_next_round_asks_about_the_step_once_and_last(
    database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    sign(cast.couple, now)
    lay(cast)
    open_due_rounds(OPENS)
    open_due_rounds(OPENS + WEEK)
    assert asked(cast) == [(ASKED,), ()]
    assert [one.id for one in from_rows(rounds_of(cast.couple)[0].questions)][-1] == STEP
    assert laid() == 0


def test_C2_a_step_laid_while_a_round_is_open_is_asked_by_the_next_one(
    cast: Cast, now: datetime
) -> None:
    opened(cast.couple, now)
    lay(cast)
    open_due_rounds(INSIDE)
    make_due_round(cast.couple, OPENS + WEEK)
    open_due_rounds(OPENS + WEEK)
    assert asked(cast) == [(), (ASKED,)], "with whoever looks first, clock or person"


def test_C2_the_newest_step_and_its_newest_words_are_asked(cast: Cast, now: datetime) -> None:
    sign(cast.couple, now)
    lay(cast)
    lay(cast, "newer", "Something else")
    lay(cast, "newer", "In other words")
    drop(cast, STEP)
    open_due_rounds(OPENS)
    assert asked(cast) == [(Asked("newer", None, "In other words", "", step=True),)]


@pytest.mark.parametrize("step_id", [None, STEP])
def test_a_step_that_is_let_go_is_not_asked(cast: Cast, now: datetime, step_id: str | None) -> None:
    sign(cast.couple, now)
    lay(cast)
    drop(cast, step_id)
    open_due_rounds(OPENS)
    assert asked(cast) == [()]


def test_L6_a_step_ends_with_the_link(cast: Cast, now: datetime) -> None:
    sign(cast.couple, now)
    lay(cast)
    end_link(cast.jonas, now)
    assert laid() == 0


def test_C2_two_clocks_at_once_ask_once(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    sign(cast.couple, now)
    lay(cast)
    clocks = [partial(one, cast.couple, OPENS) for one in (open_due_round, make_due_round)]
    together(database_app, *clocks, *clocks)
    assert asked(cast) == [(ASKED,)] and laid() == 0


def test_a_step_changed_while_a_round_opens_is_asked_in_one_wording(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    """Either this round asks with the new words, or with the old ones and the next one too."""
    cast = database_cast
    sign(cast.couple, now)
    lay(cast)
    change = partial(lay, cast, STEP, "Changed")
    assert "None" in map(
        str, together(database_app, change, partial(open_due_round, cast.couple, OPENS))
    )
    ((found,),) = asked(cast)
    assert (found.name, laid()) in [(WORDS, 1), ("Changed", 0)]


def test_C5_what_the_round_opened_about_it_is_the_same_for_both(cast: Cast, now: datetime) -> None:
    sign(cast.couple, now)
    lay(cast)
    open_due_rounds(OPENS)
    round_id = round_of(cast.couple).id
    answer(cast.maya, round_id, **{STEP: 6})
    answer(cast.jonas, round_id, **{STEP: 4})
    assert opened_about(cast.maya, STEP, INSIDE) == (), "nothing before the close"

    ((hers,), (his,)) = (opened_about(one, STEP, AFTER) for one in (cast.maya, cast.jonas))
    assert (hers.mine, hers.theirs, his.mine, his.theirs) == (6, 4, 4, 6)

    withdraw(cast.jonas, round_id, AFTER)
    ((hers,), (his,)) = (opened_about(one, STEP, AFTER) for one in (cast.maya, cast.jonas))
    assert (hers.mine, hers.theirs, his.mine, his.theirs) == (6, None, 4, None)


@pytest.mark.parametrize("theirs", [{"share": False, STEP: 4}, {"overall": 4}, {}])
def test_C5_kept_skipped_and_never_answered_look_the_same(
    cast: Cast, now: datetime, theirs: dict[str, int]
) -> None:
    sign(cast.couple, now)
    lay(cast)
    open_due_rounds(OPENS)
    round_id = round_of(cast.couple).id
    answer(cast.maya, round_id, **{STEP: 6})
    if theirs:
        answer(cast.jonas, round_id, **theirs)
    ((hers),) = opened_about(cast.maya, STEP, AFTER)
    assert (hers.mine, hers.theirs) == (6, None)


def test_C6_the_mailed_page_is_the_same_byte_for_byte_with_a_step_and_without(
    client: FlaskClient, cast: Cast, now: datetime
) -> None:
    sign(cast.couple, now, topics=(("t-time", "time", ""),))
    open_due_rounds(OPENS)
    round_ = round_of(cast.couple)
    response = response_of(round_.id, cast.maya)
    token = make("week", response.id, response.generation)
    pages = []
    for step in ((), (ASKED,)):
        with transaction():
            there = round_of(cast.couple)
            there.questions = [*there.questions, *to_rows(step)]
        with at(INSIDE):
            pages.append(client.get(f"/week/{token}").text)
    assert pages[0] == pages[1] and "note when you sign in" in pages[0]


def test_C6_no_press_on_the_mailed_page_answers_it(
    client: FlaskClient, cast: Cast, now: datetime
) -> None:
    sign(cast.couple, now)
    lay(cast)
    open_due_rounds(OPENS)
    round_ = round_of(cast.couple)
    save_answers(cast.maya, round_.id, Answers({STEP: 6}, share=True), INSIDE)
    response = response_of(round_.id, cast.maya)
    by_link = Answers({"overall": 3, STEP: 1}, share=True)
    save_by_link(make("week", response.id, response.generation), by_link, INSIDE)
    payload = response_of(round_.id, cast.maya).payload
    assert payload["answers"] == {"overall": 3, STEP: 6}


def test_it_stands_on_the_page_and_among_past_answers(
    client: FlaskClient, cast: Cast, now: datetime
) -> None:
    sign(cast.couple, now)
    lay(cast)
    open_due_rounds(OPENS)
    sign_in(client, cast.maya, now)
    with at(INSIDE):
        page = client.get("/week").text
    assert page.count("How satisfied have you felt with the step from your talk?") == 1
    assert page.index("From your talk") > page.index("From your agreement")
    assert re.search(r'aria-describedby="q1-sub">.*?<p class="sub" id="q1-sub"', page, re.DOTALL)
    legend = page.split("the step from your talk?", 1)[1].split("</legend>", 1)[0]
    assert f'<span class="sub" dir="auto">{WORDS}</span>' in legend, "heard with the question"
    round_id = round_of(cast.couple).id
    answer(cast.maya, round_id, **{STEP: 6})
    prove(client, AFTER)
    with at(AFTER):
        past = client.get(f"/week/past/{round_id}").text
        overview = client.get("/overview").text
    assert past.index("From your talk") < past.index(WORDS) < past.index("<td>6</td>")
    assert WORDS not in overview


def test_rows_of_a_round_keep_the_step_apart() -> None:
    row = {"id": STEP, "listed": None, "name": WORDS, "promise": "", "step": True}
    assert to_rows([ASKED]) == [row] and from_rows([row]) == (ASKED,)
