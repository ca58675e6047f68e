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

    words = sealed_text("words_sealed")
