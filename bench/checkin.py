"""The check-in by mailed link: its page beside a bare page, its answer beside a bare form."""

from __future__ import annotations

import http.client
import re
import time
from contextlib import ExitStack
from functools import partial
from typing import Any
from urllib.parse import urlencode

from flask import Flask

from bench import bulk, filling
from bench.floor import FIELDS, bare
from bench.goals import GOALS
from bench.ground import Database, Ground, Place
from bench.measuring import Page, medians, rates, served
from bench.results import Result, beside
from tests.servers import queue_in

# A page that comes back sooner is asked for once more: nobody presses as fast.
SOON_SECONDS = 1.1


class Nothing(dict[Any, Any]):
    """Keeps nothing."""

    def __setitem__(self, key: Any, value: Any) -> None:
        """Let it go."""


def asked_first(place: Place) -> Flask:
    """Make the product's application, in which everybody is the first who asks for their page."""
    app = place.made()
    app.extensions["empty_pages"] = Nothing()
    return app


def measure(ground: Ground) -> list[Result]:
    """Measure the page and its answer on each database, limits counted in a queue as they are."""
    folder = ground.folder / "queue"
    (folder / "queue").mkdir(parents=True, exist_ok=True)
    with queue_in(folder) as queue:
        return [found for one in ground.databases for found in _on(ground, one, queue.url)]


def _on(ground: Ground, database: Database, queue: str) -> list[Result]:
    size, name = ground.size, database.name
    place = ground.place(database, REDIS_URL=queue, PROXY_HOPS="1")
    behind = (size.half_a_year, size.five_years)
    with place.inside():
        half, full = (filling.mailed_link(count, filling.today()) for count in behind)
        bulk.settle()
    with ExitStack() as stack:
        port = stack.enter_context(served(place.made, size))
        floor = stack.enter_context(served(partial(bare, database.fresh()), size))
        first = stack.enter_context(served(partial(asked_first, place), size))
        pages = [
            Page("bare", floor, "/"),
            Page("first", first, f"/week/{half}"),
            Page("half", port, f"/week/{half}"),
            Page("full", port, f"/week/{full}"),
        ]
        read = medians(pages, size)
        written = rates([_bare_form(floor), _form("half", port, half)], size)
    return [
        beside("check-in page", name, read, ("half", "bare"), GOALS["check-in page"]),
        beside("check-in page, first asker", name, read, ("first", "bare"), None),
        beside(f"check-in page, {behind[1]} rounds behind it", name, read, ("full", "half"),
               GOALS["check-in page flat"]),
        beside("answers", name, written, ("half", "bare"), GOALS["answering"], "requests/s"),
    ]  # fmt: skip


def _form(name: str, port: int, token: str) -> Page:
    """Return the filled-in mailed page, as it is sent."""
    shown, _cookie = _got(port, f"/week/{token}")
    note = re.search(r'name="shown"[^>]* value="([^"]+)"', shown)
    asked = sorted(set(re.findall(r'name="([qs]\d+)"', shown)))
    assert note is not None and asked
    time.sleep(SOON_SECONDS)
    answers = dict.fromkeys(asked, "4") | {"shown": note[1], "decision": "share"}
    body = urlencode(answers)
    return Page(name, port, f"/week/{token}", body=body, status=303, from_many=True)


def _bare_form(port: int) -> Page:
    token, cookie = _got(port, "/form")
    body = urlencode(dict.fromkeys(FIELDS, "4") | {"csrf_token": token})
    return Page("bare", port, "/form", cookie, body, status=303)


def _got(port: int, path: str) -> tuple[str, str]:
    """Ask for a page; return it with the cookie it set."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", path)
    answer = connection.getresponse()
    page = answer.read().decode()
    connection.close()
    return page, (answer.headers["Set-Cookie"] or "").partition(";")[0]
