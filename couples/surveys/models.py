"""When rounds are due, rounds, responses, and how letters reach a person."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from couples.db import Base, Row, UtcDateTime, sealed_json


class Plan(Row, Base):
    """When a couple's next round opens: a narrow table that the clock looks through."""

    __tablename__ = "plans"

    couple_id: Mapped[str] = mapped_column(ForeignKey("couples.id"), unique=True)
    version_id: Mapped[str] = mapped_column(ForeignKey("versions.id"))
    # The local date of this rhythm's first opening: every two or four weeks count from it.
    anchor: Mapped[date] = mapped_column(Date)
    # The next opening; it is past only between the opening and the clock that notices it.
    due_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    # While one clock works on this couple, others leave it alone.
    claimed_until: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Round(Row, Base):
    """One check-in of the couple; its questions and times are fixed when it opens (rule C1)."""

    __tablename__ = "rounds"
    sealed_owner = "couple_id"

    couple_id: Mapped[str] = mapped_column(ForeignKey("couples.id"))
    version_id: Mapped[str] = mapped_column(ForeignKey("versions.id"))
    number: Mapped[int]
    opens_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closes_at: Mapped[datetime] = mapped_column(UtcDateTime)
    every_weeks: Mapped[int]
    # Topics asked, in order: [{"id", "listed", "name", "promise"}]; overall is asked always.
    questions_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    # When the clock dealt with its close; whether it is closed is decided by `closes_at` alone.
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    questions = sealed_json("questions_sealed")

    __table_args__ = (
        UniqueConstraint("couple_id", "number"),
        UniqueConstraint("couple_id", "opens_at"),
        Index(
            "ix_rounds_unsettled",
            "closes_at",
            sqlite_where=settled_at.is_(None),
            postgresql_where=settled_at.is_(None),
        ),
    )


class Response(Row, Base):
    """One person's answers in one round; the row exists from the opening on for both."""

    __tablename__ = "responses"
    sealed_owner = "person_id"

    round_id: Mapped[str] = mapped_column(ForeignKey("rounds.id"))
    couple_id: Mapped[str] = mapped_column(ForeignKey("couples.id"), index=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("persons.id"), index=True)
    # Raised when the person replaces the mailed link: earlier ones are void (rule C6).
    generation: Mapped[int] = mapped_column(default=0)
    # {"answers": {question: 1..7 or null for skipped}, "words": str, "words_shared": bool,
    #  "shared": bool, "withdrawn": bool}; none until something was answered.
    payload_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)

    payload = sealed_json("payload_sealed")

    __table_args__ = (UniqueConstraint("round_id", "person_id"),)


class LetterChoices(Row, Base):
    """How letters reach one person: theirs alone to set and to see (rule C7)."""

    __tablename__ = "letter_choices"

    person_id: Mapped[str] = mapped_column(ForeignKey("persons.id"), unique=True)
    weekday: Mapped[int | None]
    hour: Mapped[int | None]
    plain_wording: Mapped[bool] = mapped_column(default=False)
    reminder: Mapped[bool] = mapped_column(default=False)
    look_in: Mapped[bool] = mapped_column(default=False)
    # Paused until then; a pause "until I'm back" has no end and sets `paused_open`.
    paused_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    paused_open: Mapped[bool] = mapped_column(default=False)
    # The unsubscribe of the letters themselves, one press (RFC 8058).
    stopped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    generation: Mapped[int] = mapped_column(default=0)
    look_in_due_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)

    __table_args__ = (
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        CheckConstraint("hour BETWEEN 0 AND 23", name="hour"),
    )
