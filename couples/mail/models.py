"""The outbox: letters waiting to be sent, and what became of them."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import CheckConstraint, Enum, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from couples.db import Base, Row, UtcDateTime


class LetterState(enum.StrEnum):
    """What has become of a letter."""

    PENDING = "pending"
    CLAIMED = "claimed"
    SENDING = "sending"
    SENT = "sent"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"
    DEAD = "dead"


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
        Enum(
            LetterState,
            native_enum=False,
            length=16,
            create_constraint=True,
            name="state",
            values_callable=lambda states: [state.value for state in states],
        ),
        default=LetterState.PENDING,
    )
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    not_after: Mapped[datetime | None] = mapped_column(UtcDateTime)
    claimed_by: Mapped[str | None] = mapped_column(String(22))
    claimed_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    posted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        CheckConstraint("attempts >= 0", name="attempts"),
        Index("ix_letters_state_due_at", "state", "due_at"),
    )
