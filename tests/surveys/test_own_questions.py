"""Questions of the couple's own: agreed by both, retired by either (rule C2)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import nullcontext
from datetime import datetime, timedelta
from typing import Any

import pytest

from couples.db import db
from couples.errors import NotFound, Refusal
from couples.mail.models import OutboxLetter
from couples.pairing.services import NotLinked
from couples.surveys.answering.services_link import page_by_link
from couples.surveys.models import OwnQuestion
from couples.surveys.own_questions import refusals
from couples.surveys.own_questions.services import (
    put_away,
    questions,
    retire,
    suggest,
    use,
)
from couples.surveys.rounds.services_clock import open_due_rounds
from couples.surveys.terms import Asked, from_rows, scale_of, to_rows
from couples.tokens import make
from tests.cast import Cast
from tests.surveys.agreed import (
    INSIDE,
    OPENS,
    WEEK,
    response_of,
    round_of,
    sign,
)

DANCED = "Did we dance?"
RESTED = "How rested did we feel?"
THIRD = "وقت لنا؟"


def waiting(person_id: str) -> list[str]:
    return [one.words for one in questions(person_id).waiting]


def in_use(person_id: str) -> list[str]:
    return [one.words for one in questions(person_id).in_use]


def id_of(words: str) -> str:
    rows: Iterable[OwnQuestion] = db.session.scalars(db.select(OwnQuestion))
    return next(row.id for row in rows if row.words == words)


def agree(cast: Cast, words: str, now: datetime) -> str:
    """Let Maya suggest these words and Jonas use them; return the question's id."""
    suggest(cast.maya, words, now)
    use(cast.jonas, id_of(words), now)
    return id_of(words)


def asked(cast: Cast) -> list[Asked]:
    return [one for one in from_rows(round_of(cast.couple).questions) if one.own]


