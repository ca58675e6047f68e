"""Where clearing the air stands, for every pair of parts."""

from __future__ import annotations

from itertools import product

import pytest

from couples.preparing.rules import Part, state_of, tells_of_wish

PARTS = [Part(*flags) for flags in product((False, True), repeat=4)]
NOBODY, WANTS, READY = Part(), Part(wants=True), Part(wants=True, ready=True)


@pytest.mark.parametrize(
    ("mine", "theirs", "state"),
    [
        (NOBODY, NOBODY, "rests"),
        (NOBODY, WANTS, "offered"),
        (Part(put_away=True), WANTS, "offered"),
        (WANTS, NOBODY, "asked"),
        (WANTS, Part(put_away=True), "asked"),
        (WANTS, WANTS, "writing"),
        (WANTS, READY, "writing"),
        (READY, WANTS, "folded"),
        (READY, READY, "open"),
        (READY, Part(wants=True, ready=True, closed=True), "open"),
        (Part(wants=True, ready=True, closed=True), READY, "closed"),
    ],
)
def test_each_state_is_told_from_the_two_parts(mine: Part, theirs: Part, state: str) -> None:
    assert state_of(mine, theirs) == state


def test_S2_of_the_others_part_only_the_wish_counts_until_both_are_open() -> None:
    for mine, theirs in product(PARTS, PARTS):
        if state_of(mine, theirs) not in {"folded", "open"}:
            assert state_of(mine, theirs) == state_of(mine, Part(wants=theirs.wants))


def test_S2_nobody_sees_whether_the_other_has_closed_or_put_the_line_away() -> None:
    for mine, theirs in product(PARTS, PARTS):
        same = Part(theirs.wants, not theirs.put_away, theirs.ready, not theirs.closed)
        assert state_of(mine, theirs) == state_of(mine, same)
        assert tells_of_wish(mine, theirs) == tells_of_wish(mine, same)


def test_it_is_open_for_both_or_for_neither() -> None:
    living = [part for part in PARTS if not part.closed]
    for mine, theirs in product(living, living):
        assert (state_of(mine, theirs) == "open") is (state_of(theirs, mine) == "open")


def test_the_line_stands_only_while_the_other_would_like_to_and_it_is_not_put_away() -> None:
    assert tells_of_wish(NOBODY, WANTS)
    for mine, theirs in ((NOBODY, NOBODY), (Part(put_away=True), WANTS), (WANTS, WANTS)):
        assert not tells_of_wish(mine, theirs)
