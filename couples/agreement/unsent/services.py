"""Words typed on shared pages and not sent yet: their writer's alone (rules A9, S2).

Nothing here looks at whom they are for. The services that send them say what they are about, and
have made sure by then that it is there for this person.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from couples.accounts.services import lock_person
from couples.agreement.promises.shapes import UnsentView
from couples.agreement.unsent.models import Unsent
from couples.db import db, transaction

NOTHING = UnsentView({}, 0, None)
WORDS, HEARING = "words:", "hear:"


class TypedElsewhere(Exception):
    """A second tab kept other words meanwhile; both texts are to be shown (rule A9)."""

    def __init__(self, kept: UnsentView) -> None:
        """Remember what the other tab kept."""
        super().__init__("other words were kept elsewhere")
        self.kept = kept


def unsent(person_id: str, about: str) -> UnsentView:
    """Return what a person has typed about this and not sent."""
    row = _row(person_id, about)
    return _view(row) if row else NOTHING


def unsent_of(person_id: str, kind: str, ids: Collection[str]) -> Mapping[str, UnsentView]:
    """Return what a person has typed about each of these and not sent, by the thing's id."""
    if not ids:
        return {}
    about = {kind + each: each for each in ids}
    query = db.select(Unsent).where(Unsent.person_id == person_id, Unsent.about.in_(about))
    return {about[row.about]: _view(row) for row in db.session.scalars(query)}


def begun(person_id: str) -> frozenset[str]:
    """Return what this person has begun to write about."""
    query = db.select(Unsent.about).where(Unsent.person_id == person_id)
    return frozenset(db.session.scalars(query))


def keep(
    person_id: str, about: str, fields: Mapping[str, Any] | None, revision: int, now: datetime
) -> UnsentView:
    """Keep what is typed, in the caller's transaction; without fields there is nothing to keep."""
    lock_person(person_id)
    row = _row(person_id, about, lock=True)
    if row is not None and _same(row.fields, fields):
        return _view(row)
    if row is not None and row.revision != revision:
        raise TypedElsewhere(_view(row))
    if fields is None:
        _delete(row)
        return UnsentView({}, revision, None)
    if row is None:
        # Counted on from what the page knows, so that no other tab takes these words for its own.
        row = Unsent(
            person_id=person_id,
            about=about,
            fields=dict(fields),
            saved_at=now,
            revision=max(revision, 0),
        )
        db.session.add(row)
    row.fields = dict(fields)
    row.saved_at = now
    row.revision += 1
    return _view(row)


def settle(person_id: str, about: str, fields: Mapping[str, Any], revision: int) -> None:
    """Let go of what is being sent, in the caller's transaction, but never of another tab's."""
    row = _row(person_id, about, lock=True)
    if row is not None and row.revision != revision and not _same(row.fields, fields):
        raise TypedElsewhere(_view(row))
    _delete(row)


@transaction()
def drop(person_id: str, about: str, revision: int) -> None:
    """Start afresh: forget what was typed, unless another tab has kept other words since."""
    row = _row(person_id, about, lock=True)
    if row is not None and row.revision == revision:
        _delete(row)


def _row(person_id: str, about: str, *, lock: bool = False) -> Unsent | None:
    query = db.select(Unsent).where(Unsent.person_id == person_id, Unsent.about == about)
    return db.session.scalars(query.with_for_update() if lock else query).first()


def _delete(row: Unsent | None) -> None:
    if row is not None:
        db.session.delete(row)


def _same(kept: Mapping[str, Any], typed: Mapping[str, Any] | None) -> bool:
    """Whether two texts are the same, whatever lay before each when it was begun."""
    return _words(kept) == _words(typed or {})


def _words(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name != "seen"}


def _view(row: Unsent) -> UnsentView:
    return UnsentView(row.fields, row.revision, row.saved_at)
