"""The talks of the world: one behind Maya and Jonas, one ahead with a move proposed, and more.

Written as rows: every moment is the world's own, and no service has to be walked through.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import select

from couples import tokens
from couples.agreement.review.models import ReviewTopic
from couples.db import db, new_id, transaction
from couples.pairing.services import couple_of
from couples.surveys.models import StepQuestion
from couples.talks.calendar import services as services_calendar
from couples.talks.models import AgendaItem, CalendarFeed, Step, Talk, TalkTime

# From the world's moment, a Friday noon: the Sunday before, and the Sunday after.
BEHIND, AHEAD = timedelta(days=-5, hours=5, minutes=30), timedelta(days=2, hours=5, minutes=30)


def add_talks(people: dict[str, str], things: dict[str, str], now: datetime) -> None:
    """Add everything of talks, and name what addresses name."""
    _past(people, things, now)
    _ahead(people, things, now)
    _only_proposed(people, things, now)
    services_calendar.make_address(people["Maya"], now)
    feed_id = db.session.scalars(select(CalendarFeed.id)).one()
    # Half a year has passed for nobody: there is no such page yet.
    things["back"] = "1"
    things["calendar"] = tokens.make("calendar", feed_id)


@transaction()
def _past(people: dict[str, str], things: dict[str, str], now: datetime) -> None:
    """They have talked, about what Jonas brought; a step came of it and waits to be asked about."""
    maya, jonas = people["Maya"], people["Jonas"]
    couple_id = couple_of(maya).id
    when = {"starts_at": now + BEHIND, "agreed_at": now - timedelta(days=7)}
    talk = Talk(
        **when, couple_id=couple_id, made_at=now - timedelta(days=8), minutes=30,
        talked_at=now - timedelta(hours=2),
    )  # fmt: skip
    db.session.add(talk)
    db.session.flush()
    brought = AgendaItem(
        couple_id=couple_id, author_id=jonas, words="What Sundays are for.",
        added_at=now - timedelta(days=6), talk_id=talk.id,
    )  # fmt: skip
    step = Step(
        couple_id=couple_id, talk_id=talk.id, author_id=maya, words="We try a walk on Sunday.",
        until=date(2026, 9, 20), made_at=now - timedelta(hours=2),
    )  # fmt: skip
    db.session.add_all([brought, step])
    db.session.flush()
    left = ReviewTopic(
        couple_id=couple_id, author_id=jonas, origin_id=new_id(), words="The spare room.",
        made_at=now - timedelta(hours=2),
    )  # fmt: skip
    db.session.add(left)
    db.session.add(StepQuestion(couple_id=couple_id, step_id=step.id, words=step.words))
    things |= {"past talk": talk.id, "step": step.id, "review topic": left.id}
    things["talked item"] = brought.id


@transaction()
def _ahead(people: dict[str, str], things: dict[str, str], now: datetime) -> None:
    """Both said yes to Sunday; each brings something, and Jonas proposes Monday instead."""
    maya, jonas = people["Maya"], people["Jonas"]
    couple_id = couple_of(maya).id
    talk = _talk(couple_id, now, starts_at=now + AHEAD, minutes=30, agreed_at=now)
    things["talk"] = talk.id
    things["talk time"] = _time(talk, jonas, now + AHEAD + timedelta(days=1), now)
    things["talk time of mine"] = _time(talk, maya, now + AHEAD + timedelta(days=2), now)
    topic_id, added_at = things["topic"], now - timedelta(days=1)
    for kind, author_id, words, about in (
        ("item", maya, "Time just us.", topic_id),
        ("kept item", maya, "The car.", None),
        ("item@Jonas", jonas, "More notice before plans.", None),
    ):
        added_at += timedelta(minutes=1)
        row = AgendaItem(
            couple_id=couple_id, author_id=author_id, words=words, added_at=added_at, topic_id=about
        )
        db.session.add(row)
        things[kind] = row.id


@transaction()
def _only_proposed(people: dict[str, str], things: dict[str, str], now: datetime) -> None:
    """Piet has proposed a time to Noor, and neither has said yes to anything."""
    talk = _talk(couple_of(people["Noor"]).id, now)
    things["talk@Noor"] = talk.id
    things["talk time@Noor"] = _time(talk, people["Piet"], now + AHEAD, now)


def _talk(couple_id: str, now: datetime, **values: object) -> Talk:
    talk = Talk(couple_id=couple_id, made_at=now, **values)
    db.session.add(talk)
    db.session.flush()
    return talk


def _time(talk: Talk, author_id: str, starts_at: datetime, now: datetime) -> str:
    row = TalkTime(
        talk_id=talk.id, author_id=author_id, starts_at=starts_at, minutes=30, made_at=now
    )
    db.session.add(row)
    return row.id
