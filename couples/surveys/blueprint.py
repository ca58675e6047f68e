"""The one blueprint to which all views of check-ins belong."""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("surveys", __name__)
