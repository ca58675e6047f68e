"""Presses at the same instant: nothing twice, six at most, and every refusal named."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from flask import Flask

from couples.talks.agenda.rules import MOST_OPEN
from couples.talks.agenda.services import add, bringing, change, choose_first, take_back
from couples.talks.models import AgendaItem
from tests.cast import Cast
from tests.races import rows, together
from tests.talks.test_agenda import words

# Who comes first is chance: each race is run a few times.
TIMES = range(4)


def test_a_double_press_adds_once(database_app: Flask, database_cast: Cast, now: datetime) -> None:
    act = partial(add, database_cast.maya, "Saturdays.", "", now)
    found = together(database_app, act, act, act)
    assert found == [rows(AgendaItem)[0].id] * 3 and len(rows(AgendaItem)) == 1


def test_the_sixth_place_goes_to_one(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    maya = database_cast.maya
    for n in range(MOST_OPEN - 1):
        add(maya, f"{n}", "", now)
    for n in TIMES:
        acts = [partial(add, maya, f"{n} and {m}", "", now) for m in range(2)]
        found = together(database_app, *acts)
        assert found.count("EnoughItems") == 1 and len(bringing(maya, "").open) == MOST_OPEN
        (made,) = (each for each in found if each != "EnoughItems")
        take_back(maya, made, now)


def test_taken_back_against_put_first_and_against_other_words(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    maya = database_cast.maya
    add(maya, "It stays.", "", now)
    for n in TIMES:
        item = add(maya, f"{n}", "", now + timedelta(minutes=1))
        acts = (
            partial(take_back, maya, item, now),
            partial(choose_first, maya, item, now),
            partial(change, maya, item, f"{n}, in other words", 1),
        )
        back, *others = together(database_app, *acts)
        assert back is None and set(others) <= {None, True, "ItemGone"}
        assert words(database_cast.jonas)[0] == "It stays."
        assert len(bringing(maya, "").open) == 1


def test_both_bring_something_at_once(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    acts = partial(add, cast.maya, "Hers.", "", now), partial(add, cast.jonas, "His.", "", now)
    together(database_app, *acts)
    assert words(cast.maya) == ["Hers.", "His."]
