"""The threshold of a change is the one the simulation shows; its tables stand in the docs."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

import pytest

from couples.dashboard.cards import rules
from couples.dashboard.cards.rules import Own, call_outs
from couples.surveys.rules import OVERALL
from tests.dashboard import simulation
from tests.dashboard.simulation import (
    AT_THE_END,
    CANDIDATES,
    STEADY,
    WITH_ROOM,
    Person,
    five_in_a_row,
    jumps,
    of_scale,
)

MOST_FALSE, LEAST_SEEN = 0.10, 0.70
FIRST = datetime(2026, 3, 5, 18, tzinfo=UTC)


def keeps_both(threshold: float) -> bool:
    """Whether steady people are left alone, and lasting shifts with room on the scale seen."""
    quiet = all(Person(level).called(threshold) <= MOST_FALSE for level in STEADY)
    return quiet and all(Person(*shift).called(threshold) >= LEAST_SEEN for shift in WITH_ROOM)


def test_O3_the_threshold_is_the_smallest_that_keeps_both_promises() -> None:
    assert min(one for one in CANDIDATES if keeps_both(one)) == rules.CHANGE


def test_at_the_ends_of_the_scale_no_threshold_keeps_both() -> None:
    """The docs say so; if it ever changes, they have to."""
    for threshold in CANDIDATES:
        quiet = all(Person(level).called(threshold) <= MOST_FALSE for level in STEADY)
        seen = all(Person(*shift).called(threshold) >= LEAST_SEEN for shift in AT_THE_END)
        assert not (quiet and seen)


def test_the_scales_threshold_leaves_people_alone_to_whom_the_naive_rule_speaks() -> None:
    for level in (10, 15):
        steady = of_scale(level, 1.5)
        assert steady.called(rules.CHANGE_OF_SCALE) <= MOST_FALSE
        assert steady.naively(jumps(3)) >= 0.86
    assert of_scale(15, 1.5, 9).called(rules.CHANGE_OF_SCALE) >= LEAST_SEEN


def test_five_rising_answers_tell_next_to_nothing() -> None:
    assert Person(4, 6).naively(five_in_a_row) < 0.05


@pytest.mark.parametrize("kind", [Person(4.5), Person(4, 6)])
def test_the_walk_of_the_product_speaks_where_the_simulation_says(kind: Person) -> None:
    """Every rest of sixty days is kept too, which the tables need not know."""
    for answers in kind.many()[:300]:
        own = [
            Own(f"{week}", FIRST + timedelta(weeks=week), value)
            for week, value in enumerate(answers)
        ]
        called = call_outs({OVERALL: own})
        beyond = [by for _at, by in rules.from_usual(answers) if abs(by) >= rules.CHANGE]
        assert bool(called) == bool(beyond)
        times = [one.at for one in called]
        assert all(b - a >= rules.REST for a, b in itertools.pairwise(times))


def test_the_docs_show_what_the_simulation_gives() -> None:
    """Written anew by `python -m tests.dashboard.simulation`."""
    assert simulation.in_docs() == simulation.tables()
