"""The one card on an overview: from whose answers, to whom, and how each puts it away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask

from couples.dashboard import services as overviews
from couples.dashboard.cards import services
from couples.dashboard.cards.models import CardChoices
from couples.dashboard.cards.services_choices import Choices, choices_of, choices_row
from couples.dashboard.cards.shapes import Card, Change, Difference
from couples.db import db
from couples.pairing.services_leaving import end_link
from couples.surveys.models import Round
from couples.surveys.terms import from_rows
from tests.cast import Cast
from tests.dashboard.half_a_year import Answer, Week, after, answer, during, write
from tests.races import together

SAME: Week = (Answer(5, 5), Answer(5, 5))
APART: Week = (Answer(2, 5), Answer(6, 5))
DAY = timedelta(days=1)
# The published scale: 18 and 12 of 21.
HIGH, MIDDLE = (5, 5, 4, 4), (3, 3, 3, 3)


def card(person_id: str, now: datetime) -> Card | None:
    return overviews.overview(person_id, now).card


def key(person_id: str, now: datetime) -> str:
    found = card(person_id, now)
    return found.key if found else ""


def about(person_id: str, now: datetime) -> str:
    found = card(person_id, now)
    return found.about if found else ""


def lower(theirs: Answer | None = None, weeks: int = 9) -> list[Week]:
    """Nine weeks of which the last three are lower for Maya, and Jonas's answers."""
    return [(Answer(5 if week < 6 else 2, None, shared=False), theirs) for week in range(weeks)]


def kept_rows() -> Sequence[CardChoices]:
    return db.session.scalars(db.select(CardChoices)).all()


def choices(cast: Cast) -> Choices:
    return choices_of(choices_row(cast.maya), cast.couple)


def test_O3_both_have_the_same_difference_each_from_their_own_side(
    database_app: Flask, database_cast: Cast
) -> None:
    write(database_cast, [SAME, APART])

    maya, jonas = (card(one, after(2)) for one in (database_cast.maya, database_cast.jonas))

    assert isinstance(maya, Difference) and isinstance(jonas, Difference)
    assert (maya.key, maya.each) == (jonas.key, jonas.each)
    assert [(who.name, value) for who, value in maya.each] == [("Maya", 2), ("Jonas", 6)]
    assert (maya.pair, jonas.pair) == ((2, 6), (6, 2))


@pytest.mark.parametrize(
    "theirs", [None, Answer(6, shared=False), Answer(6, withdrawn=True), Answer(None, None)]
)
def test_C5_what_did_not_open_makes_no_card(app: Flask, cast: Cast, theirs: Answer | None) -> None:
    write(cast, [(Answer(2, 5), theirs), (theirs, Answer(2, 5))])

    assert card(cast.maya, after(2)) is None and card(cast.jonas, after(2)) is None


def test_C3_taking_an_answer_back_takes_the_card_from_both(app: Flask, cast: Cast) -> None:
    (round_id,) = write(cast, [APART])
    assert key(cast.maya, after(1)) == key(cast.jonas, after(1)) == "difference overall"

    answer(round_id, cast.jonas, Answer(6, 5, withdrawn=True))

    assert card(cast.maya, after(1)) is None and card(cast.jonas, after(1)) is None


def test_an_open_round_makes_no_card(app: Flask, cast: Cast) -> None:
    write(cast, [SAME, APART])

    assert card(cast.maya, during(2)) is None


def test_a_topic_two_apart_three_times_is_a_card_with_its_name(app: Flask, cast: Cast) -> None:
    two_apart: Week = (Answer(5, 3), Answer(5, 5))
    rounds = write(cast, [two_apart] * 3)

    assert card(cast.maya, after(2)) is None
    found = card(cast.maya, after(3))

    assert isinstance(found, Difference)
    assert (found.topic, found.pair) == ("Unhurried time together", (3, 5))
    questions = from_rows(db.session.get_one(Round, rounds[0]).questions)
    assert found.about == questions[0].id


def test_no_card_is_about_a_step_or_a_question_of_their_own(app: Flask, cast: Cast) -> None:
    rounds = write(cast, [(Answer(5, 1), Answer(5, 7))])
    row = db.session.get_one(Round, rounds[0])
    flags: tuple[dict[str, bool], ...] = ({"own": True}, {"step": True}, {})
    row.questions = [{**one, **flag} for one, flag in zip(row.questions, flags, strict=True)]
    db.session.commit()

    found = card(cast.maya, after(1))

    assert isinstance(found, Difference) and found.topic == "Sharing the load at home"


def test_totals_five_apart_are_a_card_and_fewer_are_none(app: Flask, cast: Cast) -> None:
    quite = (Answer(5, scale=HIGH), Answer(5, scale=MIDDLE))
    somewhat = (Answer(5, scale=HIGH), Answer(5, scale=(4, 4, 3, 3)))
    write(cast, [somewhat, quite])

    assert card(cast.maya, after(1)) is None
    found = card(cast.maya, after(2))

    assert isinstance(found, Difference)
    assert (found.about, found.pair, found.most) == ("scale", (18, 12), 21)


@pytest.mark.parametrize(("level", "last", "way"), [(5, 2, "lower"), (3, 6, "higher")])
def test_O3_a_change_is_told_to_the_person_it_belongs_to_and_nobody_else(
    database_app: Flask, database_cast: Cast, level: int, last: int, way: str
) -> None:
    """Kept to oneself or shared: it comes from one's own answers."""
    shared = Answer(level), Answer(4)
    kept = Answer(last, shared=False), Answer(4)
    write(database_cast, [shared] * 6 + [kept] * 3)

    assert card(database_cast.maya, after(8)) is None
    found = card(database_cast.maya, after(9))

    assert isinstance(found, Change) and found.direction == way and found.about == "overall"
    assert card(database_cast.jonas, after(9)) is None


