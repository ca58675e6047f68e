"""Forms that save themselves while somebody writes: what they carry, and what the script is told.

The script posts the whole form and shows the sentence that comes back. It stops at 409, where
another tab was first, and shows why nothing was kept at 422.
"""

from __future__ import annotations

from datetime import datetime

from flask import jsonify, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField

from couples import formats
from couples.text import to_number


class RevisionField(HiddenField):  # type: ignore[misc]
    """Which save a page was made from, as the page sends it back."""

    @property
    def number(self) -> int:
        """The revision; -1 where it is no number, which is never current."""
        return to_number(self.data)


def form_page(template: str, form: FlaskForm, **values: object) -> ResponseReturnValue:
    """Render a form; with everything typed and status 422 where something is wrong."""
    return render_template(template, form=form, **values), 422 if form.errors else 200


def saved(revision: int, at: datetime | None, sentence: str = "") -> ResponseReturnValue:
    """Answer the script: when it was saved, or another sentence, and the revision to send next."""
    if at is not None and not sentence:
        sentence = _("Saved at %(moment)s. Only you can see it.", moment=formats.clock(at))
    return jsonify(saved=sentence, revision=revision)


def not_saved(form: FlaskForm) -> ResponseReturnValue:
    """Answer the script: why not."""
    return jsonify(saved=next(iter(form.errors.values()))[0]), 422


def changed_elsewhere() -> ResponseReturnValue:
    """Answer the script: another tab was first, and nothing is overwritten."""
    return jsonify(saved=_("This was changed somewhere else too.")), 409
