"""What was typed and chosen on the form that came in, so that a page can show it again."""

from __future__ import annotations

import re

from flask import request
from werkzeug.exceptions import HTTPException

# Fields that hold choices and marks of the form, and no words of the person.
CHOICES = re.compile(
    r"csrf_token|.*password.*|revision|seen|round|shown|read_hash|draft|topic|wanted|decision|then"
    r"|[qs]\d*|was_.*|(opens|closes)_.*|every_weeks|length|listed|matters|owner|who|when|weekday|hour"
    r"|wording|reminder|look_in|keep|adult|language|zone|answer|on_trial|trial_until|review_on"
    r"|version|kind|into|up|down|about|(was|q)-.*|(day|clock)_\d|minutes|holds|newer"
    r"|challenge|credential|settings|understood"
)


def typed_fields() -> list[tuple[str, str]]:
    """Return the words that were typed on the form that came in, never a password."""
    return [
        (name, value)
        for name, value in _sent_fields()
        if value.strip() and not CHOICES.fullmatch(name)
    ]


def other_fields() -> list[tuple[str, str]]:
    """Return what else the form must hold to be sent again, without token and passwords."""
    words = typed_fields()
    return [pair for pair in _sent_fields() if pair not in words]


def _sent_fields() -> list[tuple[str, str]]:
    try:
        sent = list(request.form.items(multi=True))
    except HTTPException:  # too much, or not to be read: there is a page for that already
        return []
    return [pair for pair in sent if pair[0] != "csrf_token" and "password" not in pair[0]]
