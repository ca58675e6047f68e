"""What a person may write for themselves."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, TextAreaField
from wtforms.validators import ValidationError

from couples import tokens
from couples.autosave import RevisionField
from couples.errors import NotFound
from couples.text import clean

LONGEST = 10_000


class NoteForm(FlaskForm):  # type: ignore[misc]
    """One note. `draft` proves that its id was made by us; `revision` tells two tabs apart."""

    words = TextAreaField(_l("Your note"), filters=[clean])
    draft = HiddenField()
    revision = RevisionField(default="0")
    # Only asked for where the notes are locked.
    current_password = PasswordField(_l("Your password"))

    def validate_words(self, field: TextAreaField) -> None:
        """Ask for words, and for no more than there is room for."""
        if not field.data:
            raise ValidationError(_l("Write something first, or go back"))
        if self.too_long:
            raise ValidationError(self.too_long)

    @property
    def too_long(self) -> str:
        """Say how much is too much, or nothing."""
        count = len(self.words.data or "")
        if count <= LONGEST:
            return ""
        sentence: str = _(
            "%(count)s characters are more than there is room for: %(most)s. "
            "Nothing is lost; shorten it and save again.",
            count=f"{count:,}",
            most=f"{LONGEST:,}",
        )
        return sentence

    def begun(self) -> str | None:
        """Return the id of the note this form was made for, if we made it."""
        try:
            return tokens.read("note", self.draft.data or "")[0]
        except NotFound:
            return None
