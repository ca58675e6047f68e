"""Keeping the list of erased accounts, and finding who came back with a backup (rule S5)."""

from __future__ import annotations

import logging
from datetime import datetime

from sqlalchemy import select

from couples.accounts.models import Person
from couples.db import db, key_ring
from couples.mail.letter import settings
from couples.privacy import tombstones

log = logging.getLogger("couples")


def note(person_ids: list[str], now: datetime) -> None:
    """Put erased people on the list; what cannot be written now, the hourly sweep completes."""
    path = settings().erased_file
    if path is None or not person_ids:
        return
    marks = [tombstones.mark_of(key_ring(), person_id) for person_id in person_ids]
    try:
        listed = tombstones.read(path)
        tombstones.add(path, [mark for mark in marks if mark not in listed], now.date())
    except OSError as problem:
        log.error("ERASED_FILE cannot be written: %s", problem.strerror)


def complete(now: datetime) -> None:
    """Put on the list whoever is erased and not on it yet."""
    note(missing(), now)


def missing() -> list[str]:
    """Return who is erased and not on the list."""
    listed = _listed()
    erased = db.session.scalars(select(Person.id).where(Person.erased_at.is_not(None)))
    return [one for one in erased if tombstones.mark_of(key_ring(), one) not in listed]


def came_back() -> list[str]:
    """Return who is on the list and here all the same."""
    listed = _listed()
    if not listed:
        return []
    here = db.session.scalars(select(Person.id).where(Person.erased_at.is_(None)))
    return [one for one in here if tombstones.mark_of(key_ring(), one) in listed]


def _listed() -> frozenset[str]:
    path = settings().erased_file
    try:
        return tombstones.read(path) if path else frozenset()
    except OSError as problem:
        log.error("ERASED_FILE cannot be read: %s", problem.strerror)
        return frozenset()
