"""The weekly letter of constant text, posted when each reader's hour has come (rule C7)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Row, Select, select

from couples.accounts.models import Person
from couples.db import db, transaction
from couples.mail import outbox
from couples.many_rows import among
from couples.one_by_one import together
from couples.surveys.letters.services import next_look_in
from couples.surveys.models import LetterChoices

BATCH = 100
LASTS = timedelta(days=1)


def post_look_ins(now: datetime) -> int:
    """Post the weekly letter of everybody for whom it is time; return how many."""
    query = select(LetterChoices.person_id).where(LetterChoices.look_in_due_at <= now)
    ids = list(db.session.scalars(query))
    batches = (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))
    return sum(together(post_together, post_look_in, batch, now) for batch in batches)


@transaction()
def post_together(person_ids: Collection[str], now: datetime) -> tuple[int, Collection[str]]:
    """Post the letters of many; return how many, and whose choices somebody else holds just now."""
    query = _due(now, among(LetterChoices.person_id, person_ids))
    free = query.order_by(LetterChoices.person_id).with_for_update(
        of=LetterChoices, skip_locked=True
    )
    rows = db.session.execute(free).all()
    return _post_look_ins(rows, now), set(person_ids) - {row.person_id for row, _zone in rows}


@transaction()
def post_look_in(person_id: str, now: datetime) -> bool:
    """Post one look-in letter and set the next one's time; one that is a day late is left out."""
    query = _due(now, LetterChoices.person_id == person_id).with_for_update(of=LetterChoices)
    return _post_look_ins(db.session.execute(query).all(), now) > 0


def _due(now: datetime, *which: ColumnElement[bool]) -> Select[LetterChoices, str]:
    query = select(LetterChoices, Person.zone).join(Person, Person.id == LetterChoices.person_id)
    due = query.where(LetterChoices.look_in_due_at <= now, *which)
    return due.execution_options(populate_existing=True)


def _post_look_ins(rows: Sequence[Row[LetterChoices, str]], now: datetime) -> int:
    letters = []
    for row, zone in rows:
        due_at = row.look_in_due_at or now
        row.look_in_due_at = next_look_in(row, zone, now)
        if now - due_at < LASTS:
            letters.append(_look_in(row, due_at))
    outbox.post_all(letters, now)
    return len(letters)


def _look_in(row: LetterChoices, due_at: datetime) -> outbox.Post:
    return outbox.Post(
        kind="look_in",
        key=f"look_in:{row.person_id}:{due_at:%Y-%m-%dT%H}",
        person_id=row.person_id,
        about_id=row.id,
        due_at=due_at,
        not_after=due_at + LASTS,
        meant_at=due_at,
    )
