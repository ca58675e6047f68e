"""When a change or a difference is spoken of, over plain numbers."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from couples.dashboard.cards import rules
from couples.dashboard.cards.rules import SCALE, Own, Usual
from couples.surveys.rules import OVERALL

FIRST = datetime(2026, 3, 8, 18, tzinfo=UTC)
WEEK = timedelta(weeks=1)
ANSWERS = st.lists(st.integers(1, 7), max_size=40)
PAIRS = st.lists(st.tuples(st.integers(1, 7), st.integers(1, 7)), max_size=5)
OFTEN = settings(max_examples=60, deadline=None, derandomize=True)


def weekly(values: Sequence[int], every: timedelta = WEEK) -> list[Own]:
    return [Own(f"r{place}", FIRST + place * every, one) for place, one in enumerate(values)]


def called(values: Sequence[int], every: timedelta = WEEK) -> list[tuple[str, str]]:
    found = rules.call_outs({OVERALL: weekly(values, every)})
    return [(one.round_id, one.direction) for one in found]


def test_usual_is_the_middle_four_of_the_first_six() -> None:
    assert rules.usual([4, 5, 4, 5, 4]) is None
    assert rules.usual([7, 3, 4, 5, 1, 4, 7, 7, 7]) == Usual(4, 3, 5)
    assert rules.usual([1, 2, 3, 4, 5, 6]) == Usual(3.5, 2, 5)


@OFTEN
@given(ANSWERS, ANSWERS)
def test_later_answers_change_nothing_of_the_usual(first: list[int], later: list[int]) -> None:
    found = rules.usual(first)
    assert found is None or rules.usual(first + later) == found
    assert found is None or found.low <= found.middle <= found.high


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([5] * 8, []),
        ([5] * 6 + [2] * 2, []),  # eight answers say nothing yet
        ([5] * 6 + [2] * 3, [("r8", "lower")]),
        ([3] * 6 + [6] * 3, [("r8", "higher")]),
        ([5] * 6 + [3] * 20, []),  # two points are not enough
        ([5, 5, 5, 6, 6, 6] + [3] * 3, [("r8", "lower")]),  # two and a half are
        ([5] * 6 + [2, 5, 2, 5, 5, 5], [("r8", "lower")]),  # the median of three: two of them
        ([5] * 6 + [5, 5, 1, 5, 1, 5], [("r10", "lower")]),
        ([5] * 6 + [5, 2, 5, 5, 2, 5], []),
    ],
)
def test_O3_a_change_is_a_median_of_three_far_from_the_usual(
    values: list[int], expected: list[tuple[str, str]]
) -> None:
    assert called(values) == expected


def test_O3_after_a_change_sixty_days_pass_before_the_next() -> None:
    assert called([5] * 6 + [2] * 20) == [("r8", "lower"), ("r17", "lower")]
    assert called([5] * 6 + [2] * 5, timedelta(days=30)) == [("r8", "lower"), ("r10", "lower")]


@OFTEN
@given(ANSWERS)
def test_O3_up_and_down_are_spoken_of_alike(values: list[int]) -> None:
    """Answers turned upside down give the same call-outs with the other word."""
    turned = {"lower": "higher", "higher": "lower"}
    upside_down = called([8 - one for one in values])
    assert upside_down == [(place, turned[way]) for place, way in called(values)]


@OFTEN
@given(ANSWERS, ANSWERS)
def test_what_was_spoken_of_stays_the_same_whatever_is_answered_later(
    values: list[int], later: list[int]
) -> None:
    before = called(values)
    assert called(values + later)[: len(before)] == before


@OFTEN
@given(ANSWERS, st.lists(st.integers(0, 21), max_size=40))
def test_the_scale_and_the_question_share_the_sixty_days(
    values: list[int], totals: list[int]
) -> None:
    found = rules.call_outs({OVERALL: weekly(values), SCALE: weekly(totals)})
    times = [one.at for one in found]
    assert all(b - a >= timedelta(days=60) for a, b in itertools.pairwise(times))


def test_the_scale_needs_four_points() -> None:
    for last, expected in ((12, 0), (11, 1), (19, 1)):
        found = rules.call_outs({SCALE: weekly([15] * 6 + [last] * 3)})
        assert len(found) == expected


def test_a_usual_begun_anew_forgets_what_was_before() -> None:
    answers = weekly([5] * 6 + [2] * 9)
    at = answers[5].at

    assert [one.value for one in rules.since(answers, at)] == [2] * 9
    assert rules.call_outs({OVERALL: rules.since(answers, at)}) == ()


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([], False),
        ([(3, 5)], False),
        ([(3, 6)], True),
        ([(6, 3)], True),
        ([(3, 6), (4, 4)], False),
        ([(3, 5), (3, 5)], False),
        ([(3, 5), (5, 3), (3, 5)], True),
        ([(3, 5), (3, 4), (3, 5)], False),
        ([(4, 4), (3, 5), (3, 5), (3, 5)], True),
    ],
)
def test_a_difference_is_three_apart_or_two_apart_three_times(
    pairs: list[tuple[int, int]], expected: bool
) -> None:
    assert rules.differ(pairs) is expected


@OFTEN
@given(st.dictionaries(st.text("abc", min_size=1, max_size=2), PAIRS))
def test_O1_both_have_the_same_differences_in_the_same_order(
    shared: dict[str, list[tuple[int, int]]],
) -> None:
    theirs = {question: [(b, a) for a, b in pairs] for question, pairs in shared.items()}
    assert rules.differing(shared) == rules.differing(theirs)


def test_the_widest_difference_comes_first_and_the_earlier_question_among_equals() -> None:
    shared = {"overall": [(2, 5)], "time": [(1, 6)], "home": [(6, 3)], "heard": [(4, 4)]}
    assert rules.differing(shared) == ["time", "overall", "home"]


@pytest.mark.parametrize("apart", range(22))
def test_totals_are_seen_similarly_somewhat_or_quite_differently(apart: int) -> None:
    expected = "similarly" if apart <= 2 else "somewhat" if apart <= 4 else "quite"
    assert rules.how_far(21, 21 - apart) == rules.how_far(21 - apart, 21) == expected


def test_what_is_put_away_rests_until_then_or_for_good() -> None:
    put_away = {"difference time": FIRST, "change overall r8": None}
    day = timedelta(days=1)

    for key, after, away in [
        ("difference time", -1 * day, True),
        ("difference time", 0 * day, False),
        ("change overall r8", 400 * day, True),
        ("difference home", -1 * day, False),
    ]:
        assert rules.is_away(key, put_away, FIRST + after) is away


def test_what_needs_no_remembering_is_forgotten() -> None:
    put_away = {"difference time": FIRST, "change overall r8": None, "change overall r20": None}
    there = {"change overall r20": None}
    before = FIRST - timedelta(seconds=1)

    kept = set(rules.kept_away(put_away, there, before))
    assert kept == {"difference time", "change overall r20"}
    assert set(rules.kept_away(put_away, there, FIRST)) == {"change overall r20"}


@OFTEN
@given(ANSWERS)
def test_O3_a_change_at_the_latest_answer_shows_in_the_first_nine_and_the_last_three(
    values: list[int],
) -> None:
    latest = f"r{len(values) - 1}"
    at_latest = any(one == latest for one, _direction in called(values))
    beyond = rules.is_beyond(OVERALL, values[: rules.ANSWERS_FOR_A_CHANGE], values[-rules.LAST :])
    assert beyond or not at_latest
    assert beyond == bool(
        [
            by
            for end, by in rules.from_usual(values)
            if end == len(values) - 1 and abs(by) >= rules.CHANGE
        ]
    )
