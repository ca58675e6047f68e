"""One's own view, and its numbers as a file. Nobody else sees either."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from couples import clock
from couples.accounts.door import fresh_proof, is_proved
from couples.dashboard import numbers, rules
from couples.dashboard.blueprint import pages
from couples.dashboard.cards import services as services_cards
from couples.dashboard.mine import pictures, wording
from couples.dashboard.mine import services as services_mine
from couples.dashboard.mine.forms import UsualForm
from couples.web import flash_toast


@pages.get("/overview/mine")
@fresh_proof
def mine() -> ResponseReturnValue:
    """Show one's own answers over time, and what may be said of them."""
    return _page()


def _page() -> str:
    most = rules.most_of(request.args.get("rounds"))
    page = services_mine.mine_page(current_user.person_id, clock.now(), most)
    pair = {one.question: pictures.of(one, page, most) for one in (page.overall, page.totals)}
    return render_template("dashboard/mine.html", page=page, pictures=pair, say=wording)


@pages.post("/overview/mine/usual")
def new_usual() -> ResponseReturnValue:
    """Let a new usual begin now, or the first one count again."""
    form = UsualForm()
    if not form.validate():
        # Nothing was typed that could be lost, and the page is a private one.
        return (_page(), 422) if is_proved() else redirect(url_for(".mine"), 303)
    asked = current_user.person_id, form.about.data, clock.now()
    if form.goes_back:
        services_cards.let_first_usual_count(*asked)
        flash_toast(_("Your first usual counts again."))
    else:
        services_cards.begin_usual_anew(*asked)
        flash_toast(_("A new usual begins."))
    return redirect(url_for(".mine"), 303)


@pages.get("/overview/mine/numbers.csv")
@fresh_proof
def my_numbers() -> ResponseReturnValue:
    """Give one's own numbers to keep."""
    page = services_mine.mine_page(current_user.person_id, clock.now())
    return numbers.as_file(numbers.sheet(pictures.sheet_of(page)))
