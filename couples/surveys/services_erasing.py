"""What goes of check-ins when somebody erases their account (rule A10)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select, update

from couples.db import db
from couples.pairing.services_erasing import left_by_all
from couples.surveys.models import LetterChoices, LongerLook, OwnQuestion, Response, Round


def forget_answers(_sender: object, *, person_id: str, now: datetime) -> None:
    """Forget the person's answers and how letters reached them; links in letters are void.

    The rows of the responses stay, empty: kept, skipped and erased look the same (rule C5).
    """
    mine = update(Response).where(Response.person_id == person_id)
    forgotten = {"payload_sealed": None, "draft_sealed": None, "draft_saved_at": None}
    db.session.execute(
        mine.values(**forgotten, skipped_at=None, generation=Response.generation + 1)
    )
    for model in (LetterChoices, LongerLook):
        db.session.execute(delete(model).where(model.person_id == person_id))
    # The topics, promises and steps that were asked about go with the last of the two; a step
    # that was still to be asked about went with the link.
    left = left_by_all(person_id)
    for round_ in db.session.scalars(select(Round).where(Round.couple_id.in_(left))):
        round_.questions = []
    _forget_questions(person_id, left)


def _forget_questions(person_id: str, left: list[str]) -> None:
    """Forget what the person suggested; words both said yes to go with the last of the two."""
    mine = (OwnQuestion.author_id == person_id) & OwnQuestion.agreed_at.is_(None)
    gone = select(OwnQuestion).where(mine | OwnQuestion.couple_id.in_(left))
    for question in db.session.scalars(gone):
        question.words = ""
