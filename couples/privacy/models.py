"""Private writing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from couples.db import Base, Row, UtcDateTime, sealed_text


class Note(Row, Base):
    """Private writing of one person; nobody else ever reads it."""

    __tablename__ = "notes"
    sealed_owner = "person_id"

    person_id: Mapped[str] = mapped_column(ForeignKey("persons.id"), index=True)
    words_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revision: Mapped[int] = mapped_column(default=0)
    # Locked with the person's own key as well: what is sealed is ciphertext then.
    locked: Mapped[bool] = mapped_column(default=False)

    words = sealed_text("words_sealed")
