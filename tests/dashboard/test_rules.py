from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from couples.dashboard.rules import (
    AgreementMark,
    Answered,
    Series,
    draws_line,
    segments,
    series,
    table,
)
from couples.dashboard.telling import Latest, Told, sentence
from tests.dashboard.weeks import FIRST, JONAS, MAYA, OVERALL, UPDATED, alone, both, weekly

# The machine is shared: how long an example takes says nothing about it.
UNHURRIED = settings(deadline=None, max_examples=60)
ANSWER = st.none() | st.integers(1, 7)


def test_O2_one_or_two_answers_are_points_and_three_are_a_line() -> None:
    drawn = [draws_line(both([4] * n, [5] * n).lines[0]) for n in (1, 2, 3)]

    assert drawn == [False, False, True]


def test_O2_a_round_without_answer_breaks_the_line() -> None:
    assert segments(both([3, 4, None, 5, 6, None, 7], [None] * 7).lines[0]) == ((0, 1), (3, 4))


@UNHURRIED
@given(st.lists(ANSWER, max_size=30))
def test_O2_no_run_ever_crosses_a_missing_round(mine: list[int | None]) -> None:
    line = alone(mine).lines[0]

    for run in segments(line):
        assert list(run) == list(range(run[0], run[-1] + 1))
        assert all(line.points[index].value is not None for index in run)


@UNHURRIED
@given(st.lists(st.tuples(ANSWER, ANSWER, st.booleans()), max_size=20))
def test_C5_the_partners_answer_is_seen_only_where_i_shared_mine(
    rounds: list[tuple[int | None, int | None, bool]],
) -> None:
    given_rounds = [
        Answered(FIRST + timedelta(weeks=week), mine, theirs, only_me)
        for week, (mine, theirs, only_me) in enumerate(rounds)
    ]

    mine_line, theirs_line = series(MAYA, JONAS, given_rounds).lines

    for my_point, their_point in zip(mine_line.points, theirs_line.points, strict=True):
        if my_point.value is None or my_point.only_me:
            assert their_point.value is None


def test_L5_the_lines_stand_in_the_order_of_the_leaves() -> None:
    rounds = weekly([3], [4])

    seen_by_maya = series(MAYA, JONAS, rounds, my_leaf_first=True)
    seen_by_jonas = series(JONAS, MAYA, weekly([4], [3]), my_leaf_first=False)

    assert seen_by_maya == seen_by_jonas


def test_only_the_last_twelve_rounds_are_shown() -> None:
    shown = both(list(range(1, 8)) * 2, [4] * 14)

    assert len(shown.days) == 12
    assert shown.days[0] == FIRST + timedelta(weeks=2)


def test_the_sentence_names_first_and_last_and_the_week_furthest_apart() -> None:
    said = sentence(both(*OVERALL))

    assert said.told == (Told("Maya", "went", 3, 5), Told("Jonas", "went", 4, 6))
    assert said.furthest_apart_on == date(2026, 8, 20)


def test_an_unchanged_answer_stayed_and_one_that_came_back_is_not_called_unchanged() -> None:
    said = sentence(both([4] * 6, [5, 4, 4, 3, 4, 5]))

    assert [told.verb for told in said.told] == ["stayed", "back"]


def test_O3_fewer_than_six_answers_are_told_without_a_course() -> None:
    said = sentence(both([1, 1, 1, 1, 7], [7, 7, 7, 7, 1]))

    assert said.told == () and said.furthest_apart_on is None
    assert said.latest == Latest(FIRST + timedelta(weeks=4), (("Maya", 7), ("Jonas", 1)))


def test_the_latest_answers_are_those_of_the_latest_round_that_has_any() -> None:
    said = sentence(both([3, 4, None], [4, None, None]))

    assert said.latest == Latest(FIRST + timedelta(weeks=1), (("Maya", 4),))


def test_nothing_is_said_of_nothing() -> None:
    assert sentence(both([], [])) == sentence(both([None], [None])) == sentence(Series())


def test_a_widest_gap_is_told_only_where_one_round_has_it_and_it_is_more_than_one() -> None:
    twice = both([1, 1, 4, 4, 4, 4], [5, 5, 4, 4, 4, 4])
    small = both([1, 4, 4, 4, 4, 4], [2, 4, 4, 4, 4, 4])

    assert sentence(twice).furthest_apart_on is None
    assert sentence(small).furthest_apart_on is None


def test_O4_the_table_has_every_round_and_the_marks_between_them() -> None:
    rows = table(both(*OVERALL), [UPDATED])

    assert len(rows) == 13
    assert rows[4].event == "updated" and rows[4].points == ()
    assert [row.on for row in rows] == sorted(row.on for row in rows)


def test_a_mark_long_before_the_rounds_shown_is_left_out() -> None:
    old = AgreementMark(FIRST - timedelta(days=40), 1)
    near = AgreementMark(FIRST - timedelta(days=5), 2)

    assert [row.event for row in table(both([4], [4]), [old, near])] == ["updated", None]
    assert len(table(both(*OVERALL), [old, near])) == 13
    cut = both(*([4, *answers] for answers in OVERALL))
    assert len(table(cut, [old, near])) == 12


def test_O1_my_own_answer_is_marked_where_the_partner_does_not_see_it() -> None:
    mine, theirs = both([4, 5, None], [None, 5, None]).lines

    assert [point.only_me for point in mine.points] == [True, False, False]
    assert not any(point.only_me for point in theirs.points)


def test_without_a_partner_nothing_has_to_be_marked_as_mine_alone() -> None:
    assert not alone([4, 5]).has_only_me
