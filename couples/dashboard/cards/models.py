"""What one person has done with the cards on their overview."""

from __future__ import annotations

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from couples.db import Base, Row, sealed_json


class CardChoices(Row, Base):
    """What one person has put away, and since when their usual counts: theirs alone.

    Sealed, since that a card was there tells of the answers behind it.
    """

    __tablename__ = "card_choices"
    sealed_owner = "person_id"

    person_id: Mapped[str] = mapped_column(ForeignKey("persons.id"), unique=True)
    # {"couple": whose cards they are, "put_away": {card's key: until when as ISO 8601, none for
    # good}, "usual_since": {question: when}, "spoken": the last change before that, or none}
    choices_sealed: Mapped[bytes] = mapped_column(LargeBinary)

    choices = sealed_json("choices_sealed")
