"""Both act on their own questions at the same instant: two places, and every refusal named."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

import pytest
from flask import Flask

from couples.surveys.own_questions.services import (
    put_away,
    questions,
    retire,
    suggest,
    use,
)
from tests.cast import Cast
from tests.races import together
from tests.surveys.test_own_questions import DANCED, RESTED, agree, id_of, in_use, waiting

# Who comes first is chance: each race is run a few times.
TIMES = range(5)


def test_two_suggestions_for_the_last_place(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    suggest(cast.maya, DANCED, now)
    for n in TIMES:
        acts = [partial(suggest, who, f"{n} of {who}?", now) for who in (cast.maya, cast.jonas)]
        assert sorted(map(str, together(database_app, *acts))) == ["EnoughSuggested", "None"]
        (other,) = set(waiting(cast.maya)) - {DANCED}
        put_away(cast.maya, id_of(other), now)


def test_the_same_words_from_two_tabs_are_once(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    act = partial(suggest, database_cast.maya, DANCED, now)
    assert together(database_app, act, act, act) == [None] * 3
    assert waiting(database_cast.jonas) == [DANCED]


def test_the_last_place_in_use_goes_to_one(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    agree(cast, DANCED, now)
    for n in TIMES:
        suggest(cast.maya, f"Hers {n}?", now)
        suggest(cast.jonas, f"His {n}?", now)
        hers, his = id_of(f"Hers {n}?"), id_of(f"His {n}?")
        acts = partial(use, cast.jonas, hers, now), partial(use, cast.maya, his, now)
        assert sorted(map(str, together(database_app, *acts))) == ["EnoughInUse", "None"]
        found = questions(cast.maya)
        assert len(found.in_use) == 2 and len(found.waiting) == 1
        retire(cast.maya, found.in_use[1].id, now)
        put_away(cast.maya, found.waiting[0].id, now)


@pytest.mark.parametrize("other", [put_away, retire])
def test_a_yes_against_taking_back_and_against_retiring_an_earlier_one(
    database_app: Flask, database_cast: Cast, now: datetime, other: Callable[..., None]
) -> None:
    cast = database_cast
    outcomes: dict[Callable[..., None], list[Any]] = {
        put_away: [(None, "QuestionInUse"), ("QuestionGone", None)],
        retire: [(None, "QuestionWaiting"), (None, None)],
    }
    for n in TIMES:
        suggest(cast.maya, f"{n}?", now)
        question = id_of(f"{n}?")
        acts = partial(use, cast.jonas, question, now), partial(other, cast.maya, question, now)
        yes, no = together(database_app, *acts)
        assert (yes, no) in outcomes[other]
        assert (in_use(cast.maya) == [f"{n}?"]) == (yes is None and no is not None)
        assert waiting(cast.maya) == []
        if in_use(cast.maya):
            retire(cast.jonas, question, now)


def test_both_retire_one_question_at_once(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    question = agree(cast, DANCED, now)
    agree(cast, RESTED, now)
    acts = [partial(retire, who, question, now) for who in (cast.maya, cast.jonas)]
    assert together(database_app, *acts) == [None, None]
    assert in_use(cast.maya) == [RESTED]
