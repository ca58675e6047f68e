"""The pages of private writing."""

from __future__ import annotations

from flask import jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from couples import clock, tokens
from couples.accounts.door import ask, fresh_proof, is_proved, keep_words
from couples.autosave import changed_elsewhere, saved
from couples.db import new_id
from couples.preparing.services_reflection import reflection_of
from couples.privacy import services, views_erasing, views_keeping
from couples.privacy.blueprint import pages
from couples.privacy.export import views as export
from couples.privacy.forms import NoteForm
from couples.privacy.locking import views as locking
from couples.privacy.locking.opening import is_closed, locked_page, opened_beside_words, own_key
from couples.privacy.locking.services import is_locking
from couples.privacy.seen import views as seen
from couples.privacy.services import EditedElsewhere, NotesLocked
from couples.privacy.taking_in import views as taking_in
from couples.web import flash_toast

__all__ = ["export", "locking", "pages", "seen", "taking_in", "views_erasing", "views_keeping"]
CLOSED = _l(
    "Not saved: your notes have locked themselves. Press Save and type your password; what you "
    "wrote stays on this page."
)


@pages.get("/private")
@fresh_proof
def notes() -> ResponseReturnValue:
    """List the person's notes, and what they wrote before they began."""
    person_id, key = current_user.person_id, own_key()
    if key is None and is_locking(person_id):
        return locked_page()
    values = {"answers": reflection_of(person_id).answers, "is_locking": key is not None}
    notes = services.notes_of(person_id, key)
    return render_template("privacy/notes.html", notes=notes, **values)


@pages.get("/private/new")
def new_note() -> ResponseReturnValue:
    """Show an empty note; it begins to exist when something is written."""
    if is_closed():
        return locked_page("new")
    form = NoteForm(formdata=None, draft=tokens.make("note", new_id()))
    return note_page(form, None)


@pages.post("/private/new")
def add_note() -> ResponseReturnValue:
    """Keep a new note."""
    form = NoteForm()
    return save(form, form.begun(), None)


@pages.get("/private/<note_id>")
@fresh_proof
def note(note_id: str) -> ResponseReturnValue:
    """Show one note, to be read or changed."""
    try:
        found = services.note_of(current_user.person_id, note_id, own_key())
    except NotesLocked:
        return locked_page(note_id)
    form = NoteForm(
        formdata=None,
        words=found.words,
        revision=str(found.revision),
        draft=tokens.make("note", note_id),
    )
    return note_page(form, note_id)


def note_page(form: NoteForm, note_id: str | None, closed: bool = False) -> str:
    """Render a note to be written; `closed` asks for the password beside the words."""
    return render_template("privacy/note.html", form=form, note_id=note_id, closed=closed)


@pages.post("/private/<note_id>")
def change_note(note_id: str) -> ResponseReturnValue:
    """Keep a changed note."""
    return save(NoteForm(), note_id, note_id)


def save(form: NoteForm, note_id: str | None, shown_id: str | None) -> ResponseReturnValue:
    """Save what the form holds; shown again where it can't be, with everything typed."""
    must_be_own(form, note_id)
    if not (form.validate() and opened_beside_words(form)):
        return note_page(form, shown_id, is_closed()), 422
    try:
        keep(form, note_id or "")
    except NotesLocked:
        form.current_password.errors = [_("Type your password to save this note")]
        return note_page(form, shown_id, closed=True), 422
    except EditedElsewhere as other:
        return both_texts(form, note_id or "", other)
    flash_toast(_("Saved. Only you can see it."))
    return redirect(url_for("privacy.notes"), 303)


def must_be_own(form: NoteForm, note_id: str | None) -> None:
    """Raise NotFound unless we made this form, or the note is there and the person's own."""
    if note_id is None or form.begun() != note_id:
        services.must_be_theirs(current_user.person_id, note_id or "")


def keep(form: NoteForm, note_id: str) -> int:
    """Save the form's words and return the new revision."""
    return services.save_note(
        current_user.person_id,
        note_id,
        form.words.data or "",
        revision=form.revision.number,
        may_begin=form.begun() == note_id,
        now=clock.now(),
        key=own_key(),
    )


def both_texts(form: NoteForm, note_id: str, other: EditedElsewhere) -> ResponseReturnValue:
    """Show both texts; the person chooses (rule A9)."""
    if not is_proved():
        return keep_words(newer=True)
    page = render_template("privacy/both.html", form=form, note_id=note_id, other=other)
    return page, 409


@pages.post("/private/new/save")
def autosave_new() -> ResponseReturnValue:
    """Save a new note while it is being written."""
    form = NoteForm()
    return autosaved(form, form.begun())


@pages.post("/private/<note_id>/save")
def autosave(note_id: str) -> ResponseReturnValue:
    """Save a note while it is being written."""
    return autosaved(NoteForm(), note_id)


def autosaved(form: NoteForm, note_id: str | None) -> ResponseReturnValue:
    """Answer the script: what to say, and the revision to send next time."""
    must_be_own(form, note_id)
    if form.too_long:
        return jsonify(saved=form.too_long)
    if not form.words.data and form.revision.number == 0:
        return jsonify(saved="")
    try:
        revision = keep(form, note_id or "")
    except EditedElsewhere:
        return changed_elsewhere()
    except NotesLocked:
        return jsonify(saved=str(CLOSED)), 422
    return saved(revision, clock.now())


@pages.post("/private/<note_id>/delete")
def delete_note(note_id: str) -> ResponseReturnValue:
    """Delete a note for good."""
    if not is_proved():
        return ask(url_for("privacy.note", note_id=note_id))
    services.delete_note(current_user.person_id, note_id)
    flash_toast(_("Deleted."))
    return redirect(url_for("privacy.notes"), 303)
