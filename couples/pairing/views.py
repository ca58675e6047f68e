"""The pages on which two people become a couple, and stop being one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Blueprint, current_app, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy.exc import SQLAlchemyError

from couples import clock
from couples.accounts.browser import is_new_no_more, status_of
from couples.accounts.sections import add_section
from couples.errors import Refusal
from couples.limits import asker, limiter
from couples.pairing import (  # noqa: F401 - letters register by being imported
    letters,
    rules,
    services,
    services_invites,
    services_leaving,
    services_linking,
)
from couples.pairing.forms import CodeForm, MailForm
from couples.pairing.services_linking import InviteGone
from couples.settings import Settings
from couples.web import flash_toast, open_door, page_of_failure

pages = Blueprint("pairing", __name__)

tries = limiter.shared_limit(
    "30 per hour",
    scope="codes",
    key_func=asker,
    deduct_when=lambda response: response.status_code in {404, 422},
)
# What may be said to an invite besides yes.
ANSWERS = {"one": services_linking.decline, "all": services_linking.block}


@pages.app_context_processor
def me() -> dict[str, Any]:
    """Give every page the signed-in person's mark: name and initial only while unlinked."""
    if "me" not in g:
        g.me = _mark() if current_user.is_authenticated else None
    return {"me": g.me}


def _mark() -> services.PersonMark | None:
    try:
        person_id = current_user.person_id
        couple = g.standing.couple if "standing" in g else services.couple_or_none(person_id)
    except SQLAlchemyError:  # an error page is shown while the database is away
        return None
    name = current_user.name
    unlinked = services.PersonMark(current_user.person_id, name, "plain", services.initial_of(name))
    return couple.me if couple else unlinked


@pages.before_app_request
def tell_of_the_end() -> None:
    """Show the neutral line once to somebody whose link the other has ended (rule L6)."""
    view = current_app.view_functions.get(request.endpoint or "")
    if request.method != "GET" or view is None or getattr(view, "open_door", False):
        return
    if not current_user.is_authenticated:
        return
    # Kept for this one request, in which the page asks for the couple, too.
    g.standing = services_leaving.standing_of(current_user.person_id)
    if g.standing.to_be_told:
        services_leaving.tell(current_user.person_id, clock.now())
        flash_toast(_("This link has ended. Your own pages are still here."))


@pages.errorhandler(InviteGone)
def invite_gone(_problem: InviteGone) -> ResponseReturnValue:
    """Say the same for every reason for which an invite can't be accepted."""
    session.pop("invite", None)
    return page_of_failure("pairing/gone.html"), 404


@pages.route("/join", methods=["GET", "POST"])
@open_door
@tries
def enter_code() -> ResponseReturnValue:
    """Enter a code by hand."""
    form = CodeForm()
    if form.validate_on_submit():
        found = services_linking.look_at(form.code.data, reader(), clock.now())
        return redirect(url_for("pairing.invite", code=found.code), 303)
    return render_template("pairing/enter_code.html", form=form), status_of(form)


def reader() -> str | None:
    """Return who reads, if somebody is signed in."""
    return current_user.person_id if current_user.is_authenticated else None


@pages.get("/join/<code>")
@open_door
@tries
def invite(code: str) -> ResponseReturnValue:
    """Say who invites, who runs this server, and that nothing is shared until one chooses to."""
    found = services_linking.look_at(code, reader(), clock.now())
    if reader() is None or not current_user.started:
        session["invite"] = found.code
    else:
        session.pop("invite", None)
    return render_template("pairing/invite.html", invite=found)


@pages.post("/join/<code>")
@tries
def accept(code: str) -> ResponseReturnValue:
    """Link the two: the one explicit press (rule L4), and on to a new person's first need."""
    services_linking.accept(code, current_user.person_id, clock.now())
    session.pop("invite", None)
    couple = services.couple_of(current_user.person_id)
    flash_toast(
        _("You and %(name)s are linked. You each see the same things.", name=couple.partner.name)
    )
    return redirect("/doc/mine/new" if is_new_no_more() else "/doc", 303)


