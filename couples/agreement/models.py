"""Needs, topics, suggestions, promises, the draft, signatures and versions."""

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

from couples.db import Base, Row, UtcDateTime, sealed_json, sealed_text


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

    own_words = sealed_text("own_words_sealed")

    __table_args__ = (
        UniqueConstraint("couple_id", "listed"),
        UniqueConstraint("couple_id", "position"),
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
    agreed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # Rule A8: either may ask to look at it again, at once and alone.
    under_review_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    words = sealed_text("words_sealed")
    kept_when = sealed_text("kept_when_sealed")
    otherwise = sealed_text("otherwise_sealed")
    how_often = sealed_text("how_often_sealed")


class Draft(Row, Base):
    """What the next version will hold beside the promises: rhythm, talk plan, review date."""

    __tablename__ = "drafts"
    sealed_owner = "couple_id"

    couple_id: Mapped[str] = mapped_column(ForeignKey("couples.id"), unique=True)
    every_weeks: Mapped[int]
    opens_weekday: Mapped[int]
    opens_hour: Mapped[int]
    closes_weekday: Mapped[int]
    closes_hour: Mapped[int]
    zone: Mapped[str] = mapped_column(String(64))
    talk_plan_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    review_on: Mapped[date] = mapped_column(Date)
    revision: Mapped[int] = mapped_column(default=0)
    changed_by: Mapped[str] = mapped_column(ForeignKey("persons.id"))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # Goes into the content hash, so that a hash of few words cannot be guessed back.
    salt: Mapped[str] = mapped_column(String(22))

    talk_plan = sealed_text("talk_plan_sealed")


class Signature(Row, Base):
    """A person's typed name under one exact text."""

    __tablename__ = "signatures"
    sealed_owner = "person_id"

    couple_id: Mapped[str] = mapped_column(ForeignKey("couples.id"), index=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("persons.id"))
    content_hash: Mapped[str] = mapped_column(String(64))
    typed_name_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    signed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version_id: Mapped[str | None] = mapped_column(ForeignKey("versions.id"), index=True)
    # When its writer read that the draft changed and the signature no longer counts.
    told_void_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    typed_name = sealed_text("typed_name_sealed")

    __table_args__ = (UniqueConstraint("couple_id", "person_id", "content_hash"),)


class Version(Row, Base):
    """One immutable text of the agreement, in force from the second signature on."""

    __tablename__ = "versions"
    sealed_owner = "couple_id"

    couple_id: Mapped[str] = mapped_column(ForeignKey("couples.id"), index=True)
    number: Mapped[int]
    content_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    content_hash: Mapped[str] = mapped_column(String(64))
    salt: Mapped[str] = mapped_column(String(22))
    in_force_at: Mapped[datetime] = mapped_column(UtcDateTime)
    review_on: Mapped[date] = mapped_column(Date)

    content = sealed_json("content_sealed")

    __table_args__ = (
        UniqueConstraint("couple_id", "number"),
        UniqueConstraint("couple_id", "content_hash"),
    )
