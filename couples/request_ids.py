"""A random id for each request: what went wrong for a person is found in the log by it.

It stands in the log's lines of errors and on answers that failed, and nowhere else: with an id on
every refusal the log of a proxy would tell whose it was (docs/decisions/0034).
"""

from __future__ import annotations

import re
import secrets

from flask import Flask, Response, g, request

from couples import log_lines, logs

HEADER = "X-Request-ID"


def start(app: Flask, behind_proxy: bool) -> None:
    """Give each request its id before anything else happens; a proxy of ours may have made it."""

    def begin() -> None:
        given = request.headers.get(HEADER, "") if behind_proxy else ""
        is_id = re.fullmatch(log_lines.FIELDS["request"], given, re.ASCII)
        g.request_id = given if is_id else secrets.token_hex(8)
        logs.within_request(g.request_id)

    app.before_request(begin)
    app.after_request(_tell)
    app.teardown_request(lambda _problem: logs.within_request(None))


def _tell(response: Response) -> Response:
    if response.status_code >= 500 and "request_id" in g:
        response.headers[HEADER] = g.request_id
    return response
