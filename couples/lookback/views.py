"""A look back each half year: the page for both, and the same as a file."""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("lookback", __name__)
