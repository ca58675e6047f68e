"""What both see: the opened pages, side by side, suggestions, terms."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from couples import clock
from couples.agreement import (
    services_home,
    services_opening,
    services_side,
    services_terms,
    services_wording,
)
from couples.agreement.blueprint import form_page, pages
from couples.agreement.forms import WordsForm
from couples.agreement.forms_terms import TermsForm
from couples.agreement.rules import PromiseWords, Terms
from couples.agreement.shapes import Side
from couples.web import flash_toast


@pages.get("/doc/open")
def opened() -> ResponseReturnValue:
    """All topics both can read."""
    home = services_home.home_opened(current_user.person_id)
    return render_template("agreement/open.html", home=home)


@pages.post("/doc/open")
def open_pages() -> ResponseReturnValue:
    """Open the two pages for oneself; they opened for both at the same moment."""
    services_opening.open_pages(current_user.person_id)
    flash_toast(_("Both pages are open."))
    return redirect(url_for(".opened"), 303)


@pages.get("/doc/side/<topic_id>")
def side(topic_id: str) -> ResponseReturnValue:
    """One topic, both needs, and its promise."""
    page = services_side.side(current_user.person_id, topic_id)
    return render_template("agreement/side.html", page=page)


@pages.route("/doc/side/<topic_id>/words", methods=["GET", "POST"])
def words(topic_id: str) -> ResponseReturnValue:
    """Suggest words; where newer ones came meanwhile, show both (rule A9)."""
    page = services_side.side(current_user.person_id, topic_id)
    form = WordsForm(data=words_values(page))
    form.offer_owners(page.couple.me.name)
    if not form.validate_on_submit():
        return form_page("agreement/words.html", form, page=page)
    newer = services_wording.suggest(current_user.person_id, topic_id, form.wording, clock.now())
    if newer is not None:
        form.seen.data = newer.seen
        return render_template("agreement/words.html", form=form, page=newer, newer=newer), 409
    flash_toast(_("Your wording is with %(name)s. No reply is due.", name=page.couple.partner.name))
    return redirect(url_for(".side", topic_id=topic_id), 303)


def words_values(page: Side) -> dict[str, Any]:
    """Return what the form begins with: the open suggestion's words, or the promise's."""
    source = page.suggestion or page.promise
    known = source.words if source else PromiseWords()
    mine = source and source.owner and source.owner.person_id == page.couple.me.person_id
    return {
        "words": known.words,
        "kept_when": known.kept_when,
        "otherwise": known.otherwise,
        "how_often": known.how_often,
        "owner": "me" if mine else "both",
        "seen": page.seen,
    }


@pages.post("/doc/words/<suggestion_id>/use")
def use_words(suggestion_id: str) -> ResponseReturnValue:
    """Say yes to the other's words."""
    topic_id = services_wording.use(current_user.person_id, suggestion_id, clock.now())
    flash_toast(_("You’ve both said yes to this wording."))
    return redirect(url_for(".side", topic_id=topic_id), 303)


@pages.post("/doc/words/<suggestion_id>/talk")
def talk_first(suggestion_id: str) -> ResponseReturnValue:
    """Keep the other's words for a talk."""
    topic_id = services_wording.keep_for_talk(current_user.person_id, suggestion_id, clock.now())
    return redirect(url_for(".side", topic_id=topic_id), 303)


@pages.post("/doc/words/<suggestion_id>/withdraw")
def withdraw_words(suggestion_id: str) -> ResponseReturnValue:
    """Take one's own words back."""
    topic_id = services_wording.withdraw(current_user.person_id, suggestion_id, clock.now())
    flash_toast(_("Withdrawn."))
    return redirect(url_for(".side", topic_id=topic_id), 303)


@pages.post("/doc/side/<topic_id>/review")
def review(topic_id: str) -> ResponseReturnValue:
    """Put a promise under review, or take it off (rule A8)."""
    wanted = request.form.get("wanted") == "yes"
    services_wording.review(current_user.person_id, topic_id, wanted, clock.now())
    return redirect(url_for(".side", topic_id=topic_id), 303)


@pages.route("/doc/rhythm", methods=["GET", "POST"])
def rhythm() -> ResponseReturnValue:
    """How often, when, how to talk, when to read again (rule A6)."""
    now, person_id = clock.now(), current_user.person_id
    today = now.astimezone(ZoneInfo(current_user.zone)).date()
    page = services_terms.terms(person_id, current_user.zone, today)
    form = TermsForm(today, **terms_values(page.terms), revision=str(page.revision))
    if not form.validate_on_submit():
        return form_page("agreement/rhythm.html", form, page=page)
    newer = services_terms.save_terms(person_id, form.terms, form.revision.number, now)
    if newer is not None:
        form.revision.data = str(newer.revision)
        return render_template("agreement/rhythm.html", form=form, page=newer, newer=newer), 409
    flash_toast(_("Saved. You both see it."))
    return redirect(url_for(".home"), 303)


def terms_values(terms: Terms) -> dict[str, Any]:
    """Return what the form of the terms begins with."""
    rhythm = terms.rhythm
    return {
        "every_weeks": rhythm.every_weeks,
        "opens_weekday": rhythm.opens_weekday,
        "opens_hour": rhythm.opens_hour,
        "closes_weekday": rhythm.closes_weekday,
        "closes_hour": rhythm.closes_hour,
        "zone": rhythm.zone,
        "talk_plan": terms.talk_plan,
        "review_on": terms.review_on,
    }
