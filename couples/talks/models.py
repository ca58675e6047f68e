"""Talks, the times proposed for them, what each brings, the step that came of one, calendars."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    LargeBinary,
    UniqueConstraint,
    and_,
)
from sqlalchemy.orm import Mapped, mapped_column

from couples.db import Base, Row, UtcDateTime, sealed_text


class Talk(Row, Base):
    """A planned conversation of a couple; its time counts once both have said yes (rule O5)."""

    __tablename__ = "talks"

    couple_id: Mapped[str] = mapped_column(ForeignKey("couples.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # What both have said yes to; a proposed move changes neither before the other's yes.
    starts_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    minutes: Mapped[int | None]
    agreed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # How often what calendars show has changed since it was first agreed (their SEQUENCE).
    changes: Mapped[int] = mapped_column(default=0)
    called_off_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # When one of the two wrote down that they talked; the talk is over then.
    talked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # What was said then of each line, by its id (sitting/rules.py): whoever comes second sees it.
    said: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    # Counts each time it was written down or its step changed: whoever comes second replaces
    # what they saw (A9).
    revision: Mapped[int] = mapped_column(default=0)

    @property
    def is_early(self) -> bool:
        """Whether it was held before the time both had said yes to."""
        return bool(self.talked_at and self.starts_at and self.talked_at < self.starts_at)

    __table_args__ = (
        CheckConstraint("minutes BETWEEN 10 AND 240", name="minutes"),
        # One talk at a time is planned; the database holds it against two proposals at once.
        Index(
            "uq_talks_living",
            "couple_id",
            unique=True,
            sqlite_where=and_(called_off_at.is_(None), talked_at.is_(None)),
            postgresql_where=and_(called_off_at.is_(None), talked_at.is_(None)),
        ),
    )


class TalkTime(Row, Base):
    """A time one of the two proposes; gone as soon as it is chosen, taken back or overtaken."""

    __tablename__ = "talk_times"

    talk_id: Mapped[str] = mapped_column(ForeignKey("talks.id"))
    author_id: Mapped[str] = mapped_column(ForeignKey("persons.id"), index=True)
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    minutes: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        UniqueConstraint("talk_id", "author_id", "starts_at"),
        CheckConstraint("minutes BETWEEN 10 AND 240", name="minutes"),
    )


class AgendaItem(Row, Base):
    """One thing a person brings to the next talk, in words both read once it is added."""

    __tablename__ = "agenda_items"
    sealed_owner = "author_id"

    couple_id: Mapped[str] = mapped_column(ForeignKey("couples.id"), index=True)
    author_id: Mapped[str] = mapped_column(ForeignKey("persons.id"), index=True)
    # The topic it is about, where it came from one: decides which open questions are offered.
    topic_id: Mapped[str | None] = mapped_column(ForeignKey("topics.id"), index=True)
    words_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    # Counts wordings, so that a second tab of its author notices the first (rule A9).
    revision: Mapped[int] = mapped_column(default=1)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # Of several open ones of one person the latest chosen stands first, else the oldest.
    chosen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # How many talks it stayed open in; twice it returns, then it waits for the review.
    returned: Mapped[int] = mapped_column(default=0)
    # The talk in which it was talked about, and so is closed.
    talk_id: Mapped[str | None] = mapped_column(ForeignKey("talks.id"), index=True)
    # When it had returned twice and became a topic of the next review.
    to_review_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # When its author took it back; its words are empty since.
    taken_back_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    words = sealed_text("words_sealed")

    __table_args__ = (CheckConstraint("returned BETWEEN 0 AND 2", name="returned"),)


class Step(Row, Base):
    """What the two take from a talk: who does what until when; the next round asks about it."""

    __tablename__ = "steps"
    sealed_owner = "author_id"

    couple_id: Mapped[str] = mapped_column(ForeignKey("couples.id"), index=True)
    talk_id: Mapped[str] = mapped_column(ForeignKey("talks.id"), unique=True)
    author_id: Mapped[str] = mapped_column(ForeignKey("persons.id"), index=True)
    # Who does it: its author; no owner means both of them.
    owner_id: Mapped[str | None] = mapped_column(ForeignKey("persons.id"), index=True)
    words_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    until: Mapped[date | None] = mapped_column(Date)
    # When these words were written.
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revision: Mapped[int] = mapped_column(default=1)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    let_go_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # How many later talks left it open; twice it returns, then it waits for the review.
    returned: Mapped[int] = mapped_column(default=0)
    to_review_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    words = sealed_text("words_sealed")

    __table_args__ = (CheckConstraint("returned BETWEEN 0 AND 2", name="returned"),)


class CalendarFeed(Row, Base):
    """One person's private calendar address; it is void as soon as the row is gone.

    It shows the talks of the couple it was made in, and stays empty once that has ended (L6).
    """

    __tablename__ = "calendar_feeds"

    person_id: Mapped[str] = mapped_column(ForeignKey("persons.id"), unique=True)
    couple_id: Mapped[str | None] = mapped_column(ForeignKey("couples.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
