"""The pages of talks; every room's pages register by being imported here."""

from __future__ import annotations

from typing import Any

from flask import g, render_template
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_login import current_user

from couples import clock
from couples.pairing.services import couple_or_none
from couples.surveys.rules import OVERALL
from couples.talks import services_next
from couples.talks.agenda import views as views_agenda
from couples.talks.blueprint import pages
from couples.talks.calendar import views as views_calendar
from couples.talks.planning import views as views_planning
from couples.talks.planning.shapes import NextTalk
from couples.talks.planning.wording import date_block
from couples.talks.prompts import views as views_prompts
from couples.talks.prompts.reader import prompt_for
from couples.talks.refusals import TalksRefusal
from couples.talks.services_home import home_of
from couples.talks.sitting import views as views_sitting
from couples.typed import typed_fields

__all__ = [
    "pages",
    "views_agenda",
    "views_calendar",
    "views_planning",
    "views_prompts",
    "views_sitting",
]


@pages.get("/talks")
def home() -> ResponseReturnValue:
    """Show the next talk and what each brings to it."""
    couple = couple_or_none(current_user.person_id)
    if couple is None:
        return render_template("talks/home.html", couple=None)
    g.me = couple.me  # known already: spares the query that every page makes for it
    talk = services_next.next_talk(couple.me.person_id, clock.now(), couple, current_user.zone)
    home = home_of(couple)
    prompt = prompt_for(OVERALL, home.before, get_locale())
    return render_template("talks/home.html", couple=couple, talk=talk, home=home, prompt=prompt)


@pages.errorhandler(TalksRefusal)
def talks_refused(refusal: TalksRefusal) -> ResponseReturnValue:
    """Say why not, with what was typed, and lead back to the talks as they are now."""
    sentence, fields = str(refusal), typed_fields()
    page = render_template("talks/item_refused.html", sentence=sentence, fields=fields)
    return page, refusal.status


@pages.app_context_processor
def talks_everywhere() -> dict[str, Any]:
    """Offer every template the next talk; nothing is asked before the template calls it."""
    return {"next_talk": _next_talk, "date_block": date_block}


def _next_talk() -> NextTalk | None:
    # A page that asks for it has found the couple before: nobody else's talk is shown either way.
    couple = g.standing.couple if "standing" in g else None
    return services_next.next_talk(current_user.person_id, clock.now(), couple, current_user.zone)
