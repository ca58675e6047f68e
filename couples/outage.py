"""While the database is away: every page says so in words, and nobody has to type anything twice.

Its connections mend themselves: each is tried before it is used, and made anew where it is dead.
"""

from __future__ import annotations

import threading
import time
from typing import cast

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue

from couples import logs, web
from couples.db import AWAY, db
from couples.typed import other_fields, typed_fields

log = logs.named("couples.outage")
RETRY_AFTER = "5"
# In a minute thousands of pages may meet the same outage: one line tells of it.
QUIET_SECONDS = 10.0
# What SQLite calls a statement that cannot be: a missing table or column, words it cannot read.
# Its driver gives that the same type as a disk that is full and a lock that is held.
CANNOT_BE = 1


class Teller:
    """Tells the log of an outage, and then is quiet for some seconds."""

    def __init__(self) -> None:
        """Begin with nothing told."""
        self.lock = threading.Lock()
        self.quiet_until = 0.0

    def tell(self, problem: Exception) -> None:
        """Tell of it with its lines of code, unless it has just been told of."""
        with self.lock:
            if time.monotonic() < self.quiet_until:
                return
            self.quiet_until = time.monotonic() + QUIET_SECONDS
        log.error("the database does not answer", problem=problem, endpoint=request.endpoint)


def start(app: Flask) -> None:
    """Answer with a page in words wherever the database fails."""
    teller = Teller()
    last_resort = app.error_handler_spec[None][None][Exception]

    def away(problem: Exception) -> ResponseReturnValue:
        if is_ours(problem):
            return cast(ResponseReturnValue, last_resort(problem))
        teller.tell(problem)
        return page()

    for kind in AWAY:
        app.register_error_handler(kind, away)
    # Runs before the database layer's own end of a request.
    app.teardown_appcontext(let_go)


def is_ours(problem: BaseException) -> bool:
    """Whether the statement is at fault: nothing that failed before it had another reason."""
    codes: set[int | None] = set()
    one: BaseException | None = problem
    while one is not None:
        codes.add(getattr(one, "sqlite_errorcode", None))
        one = one.__context__
    return codes - {None} == {CANNOT_BE}


def let_go(_problem: BaseException | None = None) -> None:
    """Let go of what was read; a connection that has died since takes no finished page with it."""
    try:
        db.session.rollback()
    except AWAY:
        db.session().invalidate()


def page() -> ResponseReturnValue:
    """Say that it goes on in a moment; what was sent stands on the page, to be sent again."""
    let_go()
    web.ask_no_more()
    sent = {"fields": typed_fields(), "others": other_fields()} if request.method == "POST" else {}
    action = request.path if sent and web.is_from_here() else None
    words = render_template("errors/503.html", **sent, action=action)
    return words, 503, {"Retry-After": RETRY_AFTER}
