"""What the views of every room of talks share."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from couples.web import flash_toast


def to_talks(sentence: str) -> ResponseReturnValue:
    """Say what happened, and lead back to the talks."""
    flash_toast(sentence)
    return redirect(url_for("talks.home"), 303)
