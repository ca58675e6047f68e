"""Private notes: nobody but their writer ever reads, counts or hears of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from couples.db import db, transaction
from couples.errors import NotFound
from couples.privacy.models import Note


class EditedElsewhere(Exception):
    """The note was saved from somewhere else meanwhile; both texts are kept (rule A9)."""

    def __init__(self, words: str, revision: int) -> None:
        """Remember what stands there now."""
        super().__init__("the note was saved elsewhere")
        self.words = words
        self.revision = revision


@dataclass(frozen=True, slots=True)
class NoteView:
    """One note, for its writer."""

    id: str
    words: str
    written_at: datetime
    saved_at: datetime
    revision: int


def notes_of(person_id: str) -> list[NoteView]:
    """Return the person's notes, the one saved last first."""
    query = select(Note).where(Note.person_id == person_id)
    rows = db.session.scalars(query.order_by(Note.saved_at.desc(), Note.id))
    return [_shown(row) for row in rows]


def note_of(person_id: str, note_id: str) -> NoteView:
    """Return one note of the person, or raise NotFound."""
    return _shown(_mine(person_id, note_id))


def save_note(
    person_id: str, note_id: str, words: str, *, revision: int, may_begin: bool, now: datetime
) -> int:
    """Save a note and return its new revision, or raise EditedElsewhere with the other text.

    `may_begin` says that the id came from a form of ours: a note that is not there is begun then.
    """
    try:
        return _save(person_id, note_id, words, revision, may_begin, now)
    except IntegrityError:  # begun twice at the same moment: the second finds the first
        return _save(person_id, note_id, words, revision, may_begin, now)


@transaction()
def _save(
    person_id: str, note_id: str, words: str, revision: int, may_begin: bool, now: datetime
) -> int:
    note = _find(note_id, lock=True)
    if note is None and may_begin:
        return _begin(person_id, note_id, words, now)
    if note is None or note.person_id != person_id:
        raise NotFound
    if note.revision != revision and note.words != words:
        raise EditedElsewhere(note.words, note.revision)
    note.words, note.saved_at, note.revision = words, now, note.revision + 1
    return note.revision


def _begin(person_id: str, note_id: str, words: str, now: datetime) -> int:
    note = Note(
        id=note_id,
        person_id=person_id,
        words=words,
        written_at=now,
        saved_at=now,
        revision=1,
    )
    db.session.add(note)
    return 1


@transaction()
def delete_note(person_id: str, note_id: str) -> None:
    """Delete one note of the person for good."""
    db.session.delete(_mine(person_id, note_id))


def _mine(person_id: str, note_id: str) -> Note:
    note = _find(note_id)
    if note is None or note.person_id != person_id:
        raise NotFound
    return note


def _find(note_id: str, lock: bool = False) -> Note | None:
    query = select(Note).where(Note.id == note_id)
    found: Note | None = db.session.scalars(query.with_for_update() if lock else query).first()
    return found


def _shown(note: Note) -> NoteView:
    return NoteView(note.id, note.words, note.written_at, note.saved_at, note.revision)
