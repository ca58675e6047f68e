"""Where the talks of a couple are found; every room of talks loads them here."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, delete

from couples.db import UNSYNCHRONIZED, db
from couples.errors import NotFound
from couples.pairing.services import CoupleView
from couples.talks.models import Talk, TalkTime


def is_living() -> ColumnElement[bool]:
    """Return the condition of being planned still: neither called off nor talked."""
    return and_(Talk.called_off_at.is_(None), Talk.talked_at.is_(None))


def living_talk(couple_id: str, lock: bool = False) -> Talk | None:
    """Return the one talk that is planned, if one is; `lock` keeps it until the transaction ends.

    Whoever writes has locked the couple before, and reads what others wrote meanwhile.
    """
    query = db.select(Talk).where(Talk.couple_id == couple_id, is_living())
    if lock:
        query = query.with_for_update(key_share=True).execution_options(populate_existing=True)
    found: Talk | None = db.session.scalars(query).first()
    return found


def talk_of(couple: CoupleView, talk_id: str) -> Talk:
    """Return a talk of this couple, planned or past."""
    query = db.select(Talk).where(Talk.id == talk_id, Talk.couple_id == couple.id)
    query = query.execution_options(populate_existing=True)
    found: Talk | None = db.session.scalars(query).first()
    if found is None:
        raise NotFound
    return found


def times_of(talk_id: str) -> Sequence[TalkTime]:
    """Return the times proposed for a talk, the soonest first."""
    query = db.select(TalkTime).where(TalkTime.talk_id == talk_id)
    query = query.order_by(TalkTime.starts_at, TalkTime.id)
    return db.session.scalars(query.execution_options(populate_existing=True)).all()


def forget_times(talk_id: str) -> None:
    """Let every time go that is proposed for a talk: one was chosen, or the talk is at its end."""
    gone = delete(TalkTime).where(TalkTime.talk_id == talk_id)
    db.session.execute(gone, execution_options=UNSYNCHRONIZED)
