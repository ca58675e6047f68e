"""Nothing depends on one beat: clocks that are two, away, late, or set forwards and back (C1, C8).

Two weeks of the whole timetable, every letter switched on, against a real mail server.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from couples.accounts.models import Person
from couples.db import db, transaction
from couples.mail.carrying.transport import SmtpTransport
from couples.mail.models import LetterState, LetterTime, OutboxLetter
from couples.mail.sending.delivery import deliver
from couples.surveys.letters.services import Wishes, save_letters
from couples.surveys.letters.services_look_ins import post_look_ins
from couples.surveys.models import Round
from couples.surveys.rounds.services_clock import close_due_rounds, open_due_rounds
from tests.cast import Cast, link, make_person
from tests.races import together
from tests.servers import SmtpPeer
from tests.surveys.agreed import CLOSES, DAY, HOUR, OPENS, WEEK, letters, rounds_of, sign

BEGIN = datetime(2026, 9, 1, 12, tzinfo=UTC)
END = BEGIN + 2 * WEEK
MINUTES = HOUR / 60
REVIEW_ON = date(2026, 9, 12)
Shown = Iterator[datetime]


def live(cast: Cast) -> None:
    """Let both want every letter, each in a zone of their own, and sign."""
    with transaction():
        db.session.get_one(Person, cast.jonas).zone = "Asia/Kathmandu"
    save_letters(cast.maya, Wishes(5, 10, False, True, True), BEGIN)
    save_letters(cast.jonas, Wishes(None, None, False, True, True), BEGIN)
    sign(cast.couple, BEGIN, review_on=REVIEW_ON)


def tick(now: datetime, peer: SmtpPeer) -> None:
    """Do everything that the timetable does, once."""
    open_due_rounds(now)
    close_due_rounds(now)
    post_look_ins(now)
    deliver(lambda: now, SmtpTransport(peer.url))


def every(step: timedelta, begin: datetime = BEGIN, end: datetime = END) -> Shown:
    """A clock that looks once in so long a time."""
    while begin <= end:
        yield begin
        begin += step


def suspended(begin: datetime, length: timedelta) -> Shown:
    """A computer that slept for a while: nothing in between, then the time it is."""
    yield from every(4 * HOUR, end=begin)
    yield from every(4 * HOUR, begin + length)


def stepped(at: datetime, by: timedelta) -> Shown:
    """A clock that shows an hour too much or too little for an hour, and is set right again."""
    yield from every(4 * HOUR, end=at - HOUR)
    yield from every(15 * MINUTES, at - HOUR, at)
    yield from every(15 * MINUTES, at + by, at + by + HOUR)
    yield from every(15 * MINUTES, at + HOUR, at + 2 * HOUR)
    yield from every(4 * HOUR, at + 2 * HOUR)


def everything() -> Shown:
    """All of it in one fortnight."""
    yield from (now for now in stepped(OPENS - HOUR / 2, HOUR) if now < CLOSES - DAY)
    yield from (now for now in suspended(CLOSES - 5 * HOUR, 12 * HOUR) if now > CLOSES - DAY)


def sent() -> list[OutboxLetter]:
    rows = db.session.scalars(db.select(OutboxLetter).order_by(OutboxLetter.settled_at))
    return [row for row in rows if row.state is LetterState.SENT]


CLOCKS: dict[str, Callable[[], Shown]] = {
    "late by minutes": lambda: every(107 * MINUTES),
    "late by hours": lambda: every(5 * HOUR),
    "late by half a day": lambda: every(11 * HOUR),
    "suspended over an opening": lambda: suspended(OPENS - HOUR, 12 * HOUR),
    "suspended over a close": lambda: suspended(CLOSES - 5 * HOUR, 12 * HOUR),
    "an hour forward before an opening": lambda: stepped(OPENS - HOUR / 2, HOUR),
    "an hour back after an opening": lambda: stepped(OPENS + HOUR / 2, -HOUR),
    "an hour forward before a close": lambda: stepped(CLOSES - HOUR / 2, HOUR),
    "an hour back after a close": lambda: stepped(CLOSES + HOUR / 2, -HOUR),
    "an hour back after a look-in": lambda: stepped(OPENS + 39 * HOUR + HOUR / 2, -HOUR),
}


@pytest.mark.parametrize("clock", CLOCKS.values(), ids=CLOCKS.keys())
def test_C8_whatever_the_clock_does_each_letter_goes_once_and_at_a_good_hour(
    cast: Cast, smtp_peer: SmtpPeer, clock: Callable[[], Shown]
) -> None:
    live_through(cast, smtp_peer, clock())


def test_C8_a_clock_that_does_all_of_it(database_cast: Cast, smtp_peer: SmtpPeer) -> None:
    live_through(database_cast, smtp_peer, everything())


def live_through(cast: Cast, smtp_peer: SmtpPeer, clock: Shown) -> None:
    """Live by this clock, and look what came of it."""
    live(cast)
    for now in clock:
        tick(now, smtp_peer)
    assert [one.opens_at for one in rounds_of(cast.couple)] == [OPENS, OPENS + WEEK]
    found = sent()
    counts = Counter((row.kind, row.person_id) for row in found)
    for person in (cast.maya, cast.jonas):
        mine = {kind: count for (kind, who), count in counts.items() if who == person}
        assert mine == {"open": 2, "reminder": 2, "closed": 2, "look_in": 2, "review": 1}
    assert len(smtp_peer.recipients) == len(found), "and nothing went that is not on record"
    for row in found:
        assert_well_timed(row, found)


def assert_well_timed(row: OutboxLetter, others: list[OutboxLetter]) -> None:
    """Fail where a letter came out of its time, at night, or on another's heels."""
    zone = ZoneInfo(db.session.get_one(Person, row.person_id).zone)
    assert row.settled_at is not None
    assert row.due_at <= row.settled_at and (not row.not_after or row.settled_at <= row.not_after)
    is_late = row.settled_at - row.due_at >= HOUR
    if is_late or row.kind in {"reminder", "closed"}:
        assert 8 <= row.settled_at.astimezone(zone).hour < 21, row.kind
    if row.kind == "reminder":
        assert row.not_after is not None and row.not_after - row.settled_at >= HOUR
        (opening,) = [one for one in others if one.key == row.key.replace("reminder", "open")]
        assert opening.settled_at and row.settled_at - opening.settled_at >= 12 * HOUR
    if row.kind == "look_in":
        same = [one for one in others if (one.kind, one.person_id) == (row.kind, row.person_id)]
        times = [one.settled_at for one in same if one is not row and one.settled_at]
        assert all(abs(row.settled_at - at) > 6 * DAY for at in times)


