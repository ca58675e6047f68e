"""The one blueprint to which all views of accounts belong."""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("accounts", __name__)
