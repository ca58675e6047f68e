"""How the service is at this moment: asked of the database and the queue, so by any process."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from couples import pulse, readiness
from couples.accounts.models import Person
from couples.db import db
from couples.mail import lateness
from couples.mail.models import LetterTime, MailServer, OutboxLetter
from couples.settings import Settings

# With fewer accounts a count of one is a name.
FEWEST = 20
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
STEP = timedelta(minutes=5)


class Now:
    """The gauges of one moment, as a Prometheus registry collects them."""

    def __init__(self, settings: Settings, now: datetime) -> None:
        """Look at once whether there are enough accounts for counts."""
        self.settings, self.now = settings, now
        try:
            self.is_there, self.are_many = True, are_many()
        except SQLAlchemyError:
            db.session.rollback()
            self.is_there = self.are_many = False

    def collect(self) -> Iterator[Any]:
        """Give every gauge; of a database that is away only that."""
        yield gauge("pages_database_answers", "Whether the database answers.", int(self.is_there))
        if self.settings.redis_url:
            answers = readiness.queue_answers(self.settings.redis_url)
            yield gauge("pages_queue_answers", "Whether the queue answers.", int(answers))
        if self.is_there:
            yield from self.going_on()
            if self.are_many:
                yield from self.counted()

    def going_on(self) -> Iterator[Any]:
        """Give whether letters and the timetable are kept; of a few accounts it tells of nobody."""
        ticks = family("pages_tick_age_seconds", "Time since the clock had a task done.", ["task"])
        for name, at in db.session.execute(select(pulse.Pulse.name, pulse.Pulse.at)):
            age = max(timedelta(), self.now - at)
            # A task that had something to do ends a moment later: steps hide that.
            told = age if self.are_many else age // STEP * STEP
            ticks.add_metric([name], told.total_seconds())
        yield ticks
        words = "How long the letter that has waited longest has been due, in whole minutes."
        yield gauge("pages_letters_oldest_due_seconds", words, self.waits().total_seconds())

    def waits(self) -> timedelta:
        """Return how long letters wait; of a few accounts only what /healthz/letters tells."""
        if not self.are_many:
            return lateness.LATE if lateness.is_late(self.now) else timedelta()
        # In whole minutes: that a letter was posted just now is not told.
        return (lateness.overdue(self.now) or timedelta()) // MINUTE * MINUTE

    def counted(self) -> Iterator[Any]:
        """Give counts: letters due, what became of those of the last hour, failed attempts."""
        server = db.session.get(MailServer, 1)
        words = "Attempts in a row that the mail server did not answer."
        yield gauge("pages_mail_server_failures", words, server.failures if server else 0)
        due = select(func.count()).select_from(LetterTime).where(LetterTime.at <= self.now)
        words = "Letters whose time has come and that wait."
        yield gauge("pages_letters_due", words, db.session.scalar(due) or 0)
        states = family("pages_letters_settled_last_hour", "Settled letters by state.", ["state"])
        settled = (
            select(OutboxLetter.state, func.count())
            .where(OutboxLetter.settled_at > self.now - HOUR)
            .group_by(OutboxLetter.state)
        )
        for state, count in db.session.execute(settled):
            states.add_metric([state.value], count)
        yield states


def are_many() -> bool:
    """Whether so many people have an account that a count tells nothing of one of them."""
    first = select(Person.id).where(Person.erased_at.is_(None)).limit(FEWEST).subquery()
    return db.session.scalar(select(func.count()).select_from(first)) == FEWEST


def family(name: str, words: str, labels: list[str]) -> Any:
    """Return a gauge with labels, still empty."""
    from prometheus_client.core import GaugeMetricFamily

    return GaugeMetricFamily(name, words, labels=labels)


def gauge(name: str, words: str, value: float) -> Any:
    """Return a gauge with one value."""
    from prometheus_client.core import GaugeMetricFamily

    return GaugeMetricFamily(name, words, value=value)
