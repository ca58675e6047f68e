"""A clock that was away for weeks, and people who looked meanwhile (rules C1, S2)."""

from __future__ import annotations

from datetime import datetime

import pytest

from couples.surveys.answering.services_week import State, week_of
from couples.surveys.rounds.services_clock import open_due_rounds
from tests.cast import Cast
from tests.surveys.agreed import DAY, HOUR, OPENS, WEEK, answer, letters, round_of, rounds_of, sign


def in_week(number: int) -> datetime:
    """Return a moment in one of the weeks without a clock."""
    return OPENS + (number - 1) * WEEK + HOUR


@pytest.mark.parametrize("looks", [(), (1,), (2,), (1, 2)])
def test_C1_S2_a_look_while_the_clock_is_down_changes_nothing_for_the_other(
    cast: Cast, now: datetime, looks: tuple[int, ...]
) -> None:
    sign(cast.couple, now)
    for number in looks:
        assert week_of(cast.maya, in_week(number)).state is State.OPEN
    opens_at = OPENS + 2 * WEEK
    assert week_of(cast.jonas, in_week(3)).state is State.OPEN
    assert open_due_rounds(in_week(3) + HOUR) == 1
    assert round_of(cast.couple).opens_at == opens_at
    week = week_of(cast.jonas, in_week(3) + 2 * HOUR)
    assert (week.state, week.next_opening) == (State.OPEN, OPENS + 3 * WEEK)
    posted = [(row.person_id, row.due_at) for row in letters("open")]
    # The tick comes at nine in the evening, two hours late, so they go in the morning.
    assert sorted(posted) == sorted((one, opens_at + 13 * HOUR) for one in (cast.maya, cast.jonas))


def test_C1_every_week_without_a_clock_opens_for_whoever_looks(cast: Cast, now: datetime) -> None:
    sign(cast.couple, now)
    for week in (1, 2, 4):
        assert week_of(cast.maya, in_week(week)).state is State.OPEN
        answer(cast.maya, round_of(cast.couple).id, in_week(week), overall=week)
        assert week_of(cast.jonas, in_week(week) + DAY).state is State.OPEN
    opened = [(one.number, one.opens_at) for one in rounds_of(cast.couple)]
    assert opened == [(1, OPENS), (2, OPENS + WEEK), (3, OPENS + 3 * WEEK)]
    assert open_due_rounds(in_week(4) + DAY) == 1
    assert len(rounds_of(cast.couple)) == 3 and len(letters("open")) == 2
