"""What the services hand to the page: nothing before the close, nothing the other kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from couples.accounts.models import Person
from couples.agreement.signing.models import Version
from couples.dashboard import services
from couples.dashboard.overview import LatestRound, Overview, State
from couples.dashboard.rules import Line, Strip
from couples.db import db, transaction
from couples.pairing.services_leaving import end_link
from couples.surveys.models import Round
from tests.cast import Cast
from tests.dashboard.half_a_year import FIRST, WEEK, Answer, Week, after, during, write

KEPT = Answer(6, 6, shared=False)
WITHDRAWN = Answer(6, 6, withdrawn=True)
SKIPPED = Answer(None, 5)
BOTH: Week = (Answer(3, 2), Answer(5, 6))


def seen(overview: Overview, name: str) -> list[int | None]:
    """The overall answers of one person, as this overview shows them."""
    lines = [line for line in overview.overall.lines if line.person.name == name]
    return [point.value for line in lines for point in line.points]


def strip(overview: Overview, topic: str) -> tuple[Line, ...]:
    (found,) = [one for one in overview.strips if one.topic == topic]
    assert isinstance(found, Strip)
    return found.series.lines


def test_O1_each_sees_what_opened_and_their_own(database_app: Flask, database_cast: Cast) -> None:
    write(database_cast, [BOTH, (Answer(4, 4), KEPT), (None, Answer(7, 7)), BOTH])

    maya = services.overview(database_cast.maya, after(4))
    jonas = services.overview(database_cast.jonas, after(4))

    assert (seen(maya, "Maya"), seen(maya, "Jonas")) == ([3, 4, None, 3], [5, None, None, 5])
    assert (seen(jonas, "Maya"), seen(jonas, "Jonas")) == ([3, None, None, 3], [5, 6, 7, 5])
    assert [point.only_me for point in jonas.overall.lines[1].points] == [False, True, True, False]


@pytest.mark.parametrize("theirs", [None, KEPT, WITHDRAWN, SKIPPED])
def test_C5_kept_withdrawn_skipped_and_never_written_look_the_same(
    app: Flask, cast: Cast, theirs: Answer | None
) -> None:
    write(cast, [BOTH, (Answer(4, None), theirs)])

    overview = services.overview(cast.maya, after(2))

    assert seen(overview, "Jonas") == [5, None]
    assert overview.latest == LatestRound(date(2026, 3, 12), opened=False, answered_by_me=True)
    assert overview.state is State.NOTHING_OPENED


def test_C5_an_open_round_is_told_of_and_shows_nothing(app: Flask, cast: Cast) -> None:
    write(cast, [BOTH, BOTH])

    overview = services.overview(cast.maya, during(2))

    assert overview.state is State.ANSWERED
    assert seen(overview, "Maya") == [3] and seen(overview, "Jonas") == [5]


def test_C5_words_open_only_where_both_shared_some(app: Flask, cast: Cast) -> None:
    mine = Answer(words="Mine.", words_shared=True)
    theirs = Answer(words="Theirs.", words_shared=True)
    private = Answer(words="Nobody's business.")
    write(cast, [(mine, theirs), (mine, private), (private, theirs)])

    overview = services.overview(cast.maya, after(3))

    assert [said.on for said in overview.words] == [date(2026, 3, 5)]
    assert [text for _person, text in overview.words[0].words] == ["Mine.", "Theirs."]


WHOLE = Answer(None, None, scale=(3, 4, 3, 4))


def test_O1_both_totals_of_the_scale_are_shown_where_they_opened(
    database_app: Flask, database_cast: Cast
) -> None:
    """Where nothing else opened, too; earlier ones make room for the latest."""
    theirs = replace(WHOLE, scale=(3, 3, 3, 3))
    write(database_cast, [(WHOLE, WHOLE), BOTH, (WHOLE, theirs)])

    for person_id in (database_cast.maya, database_cast.jonas):
        overview = services.overview(person_id, after(3))
        found = overview.totals
        assert found and (found.on, found.most) == (date(2026, 3, 19), 21)
        assert [(one.name, total) for one, total in found.each] == [("Maya", 14), ("Jonas", 12)]
        assert overview.state is State.TOGETHER


@pytest.mark.parametrize(
    "theirs",
    [
        None,
        Answer(None, None),
        replace(WHOLE, shared=False),
        replace(WHOLE, withdrawn=True),
        replace(WHOLE, kept=("csi4",)),
        replace(WHOLE, scale=(3, 4, 3)),
        replace(WHOLE, scale=(3, 4, 3, None)),
    ],
)
def test_C5_a_total_one_of_them_does_not_share_is_shown_to_neither(
    app: Flask, cast: Cast, theirs: Answer | None
) -> None:
    write(cast, [(WHOLE, theirs), (theirs, WHOLE)])

    for person_id in (cast.maya, cast.jonas):
        overview = services.overview(person_id, after(2))
        assert overview.totals is None
        assert overview.state in {State.NOTHING_OPENED, State.QUIET}


def test_a_total_goes_with_the_rounds_shown_and_with_the_link(app: Flask, cast: Cast) -> None:
    write(cast, [(WHOLE, WHOLE), *[BOTH] * 12])

    assert services.overview(cast.maya, after(12)).totals
    assert services.overview(cast.maya, after(13)).totals is None
    end_link(cast.jonas, after(13))
    assert services.overview(cast.maya, after(14)).totals is None


def test_leaves_keep_their_order_for_both(app: Flask, cast: Cast) -> None:
    write(cast, [BOTH])

    for person_id in (cast.maya, cast.jonas):
        lines = services.overview(person_id, after(1)).overall.lines
        assert [line.person.mark for line in lines] == ["disc", "diamond"]


def test_O4_versions_are_marked_and_strips_follow_the_agreement(app: Flask, cast: Cast) -> None:
    write(cast, [BOTH] * 3, versions=2)

    overview = services.overview(cast.maya, after(3))

    assert [(mark.on, mark.kind) for mark in overview.marks] == [
        (date(2026, 3, 2), "signed"),
        (date(2026, 3, 23), "updated"),
    ]
    assert [one.topic for one in overview.strips] == [
        "Unhurried time together",
        "Feeling heard in an argument",
        "Sharing the load at home",
    ]
    assert [point.value for point in strip(overview, "Sharing the load at home")[1].points] == [
        6,
        6,
        6,
    ]


def test_a_topic_no_longer_agreed_stays_below_while_its_rounds_are_shown(
    app: Flask, cast: Cast
) -> None:
    write(cast, [BOTH] * 2)
    version = db.session.scalars(db.select(Version)).one()
    first, *rest = version.content["clauses"]
    version.content = {**version.content, "clauses": rest}
    db.session.commit()

    shown = [one.topic for one in services.overview(cast.maya, after(2)).strips]

    assert shown[-1] == "Unhurried time together" and first["listed"] == "time"


def test_days_are_the_readers_own(app: Flask, cast: Cast) -> None:
    write(cast, [BOTH])
    db.session.get_one(Person, cast.jonas).zone = "Pacific/Auckland"
    db.session.commit()

    assert services.overview(cast.maya, after(1)).overall.days == (date(2026, 3, 5),)
    assert services.overview(cast.jonas, after(1)).overall.days == (date(2026, 3, 6),)


@pytest.mark.parametrize(("most", "shown"), [(12, 12), (26, 26), (None, 40)])
def test_the_last_rounds_are_shown_as_many_as_asked_for(
    app: Flask, cast: Cast, most: int | None, shown: int
) -> None:
    write(cast, [BOTH] * 40)

    overview = services.overview(cast.maya, after(40), most=most)

    assert (overview.rounds, overview.shown, overview.most) == (40, shown, most)
    assert overview.overall.days[-1] == (FIRST + 39 * WEEK).date()
    assert len(overview.pages) == shown
    assert {len(one.series.days) for one in overview.strips} == {12}


def test_what_rounds_of_long_ago_asked_is_not_unsealed(app: Flask, cast: Cast) -> None:
    """So five years take little longer than half a year: their questions need not even open."""
    ids = write(cast, [BOTH] * (services.LOOK_BACK + 1))
    with transaction():
        db.session.get_one(Round, ids[0]).questions_sealed = b"nobody looks"

    shown = services.overview(cast.maya, after(len(ids)), most=None)

    assert shown.shown == len(ids) and [len(one.series.days) for one in shown.strips] == [12] * 3


def test_before_anything_is_signed_and_before_the_first_round(app: Flask, cast: Cast) -> None:
    assert services.overview(cast.ines, FIRST).state is State.BEGIN
    assert services.overview(cast.maya, FIRST).state is State.BEGIN

    write(cast, [])

    overview = services.overview(cast.maya, during(0))
    assert overview.state is State.PLANNED and overview.next_opening == FIRST


def test_C1_a_round_is_open_before_any_clock_has_ticked(app: Flask, cast: Cast) -> None:
    write(cast, [BOTH])

    overview = services.overview(cast.maya, during(2))

    assert overview.state is State.OPEN
    assert overview.next_opening == FIRST + 2 * WEEK


def test_L6_after_the_end_ones_own_line_stays_and_nothing_of_the_other(
    app: Flask, cast: Cast
) -> None:
    write(cast, [BOTH, BOTH])
    end_link(cast.jonas, after(2))

    for person_id, mark, mine in ((cast.maya, "disc", [3, 3]), (cast.jonas, "diamond", [5, 5])):
        overview = services.overview(person_id, after(3))
        (line,) = overview.overall.lines
        assert overview.state is State.ENDED
        assert (line.person.mark, [point.value for point in line.points]) == (mark, mine)
        assert not (overview.strips or overview.words or overview.marks or overview.next_opening)


def test_nobody_sees_another_couples_rounds(app: Flask, cast: Cast) -> None:
    write(cast, [BOTH])

    assert services.overview(cast.other, after(1)).rounds == 0
