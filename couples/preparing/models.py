"""Before an agreement: a private reflection, and clearing the air once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from couples.db import Base, Row, UtcDateTime, sealed_text


class Reflection(Row, Base):
    """A person's look at their own motives and their own part; nobody else ever reads it."""

    __tablename__ = "reflections"
    sealed_owner = "person_id"

    person_id: Mapped[str] = mapped_column(ForeignKey("persons.id"), unique=True)
    motives_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    own_part_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # Counts saves, so that a second tab notices the first (rule A9).
    revision: Mapped[int] = mapped_column(default=0)
    # Put aside: it is no longer offered, and can still be found among private notes.
    skipped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    motives = sealed_text("motives_sealed")
    own_part = sealed_text("own_part_sealed")


class Airing(Row, Base):
    """One person's part in clearing the air; it starts, opens and closes by both having theirs.

    The two rows say everything: both want it, it has started; both are ready, it is open.
    """

    __tablename__ = "airings"
    sealed_owner = "person_id"

    couple_id: Mapped[str] = mapped_column(ForeignKey("couples.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("persons.id"), index=True)
    wants_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # The line that tells of the other's wish was put away; it never comes back by itself.
    put_away_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # What this person owns up to: theirs alone until both are ready.
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    saved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revision: Mapped[int] = mapped_column(default=0)
    ready_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    words = sealed_text("words_sealed")

    __table_args__ = (UniqueConstraint("couple_id", "person_id"),)
