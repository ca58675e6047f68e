"""The draft that is signed, signatures, versions, and how versions are reviewed."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from couples.db import Base, Row, UtcDateTime, sealed_json, sealed_text


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
    # When words of somebody who erased their account became "removed"; the hash stays (rule A10).
    redacted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    content = sealed_json("content_sealed")

    __table_args__ = (
        UniqueConstraint("couple_id", "number"),
        UniqueConstraint("couple_id", "content_hash"),
    )


class ReviewAnswer(Row, Base):
    """What one person says about one promise of a version whose day has come; theirs alone.

    Both answers to the same promise are its outcome; before that the partner sees nothing.
    """

    __tablename__ = "review_answers"
    sealed_owner = "person_id"

    version_id: Mapped[str] = mapped_column(ForeignKey("versions.id"), index=True)
    # The topic whose promise it is, or "terms": how the two keep talking.
    about: Mapped[str] = mapped_column(String(22))
    # The day that came: the version's review date, or the end of the promise's trial.
    occasion_on: Mapped[date] = mapped_column(Date)
    person_id: Mapped[str] = mapped_column(ForeignKey("persons.id"), index=True)
    answer_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # When both had answered and the draft followed; an outcome counts once.
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    answer = sealed_text("answer_sealed")

    __table_args__ = (UniqueConstraint("version_id", "about", "occasion_on", "person_id"),)
