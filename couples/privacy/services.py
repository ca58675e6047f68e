"""Private notes: nobody but their writer ever reads, counts or hears of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from couples.accounts.personal_key.services import OpenKey, id_of
from couples.accounts.services import lock_person
from couples.db import db, new_id, transaction
from couples.errors import NotFound, Refusal
from couples.privacy.locking import words as locked
from couples.privacy.models import Note


class NotesChanged(Exception):
    """Notes were begun or deleted meanwhile: what was prepared beside them is to be done again."""


class NotesLocked(Refusal):
    """The notes are locked with the person's own key, which is not open here."""

    sentence = _l("Your notes are locked. Type your password to open them.")


class EditedElsewhere(Exception):
    """The note was saved from somewhere else meanwhile; both texts are kept (rule A9)."""

    def __init__(self, words: str, revision: int) -> None:
        """Remember what stands there now."""
        super().__init__("the note was saved elsewhere")
        self.words = words
        self.revision = revision


@dataclass(frozen=True, slots=True, repr=False)
class NoteView:
    """One note, for its writer."""

    id: str
    words: str
    written_at: datetime
    saved_at: datetime
    revision: int


def notes_of(person_id: str, key: OpenKey | None = None) -> list[NoteView]:
    """Return the person's notes, the one saved last first, or raise NotesLocked."""
    return [_shown(row, key) for row in rows_of(person_id)]


def rows_of(person_id: str) -> list[Note]:
    """Return the rows of the person's notes, the one saved last first."""
    query = select(Note).where(Note.person_id == person_id)
    return list(db.session.scalars(query.order_by(Note.saved_at.desc(), Note.id)))


def note_of(person_id: str, note_id: str, key: OpenKey | None = None) -> NoteView:
    """Return one note of the person, or raise NotFound, or NotesLocked."""
    return _shown(_mine(person_id, note_id), key)


def must_be_theirs(person_id: str, note_id: str) -> None:
    """Raise NotFound unless there is such a note of the person's, locked or not."""
    _mine(person_id, note_id)


@dataclass(frozen=True, slots=True, repr=False)
class Saving:
    """A note as somebody wants it saved.

    `may_begin` says that the id came from a form of ours: a note that is not there is begun then.
    """

    note_id: str
    words: str
    revision: int
    may_begin: bool


def save_note(
    person_id: str,
    note_id: str,
    words: str,
    *,
    revision: int,
    may_begin: bool,
    now: datetime,
    key: OpenKey | None = None,
) -> int:
    """Save a note and return its new revision, or raise EditedElsewhere with the other text.

    Where the notes are locked and `key` is not the key, NotesLocked is raised and nothing is kept.
    """
    saving = Saving(note_id, words, revision, may_begin)
    try:
        return _save(person_id, saving, key, now)
    except IntegrityError:  # begun twice at the same moment: the second finds the first
        return _save(person_id, saving, key, now)


@transaction()
def _save(person_id: str, saving: Saving, key: OpenKey | None, now: datetime) -> int:
    # Turning the lock on and off takes the same lock: no note is left as it was by mistake.
    lock_person(person_id)
    note = _find(saving.note_id, lock=True)
    if note.person_id != person_id if note else not saving.may_begin:
        raise NotFound
    key = _fitting(person_id, key)
    if note is None:
        note = Note(id=saving.note_id, person_id=person_id, written_at=now, revision=0)
    elif _is_kept(note, saving, key):
        return note.revision
    _put(note, saving.words, key)
    note.saved_at, note.revision = now, note.revision + 1
    db.session.add(note)
    return note.revision


def _is_kept(note: Note, saving: Saving, key: OpenKey | None) -> bool:
    """Whether the same words are there already; raise EditedElsewhere where others came first."""
    there = _shown(note, key)
    if there.words == saving.words:
        return note.locked == (key is not None)
    if there.revision != saving.revision:
        raise EditedElsewhere(there.words, there.revision)
    return False


def _fitting(person_id: str, key: OpenKey | None) -> OpenKey | None:
    """Return the key to write with: none where nothing is locked, whatever key was open before."""
    key_id = id_of(person_id)
    if key_id is not None and (key is None or key.id != key_id):
        raise NotesLocked
    return key if key_id else None


def _put(note: Note, words: str, key: OpenKey | None) -> None:
    note.locked = key is not None
    note.words = locked.lock(words, key, note.id, note.person_id) if key else words


@dataclass(frozen=True, slots=True, repr=False)
class Prepared:
    """New notes by their words, sealed before anybody waits for them to be written down."""

    person_id: str
    key_id: str | None
    there: frozenset[str]
    rows: Mapping[str, Mapping[str, Any]]


def prepare(person_id: str, notes: Iterable[str], key: OpenKey | None, now: datetime) -> Prepared:
    """Seal new notes, each once; what stands in another note already is left out.

    Their ids follow from nothing: if they followed from the words, whoever has the server's key
    could find out what a locked note says by trying.
    """
    key = _fitting(person_id, key)
    before = notes_of(person_id, key)
    said = {note.words for note in before}
    made = {
        words: _made(person_id, new_id(), words, key, now)
        for words in dict.fromkeys(notes)
        if words not in said
    }
    there = frozenset(note.id for note in before)
    return Prepared(person_id, key.id if key else None, there, made)


def _made(
    person_id: str, note_id: str, words: str, key: OpenKey | None, now: datetime
) -> dict[str, Any]:
    note = Note(id=note_id, person_id=person_id, written_at=now, saved_at=now, revision=1)
    _put(note, words, key)
    return {column.key: getattr(note, column.key) for column in Note.__table__.columns}


@transaction()
def begin_notes(prepared: Prepared, notes: Iterable[str]) -> int:
    """Write down those of these notes that are prepared, all at once; return how many.

    Raises NotesChanged where a note was begun or deleted since they were prepared.
    """
    lock_person(prepared.person_id)
    if id_of(prepared.person_id) != prepared.key_id:  # The lock was turned on or off meanwhile.
        raise NotesLocked
    there = set(db.session.scalars(select(Note.id).where(Note.person_id == prepared.person_id)))
    if there != prepared.there:
        raise NotesChanged
    fresh = [prepared.rows[each] for each in prepared.rows.keys() & {*notes}]
    if fresh:
        db.session.execute(insert(Note), fresh)
    return len(fresh)


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


def _shown(note: Note, key: OpenKey | None) -> NoteView:
    return NoteView(note.id, words_of(note, key), note.written_at, note.saved_at, note.revision)


def words_of(note: Note, key: OpenKey | None) -> str:
    """Return what a note says, or raise NotesLocked."""
    if not note.locked:
        return str(note.words)
    if key is None:
        raise NotesLocked
    return locked.unlock(note.words, key, note.id, note.person_id)
