"""Links that lie in a mailbox its person has left (rule C6)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update

from couples.db import UNSYNCHRONIZED, db, transaction
from couples.surveys.models import LetterChoices, Response, Round


@transaction()
def replace_links(_sender: object, *, person_id: str, now: datetime) -> None:
    """Make every link void that was mailed to the address before; letters to come carry anew."""
    running = select(Round.id).where(Round.closes_at > now)
    answering = update(Response).where(
        Response.person_id == person_id, Response.round_id.in_(running)
    )
    stopping = update(LetterChoices).where(LetterChoices.person_id == person_id)
    # Counted by the database: another press may raise them at the same time.
    for raised in (
        answering.values(generation=Response.generation + 1),
        stopping.values(generation=LetterChoices.generation + 1),
    ):
        db.session.execute(raised, execution_options=UNSYNCHRONIZED)