def test_C1_C8_after_three_weeks_without_a_clock_there_is_no_backlog(
    database_cast: Cast, smtp_peer: SmtpPeer
) -> None:
    cast = database_cast
    live(cast)
    tick(OPENS, smtp_peer)
    assert [row.kind for row in sent()] == ["open"], "Jonas's; Maya's waits for Saturday"
    back = OPENS + 3 * WEEK + 4 * HOUR  # 23:00 in Berlin, 2:45 in Kathmandu
    tick(back, smtp_peer)
    assert [one.opens_at for one in rounds_of(cast.couple)] == [OPENS, OPENS + 3 * WEEK]
    assert len(sent()) == 1, "nothing of three weeks ago, and nothing at night"
    assert {row.state for row in letters("review")} == {LetterState.CANCELLED}
    for kind in ("reminder", "closed"):
        assert {row.state for row in letters(kind)[:2]} == {LetterState.CANCELLED}
    assert letters("look_in") == []
    for now in every(2 * HOUR, back, back + 16 * HOUR):
        tick(now, smtp_peer)
    assert Counter(row.kind for row in sent()) == {"open": 2}, "Maya's is for Saturday again"
    for now in every(4 * HOUR, back + 16 * HOUR, back + 5 * DAY):
        tick(now, smtp_peer)
    counts = Counter(row.kind for row in sent())
    assert counts == {"open": 3, "reminder": 2, "closed": 2, "look_in": 2}
    assert len(smtp_peer.recipients) == 9
    for row in sent()[1:]:
        assert_well_timed(row, sent())


