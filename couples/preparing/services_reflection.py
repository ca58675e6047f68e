"""Before you begin: two questions a person answers for nobody but themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from couples.accounts.services import lock_person
from couples.db import db, transaction
from couples.preparing.models import Reflection


@dataclass(frozen=True, slots=True, repr=False)
class Answers:
    """Both answers."""

    motives: str = ""
    own_part: str = ""

    @property
    def written(self) -> bool:
        """Whether there is a word of either."""
        return bool(self.motives or self.own_part)


@dataclass(frozen=True, slots=True, repr=False)
class ReflectionView:
    """A person's reflection, for that person; also where nothing is written yet."""

    answers: Answers
    revision: int = 0
    saved_at: datetime | None = None
    skipped: bool = False

    @property
    def offered(self) -> bool:
        """Whether the two questions are still to be offered."""
        return not (self.answers.written or self.skipped)


@dataclass(frozen=True, slots=True, repr=False)
class ReflectionClash:
    """A second tab saved first: its answers, to choose from (rule A9)."""

    newer: ReflectionView


def reflection_of(person_id: str) -> ReflectionView:
    """Return the person's own reflection."""
    return _view(_find(person_id))


@transaction()
def save_reflection(
    person_id: str, answers: Answers, revision: int, now: datetime
) -> ReflectionView | ReflectionClash:
    """Keep both answers; where another tab was first, return its answers instead (rule A9)."""
    lock_person(person_id)
    row = _find(person_id)
    shown = _view(row)
    if shown.answers == answers:
        return shown
    if shown.revision != revision:
        return ReflectionClash(shown)
    row = row or _begin(person_id, now)
    _write(row, answers, now)
    return _view(row)


@transaction()
def skip_reflection(person_id: str, now: datetime) -> None:
    """Put the two questions aside: they are never offered again, and can still be found."""
    lock_person(person_id)
    row = _find(person_id) or _begin(person_id, now)
    row.skipped_at = row.skipped_at or now


@transaction()
def delete_reflection(person_id: str, now: datetime) -> None:
    """Delete both answers for good; the questions are not offered again either."""
    lock_person(person_id)
    row = _find(person_id)
    if row is not None:
        if _view(row).answers.written:
            _write(row, Answers(), now)
        row.skipped_at = row.skipped_at or now


def _write(row: Reflection, answers: Answers, now: datetime) -> None:
    row.motives = answers.motives or None
    row.own_part = answers.own_part or None
    row.saved_at = now
    row.revision += 1


def _begin(person_id: str, now: datetime) -> Reflection:
    row = Reflection(person_id=person_id, saved_at=now, revision=0)
    db.session.add(row)
    return row


def _find(person_id: str) -> Reflection | None:
    query = db.select(Reflection).where(Reflection.person_id == person_id)
    found: Reflection | None = db.session.scalars(query).first()
    return found


def _view(row: Reflection | None) -> ReflectionView:
    if row is None:
        return ReflectionView(Answers())
    answers = Answers(row.motives or "", row.own_part or "")
    return ReflectionView(answers, row.revision, row.saved_at, row.skipped_at is not None)
