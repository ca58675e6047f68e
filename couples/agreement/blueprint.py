"""The one blueprint to which all views of the agreement belong, and what its pages share."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from couples.agreement import wording
from couples.agreement.differences import word_difference
from couples.agreement.topics import LISTED, STARTERS, topic_name

pages = Blueprint("agreement", __name__)


@pages.context_processor
def words_of_pages() -> dict[str, Any]:
    """Return what templates of the agreement may use beside their values."""
    return {
        "LISTED": LISTED,
        "STARTERS": STARTERS,
        "topic_name": topic_name,
        "word_difference": word_difference,
        "rhythm_sentence": wording.rhythm_sentence,
        "zone_words": wording.zone_words,
    }


def form_page(template: str, form: FlaskForm, **values: Any) -> ResponseReturnValue:
    """Render a form; with everything typed and status 422 where something is wrong."""
    return render_template(template, form=form, **values), 422 if form.errors else 200
