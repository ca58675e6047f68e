"""What a browser fetches for one page: the first time, and when it comes again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from gallery import camera
from playwright.sync_api import Browser, CDPSession

from bench import filling
from bench.goals import GOALS
from bench.ground import Ground
from bench.measuring import served
from bench.results import Result
from couples.accounts.addresses import index_of
from couples.accounts.models import Person
from couples.accounts.services import begin_session
from couples.db import db
from couples.settings import Settings
from couples.upkeep import fill_demo

OPEN_PAGES = ("/", "/signin", "/signup", "/help", "/privacy")
SIGNED_IN = ("/overview", "/week", "/doc", "/talks", "/private", "/settings")
# Pages that are read like a document have a typeface of their own.
DOCUMENTS = {"/doc"}


@dataclass
class View:
    """What one look at a page took over the wire: bytes as they were sent, heads included."""

    host: str
    bytes: float = 0
    asked: dict[str, str] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)

    def listen(self, wire: CDPSession) -> None:
        """Count what goes over the wire from now on."""
        wire.on("Network.requestWillBeSent", self._asks)
        wire.on("Network.requestServedFromCache", self._has)
        wire.on("Network.responseReceived", self._hears)
        wire.on("Network.loadingFinished", self._ends)

    def _asks(self, said: dict[str, Any]) -> None:
        if said["request"]["url"].startswith("http"):
            self.asked[said["requestId"]] = said["request"]["url"]

    def _has(self, said: dict[str, Any]) -> None:
        self.kept.add(said["requestId"])

    def _hears(self, said: dict[str, Any]) -> None:
        if said["response"].get("fromDiskCache") or said["response"].get("fromPrefetchCache"):
            self.kept.add(said["requestId"])

    def _ends(self, said: dict[str, Any]) -> None:
        if said["requestId"] in self.asked and said["requestId"] not in self.kept:
            self.bytes += said["encodedDataLength"]

    @property
    def requests(self) -> int:
        """How many were really asked for."""
        return len(self.asked.keys() - self.kept)

    @property
    def elsewhere(self) -> int:
        """How many went to another host."""
        return len([one for one in self.asked.values() if urlsplit(one).netloc != self.host])


def measure(ground: Ground) -> list[Result]:
    """Look at every kind of page twice, in a browser that has never been there."""
    place = ground.place(ground.databases[0])
    pages = dict.fromkeys(OPEN_PAGES if ground.size.apart else OPEN_PAGES[:1], "")
    if ground.size.apart:
        settings = Settings.from_environ(place.environ)
        fill_demo(settings)
        with place.inside():
            session = _session_of("maya@example.org")
        pages |= dict.fromkeys(SIGNED_IN, place.cookie(session))
    with served(place.made, ground.size) as port, camera.chromium() as browser:
        views = {path: twice(browser, port, path, cookie) for path, cookie in pages.items()}
    return [found for path, pair in views.items() for found in _results(path, *pair)]


def _session_of(address: str) -> str:
    person_id = db.session.scalars(
        db.select(Person.id).where(Person.address_index == index_of(address))
    ).one()
    return begin_session(person_id, keep=True, now=filling.today())


def _results(path: str, first: View, again: View) -> list[Result]:
    of = " of a document" if path in DOCUMENTS else ""
    size, count = GOALS[f"first view{of}"], GOALS[f"requests{of}"]
    return [
        Result(f"{path}, first view", "", first.bytes / 1000, "kB", goal=size),
        Result(f"{path}, repeat view", "", again.bytes / 1000, "kB", goal=GOALS["repeat view"]),
        Result(f"{path}, requests", "", first.requests, "requests", goal=count),
        Result(f"{path}, to others", "", first.elsewhere, "requests", goal=GOALS["third parties"]),
    ]


def twice(browser: Browser, port: int, path: str, cookie: str) -> tuple[View, View]:
    """Look at a page twice in a browser without anything from there but a session."""
    context = browser.new_context()
    name, _, value = cookie.partition("=")
    if cookie:
        context.add_cookies([{"name": name, "value": value, "domain": "127.0.0.1", "path": "/"}])
    page = context.new_page()
    views = []
    for _time in range(2):
        wire = context.new_cdp_session(page)
        view = View(f"127.0.0.1:{port}")
        wire.send("Network.enable")
        view.listen(wire)
        answer = page.goto(f"http://127.0.0.1:{port}{path}", wait_until="networkidle")
        if answer is None or answer.status != 200 or urlsplit(page.url).path != path:
            raise RuntimeError(f"{path}: {answer.status if answer else None}, {page.url}")
        wire.detach()
        views.append(view)
        page.goto("about:blank")
    context.close()
    return views[0], views[1]