@pages.post("/join/<code>/decline")
@open_door
@tries
def decline(code: str) -> ResponseReturnValue:
    """Say no to this one, or to all at the address it was mailed to; nobody is told.

    A mailed one asks to choose first: programs that look through mail press buttons as they come.
    """
    found = services_linking.look_at(code, reader(), clock.now())
    wish = request.form.get("decision", "" if found.mailed else "one")
    if wish not in ANSWERS:
        return render_template("pairing/invite.html", invite=found, asks_again=True), 422
    ANSWERS[wish](code, reader(), clock.now())
    session.pop("invite", None)
    return redirect(url_for("pairing.declined"), 303)


@pages.get("/join/declined")
@open_door
def declined() -> ResponseReturnValue:
    """Say that nobody is told."""
    return render_template("pairing/declined.html")


@pages.get("/settings/link")
def invites() -> ResponseReturnValue:
    """The link as it stands: make and withdraw invites, or who is linked since when."""
    return link_page(MailForm(formdata=None))


def link_page(form: MailForm, status: int = 200) -> ResponseReturnValue:
    """Render the page of the link."""
    page = render_template(
        "pairing/link.html",
        form=form,
        couple=services.couple_or_none(current_user.person_id),
        invites=services_invites.open_invites(current_user.person_id, clock.now()),
        public_url=public_url(),
        most=rules.MOST_OPEN,
    )
    return page, status


def public_url() -> str:
    """Return the configured address, the only one a link is ever built from."""
    settings: Settings = current_app.extensions["settings"]
    return settings.public_url


@pages.post("/settings/link/new")
def make_invite() -> ResponseReturnValue:
    """Make an invite to hand over oneself."""
    services_invites.make_invite(current_user.person_id, clock.now(), press=MailForm().draft.press)
    return redirect(url_for("pairing.invites"), 303)


@pages.post("/settings/link/mail")
@limiter.limit("20 per hour", key_func=asker)
def mail_invite() -> ResponseReturnValue:
    """Make an invite and mail it once."""
    form = MailForm()
    if form.validate_on_submit() and _mailed(form):
        flash_toast(_("An email goes to that address, once."))
        return redirect(url_for("pairing.invites"), 303)
    return link_page(form, 422)


def _mailed(form: MailForm) -> bool:
    to, press = form.address.data, form.draft.press
    try:
        services_invites.make_invite(current_user.person_id, clock.now(), address=to, press=press)
    except Refusal as refusal:
        form.address.errors = [str(refusal)]
        return False
    return True


@pages.post("/settings/link/<invite_id>/withdraw")
def withdraw(invite_id: str) -> ResponseReturnValue:
    """Withdraw an invite."""
    services_invites.withdraw(current_user.person_id, invite_id, clock.now())
    flash_toast(_("Withdrawn. Its link and code no longer work."))
    return redirect(url_for("pairing.invites"), 303)


@pages.route("/settings/link/end", methods=["GET", "POST"])
def end_link() -> ResponseReturnValue:
    """Say what ends and what stays; the press ends the link at once (rule L6)."""
    if request.method != "POST":
        return render_template(
            "pairing/end.html", couple=services.couple_of(current_user.person_id)
        )
    services_leaving.end_link(current_user.person_id, clock.now())
    flash_toast(_("The link has ended. Your own pages are still here."))
    return redirect(url_for("pairing.invites"), 303)


def _link_values(person_id: str, now: datetime) -> dict[str, Any]:
    couple = services.couple_or_none(person_id)
    label = _("You and %(name)s", name=couple.partner.name) if couple else _("Your link")
    waiting = len(services_invites.open_invites(person_id, now))
    return {"couple": couple, "label": label, "waiting": waiting}


def _leaving_values(person_id: str, now: datetime) -> dict[str, Any]:
    return {"couple": services.couple_or_none(person_id)}


add_section(
    "link",
    place=40,
    label=_l("Your link"),
    template="pairing/_link.html",
    values=_link_values,
)
add_section(
    "leave",
    place=50,
    label=_l("Leaving"),
    template="pairing/_leaving.html",
    values=_leaving_values,
)
