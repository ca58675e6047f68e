"""Two yeses: proposing times, saying yes, moving, taking back, calling off (rule O5)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from couples.db import db, transaction
from couples.errors import NotFound
from couples.mail.models import OutboxLetter
from couples.pairing.services import couple_of
from couples.pairing.services_leaving import end_link
from couples.talks.models import AgendaItem, Talk, TalkTime
from couples.talks.planning import refusals
from couples.talks.planning.rules import held
from couples.talks.planning.services import call_off, propose, say_yes, take_back
from couples.talks.planning.shapes import NextTalk, TimeView
from couples.talks.rules import State
from couples.talks.services_next import next_talk
from tests import races
from tests.cast import Cast

DAY = timedelta(days=1)


def seen(person_id: str, now: datetime) -> NextTalk:
    """Return the next talk, which is there."""
    talk = next_talk(person_id, now)
    assert talk is not None
    return talk


def at(times: tuple[TimeView, ...]) -> list[datetime]:
    return [each.starts_at for each in times]


def agree(cast: Cast, when: datetime, now: datetime) -> str:
    """Let Maya propose a time and Jonas say yes; return the talk's id."""
    propose(cast.maya, [when], 30, now)
    say_yes(cast.jonas, seen(cast.jonas, now).theirs[0].id, now)
    return seen(cast.maya, now).id


def test_O5_a_time_holds_once_both_have_said_yes(database_cast: Cast, now: datetime) -> None:
    cast = database_cast
    assert next_talk(cast.maya, now) is None
    assert propose(cast.maya, [now + 2 * DAY, now + DAY, now + DAY], 45, now) == "proposed"
    mine, theirs = seen(cast.maya, now), seen(cast.jonas, now)
    assert (mine.state, theirs.state) == (State.PROPOSED, State.ASKED)
    assert at(mine.mine) == at(theirs.theirs) == [now + DAY, now + 2 * DAY]
    assert not mine.is_agreed
    with pytest.raises(refusals.OwnTime):
        say_yes(cast.maya, mine.mine[0].id, now)
    with pytest.raises(refusals.NotYourTime):
        take_back(cast.jonas, mine.mine[0].id)
    assert say_yes(cast.jonas, theirs.theirs[0].id, now) == now + DAY
    for person in (cast.maya, cast.jonas):
        talk = seen(person, now)
        assert (talk.starts_at, talk.minutes, talk.agreed_at) == (now + DAY, 45, now)
        assert (talk.state, talk.mine, talk.theirs) == (State.AGREED, (), ())
    with pytest.raises(refusals.TimeGone):
        say_yes(cast.jonas, theirs.theirs[0].id, now)
    assert not races.rows(OutboxLetter)


