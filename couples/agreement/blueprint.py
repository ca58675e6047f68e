"""The one blueprint to which all views of the agreement belong, and what its pages share."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint
from flask_login import current_user

from couples import clock
from couples.agreement.document import wording
from couples.agreement.document.differences import word_difference
from couples.agreement.document.sheet import sheet_of
from couples.agreement.listed import LISTED, STARTERS, topic_name

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


def today() -> date:
    """Return the day it is for the reader."""
    return clock.now().astimezone(ZoneInfo(current_user.zone)).date()
