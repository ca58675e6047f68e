"""The step of a talk: asked about, carried over, settled, and taken to a promise."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from couples.agreement.promises.services_begun import begin
from couples.agreement.unsent.services import TypedElsewhere
from couples.errors import NotFound
from couples.pairing.services import couple_of
from couples.surveys.rounds.services_clock import close_due_rounds, open_due_rounds
from couples.surveys.terms import from_rows
from couples.talks.sitting import services_promise, services_steps
from couples.talks.sitting.refusals import StepFixed, StepSettled, TalkFixed
from couples.talks.sitting.rules import DONE, LET_GO
from couples.talks.sitting.services_after import write_down
from couples.talks.sitting.shapes import Written
from tests.agreement.road import open_both, suggest
from tests.cast import Cast
from tests.surveys.agreed import AFTER, CLOSES, INSIDE, OPENS, WEEK, answer, rounds_of, sign
from tests.talks.sittings import WALK, page, plan, step_under, talked, typed, waits_for_review


def asked(couple_id: str) -> list[list[str]]:
    """Return the words of the steps that each round asks about."""
    found = [from_rows(round_.questions) for round_ in rounds_of(couple_id)]
    return [[one.own_name for one in each if one.step] for each in found]


def test_C2_a_step_is_asked_about_returns_is_asked_again_and_waits_for_the_review(
    database_cast: Cast, now: datetime
) -> None:
    cast, at = database_cast, now
    sign(cast.couple, now)
    first = talked(cast.maya, cast.couple, at, WALK)
    for week in range(4):
        # Round after round it is asked about once; then the two talk and leave it open.
        open_due_rounds(OPENS + week * WEEK)
        close_due_rounds(CLOSES + week * WEEK)
        assert asked(cast.couple)[week] == ([WALK] if week < 3 else [])
        assert page(cast.jonas, first, at).step
        assert not page(cast.jonas, first, at).step.may_change  # type: ignore[union-attr]
        at = AFTER + week * WEEK
        if week < 3:
            talked(cast.jonas, cast.couple, at)
            assert step_under(first).returned == min(week + 1, 2)
    assert waits_for_review(cast.maya) == [WALK]
    last = page(cast.maya, plan(cast.couple, at), at)
    assert last.steps == () and page(cast.maya, first, at).step.state == "review"  # type: ignore[union-attr]


def test_C2_a_newer_step_is_asked_about_instead_of_one_that_returned(
    cast: Cast, now: datetime
) -> None:
    sign(cast.couple, now)
    talked(cast.maya, cast.couple, now, WALK)
    talked(cast.jonas, cast.couple, now + timedelta(days=1), "A newer one.")
    open_due_rounds(OPENS)
    assert asked(cast.couple) == [["A newer one."]]
    # From a talk that leaves both open and adds none, the newest is asked about.
    talked(cast.jonas, cast.couple, AFTER)
    open_due_rounds(OPENS + WEEK)
    assert asked(cast.couple)[1] == ["A newer one."]


@pytest.mark.parametrize("settle", [services_steps.done, services_steps.let_go])
def test_C2_where_the_newer_step_is_settled_the_one_before_it_is_asked_about(
    cast: Cast, now: datetime, settle: Callable[[str, str, datetime], None]
) -> None:
    sign(cast.couple, now)
    talked(cast.maya, cast.couple, now, WALK)
    newer = talked(cast.jonas, cast.couple, now + timedelta(days=1), "A newer one.")
    settle(cast.maya, newer, now + timedelta(days=1))
    open_due_rounds(OPENS)
    assert asked(cast.couple) == [[WALK]]
    # It was asked about since it came back: not once more before it comes back again.
    last = talked(cast.maya, cast.couple, AFTER, "The newest.", said=DONE)
    settle(cast.maya, last, AFTER)
    open_due_rounds(OPENS + WEEK)
    assert asked(cast.couple)[1] == []


def test_C2_a_step_asked_about_since_it_came_back_waits_for_its_next_return(
    cast: Cast, now: datetime
) -> None:
    sign(cast.couple, now)
    talked(cast.maya, cast.couple, now, WALK)
    open_due_rounds(OPENS)
    talk_id = plan(cast.couple, INSIDE)
    assert write_down(cast.maya, talk_id, Written({}, typed("A newer one.")), INSIDE)
    services_steps.let_go(cast.jonas, talk_id, INSIDE)
    open_due_rounds(OPENS + WEEK)
    assert asked(cast.couple) == [[WALK], []]
    talked(cast.maya, cast.couple, AFTER + WEEK)
    open_due_rounds(OPENS + 2 * WEEK)
    assert asked(cast.couple)[2] == [WALK]


@pytest.mark.parametrize("settle", [services_steps.done, services_steps.let_go])
def test_C2_nobody_is_asked_about_a_step_that_is_settled(
    cast: Cast, now: datetime, settle: Callable[[str, str, datetime], None]
) -> None:
    sign(cast.couple, now)
    talk_id = talked(cast.maya, cast.couple, now, WALK)
    for person_id in (cast.jonas, cast.maya):
        settle(person_id, talk_id, now)
    open_due_rounds(OPENS)
    assert asked(cast.couple) == [[]]
    step = page(cast.maya, talk_id, INSIDE).step
    assert step and step.state in {"done", "let_go"} and not step.may_change
    other = {"done": services_steps.let_go, "let_go": services_steps.done}[step.state]
    with pytest.raises(StepSettled):
        other(cast.maya, talk_id, now)
    with pytest.raises(StepSettled):
        services_steps.change(cast.maya, talk_id, typed("Other."), 1, now)


@pytest.mark.parametrize("said", [DONE, LET_GO])
def test_C2_a_step_settled_in_the_next_talk_is_asked_about_no_more(
    cast: Cast, now: datetime, said: str
) -> None:
    sign(cast.couple, now)
    first = talked(cast.maya, cast.couple, now, WALK)
    talked(cast.jonas, cast.couple, now, said=said)
    open_due_rounds(OPENS)
    assert asked(cast.couple) == [[]]
    assert page(cast.maya, first, now).step.state == said  # type: ignore[union-attr]


def test_A9_a_step_changes_by_revision_until_a_round_asks_about_it(
    cast: Cast, now: datetime
) -> None:
    sign(cast.couple, now)
    talk_id = talked(cast.maya, cast.couple, now, WALK)
    change = services_steps.change
    assert change(cast.jonas, talk_id, typed("Jonas cooks.", mine=True), 1, now)
    assert not change(cast.maya, talk_id, typed("Maya cooks."), 1, now)
    newer = page(cast.maya, talk_id, now).step
    assert newer and (newer.words, newer.revision) == ("Jonas cooks.", 2)
    assert newer.owner == newer.author == couple_of(cast.jonas).me
    assert change(cast.jonas, talk_id, typed("Jonas cooks.", mine=True), 1, now)
    assert change(cast.maya, talk_id, typed("We cook."), 2, now)
    open_due_rounds(OPENS)
    assert asked(cast.couple) == [["We cook."]]
    with pytest.raises(StepFixed):
        change(cast.maya, talk_id, typed("Too late."), 3, INSIDE)
    # A round whose time has come asks first, even before its clock has ticked (S2).
    second = talked(cast.maya, cast.couple, AFTER, "Another.")
    with pytest.raises(StepFixed):
        change(cast.maya, second, typed("Too late."), 1, OPENS + WEEK)


def test_a_step_can_be_written_down_after_all(cast: Cast, now: datetime) -> None:
    sign(cast.couple, now)
    talk_id = talked(cast.maya, cast.couple, now)
    assert services_steps.change(cast.jonas, talk_id, typed(), 0, now)
    assert not services_steps.change(cast.maya, talk_id, typed("Another."), 0, now)
    open_due_rounds(OPENS)
    assert asked(cast.couple) == [[WALK]]


def test_C5_the_talks_page_shows_what_opened_about_the_step_and_nothing_else(
    cast: Cast, now: datetime
) -> None:
    sign(cast.couple, now)
    talk_id = talked(cast.maya, cast.couple, now, WALK)
    open_due_rounds(OPENS)
    step_id, round_id = step_under(talk_id).id, rounds_of(cast.couple)[0].id
    for person_id, value in ((cast.maya, 6), (cast.jonas, 3)):
        answer(person_id, round_id, INSIDE, overall=4, **{step_id: value})
    assert page(cast.maya, talk_id, INSIDE).opened == ()
    close_due_rounds(CLOSES)
    for person_id in (cast.maya, cast.jonas):
        (found,) = page(person_id, talk_id, AFTER).opened
        assert [(who.name, value) for who, value in found.each] == [("Maya", 6), ("Jonas", 3)]
    talked(cast.maya, cast.couple, AFTER)
    open_due_rounds(OPENS + WEEK)
    answer(cast.maya, rounds_of(cast.couple)[1].id, INSIDE + WEEK, **{step_id: 7})
    close_due_rounds(CLOSES + WEEK)
    for person_id in (cast.maya, cast.jonas):
        assert len(page(person_id, talk_id, AFTER + WEEK).opened) == 1


def test_a_step_becomes_its_readers_own_unsent_words(cast: Cast, now: datetime) -> None:
    topic_id = open_both(cast, now)
    talk_id = talked(cast.maya, cast.couple, now, WALK)
    before = begin(cast.maya, topic_id)
    for _again in range(2):
        services_promise.lay_down(cast.jonas, talk_id, topic_id, now)
    begun = begin(cast.jonas, topic_id)
    assert (begun.wording.words.words, begun.wording.mine, begun.is_stale) == (WALK, False, False)
    # S2: the other one's page is as it was, and what lies there by then stands beside it.
    assert begin(cast.maya, topic_id) == before
    suggest(cast.maya, topic_id, now, "Maya's words.")
    assert begin(cast.jonas, topic_id).is_stale
    with pytest.raises(NotFound):
        services_promise.lay_down(cast.jonas, talk_id, topic_id + "x", now)


def test_words_kept_under_a_topic_are_never_overwritten(cast: Cast, now: datetime) -> None:
    topic_id = open_both(cast, now)
    first = talked(cast.maya, cast.couple, now, WALK)
    services_promise.lay_down(cast.maya, first, topic_id, now)
    second = talked(cast.maya, cast.couple, now, "Another.")
    with pytest.raises(TypedElsewhere):
        services_promise.lay_down(cast.maya, second, topic_id, now)
    assert begin(cast.maya, topic_id).wording.words.words == WALK


def test_a_step_taken_to_a_topic_knows_the_words_that_lie_there(cast: Cast, now: datetime) -> None:
    topic_id = open_both(cast, now)
    suggest(cast.maya, topic_id, now, "Maya's words.")
    talk_id = talked(cast.maya, cast.couple, now, WALK)
    services_promise.lay_down(cast.jonas, talk_id, topic_id, now)
    assert not begin(cast.jonas, topic_id).is_stale


def test_S2_between_the_clocks_ticks_a_talk_tells_nothing_of_who_has_looked(
    cast: Cast, now: datetime
) -> None:
    sign(cast.couple, now)
    talk_id = talked(cast.maya, cast.couple, now, WALK)
    due = OPENS + timedelta(minutes=1)
    before = page(cast.maya, talk_id, due)
    open_due_rounds(due)
    assert before.step == page(cast.maya, talk_id, due).step
    assert before.step and not before.step.may_change


def test_A10_another_day_alone_leaves_the_words_their_authors(cast: Cast, now: datetime) -> None:
    talk_id = talked(cast.maya, cast.couple, now, WALK)
    until = now.date() + timedelta(days=3)
    assert services_steps.change(cast.jonas, talk_id, typed(until=until), 1, now)
    found = step_under(talk_id)
    assert (found.author_id, found.until, found.revision) == (cast.maya, until, 2)
    # What one takes on alone is written by them (rule A5).
    assert services_steps.change(cast.jonas, talk_id, typed(mine=True), 2, now)
    assert (step_under(talk_id).author_id, step_under(talk_id).owner_id) == (cast.maya, cast.jonas)


def test_C2_a_late_step_is_the_last_talks(cast: Cast, now: datetime) -> None:
    first = talked(cast.maya, cast.couple, now)
    last = talked(cast.maya, cast.couple, now + timedelta(days=1))
    assert not page(cast.maya, first, now).may_write_step
    assert page(cast.maya, last, now).may_write_step
    with pytest.raises(TalkFixed):
        services_steps.change(cast.maya, first, typed(), 0, now)