def test_O5_a_proposed_move_changes_nothing_before_the_other_says_yes(
    database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    talk_id = agree(cast, now + DAY, now)
    before = row_of(talk_id)
    propose(cast.jonas, [now + 3 * DAY], 60, now)
    assert row_of(talk_id) == before
    assert seen(cast.jonas, now).state == State.AGREED
    (move,) = seen(cast.maya, now).theirs
    say_yes(cast.maya, move.id, now + timedelta(hours=1))
    assert row_of(talk_id) == (now + 3 * DAY, 60, now + timedelta(hours=1), 1)


def row_of(talk_id: str) -> tuple[object, ...]:
    talk = db.session.get_one(Talk, talk_id, populate_existing=True)
    return talk.starts_at, talk.minutes, talk.agreed_at, talk.changes


def test_proposing_replaces_what_one_proposed_and_keeps_what_stays(
    database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    propose(cast.maya, [now + DAY, now + 2 * DAY], 30, now)
    kept, _gone = seen(cast.maya, now).mine
    propose(cast.maya, [now + DAY, now + 3 * DAY], 30, now)
    mine = seen(cast.maya, now).mine
    assert mine[0].id == kept.id
    assert at(mine) == [now + DAY, now + 3 * DAY]
    propose(cast.maya, [now + DAY], 60, now)
    (longer,) = seen(cast.maya, now).mine
    assert longer.id != kept.id, "the other may just be reading the shorter one"
    with pytest.raises(refusals.TimeGone):
        say_yes(cast.jonas, kept.id, now)


def test_O5_proposing_what_the_other_proposed_is_a_yes(database_cast: Cast, now: datetime) -> None:
    cast = database_cast
    propose(cast.maya, [now + DAY, now + 2 * DAY], 60, now)
    # A yes to an hour is no yes to half of one: both proposals stand side by side.
    assert propose(cast.jonas, [now + 5 * DAY, now + 2 * DAY], 30, now) == "proposed"
    talk = seen(cast.maya, now)
    assert not talk.is_agreed and at(talk.mine) == [now + DAY, now + 2 * DAY]
    assert [each.minutes for each in talk.theirs] == [30, 30]
    assert propose(cast.jonas, [now + 5 * DAY, now + 2 * DAY], 60, now) == "agreed"
    talk = seen(cast.maya, now)
    assert (talk.starts_at, talk.minutes) == (now + 2 * DAY, 60)
    assert not races.rows(TalkTime)
    assert propose(cast.jonas, [now + 2 * DAY], 60, now) == "unchanged"
    assert propose(cast.jonas, [now + 2 * DAY], 30, now) == "proposed"


def test_what_cannot_be_proposed(cast: Cast, now: datetime) -> None:
    year = timedelta(days=365)
    for times, minutes in (
        ([], 30),
        ([now], 30),
        ([now - DAY], 30),
        ([now + year + timedelta(seconds=1)], 30),
        ([now + DAY * n for n in range(1, 5)], 30),
        ([now + DAY], 31),
    ):
        with pytest.raises(refusals.BadTime):
            propose(cast.maya, times, minutes, now)
    assert not races.rows(Talk)
    assert propose(cast.maya, [now + year], 30, now) == "proposed"


def test_a_time_that_has_passed_is_neither_shown_nor_said_yes_to(cast: Cast, now: datetime) -> None:
    propose(cast.maya, [now + DAY, now + 2 * DAY], 30, now)
    first, second = seen(cast.jonas, now).theirs
    with pytest.raises(refusals.TimePassed):
        say_yes(cast.jonas, first.id, now + DAY)
    assert seen(cast.jonas, now + DAY).theirs == (second,)
    assert seen(cast.jonas, now + 2 * DAY).state == State.LAPSED
    propose(cast.jonas, [now + 3 * DAY], 30, now + 2 * DAY)
    assert seen(cast.maya, now + 2 * DAY).state == State.ASKED
    assert len(races.rows(Talk)) == 1


def test_taking_back_the_last_time_leaves_nothing_planned(cast: Cast, now: datetime) -> None:
    propose(cast.maya, [now + DAY], 30, now)
    propose(cast.jonas, [now + 2 * DAY], 30, now)
    (mine,), (theirs,) = seen(cast.maya, now).mine, seen(cast.maya, now).theirs
    take_back(cast.maya, mine.id)
    assert seen(cast.maya, now).state == State.ASKED
    take_back(cast.jonas, theirs.id)
    assert next_talk(cast.maya, now) is None
    assert not races.rows(Talk)


def test_either_calls_off_alone_and_at_once(database_cast: Cast, now: datetime) -> None:
    cast = database_cast
    talk_id = agree(cast, now + DAY, now)
    propose(cast.maya, [now + 2 * DAY], 30, now)
    call_off(cast.jonas, talk_id, now)
    call_off(cast.maya, talk_id, now + DAY)
    talk = db.session.get_one(Talk, talk_id, populate_existing=True)
    assert (talk.called_off_at, talk.changes) == (now, 1)
    assert next_talk(cast.maya, now) is None
    assert not races.rows(TalkTime)
    assert agree(cast, now + 4 * DAY, now) != talk_id


def test_a_talk_that_is_over_is_not_called_off(cast: Cast, now: datetime) -> None:
    talk_id = agree(cast, now + DAY, now)
    with transaction():
        db.session.get_one(Talk, talk_id).talked_at = now + DAY
    with pytest.raises(refusals.TalkOver):
        call_off(cast.maya, talk_id, now + DAY)
    assert next_talk(cast.maya, now) is None


def test_where_a_talk_stands_by_the_readers_clock(cast: Cast, now: datetime) -> None:
    agree(cast, now + DAY, now)
    start = now + DAY
    for moment, state in (
        (start - timedelta(hours=15), State.AGREED),
        (start - timedelta(hours=13), State.TODAY),
        (start + timedelta(minutes=29), State.TODAY),
        (start + timedelta(minutes=30), State.PASSED),
    ):
        assert seen(cast.maya, moment).state == state, moment
    propose(cast.jonas, [start + 5 * DAY], 30, start + DAY)
    (again,) = seen(cast.maya, start + DAY).theirs
    say_yes(cast.maya, again.id, start + DAY)
    assert seen(cast.jonas, start + DAY).state == State.AGREED


def test_L6_parting_calls_off_what_is_planned(database_cast: Cast, now: datetime) -> None:
    cast = database_cast
    talk_id = agree(cast, now + DAY, now)
    propose(cast.maya, [now + 2 * DAY], 30, now)
    (move,) = seen(cast.jonas, now).theirs
    end_link(cast.maya, now)
    assert db.session.get_one(Talk, talk_id, populate_existing=True).called_off_at == now
    assert not races.rows(TalkTime)
    assert next_talk(cast.jonas, now) is None
    for act in (
        lambda: say_yes(cast.jonas, move.id, now),
        lambda: propose(cast.jonas, [now + DAY], 30, now),
        lambda: call_off(cast.jonas, talk_id, now),
    ):
        with pytest.raises(NotFound):
            act()


def test_S7_a_strangers_time_and_talk_are_what_does_not_exist(cast: Cast, now: datetime) -> None:
    talk_id = agree(cast, now + DAY, now)
    propose(cast.maya, [now + 2 * DAY], 30, now)
    (time,) = seen(cast.jonas, now).theirs
    for stranger in (cast.other, cast.ines):
        answers = set()
        for time_id, talk in ((time.id, talk_id), ("A" * 22, "A" * 22)):
            for act in (
                lambda who=stranger, time_id=time_id: say_yes(who, time_id, now),
                lambda who=stranger, time_id=time_id: take_back(who, time_id),
                lambda who=stranger, talk=talk: call_off(who, talk, now),
            ):
                with pytest.raises((NotFound, refusals.TimeGone)) as found:
                    act()
                answers.add((type(found.value), getattr(found.value, "status", 404)))
        assert {status for _kind, status in answers} == {404}
    assert seen(cast.jonas, now).theirs == (time,)


def test_the_next_talk_comes_with_what_each_brings_in_one_query(cast: Cast, now: datetime) -> None:
    agree(cast, now + DAY, now)
    propose(cast.maya, [now + DAY * n for n in (2, 3, 4)], 30, now)
    with transaction():
        for words, minutes in (("Dentist calls", 0), ("Later", 1)):
            db.session.add(
                AgendaItem(
                    couple_id=cast.couple,
                    author_id=cast.maya,
                    words=words,
                    added_at=now + timedelta(minutes=minutes),
                )
            )
    couple = couple_of(cast.jonas)
    db.session.remove()
    asked: list[str] = []
    db.event.listen(db.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    # As pages ask, which know the couple.
    talk = next_talk(cast.jonas, now, couple, "Europe/Berlin")
    assert talk is not None
    assert len(talk.theirs) == 3
    assert [(one.name, words) for one, words in talk.lines] == [
        ("Maya", "Dentist calls"),
        ("Jonas", None),
    ]
    assert len([each for each in asked if each.startswith("SELECT")]) == 1, asked
    assert talk == seen(cast.jonas, now)


def test_O5_a_page_from_before_the_yes_moves_nothing(cast: Cast, now: datetime) -> None:
    propose(cast.maya, [now + DAY], 30, now)
    both = [now + DAY, now + 2 * DAY]
    assert propose(cast.jonas, both, 30, now, holds="") == "agreed"
    # A double press says once more what holds already.
    assert propose(cast.jonas, both, 30, now, holds="") == "unchanged"
    with pytest.raises(refusals.AgreedMeanwhile):
        propose(cast.maya, [now + 3 * DAY], 30, now, holds="")
    assert not races.rows(TalkTime)
    holds = held(now + DAY, 30)
    assert propose(cast.maya, [now + 3 * DAY], 30, now, holds=holds) == "proposed"


def test_O5_proposing_what_holds_takes_back_ones_other_times(
    database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    agree(cast, now + DAY, now)
    holds = held(now + DAY, 30)
    move, other = now + 3 * DAY, now + 4 * DAY
    assert propose(cast.maya, [move], 30, now, holds) == "proposed"
    for _twice in range(2):
        assert propose(cast.maya, [now + DAY], 30, now, holds) == "unchanged"
        assert not races.rows(TalkTime), "the other’s yes can move nothing any more"
    assert propose(cast.maya, [now + DAY, other], 30, now, holds) == "proposed"
    assert at(seen(cast.jonas, now).theirs) == [other]
    # The same time for longer is another proposal.
    assert propose(cast.maya, [now + DAY], 60, now, holds) == "proposed"
    (longer,) = seen(cast.jonas, now).theirs
    say_yes(cast.jonas, longer.id, now)
    with pytest.raises(refusals.AgreedMeanwhile):
        propose(cast.maya, [other], 30, now, holds)


def test_O5_a_page_from_a_talk_that_is_over_proposes_a_new_one(cast: Cast, now: datetime) -> None:
    holds = held(now + DAY, 30)
    call_off(cast.jonas, agree(cast, now + DAY, now), now)
    assert propose(cast.maya, [now + 3 * DAY], 30, now, holds) == "proposed"
    assert propose(cast.maya, [now + 2 * DAY], 30, now, holds) == "proposed"
    assert at(seen(cast.jonas, now).theirs) == [now + 2 * DAY]


def test_O5_a_yes_pressed_twice_is_one_yes(database_cast: Cast, now: datetime) -> None:
    cast = database_cast
    propose(cast.maya, [now + DAY], 30, now)
    (time,) = seen(cast.jonas, now).theirs
    for _twice in range(2):
        assert say_yes(cast.jonas, time.id, now, time.held) == now + DAY
    assert row_of(seen(cast.maya, now).id) == (now + DAY, 30, now, 0)
    for stranger in (cast.other, cast.ines):
        for time_id in (time.id, "A" * 22):
            with pytest.raises((NotFound, refusals.TimeGone)):
                say_yes(stranger, time_id, now, time.held)
    for other in ("", held(now + DAY, 60), held(now + 2 * DAY, 30)):
        with pytest.raises(refusals.TimeGone):
            say_yes(cast.jonas, time.id, now, other)
    call_off(cast.maya, seen(cast.maya, now).id, now)
    with pytest.raises(refusals.TimeGone):
        say_yes(cast.jonas, time.id, now, time.held)
