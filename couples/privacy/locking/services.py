"""Locking one's notes with a key of one's own, and unlocking them: all of them or none (A4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete

from couples.accounts.events import services as events
from couples.accounts.personal_key import services as personal_key
from couples.accounts.personal_key import services_open
from couples.accounts.personal_key.services import Made, OpenKey
from couples.accounts.services import lock_person
from couples.db import db, transaction
from couples.privacy.locking import words
from couples.privacy.models import Note
from couples.privacy.services import rows_of, words_of


@dataclass(frozen=True, slots=True, repr=False)
class NoteToTake:
    """A note for its writer's own download; without words where it is locked and not open."""

    words: str | None
    written_at: datetime
    saved_at: datetime


def is_locking(person_id: str) -> bool:
    """Whether the person's notes are locked with a key of their own."""
    return personal_key.has_key(person_id)


def lock_notes(person_id: str, password: str, token: str, now: datetime) -> bool:
    """Lock all notes with a new key that the password opens; False where it is wrong.

    They stay open in the session of this token. Locked already, they stay as they are.
    """
    made = personal_key.make(person_id, password)
    return made is not None and _lock(made, token, now)


@transaction()
def _lock(made: Made, token: str, now: datetime) -> bool:
    if not personal_key.keep(made, now):
        return is_locking(made.person_id)
    for note in rows_of(made.person_id):
        note.words = words.lock(note.words, made.key, note.id, note.person_id)
        note.locked = True
    services_open.hold(made.person_id, made.key, token, now)
    events.note(made.person_id, "notes_locked", now)
    return True


def unlock_notes(person_id: str, password: str, now: datetime) -> bool:
    """Keep all notes like everything else again; False where the password does not open them."""
    key = personal_key.unlocked(person_id, password)
    if key is None:
        return not is_locking(person_id)
    _unlock(person_id, key, now)
    return True


@transaction()
def _unlock(person_id: str, key: OpenKey, now: datetime) -> None:
    lock_person(person_id)
    # Another tab was first, or locked them anew meanwhile.
    if personal_key.id_of(person_id) != key.id:
        return
    for note in rows_of(person_id):
        note.words, note.locked = words_of(note, key), False
    _end(person_id, now)


@transaction()
def delete_locked(person_id: str, now: datetime) -> None:
    """Delete every locked note for good, where its password is lost, and lock no more."""
    lock_person(person_id)
    if is_locking(person_id):
        db.session.execute(delete(Note).where(Note.person_id == person_id, Note.locked))
        _end(person_id, now)


def _end(person_id: str, now: datetime) -> None:
    db.session.flush()
    personal_key.let_go(person_id, now)
    events.note(person_id, "notes_unlocked", now)


def open_with_older(person_id: str, older: str, password: str, token: str, now: datetime) -> bool:
    """Open a key that an older password wraps, and wrap it with today's from now on.

    `password` has just been proved; False where the older one does not open the key.
    """
    found = personal_key.rewrapped(person_id, older, password)
    if found.after is None:
        return False
    personal_key.bring_along(person_id, found, now)
    return services_open.open_with(person_id, password, token, now)


def notes_for_export(person_id: str, key: OpenKey | None) -> list[NoteToTake]:
    """Return the person's notes, the one saved last first; `key` opens the locked ones."""
    return [
        NoteToTake(
            None if note.locked and key is None else words_of(note, key),
            note.written_at,
            note.saved_at,
        )
        for note in rows_of(person_id)
    ]
