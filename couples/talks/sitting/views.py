"""The pages of a talk itself, before it and while it lasts."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_login import current_user

from couples.talks.agenda.shapes import Agenda
from couples.talks.blueprint import pages
from couples.talks.prompts.reader import GENERAL, prompt_for
from couples.talks.sitting import services, views_after, views_step
from couples.talks.sitting.pages import page_of, to_talk
from couples.talks.sitting.rules import turn_of
from couples.text import to_number

__all__ = ["views_after", "views_step"]


@pages.get("/talks/past")
def past() -> ResponseReturnValue:
    """Show the talks that are over."""
    return render_template("talks/past.html", talks=services.past_talks(current_user.person_id))


@pages.get("/talks/<talk_id>")
def talk(talk_id: str) -> ResponseReturnValue:
    """Show one talk: what stands on its agenda or, once it is over, what came of it."""
    page = page_of(talk_id)
    key, asked = _about(page.agenda), to_number(request.args.get("prompt"))
    prompt = prompt_for(key, asked if asked >= 0 else page.before, get_locale())
    return render_template("talks/talk.html", page=page, prompt=prompt, about=key or GENERAL)


def _about(agenda: Agenda | None) -> str | None:
    """Return the first listed topic of what was brought: open questions go with it."""
    items = agenda.items if agenda else ()
    return next((item.topic_key for item in items if item.topic_key), None)


@pages.get("/talks/<talk_id>/listen")
def listen(talk_id: str) -> ResponseReturnValue:
    """Show whose turn it is, for one phone lying between two people; nothing is stored."""
    page = page_of(talk_id)
    if page.agenda is None:
        return to_talk(talk_id)
    turn = turn_of(to_number(request.args.get("turn")))
    speaker, item = page.agenda.lines[turn.leaf]
    prompt = prompt_for(item.topic_key if item else None, page.before, get_locale())
    values = {"turn": turn, "speaker": speaker, "item": item, "prompt": prompt}
    facing = request.args.get("facing") != "0"
    return render_template("talks/listen.html", page=page, facing=facing, **values)
