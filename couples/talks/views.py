"""The pages of talks; every room's pages register by being imported here."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from couples.talks.blueprint import pages

__all__ = ["pages"]


@pages.get("/talks")
def home() -> ResponseReturnValue:
    """Show the next talk and past ones."""
    return render_template("talks/home.html")
