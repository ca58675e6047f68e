"""What comes of a talk: written down once, and what stays open carried over twice."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from couples.agreement.review import services_topics as services_review
from couples.errors import NotFound
from couples.pairing.services import couple_of
from couples.talks.agenda.services import add, agenda_of
from couples.talks.models import TalkTime
from couples.talks.planning.services import call_off, propose
from couples.talks.sitting import services_promise, services_steps
from couples.talks.sitting.refusals import NotOverYet, TalkCalledOff
from couples.talks.sitting.rules import (
    OPEN,
    TALKED,
    Times,
    returns,
    state_of,
    turn_of,
)
from couples.talks.sitting.services import past_talks
from couples.talks.sitting.services_after import write_down
from couples.talks.sitting.shapes import Written
from tests.cast import Cast
from tests.races import rows
from tests.talks.sittings import WALK, page, plan, step_under, talked, typed, waits_for_review

DAY = timedelta(days=1)


def test_where_a_talk_stands_by_the_readers_day(now: datetime) -> None:
    late = now.replace(hour=22, minute=30)  # past midnight in Berlin
    cases = {
        (Times(), now): "proposed",
        (Times(now + DAY, 30), now): "agreed",
        (Times(now + timedelta(hours=3), 30), now): "today",
        (Times(now, 30), now + timedelta(minutes=29)): "today",
        (Times(now, 30), now + timedelta(minutes=30)): "passed",
        (Times(late, 30), now): "agreed",
        # It began before midnight in Berlin and goes on after it.
        (Times(late - timedelta(minutes=45), 60), late - timedelta(minutes=25)): "today",
        (Times(now, 30, called_off_at=now), now): "called_off",
        (Times(None, None, called_off_at=now), now): "called_off",
        (Times(now + DAY, 30, talked_at=now), now): "over",
    }
    assert {case: state_of(case[0], "Europe/Berlin", case[1]) for case in cases} == cases


def test_turns_and_returns() -> None:
    found = [(turn.leaf, turn.hearing, turn.is_last) for turn in map(turn_of, range(1, 5))]
    assert found == [(0, False, False), (0, True, False), (1, False, False), (1, True, True)]
    assert {turn_of(number).number for number in (-1, 0, 5, 10**9)} == {1}
    assert [returns(count) for count in range(3)] == [1, 2, None]


def test_O5_the_first_to_write_it_down_ends_the_talk(cast: Cast, now: datetime) -> None:
    hers = add(cast.maya, "Time just us.", "", now)
    his = add(cast.jonas, "The car.", "", now)
    talk_id = plan(cast.couple, now)
    propose(cast.jonas, [now + 2 * DAY], 30, now)
    until = date(2026, 9, 20)
    said = Written({hers: TALKED, his: OPEN}, typed(until=until, mine=True))
    assert write_down(cast.maya, talk_id, said, now + DAY)
    assert rows(TalkTime) == []
    for person_id in (cast.maya, cast.jonas):
        shown = page(person_id, talk_id, now + DAY)
        assert (shown.state, shown.talked_at) == ("over", now + DAY)
        assert [item.words for item in shown.talked] == ["Time just us."]
        assert shown.step and shown.step.owner and shown.step.may_change
        assert (shown.step.words, shown.step.owner.name) == (WALK, "Maya")
        assert shown.step.until == until
        lines = [
            item and (item.words, item.returned)
            for _who, item in agenda_of(couple_of(person_id)).lines
        ]
        assert lines == [None, ("The car.", 1)]
        assert [(past.id, past.step) for past in past_talks(person_id)] == [(talk_id, WALK)]
    # A double press is once; other words of either come second and replace nothing.
    assert write_down(cast.maya, talk_id, said, now + DAY)
    assert not write_down(cast.jonas, talk_id, Written({}, typed("Another.")), now + DAY)
    assert not write_down(cast.jonas, talk_id, Written(), now + DAY)
    assert step_under(talk_id).words == WALK and step_under(talk_id).revision == 1


def test_what_was_not_on_the_page_stays_as_it_was(cast: Cast, now: datetime) -> None:
    hers = add(cast.maya, "First.", "", now)
    strange = add(cast.another, "Of another couple.", "", now)
    talk_id = plan(cast.couple, now)
    his = add(cast.jonas, "Added meanwhile.", "", now)
    write_down(cast.maya, talk_id, Written({hers: TALKED, strange: TALKED}), now)
    found = [item for _who, item in agenda_of(couple_of(cast.jonas)).lines]
    assert [item and (item.id, item.returned) for item in found] == [None, (his, 0)]
    assert [item.id for item in agenda_of(couple_of(cast.another)).items] == [strange]


def test_a_talk_called_off_or_of_others_is_not_written_down(cast: Cast, now: datetime) -> None:
    talk_id = plan(cast.couple, now)
    for act in (
        lambda: write_down(cast.other, talk_id, Written(), now),
        lambda: page(cast.other, talk_id, now),
        lambda: services_steps.change(cast.other, talk_id, typed(), 0, now),
        lambda: services_steps.done(cast.maya, talk_id, now),
        lambda: services_promise.promise_page(cast.ines, talk_id),
    ):
        with pytest.raises(NotFound):
            act()
    with pytest.raises(NotOverYet):
        services_steps.change(cast.maya, talk_id, typed(), 0, now)
    call_off(cast.jonas, talk_id, now)
    with pytest.raises(TalkCalledOff):
        write_down(cast.maya, talk_id, Written(), now)
    assert page(cast.maya, talk_id, now).state == "called_off"


def test_what_stays_open_returns_twice_then_waits_for_the_review(cast: Cast, now: datetime) -> None:
    add(cast.jonas, "The spare room.", "", now)
    for returned in (1, 2):
        talked(cast.maya, cast.couple, now)
        _maya, his = agenda_of(couple_of(cast.maya)).lines
        assert his[1] and his[1].returned == returned
        assert waits_for_review(cast.maya) == []
    talked(cast.jonas, cast.couple, now)
    assert agenda_of(couple_of(cast.maya)).items == ()
    for person_id in (cast.maya, cast.jonas):
        assert waits_for_review(person_id) == ["The spare room."]
    (topic,) = services_review.left_over(couple_of(cast.maya))
    assert topic.author.name == "Jonas"
    for stranger in (cast.other, cast.ines):
        with pytest.raises(NotFound):
            services_review.put_away(stranger, topic.id, now)
    for _again in range(2):
        services_review.put_away(cast.maya, topic.id, now)
        assert waits_for_review(cast.jonas) == []
