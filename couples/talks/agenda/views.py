"""The pages on which a person brings something; nobody reads it before "Add it" is pressed."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_login import current_user

from couples import clock
from couples.errors import Refusal
from couples.talks.agenda import services
from couples.talks.agenda.forms import ItemForm
from couples.talks.agenda.refusals import EnoughItems
from couples.talks.agenda.shapes import Bringing, ItemView
from couples.talks.blueprint import pages
from couples.talks.pages import to_talks
from couples.talks.prompts.reader import prompt_for
from couples.text import to_number


@pages.route("/talks/add", methods=["GET", "POST"])
def add_item() -> ResponseReturnValue:
    """Ask what to bring, show how it will be read, and only then add it."""
    # A form that was sent says itself what it is about; its address adds nothing.
    form = ItemForm(about="" if request.method == "POST" else request.args.get("about", ""))
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
    form.revision.data = str(page.item.revision) if page.item else ""
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
        return _changed(form, page.item)
    try:
        added = services.add(person_id, words, about, clock.now())
    except EnoughItems as refusal:
        return _refused(form, page, refusal)
    if services.stands(person_id, added):
        return to_talks(_("Added. You can both read it on this page."))
    return to_talks(_("Kept for another time. You can both read it on this page."))


def _changed(form: ItemForm, item: ItemView) -> ResponseReturnValue:
    """Put the words there; where a second tab was first, show both texts (rule A9)."""
    person_id, number = current_user.person_id, form.revision.number
    if services.change(person_id, item.id, form.words.data, number):
        return to_talks(_("Changed. This is what you both read now."))
    page = services.bringing_again(person_id, item.id)
    form.revision.data = str(page.item.revision if page.item else number)
    return render_template("talks/add.html", form=form, page=page, newer=True), 409


def _refused(form: ItemForm, page: Bringing, refusal: Refusal) -> ResponseReturnValue:
    form.words.errors = [str(refusal)]
    return _write(form, page, refusal.status)


@pages.post("/talks/items/<item_id>/back")
def take_item_back(item_id: str) -> ResponseReturnValue:
    """Take one's own item off the agenda."""
    services.take_back(current_user.person_id, item_id, clock.now())
    return to_talks(_("Taken back. It has left the agenda."))


@pages.post("/talks/items/<item_id>/first")
def put_item_first(item_id: str) -> ResponseReturnValue:
    """Let one of one's own items stand on the agenda."""
    services.choose_first(current_user.person_id, item_id, clock.now())
    return to_talks(_("It stands on the agenda now."))
