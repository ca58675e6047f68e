"""A look back each half year: the page for both, and the same as a file."""

from __future__ import annotations

from io import BytesIO

from flask import Blueprint, render_template, request, send_file
from flask.typing import ResponseReturnValue
from flask_login import current_user

from couples import clock
from couples.agreement.document.pdf import paper_of
from couples.agreement.signing.views import files
from couples.dashboard.picture.drawing import NARROW, WIDE
from couples.lookback import pdf, words
from couples.lookback import services as services_back
from couples.lookback.shapes import LookBack

pages = Blueprint("lookback", __name__)


@pages.get("/overview/back")
def half_years() -> ResponseReturnValue:
    """List the half years that are over."""
    found = services_back.look_backs(current_user.person_id, clock.now())
    return render_template("lookback/list.html", found=found, heading=words.heading)


@pages.get("/overview/back/<int:number>")
def half_year(number: int) -> ResponseReturnValue:
    """Show one half year, the same to both."""
    found = _found(number)
    drawn = [words.drawn(found, size) for size in (NARROW, WIDE)]
    return render_template("lookback/page.html", found=found, words=words, drawn=drawn)


@pages.get("/overview/back/<int:number>/document.pdf")
@files
def half_year_file(number: int) -> ResponseReturnValue:
    """The same as a file, under a name that tells nothing (rule S4)."""
    found = _found(number)
    made = BytesIO(pdf.pdf_of(found, paper_of(request.args.get("paper"))))
    name = pdf.file_name(found)
    return send_file(made, "application/pdf", as_attachment=True, download_name=name)


def _found(number: int) -> LookBack:
    return services_back.look_back(current_user.person_id, number, clock.now())
