"""Where a mail system hands over what came back: one message a request, with the secret."""

from __future__ import annotations

import hmac
from contextlib import suppress

from flask import Blueprint, Response, request
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from couples import alarms, clock
from couples.errors import NotFound
from couples.limits import source
from couples.mail.letter import settings
from couples.mail.returning.reports import MOST_BYTES
from couples.mail.returning.returns import handle
from couples.web import open_door, same_for_all

returned = Blueprint("returned", __name__)
HEADER = "X-Returns-Secret"


@returned.post("/mail/returned")
@open_door
@same_for_all
def hand_over() -> ResponseReturnValue:
    """Take one raw message; without the secret there is no such page (rule S7)."""
    if not _is_known():
        alarms.tried("returned mail without the secret", source=source())
        raise NotFound
    request.max_content_length = MOST_BYTES
    # What is far bigger than any report gets the same answer, so that nobody sends it again.
    with suppress(RequestEntityTooLarge):
        handle(request.get_data(cache=False), clock.now())
    return Response(status=204)


def _is_known() -> bool:
    secret, given = settings().returns_secret, request.headers.get(HEADER, "")
    # As bytes: a header may hold anything, and only ASCII text can be compared.
    return secret is not None and hmac.compare_digest(given.encode(), secret.encode())


@returned.record_once
def _needs_no_token(state: BlueprintSetupState) -> None:
    # No browser sends this, and no cookie makes it count.
    state.app.extensions["csrf"].exempt(hand_over)
