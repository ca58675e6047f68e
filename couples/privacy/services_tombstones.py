"""Keeping the list of erased accounts, and finding who came back with a backup (rule S5)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from couples import logs
from couples.accounts.models import Person
from couples.db import db, key_ring
from couples.mail.letter import settings
from couples.privacy import tombstones

log = logs.named("couples")


def note(person_ids: list[str], now: datetime) -> None:
    """Put erased people on the list; what cannot be written now, the hourly sweep completes."""
    try:
        _add(person_ids, now)
    except OSError as problem:
        log.error("ERASED_FILE cannot be written", problem=problem)


def complete(now: datetime) -> None:
    """Put on the list whoever is erased and not on it yet. Raises OSError."""
    _add(missing(), now)


def _add(person_ids: list[str], now: datetime) -> None:
    path = settings().erased_file
    if path is None or not person_ids:
        return
    marks = [tombstones.mark_of(key_ring(), person_id) for person_id in person_ids]
    listed = tombstones.read(path)
    tombstones.add(path, [mark for mark in marks if mark not in listed], now.date())


def missing() -> list[str]:
    """Return who is erased and not on the list. Raises OSError."""
    listed = _listed()
    erased = db.session.scalars(select(Person.id).where(Person.erased_at.is_not(None)))
    return [one for one in erased if tombstones.mark_of(key_ring(), one) not in listed]


def came_back() -> list[str]:
    """Return who is on the list and here all the same. Raises OSError."""
    listed = _listed()
    if not listed:
        return []
    here = db.session.scalars(select(Person.id).where(Person.erased_at.is_(None)))
    return [one for one in here if tombstones.mark_of(key_ring(), one) in listed]


def _listed() -> frozenset[str]:
    path = settings().erased_file
    return tombstones.read(path) if path else frozenset()
