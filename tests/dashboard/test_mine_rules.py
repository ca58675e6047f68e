"""The slope of one's own answers: its numbers, when it is there, and what it is said to be."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from couples.dashboard.cards.rules import SCALE, CallOut, Own, call_outs
from couples.dashboard.mine.rules import (
    SLOPE_OVER,
    LastThree,
    Slope,
    last_three_of,
    slope_of,
    theil_sen,
)
from couples.surveys.rules import OVERALL

VECTOR = json.loads((Path(__file__).parent / "theil_sen.json").read_text(encoding="utf-8"))
START = datetime(2026, 3, 8, tzinfo=UTC)
WEEK = timedelta(weeks=1)


def weekly(*values: int) -> list[Own]:
    return [Own(str(at), START + at * WEEK, value) for at, value in enumerate(values)]


def after(answers: list[Own]) -> datetime:
    return answers[-1].at + timedelta(days=1)


def test_the_slope_is_the_published_one() -> None:
    places = list(zip(VECTOR["days"], VECTOR["x"], strict=True))

    by, low, high = theil_sen(places)

    assert by == pytest.approx(VECTOR["slope_per_day"])
    assert by * 28 == pytest.approx(VECTOR["slope_per_28d"])
    # Of the fifteen slopes in order the second and the last but one: Sen's ranks at 95 %.
    assert low == pytest.approx(-1 / 14)
    assert high == 0


@pytest.mark.parametrize(
    ("values", "course"),
    [
        ((7, 7, 6, 6, 5, 5, 4, 4), "down"),
        ((1, 1, 2, 2, 3, 3, 4, 4), "up"),
        ((4, 5, 4, 3, 4, 5, 4, 4), "unclear"),
        ((4,) * 8, "level"),
        ((2, 6, 3, 7, 2, 6, 3, 7), "unclear"),
    ],
)
def test_O2_a_course_is_named_only_where_the_whole_interval_says_so(
    values: tuple[int, ...], course: str
) -> None:
    found = weekly(*values)

    slope = slope_of(found, after(found))

    assert slope is not None and slope.course == course
    assert slope.low <= slope.by <= slope.high


def test_upward_and_downward_are_the_same_but_for_the_sign() -> None:
    down, up = weekly(7, 6, 7, 5, 5, 3, 4, 2), weekly(1, 2, 1, 3, 3, 5, 4, 6)

    one, other = slope_of(down, after(down)), slope_of(up, after(up))

    assert one is not None and other is not None
    assert (one.by, one.low, one.high) == (-other.by, -other.high, -other.low)
    assert one.range == other.range and (one.course, other.course) == ("down", "up")


def test_there_is_a_slope_from_eight_answers_in_180_days_on() -> None:
    seven, eight = weekly(*range(1, 8)), weekly(*range(1, 8), 7)

    assert slope_of(seven, after(seven)) is None
    assert slope_of(eight, eight[0].at + SLOPE_OVER) is not None
    assert slope_of(eight, eight[0].at + SLOPE_OVER + timedelta(days=1)) is None
    assert slope_of([], START) is None


def test_slopes_are_told_in_four_weeks_with_one_decimal_place() -> None:
    found = weekly(1, 1, 2, 2, 3, 3, 4, 4)

    slope = slope_of(found, after(found))

    assert slope is not None
    assert (slope.answers, slope.by) == (8, 2.0)
    assert Slope(8, 0.0, -0.0, 0.0).course == "level"


STEADY, LOW = (5, 5, 6, 5, 6, 5), (2, 2, 2)


def called(answers: list[Own], question: str = OVERALL) -> tuple[CallOut, ...]:
    return call_outs({question: answers})


def test_O3_nothing_is_said_before_nine_answers() -> None:
    found = weekly(*STEADY, 2, 2)

    assert last_three_of(OVERALL, found, called(found)) is None


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ((*STEADY, 5, 4, 5), LastThree("near", 5)),
        ((*STEADY, *LOW), LastThree("lower", 2)),
        ((3, 2, 3, 2, 3, 2, 6, 6, 6), LastThree("higher", 6)),
    ],
)
def test_O3_a_change_is_said_beyond_noise_only(values: tuple[int, ...], said: LastThree) -> None:
    found = weekly(*values)

    assert last_three_of(OVERALL, found, called(found)) == said


def test_O3_while_call_outs_rest_the_change_is_not_said_again() -> None:
    found = weekly(*STEADY, *LOW, 2)

    assert called(found)[-1].round_id == "8"
    assert last_three_of(OVERALL, found, called(found)) is None


def test_O3_the_scale_has_its_own_threshold_of_four_points() -> None:
    three, four = weekly(*[14] * 6, *[17] * 3), weekly(*[14] * 6, *[18] * 3)

    assert last_three_of(SCALE, three, called(three, SCALE)) == LastThree("near", 17)
    assert last_three_of(SCALE, four, called(four, SCALE)) == LastThree("higher", 18)
