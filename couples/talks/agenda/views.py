"""The pages on which a person brings something; nobody reads it before "Add it" is pressed."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_login import current_user

from couples import clock
from couples.errors import Refusal
from couples.talks.agenda import services
from couples.talks.agenda.forms import ItemForm
from couples.talks.agenda.refusals import AgendaRefusal, EnoughItems
from couples.talks.agenda.shapes import Bringing
from couples.talks.blueprint import pages
from couples.talks.prompts.reader import prompt_for
from couples.text import to_number
from couples.web import flash_toast, typed_fields


@pages.route("/talks/add", methods=["GET", "POST"])
def add_item() -> ResponseReturnValue:
    """Ask what to bring, show how it will be read, and only then add it."""
    form = ItemForm(about=request.args.get("about", ""))
    page = services.bringing(current_user.person_id, form.about.data or "")
    if form.is_submitted():
        return _answer(form, page)
    form.words.data = _beginning(page)
    return _write(form, page)


@pages.route("/talks/items/<item_id>", methods=["GET", "POST"])
def change_item(item_id: str) -> ResponseReturnValue:
    """Ask for other words, show how they will be read, and only then put them there."""
    page = services.bringing_again(current_user.person_id, item_id)
    form = ItemForm()
    if form.is_submitted():
        return _answer(form, page)
    form.words.data = page.heading.words
    return _write(form, page)


def _beginning(page: Bringing) -> str:
    """Return the neutral words a new item begins with: a name, or the open question asked for."""
    place = to_number(request.args.get("prompt", ""))
    if place < 0:
        return page.heading.words
    return prompt_for(page.heading.topic_key, place, get_locale()).words


def _write(form: ItemForm, page: Bringing, status: int = 200) -> ResponseReturnValue:
    return render_template("talks/add.html", form=form, page=page), status


def _answer(form: ItemForm, page: Bringing) -> ResponseReturnValue:
    """Lead from the words to how they will be read, and from there on or back."""
    if form.is_written_on:
        return _write(form, page)
    if not form.validate():
        return _write(form, page, 422)
    if form.is_read:
        return _kept(form, page)
    if not page.has_room:
        return _refused(form, page, EnoughItems())
    return render_template("talks/preview.html", form=form, page=page)


def _kept(form: ItemForm, page: Bringing) -> ResponseReturnValue:
    """Put the words on the agenda; what was typed stays on the page where that is refused."""
    person_id, words, about = current_user.person_id, form.words.data, form.about.data or ""
    if page.item:
        services.change(person_id, page.item.id, words)
        return _back(_("Changed. This is what you both read now."))
    try:
        services.add(person_id, words, about, clock.now())
    except EnoughItems as refusal:
        return _refused(form, page, refusal)
    return _back(_("Added. You can both read it on this page."))


def _refused(form: ItemForm, page: Bringing, refusal: Refusal) -> ResponseReturnValue:
    form.words.errors = [str(refusal)]
    return _write(form, page, refusal.status)


def _back(sentence: str) -> ResponseReturnValue:
    flash_toast(sentence)
    return redirect(url_for("talks.home"), 303)


@pages.post("/talks/items/<item_id>/back")
def take_item_back(item_id: str) -> ResponseReturnValue:
    """Take one's own item off the agenda."""
    services.take_back(current_user.person_id, item_id, clock.now())
    return _back(_("Taken back. It has left the agenda."))


@pages.post("/talks/items/<item_id>/first")
def put_item_first(item_id: str) -> ResponseReturnValue:
    """Let one of one's own items stand on the agenda."""
    services.choose_first(current_user.person_id, item_id, clock.now())
    return _back(_("It stands on the agenda now."))


@pages.errorhandler(AgendaRefusal)
def agenda_refused(refusal: AgendaRefusal) -> ResponseReturnValue:
    """Say why not, with what was typed, and lead back to the talks as they are now."""
    sentence, fields = str(refusal), typed_fields()
    page = render_template("talks/item_refused.html", sentence=sentence, fields=fields)
    return page, refusal.status
