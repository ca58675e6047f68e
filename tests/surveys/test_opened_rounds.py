"""What a closed round opens to whom, and what stays with its author."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from couples.db import db
from couples.errors import NotFound
from couples.pairing import services_leaving
from couples.surveys.answering.services import (
    Answers,
    save_answers,
    withdraw,
)
from couples.surveys.answering.services_week import State, past_round, week_of
from couples.surveys.services import open_round
from tests.cast import Cast
from tests.surveys.agreed import (
    AFTER,
    CLOSES,
    HOUR,
    INSIDE,
    OPENS,
    WEEK,
    answer,
    opened,
    rounds_for,
    sign,
)

BOTH = {"overall": 5, "t-time": 6, "t-own": 2}


def test_C5_nothing_opens_before_the_close_and_then_question_by_question(
    database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    found = opened(cast.couple, now)
    ours = Answers(dict(BOTH), True, words="Tired.", words_shared=True)
    save_answers(cast.maya, found.id, ours, INSIDE)
    theirs = Answers({"overall": 3, "t-time": None}, True, words="Hello.", words_shared=True)
    save_answers(cast.jonas, found.id, theirs, INSIDE)
    (before,) = rounds_for(cast.maya, CLOSES - timedelta(seconds=1))
    assert (before.closed, before.opened, before.partner_words) == (False, {}, "")
    (mine,), (other,) = rounds_for(cast.maya, CLOSES), rounds_for(cast.jonas, CLOSES)
    assert mine.opened == {"overall": (5, 3)}
    assert other.opened == {"overall": (3, 5)}
    assert mine.answers == BOTH and other.answers == {"overall": 3}
    assert (mine.partner_words, other.partner_words) == ("Hello.", "Tired.")


@pytest.mark.parametrize("partner", ["kept", "never", "skipped", "withdrawn"])
def test_C5_kept_skipped_withdrawn_and_never_opened_look_the_same(
    cast: Cast, now: datetime, partner: str
) -> None:
    found = opened(cast.couple, now)
    answer(cast.maya, found.id, overall=5)
    if partner in {"kept", "withdrawn"}:
        answer(cast.jonas, found.id, overall=2, share=partner == "withdrawn")
    if partner == "withdrawn":
        withdraw(cast.jonas, found.id, AFTER)
    if partner == "skipped":
        save_answers(cast.jonas, found.id, Answers({"overall": None, "t-own": 1}, True), INSIDE)
    (mine,) = rounds_for(cast.maya, AFTER)
    assert mine.opened == {}
    assert mine.partner_words == ""


def test_C3_sharing_is_withdrawn_at_once_and_only_after_the_close(
    cast: Cast, now: datetime
) -> None:
    found = opened(cast.couple, now)
    for person in (cast.maya, cast.jonas):
        answer(person, found.id, overall=5)
    with pytest.raises(NotFound):
        withdraw(cast.maya, found.id, INSIDE)
    assert past_round(cast.maya, found.id, AFTER).can_withdraw
    withdraw(cast.maya, found.id, AFTER + WEEK)
    (theirs,) = rounds_for(cast.jonas, AFTER + WEEK)
    assert theirs.opened == {}
    page = past_round(cast.maya, found.id, AFTER + WEEK)
    assert page.mine.withdrawn and not page.can_withdraw
    assert page.mine.answers == {"overall": 5}


def test_S7_nobody_reaches_anothers_response(cast: Cast, now: datetime) -> None:
    found = opened(cast.couple, now)
    for stranger in (cast.ines, cast.other):
        with pytest.raises(NotFound):
            answer(stranger, found.id, overall=1)
        with pytest.raises(NotFound):
            past_round(stranger, found.id, AFTER)
        with pytest.raises(NotFound):
            withdraw(stranger, found.id, AFTER)
        assert rounds_for(stranger, AFTER) == ()


def test_C1_what_is_open_is_decided_by_time_and_not_by_a_tick(
    database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    sign(cast.couple, now)
    assert week_of(cast.maya, OPENS - timedelta(seconds=1)).state is State.PLANNED
    assert week_of(cast.maya, OPENS).state is State.OPEN
    found = open_round(cast.jonas, OPENS)
    assert found is not None and found.closes_at == CLOSES
    answer(cast.jonas, found.id, OPENS, overall=4)
    assert week_of(cast.maya, CLOSES).state is State.CLOSED
    assert open_round(cast.maya, CLOSES) is None
    assert rounds_for(cast.maya, CLOSES)[0].closed


def test_the_week_has_a_state_for_everybody(cast: Cast, now: datetime) -> None:
    assert week_of(cast.ines, now).state is State.UNLINKED
    assert week_of(cast.maya, now).state is State.BEGIN
    sign(cast.couple, now)
    week = week_of(cast.maya, now)
    assert (week.state, week.next_opening) == (State.PLANNED, OPENS)


def test_C5_a_round_cut_off_by_parting_never_opens(cast: Cast, now: datetime) -> None:
    found = opened(cast.couple, now)
    for person in (cast.maya, cast.jonas):
        answer(person, found.id, overall=5)
    services_leaving.end_link(cast.maya, INSIDE)
    assert rounds_for(cast.maya, AFTER) == ()
    assert past_round(cast.maya, found.id, INSIDE).mine.answers == {"overall": 5}
    assert past_round(cast.maya, found.id, AFTER).cancelled


def test_after_parting_ones_own_rounds_stay_and_the_partners_are_gone(
    cast: Cast, now: datetime
) -> None:
    found = opened(cast.couple, now)
    for person in (cast.maya, cast.jonas):
        answer(person, found.id, overall=5)
    services_leaving.end_link(cast.jonas, AFTER)
    (mine,) = rounds_for(cast.maya, AFTER)
    assert (mine.answers, mine.opened) == ({"overall": 5}, {})


def test_the_overview_reads_26_rounds_with_four_queries(cast: Cast, now: datetime) -> None:
    sign(cast.couple, now)
    for week in range(26):
        at = OPENS + week * WEEK + 2 * HOUR  # after the opening in winter too
        found = opened_again(cast.couple, at)
        for person in (cast.maya, cast.jonas):
            answer(person, found, at, overall=week % 7 + 1)
    db.session.rollback()
    statements: list[str] = []
    db.event.listen(db.engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
    rounds = rounds_for(cast.maya, OPENS + 26 * WEEK)
    assert len(rounds) == 26 and all(one.opened for one in rounds)
    assert len([one for one in statements if one.startswith("SELECT")]) <= 5


def opened_again(couple_id: str, at: datetime) -> str:
    from couples.surveys.rounds.services_clock import open_due_rounds
    from tests.surveys.agreed import round_of

    open_due_rounds(at)
    return round_of(couple_id).id