def test_C2_a_question_is_asked_once_the_other_has_said_yes(
    database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    sign(cast.couple, now)
    suggest(cast.maya, DANCED, now)
    (theirs,) = questions(cast.jonas).waiting
    assert (theirs.words, theirs.author.name, theirs.mine) == (DANCED, "Maya", False)
    assert questions(cast.maya).waiting[0].mine
    with pytest.raises(refusals.OwnQuestionOfMine):
        use(cast.maya, theirs.id, now)
    use(cast.jonas, theirs.id, now)
    use(cast.jonas, theirs.id, now)
    assert in_use(cast.maya) == in_use(cast.jonas) == [DANCED]
    open_due_rounds(OPENS)
    assert asked(cast) == [Asked(theirs.id, None, DANCED, "", own=True)]
    ids = [row["id"] for row in round_of(cast.couple).questions if "id" in row]
    assert ids == ["t-time", "t-own", theirs.id], "after the topics"


def test_S3_no_letter_is_caused_by_any_of_it(cast: Cast, now: datetime) -> None:
    before = db.session.scalar(db.select(db.func.count(OutboxLetter.id)))
    retire(cast.maya, agree(cast, DANCED, now), now)
    suggest(cast.jonas, RESTED, now)
    put_away(cast.maya, id_of(RESTED), now)
    assert db.session.scalar(db.select(db.func.count(OutboxLetter.id))) == before


def test_C1_a_round_that_has_opened_stays_as_it_is(cast: Cast, now: datetime) -> None:
    sign(cast.couple, now)
    first = agree(cast, DANCED, OPENS)
    late = OPENS + timedelta(seconds=10)
    second = agree(cast, RESTED, late)
    retire(cast.jonas, first, late)
    open_due_rounds(OPENS + timedelta(seconds=30))
    assert [one.id for one in asked(cast)] == [first], "decided by the times, not by the tick"
    retire(cast.maya, second, INSIDE)
    assert [one.id for one in asked(cast)] == [first]
    third = agree(cast, THIRD, INSIDE)
    open_due_rounds(OPENS + WEEK)
    assert [one.id for one in asked(cast)] == [third]


def test_C2_never_more_than_two_are_asked_even_where_the_clock_was_set_back(
    cast: Cast, now: datetime
) -> None:
    sign(cast.couple, now)
    first = agree(cast, DANCED, now)
    retire(cast.maya, first, OPENS + timedelta(hours=1))
    for words in (RESTED, THIRD):
        agree(cast, words, now + timedelta(minutes=5))
    open_due_rounds(OPENS)
    assert len(asked(cast)) == 2


def test_C2_two_may_be_in_use_and_two_may_wait(cast: Cast, now: datetime) -> None:
    for words in (DANCED, RESTED):
        agree(cast, words, now)
    suggest(cast.jonas, "Third?", now)
    with pytest.raises(refusals.EnoughInUse):
        use(cast.maya, id_of("Third?"), now)
    suggest(cast.maya, "Fourth?", now)
    for person in (cast.maya, cast.jonas):
        with pytest.raises(refusals.EnoughSuggested):
            suggest(person, "Fifth?", now)
    assert set(waiting(cast.maya)) == {"Third?", "Fourth?"}
    assert set(in_use(cast.maya)) == {DANCED, RESTED}
    retire(cast.maya, id_of(DANCED), now)
    use(cast.maya, id_of("Third?"), now)
    assert set(in_use(cast.jonas)) == {RESTED, "Third?"}


def test_the_same_words_twice_are_once(cast: Cast, now: datetime) -> None:
    suggest(cast.maya, DANCED, now)
    suggest(cast.maya, DANCED, now)
    assert waiting(cast.jonas) == [DANCED]
    with pytest.raises(refusals.AlreadyThere):
        suggest(cast.jonas, DANCED.lower(), now)
    use(cast.jonas, id_of(DANCED), now)
    with pytest.raises(refusals.AlreadyThere):
        suggest(cast.maya, DANCED, now)
    retire(cast.maya, id_of(DANCED), now)
    suggest(cast.maya, DANCED, now)
    assert waiting(cast.jonas) == [DANCED], "a retired one may be suggested anew"


Act = Callable[[str, str, datetime], Any]


@pytest.mark.parametrize(
    ("before", "act", "problem"),
    [
        ((put_away,), use, refusals.QuestionGone),
        ((use,), put_away, refusals.QuestionInUse),
        ((use, retire), use, refusals.QuestionGone),
        ((use, retire), put_away, refusals.QuestionGone),
        ((), retire, refusals.QuestionWaiting),
        ((put_away,), retire, refusals.QuestionGone),
        ((put_away,), put_away, None),
        ((use, retire), retire, None),
    ],
)
def test_an_act_that_came_too_late_is_refused_by_name_and_a_double_press_is_one(
    cast: Cast, now: datetime, before: tuple[Act, ...], act: Act, problem: type[Refusal] | None
) -> None:
    suggest(cast.maya, DANCED, now)
    for earlier in before:
        earlier(cast.jonas, id_of(DANCED), now)
    with pytest.raises(problem) if problem else nullcontext():
        act(cast.jonas, id_of(DANCED), now + WEEK)


@pytest.mark.parametrize("act", [use, put_away, retire])
def test_S7_a_question_of_another_couple_is_missing(cast: Cast, now: datetime, act: Act) -> None:
    suggest(cast.maya, DANCED, now)
    for person, question in ((cast.other, id_of(DANCED)), (cast.jonas, "nothing")):
        with pytest.raises(NotFound):
            act(person, question, now)
    with pytest.raises(NotLinked):
        act(cast.ines, id_of(DANCED), now)


def test_C6_the_mailed_page_leaves_it_to_signing_in(cast: Cast, now: datetime) -> None:
    sign(cast.couple, now, topics=(("t-time", "time", ""),))
    agree(cast, DANCED, now)
    open_due_rounds(OPENS)
    response = response_of(round_of(cast.couple).id, cast.maya)
    page = page_by_link(make("week", response.id, response.generation), INSIDE)
    assert [one.id for one in page.topics] == ["t-time"] and page.asks_more


def test_rows_of_a_round_keep_topics_own_questions_and_the_scale_apart() -> None:
    both = (Asked("a", "time", "", "We mind."), Asked("b", None, DANCED, "", own=True))
    rows = [*to_rows(both), {"scale": "csi4"}]
    assert rows[0] == {"id": "a", "listed": "time", "name": "", "promise": "We mind."}
    assert from_rows(rows) == both
    assert (scale_of(rows), scale_of(to_rows(both)), scale_of([])) == ("csi4", None, None)
