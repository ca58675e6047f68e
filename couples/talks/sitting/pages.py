"""What the views of a talk share."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from couples import clock
from couples.talks.sitting import services
from couples.talks.sitting.shapes import TalkPage


def page_of(talk_id: str) -> TalkPage:
    """Return one talk as the signed-in person sees it now."""
    zone = current_user.zone
    return services.talk_page(current_user.person_id, talk_id, zone, clock.now())


def page_to_write(talk_id: str) -> TalkPage:
    """Return one talk with the lines that the request says something of."""
    said = [name.removeprefix("q-") for name in request.form if name.startswith("q-")]
    person_id, zone = current_user.person_id, current_user.zone
    return services.page_to_write(person_id, talk_id, zone, clock.now(), said)


def today() -> date:
    """Return the day it is for the reader."""
    return clock.now().astimezone(ZoneInfo(current_user.zone)).date()


def to_talk(talk_id: str) -> ResponseReturnValue:
    """Lead to the page of a talk."""
    return redirect(url_for("talks.talk", talk_id=talk_id), 303)
