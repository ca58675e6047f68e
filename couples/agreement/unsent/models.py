"""What is typed on shared pages and not sent yet: its writer's alone."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from couples.db import Base, Row, UtcDateTime, sealed_json


class Unsent(Row, Base):
    """Words being written for the partner, kept while they are typed; gone once they are sent."""

    __tablename__ = "unsent"
    sealed_owner = "person_id"

    person_id: Mapped[str] = mapped_column(ForeignKey("persons.id"))
    # What they are for: "words:" and a topic's id, or "hear:" and a need's.
    about: Mapped[str] = mapped_column(String(32))
    fields_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # Counts saves, so that a second tab notices the first (rule A9).
    revision: Mapped[int] = mapped_column(default=1)

    fields = sealed_json("fields_sealed")

    __table_args__ = (UniqueConstraint("person_id", "about"),)
