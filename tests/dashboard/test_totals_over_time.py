"""What both shared of the published scale, round after round (C5, measures: two people)."""

from __future__ import annotations

from flask import Flask

from couples.dashboard.services import overview
from tests.cast import Cast
from tests.dashboard.half_a_year import Answer, Week, after, write

HIGH, MIDDLE, LOW = ((5, 5, 4, 4), (4, 4, 4, 3), (3, 3, 3, 3))
KEPT = Answer(5, scale=HIGH, kept=("csi4",))


def test_C5_totals_stand_there_for_the_rounds_that_opened_in_the_order_of_the_leaves(
    database_app: Flask, database_cast: Cast
) -> None:
    weeks: list[Week] = [
        (Answer(5, scale=LOW), Answer(5, scale=HIGH)),
        (Answer(5, scale=LOW), KEPT),
        (Answer(5, scale=MIDDLE), Answer(5, scale=LOW)),
        (Answer(5, scale=LOW), Answer(5, scale=LOW)),
    ]
    write(database_cast, weeks)

    maya = overview(database_cast.maya, after(4), "UTC")
    jonas = overview(database_cast.jonas, after(4), "UTC")

    assert maya.totals is not None and maya.totals.how_far == "similarly"
    earlier = [(each.how_far, [n for _who, n in each.each]) for each in maya.earlier_totals]
    assert earlier == [("somewhat", [15, 12]), ("quite", [12, 18])]
    assert maya.earlier_totals == jonas.earlier_totals
