"""Planning a talk at the same instant, on both databases (rule O5)."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from flask import Flask

from couples.pairing.services_leaving import end_link
from couples.talks.models import Talk, TalkTime
from couples.talks.planning.services import call_off, propose, say_yes, take_back
from couples.talks.services_next import next_talk
from tests.cast import Cast
from tests.races import rows, together
from tests.talks.test_planning import DAY, agree, seen


def living() -> list[Talk]:
    return [each for each in rows(Talk) if each.called_off_at is None]


def test_both_proposing_at_once_make_one_talk(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    for turn in range(3):
        mine, theirs = now + DAY * (turn + 1), now + DAY * (turn + 20)
        results = together(
            database_app,
            partial(propose, cast.maya, [mine], 30, now),
            partial(propose, cast.jonas, [theirs], 30, now),
            partial(propose, cast.maya, [mine], 30, now),
        )
        assert results == ["proposed"] * 3
        (talk,) = living()
        assert sorted(each.starts_at for each in rows(TalkTime)) == [mine, theirs]
        call_off(cast.maya, talk.id, now)


def test_O5_both_proposing_the_same_time_at_once_have_both_said_yes(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    results = together(
        database_app,
        lambda: propose(cast.maya, [now + DAY], 30, now),
        lambda: propose(cast.jonas, [now + DAY], 30, now),
    )
    assert sorted(results) == ["agreed", "proposed"]
    (talk,) = rows(Talk)
    assert (talk.starts_at, talk.changes) == (now + DAY, 0)
    assert not rows(TalkTime)


def test_a_yes_against_taking_back_and_a_yes_twice(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    for turn in range(3):
        propose(cast.maya, [now + DAY * (turn + 1)], 30, now)
        (time,) = seen(cast.jonas, now).theirs
        results = together(
            database_app,
            partial(say_yes, cast.jonas, time.id, now),
            partial(say_yes, cast.jonas, time.id, now),
            partial(take_back, cast.maya, time.id),
        )
        # Either one yes came first, or the taking back did.
        assert [each for each in results if each != "TimeGone"] in ([time.starts_at], [None])
        assert results.count("TimeGone") == 2
        talk = next_talk(cast.maya, now)
        assert (talk is not None) == (time.starts_at in results)
        assert not rows(TalkTime)
        for each in living():
            assert each.changes == 0
            call_off(cast.maya, each.id, now)


def test_a_move_against_calling_off(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    talk_id = agree(cast, now + DAY, now)
    results = together(
        database_app,
        lambda: propose(cast.maya, [now + 2 * DAY], 30, now),
        lambda: call_off(cast.jonas, talk_id, now),
    )
    assert results == ["proposed", None]
    called_off = next(each for each in rows(Talk) if each.id == talk_id)
    assert (called_off.called_off_at, called_off.changes) == (now, 1)
    # What came after is a new proposal, what came before went with the talk.
    assert len(living()) == len(rows(TalkTime)) <= 1


def test_a_yes_against_other_times_and_against_parting(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    propose(cast.maya, [now + DAY], 30, now)
    (time,) = seen(cast.jonas, now).theirs
    yes, other = together(
        database_app,
        lambda: say_yes(cast.jonas, time.id, now),
        lambda: propose(cast.maya, [now + 3 * DAY], 30, now),
    )
    assert other == "proposed"
    assert seen(cast.jonas, now).starts_at == (None if yes == "TimeGone" else now + DAY)
    (move,) = seen(cast.jonas, now).theirs
    yes, parted = together(
        database_app,
        lambda: say_yes(cast.jonas, move.id, now + timedelta(minutes=1)),
        lambda: end_link(cast.maya, now),
    )
    assert yes in (now + 3 * DAY, "NotLinked")
    assert parted is None
    assert not living()
    assert not rows(TalkTime)