@pytest.mark.parametrize(
    ("looks", "sent_at"),
    [
        ((OPENS, CLOSES - 13 * HOUR), {"open": OPENS, "reminder": CLOSES - 13 * HOUR}),
        # The mail server comes back on Saturday evening: half a day apart, and not at night.
        (
            (CLOSES - 25 * HOUR, CLOSES - 13 * HOUR, CLOSES - 12 * HOUR),
            {"open": CLOSES - 25 * HOUR, "reminder": CLOSES - 13 * HOUR},
        ),
        (
            (CLOSES - 13 * HOUR, CLOSES - 12 * HOUR, CLOSES - HOUR),
            {"open": CLOSES - 13 * HOUR, "reminder": CLOSES - HOUR},
        ),
        # No room for both any more, or none for what the reminder says.
        ((CLOSES - 12 * HOUR, CLOSES - HOUR / 2), {"open": CLOSES - 12 * HOUR}),
        ((OPENS, CLOSES - HOUR / 2), {"open": OPENS}),
    ],
)
def test_C7_a_reminder_that_is_late_keeps_its_distance_or_does_not_go(
    cast: Cast,
    smtp_peer: SmtpPeer,
    looks: tuple[datetime, ...],
    sent_at: dict[str, datetime],
) -> None:
    save_letters(cast.maya, Wishes(None, None, False, True, False), BEGIN)
    sign(cast.couple, BEGIN)
    open_due_rounds(OPENS)
    for now in looks:
        deliver(lambda now=now: now, SmtpTransport(smtp_peer.url))  # type: ignore[misc]
    assert {row.kind: row.settled_at for row in sent() if row.person_id == cast.maya} == sent_at


@pytest.mark.parametrize(("late", "goes"), [(23 * HOUR, True), (24 * HOUR + 2 * HOUR, False)])
def test_C8_a_closing_letter_more_than_a_day_late_is_cancelled(
    database_cast: Cast, smtp_peer: SmtpPeer, late: timedelta, goes: bool
) -> None:
    live(database_cast)
    open_due_rounds(OPENS)
    tick(CLOSES + late, smtp_peer)
    wanted = LetterState.SENT if goes else LetterState.CANCELLED
    assert letters("closed", database_cast.maya)[0].state is wanted
    assert not db.session.scalars(db.select(LetterTime).where(LetterTime.at <= CLOSES + late)).all()


def test_a_round_with_less_than_half_a_day_left_is_left_out_and_the_next_one_comes(
    database_cast: Cast, smtp_peer: SmtpPeer
) -> None:
    live(database_cast)
    for now in (CLOSES - 11 * HOUR, CLOSES + HOUR, OPENS + WEEK):
        tick(now, smtp_peer)
    assert [one.opens_at for one in rounds_of(database_cast.couple)] == [OPENS + WEEK]


def test_C8_a_clock_set_back_while_letters_are_claimed_loses_none(
    database_cast: Cast, smtp_peer: SmtpPeer
) -> None:
    live(database_cast)
    open_due_rounds(OPENS)
    readings = iter([OPENS, OPENS, OPENS, *[OPENS - HOUR] * 50])
    deliver(lambda: next(readings), SmtpTransport(smtp_peer.url))
    assert smtp_peer.recipients == []
    tick(OPENS + MINUTES, smtp_peer)
    assert smtp_peer.recipients == ["jonas@example.org"]


def test_C8_two_clocks_over_hundreds_of_people(database_app: Flask) -> None:
    with transaction():
        people = [make_person(f"P{n}", BEGIN) for n in range(240)]
        couples = [link(*pair, BEGIN) for pair in zip(people[::2], people[1::2], strict=True)]
        for couple in couples:
            sign(couple, BEGIN)
    counts = together(database_app, *[lambda: open_due_rounds(OPENS)] * 2)
    assert sum(counts) == 120 and open_due_rounds(OPENS) == 0
    counts = together(database_app, *[lambda: close_due_rounds(CLOSES)] * 2)
    assert sum(counts) == 120 and close_due_rounds(CLOSES) == 0
    opened = db.session.scalars(db.select(Round.couple_id))
    assert sorted(opened) == sorted(couples)
    rows = [row for kind in ("open", "reminder", "closed") for row in letters(kind)]
    assert len({(row.kind, row.person_id) for row in rows}) == len(rows) == 3 * 240
