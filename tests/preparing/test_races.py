"""Both at the same instant, on both databases."""

from __future__ import annotations

from datetime import datetime

from flask import Flask

from couples.preparing.models import Airing, Reflection
from couples.preparing.services_airing import (
    air,
    close,
    put_away,
    save_words,
    say_ready,
    take_back,
    take_wish_back,
    want,
)
from couples.preparing.services_reflection import Answers, save_reflection
from tests.cast import Cast
from tests.preparing.road import HERS, both_write, open_both
from tests.races import rows, together


def test_both_wanting_at_once_start_it_once(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    acts = [lambda who=who: want(who, now) for who in (cast.maya, cast.jonas) * 3]
    assert together(database_app, *acts, lambda: put_away(cast.jonas, now)) == [None] * 7
    assert len(rows(Airing)) == 2
    assert air(cast.maya).state == air(cast.jonas).state == "writing"


def test_both_ready_at_once_open_together(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    both_write(cast, now)
    acts = [lambda who=who: say_ready(who, now) for who in (cast.maya, cast.jonas) * 3]
    assert together(database_app, *acts) == [None] * 6
    assert air(cast.maya).state == air(cast.jonas).state == "open"


def test_ready_against_taking_back_ends_open_or_folded_and_never_between(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    both_write(cast, now)
    say_ready(cast.maya, now)
    results = together(
        database_app, lambda: take_back(cast.maya), lambda: say_ready(cast.jonas, now)
    )
    found = (air(cast.maya).state, air(cast.jonas).state)
    assert found == (("open", "open") if results[0] == "BothOpen" else ("writing", "folded"))


def test_ready_against_withdrawing_the_wish_ends_open_or_as_before(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    both_write(cast, now)
    say_ready(cast.maya, now)
    results = together(
        database_app, lambda: take_wish_back(cast.maya), lambda: say_ready(cast.jonas, now)
    )
    opened = results == ["BothOpen", None]
    assert opened or results == [None, "NotStarted"]
    found = (air(cast.maya).state, air(cast.jonas).state)
    assert found == (("open", "open") if opened else ("offered", "asked"))


def test_opening_against_a_last_change_opens_exactly_what_stands_there(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    both_write(cast, now)
    say_ready(cast.jonas, now)
    results = together(
        database_app,
        lambda: say_ready(cast.maya, now),
        lambda: save_words(cast.maya, "A last change.", 1, now),
    )
    left = air(cast.jonas).leaves[0].words
    assert left == (HERS if results[1] == "BothOpen" else "A last change.")


def test_both_closing_at_once_close_it_for_both(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    open_both(cast, now)
    acts = [lambda who=who: close(who, now) for who in (cast.maya, cast.jonas) * 3]
    assert together(database_app, *acts) == [None] * 6
    assert [row.closed_at for row in rows(Airing)] == [now, now]


def test_A9_two_tabs_beginning_at_once_lose_no_words(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    maya = database_cast.maya
    words = together(
        database_app, *[lambda n=n: save_words(maya, f"Tab {n}.", 0, now) for n in range(4)]
    )
    answers = together(
        database_app,
        *[lambda n=n: save_reflection(maya, Answers(f"Tab {n}."), 0, now) for n in range(4)],
    )
    for results, model, clash in (
        (words, Airing, "WordsClash"),
        (answers, Reflection, "ReflectionClash"),
    ):
        assert len(rows(model)) == 1
        assert [type(result).__name__ for result in results].count(clash) == 3
