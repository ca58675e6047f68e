"""The one blueprint to which all private pages belong."""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("privacy", __name__)
