"""When rounds are due, rounds, responses, and how letters reach a person."""

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

    # Room on each page for the next version of its rows: a claim then touches no index.
    __table_args__ = ({"postgresql_with": {"fillfactor": 70}},)


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
    # What is asked beside overall, in order: topics {"id", "listed", "name", "promise"}, the
    # couple's own questions (the same with "own": true), the step from a talk ("step": true), a
    # scale {"scale": "csi4"}.
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
    # {"answers": {question: 1..7 or null for skipped}, "scale": {item: points or null},
    #  "words": str, "words_shared": bool, "shared": bool, "withdrawn": bool,
    #  "kept": [question that stays kept while the rest is shared]}; none until something was
    #  answered.
    payload_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    # What is filled in signed in and not ended with a button yet, by field; theirs alone.
    draft_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    draft_saved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    draft_revision: Mapped[int] = mapped_column(default=0)
    # Left out on purpose: no more letters about this round; to the partner like any empty one.
    skipped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    payload = sealed_json("payload_sealed")
    draft = sealed_json("draft_sealed")

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
    # When the question about a slower rhythm was put away; three empty rounds later it may return.
    slower_put_away_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        CheckConstraint("hour BETWEEN 0 AND 23", name="hour"),
    )


class OwnQuestion(Row, Base):
    """A question of the couple's own: suggested by one, asked once the other says yes."""

    __tablename__ = "own_questions"
    sealed_owner = "couple_id"

    couple_id: Mapped[str] = mapped_column(ForeignKey("couples.id"), index=True)
    author_id: Mapped[str] = mapped_column(ForeignKey("persons.id"), index=True)
    words_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # The other's yes; from the next round on it is asked.
    agreed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Put away by either, before the yes or after it; what was answered stays.
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    words = sealed_text("words_sealed")


class LongerLook(Row, Base):
    """One person's longer look (the CSI-16): offered, never pushed, and theirs alone."""

    __tablename__ = "longer_looks"
    sealed_owner = "person_id"

    person_id: Mapped[str] = mapped_column(ForeignKey("persons.id"), index=True)
    couple_id: Mapped[str] = mapped_column(ForeignKey("couples.id"), index=True)
    # {item: points or null for skipped}; kept while it is filled in.
    answers_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revision: Mapped[int] = mapped_column(default=0)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # The offer was put away unused; it returns half a year later.
    put_away_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    answers = sealed_json("answers_sealed")


class StepQuestion(Row, Base):
    """The step agreed in the last talk, until the next round asks about it (rule C2)."""

    __tablename__ = "step_questions"
    sealed_owner = "couple_id"

    couple_id: Mapped[str] = mapped_column(ForeignKey("couples.id"), unique=True)
    # How the question is called among the answers; the talk's feature knows what it stands for.
    step_id: Mapped[str] = mapped_column(String(22))
    words_sealed: Mapped[bytes] = mapped_column(LargeBinary)

    words = sealed_text("words_sealed")
