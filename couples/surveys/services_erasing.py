"""What goes of check-ins when somebody erases their account (rule A10)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select, update

from couples.db import db
from couples.pairing.services_erasing import left_by_all
from couples.surveys.models import LetterChoices, Response, Round


def forget_answers(_sender: object, *, person_id: str, now: datetime) -> None:
    """Forget the person's answers and how letters reached them; links in letters are void.

    The rows of the responses stay, empty: kept, skipped and erased look the same (rule C5).
    """
    mine = update(Response).where(Response.person_id == person_id)
    db.session.execute(mine.values(payload_sealed=None, generation=Response.generation + 1))
    db.session.execute(delete(LetterChoices).where(LetterChoices.person_id == person_id))
    # The topics and promises that were asked about go with the last of the two.
    asked = Round.couple_id.in_(left_by_all(person_id))
    for round_ in db.session.scalars(select(Round).where(asked)):
        round_.questions = []
