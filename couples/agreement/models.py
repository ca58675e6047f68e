"""Needs, what the other hears in them, topics, suggestions and promises."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from couples.db import Base, Row, UtcDateTime, sealed_text


class Need(Row, Base):
    """What one person writes under a topic; nobody else's until it is opened (rules A1, A2)."""

    __tablename__ = "needs"
    sealed_owner = "person_id"

    person_id: Mapped[str] = mapped_column(ForeignKey("persons.id"), index=True)
    # None until its author is linked: needs can be written before the partner joins (rule L4).
    couple_id: Mapped[str | None] = mapped_column(ForeignKey("couples.id"), index=True)
    # One of the listed topics, or words of one's own.
    listed: Mapped[str | None] = mapped_column(String(32))
    own_topic_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    before_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    request_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    own_part_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    matters: Mapped[int | None]
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # Counts saves, so that a second tab notices the first (rule A9).
    revision: Mapped[int] = mapped_column(default=0)
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    topic_id: Mapped[str | None] = mapped_column(ForeignKey("topics.id"), index=True)

    own_topic = sealed_text("own_topic_sealed")
    before = sealed_text("before_sealed")
    request = sealed_text("request_sealed")
    own_part = sealed_text("own_part_sealed")

    __table_args__ = (CheckConstraint("matters BETWEEN 1 AND 5", name="matters"),)


class Readiness(Row, Base):
    """A person is ready to open; the row is gone when taken back. Never shown to the other."""

    __tablename__ = "readiness"

    couple_id: Mapped[str] = mapped_column(ForeignKey("couples.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("persons.id"))
    since: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (UniqueConstraint("couple_id", "person_id"),)


class Topic(Row, Base):
    """A heading of the couple, from the list or in the words of the one who opened it."""

    __tablename__ = "topics"
    sealed_owner = "couple_id"

    couple_id: Mapped[str] = mapped_column(ForeignKey("couples.id"), index=True)
    listed: Mapped[str | None] = mapped_column(String(32))
    own_words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    position: Mapped[int]
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # Both said it is done with, or is part of another one; it stays readable, its place too.
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    merged_into_id: Mapped[str | None] = mapped_column(ForeignKey("topics.id"))

    own_words = sealed_text("own_words_sealed")

    __table_args__ = (
        UniqueConstraint("couple_id", "listed"),
        UniqueConstraint("couple_id", "position"),
    )


class Hearing(Row, Base):
    """What the partner hears in an opened need, and what its author says to that (rule A4)."""

    __tablename__ = "hearings"
    sealed_owner = "couple_id"

    couple_id: Mapped[str] = mapped_column(ForeignKey("couples.id"), index=True)
    need_id: Mapped[str] = mapped_column(ForeignKey("needs.id"), unique=True)
    author_id: Mapped[str] = mapped_column(ForeignKey("persons.id"))
    words_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    said_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # Counts wordings, so that an answer belongs to the words it was given to (rule A9).
    revision: Mapped[int] = mapped_column(default=1)
    answer: Mapped[str | None] = mapped_column(String(12))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    words = sealed_text("words_sealed")

    __table_args__ = (CheckConstraint("answer IN ('yes', 'not_quite')", name="answer"),)


class TopicSuggestion(Row, Base):
    """One proposes to merge a topic into another or to retire it; nothing happens before a yes."""

    __tablename__ = "topic_suggestions"
    sealed_owner = "couple_id"

    couple_id: Mapped[str] = mapped_column(ForeignKey("couples.id"), index=True)
    kind: Mapped[str] = mapped_column(String(8))
    topic_id: Mapped[str] = mapped_column(ForeignKey("topics.id"))
    into_id: Mapped[str | None] = mapped_column(ForeignKey("topics.id"))
    author_id: Mapped[str] = mapped_column(ForeignKey("persons.id"))
    note_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # What became of it; open while the first two are empty, as with suggestions of words.
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    talk_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    note = sealed_text("note_sealed")

    __table_args__ = (
        CheckConstraint("(kind = 'merge') = (into_id IS NOT NULL)", name="into"),
        CheckConstraint("kind IN ('merge', 'retire')", name="kind"),
        Index(
            "uq_topic_suggestions_open",
            "topic_id",
            unique=True,
            sqlite_where=(used_at.is_(None) & withdrawn_at.is_(None)),
            postgresql_where=(used_at.is_(None) & withdrawn_at.is_(None)),
        ),
        Index("ix_topic_suggestions_topic_id", "topic_id"),
    )


class Suggestion(Row, Base):
    """Proposed words for a promise, seen by both; one at a time lies open under a topic."""

    __tablename__ = "suggestions"
    sealed_owner = "couple_id"

    couple_id: Mapped[str] = mapped_column(ForeignKey("couples.id"), index=True)
    topic_id: Mapped[str] = mapped_column(ForeignKey("topics.id"))
    author_id: Mapped[str] = mapped_column(ForeignKey("persons.id"))
    # The one who takes it on, or none where it is both (rule A5).
    owner_id: Mapped[str | None] = mapped_column(ForeignKey("persons.id"))
    words_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    kept_when_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    otherwise_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    how_often_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    # Tried until this day, then looked at again; none where it simply holds.
    trial_until: Mapped[date | None] = mapped_column(Date)
    note_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # What became of it; open while all are empty. `talk_at` leaves it open: it is kept for a talk.
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    replaced_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    talk_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    words = sealed_text("words_sealed")
    kept_when = sealed_text("kept_when_sealed")
    otherwise = sealed_text("otherwise_sealed")
    how_often = sealed_text("how_often_sealed")
    note = sealed_text("note_sealed")

    __table_args__ = (
        Index(
            "uq_suggestions_open",
            "topic_id",
            unique=True,
            sqlite_where=(used_at.is_(None) & replaced_at.is_(None) & withdrawn_at.is_(None)),
            postgresql_where=(used_at.is_(None) & replaced_at.is_(None) & withdrawn_at.is_(None)),
        ),
        Index("ix_suggestions_topic_id", "topic_id"),
    )


class Promise(Row, Base):
    """The shared words under a topic that both said yes to; part of the draft until signed."""

    __tablename__ = "promises"
    sealed_owner = "couple_id"

    couple_id: Mapped[str] = mapped_column(ForeignKey("couples.id"), index=True)
    topic_id: Mapped[str] = mapped_column(ForeignKey("topics.id"), unique=True)
    suggestion_id: Mapped[str] = mapped_column(ForeignKey("suggestions.id"))
    owner_id: Mapped[str | None] = mapped_column(ForeignKey("persons.id"))
    words_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    kept_when_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    otherwise_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    how_often_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    # Tried until this day, then looked at again; none where it simply holds.
    trial_until: Mapped[date | None] = mapped_column(Date)
    agreed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # Rule A8: either may ask to look at it again, at once and alone.
    under_review_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    words = sealed_text("words_sealed")
    kept_when = sealed_text("kept_when_sealed")
    otherwise = sealed_text("otherwise_sealed")
    how_often = sealed_text("how_often_sealed")
