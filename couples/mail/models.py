"""The outbox: letters waiting to be sent, when, and what became of them."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import CheckConstraint, Enum, ForeignKey, Index, Integer, String, false, text
from sqlalchemy.orm import Mapped, mapped_column

from couples.db import Base, Row, UtcDateTime


class LetterState(enum.StrEnum):
    """What has become of a letter."""

    PENDING = "pending"
    # A worker holds it; nothing of it has been said to the mail server yet. Its row still says
    # that it waits: that it is held stands in the table of times alone (`LetterTime.held`). A
    # worker of an older version, which may run beside ours, still writes it.
    CLAIMED = "claimed"
    # The worker has begun to say it: from here on nobody sends it again without an answer.
    SENDING = "sending"
    SENT = "sent"
    # Refused for now; it goes again while its time lasts.
    RETRY = "retry"
    # Its address takes no letters, or wants none.
    SUPPRESSED = "suppressed"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"
    DEAD = "dead"


WAITING = (LetterState.PENDING, LetterState.RETRY)
UNFINISHED = (*WAITING, LetterState.CLAIMED, LetterState.SENDING)


class SuppressionReason(enum.StrEnum):
    """Why an address gets no letters."""

    NO_MAILBOX = "no_mailbox"
    COMPLAINT = "complaint"


def _column(kind: type[enum.StrEnum], name: str) -> Enum:
    return Enum(
        kind,
        native_enum=False,
        length=16,
        create_constraint=True,
        name=name,
        values_callable=lambda members: [member.value for member in members],
    )


class OutboxLetter(Row, Base):
    """One email to be composed and sent; it holds ids only, never words or addresses."""

    __tablename__ = "letters"

    kind: Mapped[str] = mapped_column(String(32))
    # Unique over all letters: what makes "once" true (rule C8).
    key: Mapped[str] = mapped_column(String(120), unique=True)
    person_id: Mapped[str | None] = mapped_column(String(22), index=True)
    about_id: Mapped[str | None] = mapped_column(String(22), index=True)
    couple_id: Mapped[str | None] = mapped_column(String(22), index=True)
    state: Mapped[LetterState] = mapped_column(
        _column(LetterState, "state"), default=LetterState.PENDING
    )
    # When it is meant to go; when somebody has to look at it next stands in `LetterTime`.
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    not_after: Mapped[datetime | None] = mapped_column(UtcDateTime)
    claimed_by: Mapped[str | None] = mapped_column(String(22))
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    posted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    # The keyed fingerprint of the address it was begun for, so that what comes back finds it.
    address_index: Mapped[str | None] = mapped_column(String(64))
    # The mail server's last answer, numbers only: "451", "550 5.1.1".
    answer: Mapped[str | None] = mapped_column(String(16))
    # When word came that it could not be delivered after all, and that it was not wanted.
    returned_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    complained_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        CheckConstraint("attempts >= 0", name="attempts"),
        # Cancelled ones are forgotten a month after their time.
        Index(
            "ix_letters_unsettled",
            "due_at",
            sqlite_where=settled_at.is_(None),
            postgresql_where=settled_at.is_(None),
        ),
    )


class LetterTime(Base):
    """When an unfinished letter has to be looked at next: a narrow table that workers look through.

    For one that waits it is its due time, for one that is claimed or being sent the end of the
    claim. A letter whose fate is settled has no row here.
    """

    __tablename__ = "letter_times"

    letter_id: Mapped[str] = mapped_column(
        ForeignKey("letters.id", ondelete="CASCADE"), primary_key=True
    )
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    # Somebody has just asked for it and waits: a backlog of others does not keep it back.
    urgent: Mapped[bool]
    # A worker has claimed it until then; a flag, since no row grows by it.
    held: Mapped[bool] = mapped_column(default=False, server_default=false())

    __table_args__ = (
        Index(
            "ix_letter_times_urgent",
            "at",
            sqlite_where=text("urgent = 1"),
            postgresql_where=text("urgent"),
        ),
        # Claims that end too late are looked for among all that wait.
        Index(
            "ix_letter_times_held",
            "at",
            sqlite_where=text("held = 1"),
            postgresql_where=text("held"),
        ),
    )


class Suppression(Row, Base):
    """An address to which letters have no use, by its keyed fingerprint."""

    __tablename__ = "suppressions"

    address_index: Mapped[str] = mapped_column(String(64), unique=True)
    reason: Mapped[SuppressionReason] = mapped_column(_column(SuppressionReason, "reason"))
    since: Mapped[datetime] = mapped_column(UtcDateTime)


class MailServer(Base):
    """How the mail server has been answering: one row, which all workers share."""

    __tablename__ = "mail_server"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    # Failures to reach it in a row, and until when it is left alone for that.
    failures: Mapped[int] = mapped_column(Integer, default=0)
    rests_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # The operator's alarm: it refuses what we are or what we send (5.7.x), not an address.
    alarm_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    alarm_answer: Mapped[str | None] = mapped_column(String(16))

    __table_args__ = (CheckConstraint("id = 1", name="one"),)


class Restore(Row, Base):
    """A backup was put back: what was due between the two may have gone out already (rule C8)."""

    __tablename__ = "restores"

    taken_at: Mapped[datetime] = mapped_column(UtcDateTime)
    restored_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
