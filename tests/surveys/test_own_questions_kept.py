"""What was answered to their own questions stays; what of them goes when somebody leaves."""

from __future__ import annotations

from datetime import datetime

import pytest

from couples.dashboard import services as dashboard
from couples.db import db
from couples.pairing.services import NotLinked
from couples.pairing.services_leaving import end_link
from couples.privacy.services_erasing import erase
from couples.surveys.models import OwnQuestion
from couples.surveys.own_questions.services import put_away, questions, retire, suggest
from couples.surveys.rounds.services_clock import close_due_rounds, open_due_rounds
from tests.cast import Cast, link
from tests.surveys.agreed import (
    AFTER,
    CLOSES,
    INSIDE,
    OPENS,
    WEEK,
    answer,
    opened,
    round_of,
    rounds_for,
    sign,
)
from tests.surveys.test_own_questions import (
    DANCED,
    RESTED,
    agree,
    asked,
    id_of,
    in_use,
    waiting,
)


def test_O1_what_opened_of_it_is_on_the_overview_and_stays_there_retired(
    cast: Cast, now: datetime
) -> None:
    sign(cast.couple, now)
    question = agree(cast, DANCED, now)
    open_due_rounds(OPENS)
    for person, number in ((cast.maya, 6), (cast.jonas, 3)):
        answer(person, round_of(cast.couple).id, overall=5, **{question: number})
    close_due_rounds(CLOSES)
    retire(cast.jonas, question, AFTER)
    (seen,) = rounds_for(cast.maya, AFTER)
    assert seen.opened[question] == (6, 3)
    open_due_rounds(OPENS + WEEK)
    assert asked(cast) == []
    strips = dashboard.overview(cast.maya, INSIDE + WEEK).strips
    (strip,) = [one for one in strips if one.topic == DANCED]
    assert [line.points[-1].value for line in strip.series.lines] == [6, 3]


def test_L6_after_a_link_answers_stay_and_a_new_one_begins_with_none(
    cast: Cast, now: datetime
) -> None:
    sign(cast.couple, now)
    question = agree(cast, DANCED, now)
    suggest(cast.jonas, RESTED, now)
    open_due_rounds(OPENS)
    answer(cast.maya, round_of(cast.couple).id, overall=5, **{question: 6})
    end_link(cast.maya, AFTER)
    (seen,) = rounds_for(cast.maya, AFTER)
    assert seen.topics[-1].name == DANCED and seen.answers[question] == 6
    with pytest.raises(NotLinked):
        questions(cast.maya)
    link(cast.maya, cast.jonas, AFTER)
    assert (waiting(cast.jonas), in_use(cast.jonas)) == ([], [])


def test_A10_what_was_not_agreed_goes_with_its_author_the_rest_with_the_last(
    database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    opened(cast.couple, now)
    retire(cast.jonas, agree(cast, "Shared and retired?", now), now)
    agree(cast, "Shared?", now)
    suggest(cast.maya, "Put away?", now)
    put_away(cast.jonas, id_of("Put away?"), now)
    suggest(cast.maya, "Hers?", now)
    suggest(cast.jonas, "His?", now)
    open_due_rounds(OPENS + WEEK)
    assert erase(cast.maya, AFTER + WEEK)
    kept = {row.words for row in db.session.scalars(db.select(OwnQuestion))}
    assert kept == {"Shared and retired?", "Shared?", "", "His?"}
    assert asked(cast)[0].name == "Shared?"
    assert erase(cast.jonas, AFTER + WEEK)
    assert {row.words for row in db.session.scalars(db.select(OwnQuestion))} == {""}
    assert asked(cast) == []
