"""The one blueprint to which all views before an agreement belong."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

pages = Blueprint("preparing", __name__)


def both_texts(form: FlaskForm, revision: int, **values: Any) -> ResponseReturnValue:
    """Show what was typed and what another tab saved; the person chooses (rule A9)."""
    form.revision.data = str(revision)
    return render_template("preparing/both.html", form=form, **values), 409
