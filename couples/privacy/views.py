"""The pages of private writing."""

from __future__ import annotations

from flask import jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from couples import clock, tokens
from couples.autosave import changed_elsewhere, saved
from couples.db import new_id
from couples.preparing.services_reflection import reflection_of
from couples.privacy import services, views_erasing
from couples.privacy.blueprint import pages
from couples.privacy.forms import NoteForm
from couples.privacy.services import EditedElsewhere
from couples.web import flash_toast

__all__ = ["pages", "views_erasing"]


@pages.get("/private")
def notes() -> ResponseReturnValue:
    """List the person's notes, and what they wrote before they began."""
    person_id = current_user.person_id
    answers = reflection_of(person_id).answers
    notes = services.notes_of(person_id)
    return render_template("privacy/notes.html", notes=notes, answers=answers)


@pages.get("/private/new")
def new_note() -> ResponseReturnValue:
    """Show an empty note; it begins to exist when something is written."""
    form = NoteForm(formdata=None, draft=tokens.make("note", new_id()))
    return render_template("privacy/note.html", form=form, note_id=None)


@pages.post("/private/new")
def add_note() -> ResponseReturnValue:
    """Keep a new note."""
    form = NoteForm()
    return save(form, form.begun(), None)


@pages.get("/private/<note_id>")
def note(note_id: str) -> ResponseReturnValue:
    """Show one note, to be read or changed."""
    found = services.note_of(current_user.person_id, note_id)
    form = NoteForm(
        formdata=None,
        words=found.words,
        revision=str(found.revision),
        draft=tokens.make("note", note_id),
    )
    return render_template("privacy/note.html", form=form, note_id=note_id)


@pages.post("/private/<note_id>")
def change_note(note_id: str) -> ResponseReturnValue:
    """Keep a changed note."""
    return save(NoteForm(), note_id, note_id)


def save(form: NoteForm, note_id: str | None, shown_id: str | None) -> ResponseReturnValue:
    """Save what the form holds; shown again where it can't be, with everything typed."""
    must_be_own(form, note_id)
    if not form.validate():
        return render_template("privacy/note.html", form=form, note_id=shown_id), 422
    try:
        keep(form, note_id or "")
    except EditedElsewhere as other:
        return both_texts(form, note_id or "", other)
    flash_toast(_("Saved. Only you can see it."))
    return redirect(url_for("privacy.notes"), 303)


def must_be_own(form: NoteForm, note_id: str | None) -> None:
    """Raise NotFound unless we made this form, or the note is there and the person's own."""
    if note_id is None or form.begun() != note_id:
        services.note_of(current_user.person_id, note_id or "")


def keep(form: NoteForm, note_id: str) -> int:
    """Save the form's words and return the new revision."""
    return services.save_note(
        current_user.person_id,
        note_id,
        form.words.data or "",
        revision=form.revision.number,
        may_begin=form.begun() == note_id,
        now=clock.now(),
    )


def both_texts(form: NoteForm, note_id: str, other: EditedElsewhere) -> ResponseReturnValue:
    """Show both texts; the person chooses (rule A9)."""
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
    return saved(revision, clock.now())


@pages.post("/private/<note_id>/delete")
def delete_note(note_id: str) -> ResponseReturnValue:
    """Delete a note for good."""
    services.delete_note(current_user.person_id, note_id)
    flash_toast(_("Deleted."))
    return redirect(url_for("privacy.notes"), 303)
