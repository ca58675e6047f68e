"""The one blueprint to which all views before an agreement belong."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from couples import clock, formats
from couples.web import saved_sentence

pages = Blueprint("preparing", __name__)


def form_page(template: str, form: FlaskForm, **values: Any) -> ResponseReturnValue:
    """Render a form; with everything typed and status 422 where something is wrong."""
    return render_template(template, form=form, **values), 422 if form.errors else 200


def both_texts(form: FlaskForm, revision: int, **values: Any) -> ResponseReturnValue:
    """Show what was typed and what another tab saved; the person chooses (rule A9)."""
    form.revision.data = str(revision)
    return render_template("preparing/both.html", form=form, **values), 409


def saved(revision: int) -> ResponseReturnValue:
    """Answer the script: what to say, and the revision to send next time."""
    sentence = saved_sentence(formats.clock(clock.now())) if revision else ""
    return jsonify(saved=sentence, revision=revision)


def not_saved(form: FlaskForm) -> ResponseReturnValue:
    """Answer the script: why not."""
    return jsonify(saved=next(iter(form.errors.values()))[0]), 422


def changed_elsewhere() -> ResponseReturnValue:
    """Answer the script: another tab was first, and nothing is overwritten."""
    return jsonify(saved=_("This was changed somewhere else too.")), 409
