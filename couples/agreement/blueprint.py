"""The one blueprint to which all views of the agreement belong, and what its pages share."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, jsonify, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf import FlaskForm

from couples import clock, formats
from couples.agreement.document import wording
from couples.agreement.document.differences import word_difference
from couples.agreement.document.sheet import sheet_of
from couples.agreement.listed import LISTED, STARTERS, topic_name
from couples.web import saved_sentence

pages = Blueprint("agreement", __name__)


@pages.context_processor
def words_of_pages() -> dict[str, Any]:
    """Return what templates of the agreement may use beside their values."""
    return {
        "LISTED": LISTED,
        "STARTERS": STARTERS,
        "topic_name": topic_name,
        "word_difference": word_difference,
        "sheet_of": sheet_of,
        "rhythm_sentence": wording.rhythm_sentence,
        "zone_words": wording.zone_words,
    }


def form_page(template: str, form: FlaskForm, **values: Any) -> ResponseReturnValue:
    """Render a form; with everything typed and status 422 where something is wrong."""
    return render_template(template, form=form, **values), 422 if form.errors else 200


def saved(revision: int, now: datetime) -> ResponseReturnValue:
    """Answer the script: what to say, and the revision to send next time."""
    return jsonify(saved=saved_sentence(formats.clock(now)), revision=revision)


def not_saved(form: FlaskForm) -> ResponseReturnValue:
    """Answer the script: why not."""
    return jsonify(saved=next(iter(form.errors.values()))[0]), 422


def changed_elsewhere() -> ResponseReturnValue:
    """Answer the script: another tab was first, and nothing is overwritten."""
    return jsonify(conflict=True), 409


def today() -> date:
    """Return the day it is for the reader."""
    return clock.now().astimezone(ZoneInfo(current_user.zone)).date()
