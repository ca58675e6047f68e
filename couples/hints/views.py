"""Hints for the page: asked while typing, shown by the server without JavaScript, kept nowhere."""

from __future__ import annotations

from flask import Blueprint, Response, g, jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_limiter import RequestLimit

from couples.hints import Hint, Kind, hint_for
from couples.limits import asker, limiter
from couples.text import clean

pages = Blueprint("hints", __name__)
KINDS: dict[str, Kind] = {"words": "words", "need": "need", "request": "request"}
# More than any field of ours holds; nothing longer is looked at.
LONGEST = 12_000


def no_hint(_limit: RequestLimit) -> Response:
    """Answer null to whoever asks faster than anybody types; it is no error of the page."""
    return jsonify(None)


@pages.post("/hint")
@limiter.limit("120 per minute", key_func=asker, on_breach=no_hint)
def ask() -> ResponseReturnValue:
    """Answer the script with the hint for one text, or null; nothing is stored or logged."""
    hint = reader_hint(request.form.get("text"), request.form.get("kind", ""))
    return jsonify(hint and said(hint))


def said(hint: Hint) -> dict[str, object]:
    """Return what the script shows of a hint."""
    return {
        "key": hint.key,
        "care": hint.tier == "care",
        "quote": hint.quote,
        "lead": hint.lead,
        "text": hint.text,
        "starters": hint.starters,
    }


@pages.app_template_global("reader_hint")
def reader_hint(text: str | None, kind: str) -> Hint | None:
    """Return the hint for a text in the reader's language; rules are written per language."""
    words, locale, known = clean(text), get_locale(), KINDS.get(kind)
    if not words or len(words) > LONGEST or locale is None or known is None:
        return None
    return hint_for(words, known, locale.language)


@pages.app_template_global("hint_looked_for")
def hint_looked_for(text: str | None, kind: str) -> Hint | None:
    """Return the hint that stands under a field, where the look button was pressed."""
    hint = reader_hint(text, kind) if has_looked() else None
    g.found_hints = g.get("found_hints", 0) + (hint is not None)
    return hint


@pages.app_template_global("has_looked")
def has_looked() -> bool:
    """Whether the page is shown again for its hints only."""
    return request.method == "POST" and request.form.get("then") == "look"


@pages.app_template_global("found_hints")
def found_hints() -> int:
    """Return how many hints this page has shown so far; only the first takes the focus."""
    return int(g.get("found_hints", 0))
