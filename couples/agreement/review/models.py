"""What waits for the day the agreement is read again, beside its promises."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from couples.db import Base, Row, UtcDateTime, sealed_text


class ReviewTopic(Row, Base):
    """Something that stayed open in talks, in its author's words, which both have read there."""

    __tablename__ = "review_topics"
    sealed_owner = "author_id"

    couple_id: Mapped[str] = mapped_column(ForeignKey("couples.id"), index=True)
    author_id: Mapped[str] = mapped_column(ForeignKey("persons.id"), index=True)
    # What it was in the talks: the same thing comes here once.
    origin_id: Mapped[str] = mapped_column(String(22), unique=True)
    words_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # Either of the two has put it away; nobody asks why.
    put_away_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    words = sealed_text("words_sealed")
