"""A usual begun anew gives no change back its voice, and another couple begins from nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import delete

from couples.dashboard import services as overviews
from couples.dashboard.cards import rules, services
from couples.dashboard.cards.rules import SCALE
from couples.dashboard.cards.shapes import Change
from couples.dashboard.mine.services import mine_page
from couples.db import db, transaction
from couples.pairing.services import couple_of
from couples.pairing.services_leaving import end_link
from couples.surveys.models import Plan
from couples.surveys.rules import OVERALL
from tests.cast import Cast, link
from tests.dashboard.half_a_year import Answer, Week, after, write
from tests.dashboard.test_cards_rules import weekly

# Four items of the scale: 18 and 12 of 21.
HIGH, LOW = (5, 5, 4, 4), (3, 3, 3, 3)


def own(overall: int, scale: tuple[int, ...] = ()) -> Week:
    return Answer(overall, None, shared=False, scale=scale), None


# Overall changes at answer 9, the scale at answer 11.
BOTH = [
    own(5 if week < 6 else 2, HIGH if week < 9 else LOW if week < 12 else HIGH)
    for week in range(12)
]


def about(person_id: str, week: int) -> str:
    card = overviews.overview(person_id, after(week)).card
    return card.about if isinstance(card, Change) else ""


def test_O3_a_new_usual_of_one_question_does_not_let_the_other_speak_within_sixty_days(
    database_app: Flask, database_cast: Cast
) -> None:
    maya = database_cast.maya
    write(database_cast, BOTH)
    assert [about(maya, week) for week in range(8, 13)] == ["", OVERALL, "", "", ""]

    services.begin_usual_anew(maya, OVERALL, after(9))

    assert [about(maya, week) for week in (10, 11, 12)] == ["", "", ""]
    assert mine_page(maya, after(11)).totals.last_three is None


def test_O3_going_back_and_forth_between_usuals_speaks_no_sooner(app: Flask, cast: Cast) -> None:
    write(cast, BOTH)
    for week in (9, 10):
        services.begin_usual_anew(cast.maya, OVERALL, after(week))
        services.begin_usual_anew(cast.maya, SCALE, after(week))
        services.let_first_usual_count(cast.maya, SCALE, after(week))

    assert [about(cast.maya, week) for week in (10, 11, 12)] == ["", "", ""]
    services.let_first_usual_count(cast.maya, OVERALL, after(12))
    assert [about(cast.maya, week) for week in (9, 11, 12)] == [OVERALL, "", ""]


def test_a_new_usual_takes_the_card_of_its_own_question_and_leaves_the_other(
    app: Flask, cast: Cast
) -> None:
    write(cast, BOTH)

    services.begin_usual_anew(cast.maya, SCALE, after(9))
    assert about(cast.maya, 9) == OVERALL
    services.begin_usual_anew(cast.maya, OVERALL, after(9))
    assert about(cast.maya, 9) == ""


@pytest.mark.parametrize(("days", "again"), [(59, 0), (60, 1)])
def test_O3_sixty_days_after_what_was_spoken_the_new_usual_speaks(days: int, again: int) -> None:
    answers = weekly([5] * 6 + [2] * 3)
    said = answers[-1].at - timedelta(days=days)
    spoken = rules.CallOut(SCALE, "before", said, "higher")

    assert len(rules.call_outs({OVERALL: answers}, spoken)) == again


@transaction()
def no_rounds_ahead() -> None:
    db.session.execute(delete(Plan))


def test_L6_with_somebody_else_cards_and_usual_begin_from_nothing(
    database_app: Flask, database_cast: Cast
) -> None:
    cast, apart = database_cast, (Answer(2, 5), Answer(6, 5))
    write(cast, [apart])
    services.put_away(cast.maya, "difference overall", after(1))
    services.begin_usual_anew(cast.maya, OVERALL, after(1))
    no_rounds_ahead()
    end_link(cast.jonas, after(1))
    assert mine_page(cast.maya, after(1)).overall.since

    link(cast.maya, cast.ines, after(1))
    again = Cast(cast.maya, cast.ines, "", "", "", couple_of(cast.maya).id, "")
    assert mine_page(cast.maya, after(1)).overall.since is None
    write(again, [apart])

    card = overviews.overview(cast.maya, after(1)).card
    assert card and card.key == "difference overall"
    page = mine_page(cast.maya, after(1)).overall
    assert (page.since, page.answers, page.rounds) == (None, 1, 1)
    services.put_away(cast.maya, card.key, after(1))
    assert overviews.overview(cast.maya, after(1)).card is None