@pytest.mark.parametrize("theirs", [None, Answer(1), Answer(7, shared=False), Answer(None, 4)])
def test_S2_a_change_of_mine_knows_nothing_of_the_other(
    app: Flask, cast: Cast, theirs: Answer | None
) -> None:
    write(cast, lower(theirs))

    found = card(cast.maya, after(9))

    assert isinstance(found, Change) and found.direction == "lower"


def test_a_change_stands_until_the_next_answer(app: Flask, cast: Cast) -> None:
    write(cast, [*lower(), (None, None), (Answer(2, None), None)])

    assert about(cast.maya, after(9)) == about(cast.maya, after(10)) == "overall"
    assert card(cast.maya, after(11)) is None


def test_the_scales_own_total_changes_too(app: Flask, cast: Cast) -> None:
    def total(points: tuple[int, ...]) -> Week:
        return Answer(5, None, shared=False, scale=points), None

    write(cast, [total(HIGH)] * 6 + [total(MIDDLE)] * 3)

    assert about(cast.maya, after(9)) == "scale"


def test_a_usual_begun_anew_is_counted_from_the_next_close(
    database_app: Flask, database_cast: Cast
) -> None:
    person_id = database_cast.maya
    write(database_cast, lower(weeks=15))
    services.begin_usual_anew(person_id, "overall", after(6))

    assert card(person_id, after(9)) is None and card(person_id, after(15)) is None
    services.begin_usual_anew(person_id, "overall", after(15))
    assert len(kept_rows()) == 1


def test_one_card_at_a_time_ones_own_change_first(app: Flask, cast: Cast) -> None:
    write(cast, [*lower()[:8], (Answer(2, 1), Answer(6, 7))])
    now = after(9)

    shown = []
    while found := card(cast.maya, now):
        shown.append(found.about if isinstance(found, Change) else f"{found.pair}")
        services.put_away(cast.maya, found.key, now)

    assert shown == ["overall", "(1, 7)", "(1, 7)", "(1, 7)", "(2, 6)"]


def test_S2_putting_away_is_each_ones_own(database_app: Flask, database_cast: Cast) -> None:
    maya, jonas, now = database_cast.maya, database_cast.jonas, after(1)
    write(database_cast, [APART])

    services.put_away(maya, "difference overall", now)

    assert card(maya, now) is None
    assert key(jonas, now) == "difference overall"
    assert choices_row(jonas) is None


def test_a_difference_put_away_rests_sixty_days(app: Flask, cast: Cast) -> None:
    write(cast, [APART])
    services.put_away(cast.maya, "difference overall", after(1))

    assert card(cast.maya, after(1) + 59 * DAY) is None
    assert key(cast.maya, after(1) + 60 * DAY) == "difference overall"


def test_a_change_put_away_is_gone_and_the_next_one_is_another(app: Flask, cast: Cast) -> None:
    write(cast, lower(weeks=18))
    services.put_away(cast.maya, key(cast.maya, after(9)), after(9))

    assert card(cast.maya, after(9)) is None
    assert about(cast.maya, after(18)) == "overall"


def test_only_the_card_that_is_shown_can_be_put_away(app: Flask, cast: Cast) -> None:
    write(cast, [APART])

    for wrong in ("", "difference time", "change overall x", "x" * 100_000):
        services.put_away(cast.maya, wrong, after(1))
    services.put_away(cast.ines, "difference overall", after(1))
    services.put_away(cast.other, "difference overall", after(1))

    assert kept_rows() == []


def test_the_row_stays_small(app: Flask, cast: Cast) -> None:
    """A change that is over and a rest that is over are forgotten with the next card put away."""
    write(cast, [*lower(), *[APART] * 12])
    services.put_away(cast.maya, key(cast.maya, after(9)), after(9))
    services.put_away(cast.maya, key(cast.maya, after(10)), after(10))
    assert len(choices(cast).put_away) == 1

    services.put_away(cast.maya, key(cast.maya, after(20)), after(20))

    assert len(kept_rows()) == 1
    assert list(choices(cast).put_away) == ["difference overall"]


def test_two_tabs_put_the_same_card_away_once(database_app: Flask, database_cast: Cast) -> None:
    """The second press neither fails nor puts away the card that came after it."""
    write(database_cast, [(Answer(2, 1), Answer(6, 7))])
    first, now = key(database_cast.maya, after(1)), after(1)

    def press() -> None:
        services.put_away(database_cast.maya, first, now)

    together(database_app, press, press)

    assert len(kept_rows()) == 1
    assert list(choices(database_cast).put_away) == [first]


def test_what_was_put_away_is_sealed(app: Flask, cast: Cast) -> None:
    write(cast, [APART])
    services.put_away(cast.maya, "difference overall", after(1))

    (row,) = kept_rows()
    assert b"overall" not in row.choices_sealed and b"away" not in row.choices_sealed


def test_after_the_end_of_the_link_there_is_no_card(app: Flask, cast: Cast) -> None:
    write(cast, [*lower(), APART])
    end_link(cast.jonas, after(10))

    assert card(cast.maya, after(11)) is None
    services.put_away(cast.maya, "difference overall", after(11))
    assert kept_rows() == []


def test_totals_of_one_who_keeps_them_make_no_card(app: Flask, cast: Cast) -> None:
    mine = Answer(None, None, scale=HIGH)
    write(cast, [(mine, replace(mine, scale=MIDDLE, kept=("csi4",)))])

    assert card(cast.maya, after(1)) is None and card(cast.jonas, after(1)) is None
