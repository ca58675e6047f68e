"""What is looked at on every page: policy, foreign hosts, errors, accessibility, width."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import axe_playwright_python
from manners import TOLD
from playwright.sync_api import ConsoleMessage, Page, Request, Response, ViewportSize

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# What may be wrong in one scheme and right in the other: everything else is the same page.
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
RUN = "axe.run(document, {{runOnly: {}, preload: false, resultTypes: ['violations']}})"
LOOKS: tuple[tuple[Literal["light", "dark"], object], ...] = (("light", TAGS), ("dark", COLOURS))
NARROW: ViewportSize = {"width": 320, "height": 640}
WIDTHS = (390, 1280)
RANDOM_PARTS = re.compile(r"[\w.-]{22,}", re.ASCII)
FORBIDDEN_IN_TITLES = re.compile("|".join(TOLD.values()), re.IGNORECASE)


@dataclass
class Watch:
    """Collects what must not happen on any page of one browser."""

    host: str
    faults: list[str] = field(default_factory=list)
    # Statuses of our own error pages that a step is about to meet on purpose.
    expected: set[int] = field(default_factory=set)

    def over(self, page: Page) -> None:
        """Watch one page from now on."""
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        page.on("request", self._request)
        page.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        refused = re.search(r"status of (\d{3})", message.text)
        if refused and int(refused[1]) in self.expected:
            return
        if message.type in {"error", "warning", "assert"}:
            self.faults.append(f"console {message.type}: {message.text} ({message.location})")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.netloc != self.host and parts.scheme not in {"about", "chrome-error"}:
            self.faults.append(f"request to {request.url[:120]}")

    def _response(self, response: Response) -> None:
        status = response.status
        if status >= 400 and status not in self.expected:
            self.faults.append(f"{status} for {response.request.method} {response.url}")

    def check(self) -> None:
        """Fail where something happened."""
        faults, self.faults = self.faults, []
        assert not faults, "\n".join(faults)


def check_accessibility(page: Page) -> None:
    """Run axe-core over the page as it stands, light and dark."""
    session = page.context.new_cdp_session(page)
    try:
        # By the debugger: the policy, which stays in force, forbids it to everything else.
        session.send("Runtime.evaluate", {"expression": AXE, "silent": True})
        for scheme, rules in LOOKS:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            run = {"expression": RUN.format(rules), "awaitPromise": True, "returnByValue": True}
            answer = session.send("Runtime.evaluate", run)
            _judge(page, scheme, answer)
    finally:
        page.emulate_media(color_scheme="light", reduced_motion="no-preference")
        session.detach()


def _judge(page: Page, scheme: str, answer: dict[str, Any]) -> None:
    assert "exceptionDetails" not in answer, answer
    found = [
        f"{one['id']}: {one['help']}: {node['target']} {node['html'][:160]}"
        f" {node.get('failureSummary', '')}"
        for one in answer["result"]["value"]["violations"]
        for node in one["nodes"]
    ]
    assert not found, f"{page.url} ({scheme}):\n" + "\n".join(found)


def check_width(page: Page) -> None:
    """Fail where the page scrolls sideways at 320 pixels."""
    before = page.viewport_size
    page.set_viewport_size(NARROW)
    width = page.evaluate("document.scrollingElement.scrollWidth")
    culprits = page.evaluate(
        "[...document.querySelectorAll('main *')].filter(one => one.getBoundingClientRect().right"
        " > innerWidth + 1).slice(0, 5).map(one => one.outerHTML.slice(0, 120))"
    )
    if before:
        page.set_viewport_size(before)
    assert width <= NARROW["width"], f"{page.url} is {width} wide: {culprits}"


def check_manners(page: Page) -> None:
    """Fail where a title or an address would tell somebody at a glance what this is."""
    title = page.title()
    assert title.endswith(" · Pages"), title
    assert not FORBIDDEN_IN_TITLES.search(title), title
    # What is random in an address may spell anything.
    plain = RANDOM_PARTS.sub("", urlsplit(page.url).path)
    assert not FORBIDDEN_IN_TITLES.search(plain), page.url
    assert page.locator("h1").count() == 1, f"{page.url} has {page.locator('h1').count()} h1"
    assert page.locator("a.exit").count() == 1, page.url


STORED = """async () => [
  ...Object.keys(localStorage), ...Object.keys(sessionStorage),
  ...(await indexedDB.databases()).map(one => one.name),
  ...(globalThis.caches ? await caches.keys() : []),
  ...(await navigator.serviceWorker?.getRegistrations() ?? []).map(one => one.scope),
]"""


def check_stores(page: Page) -> None:
    """Fail where a page keeps anything in the browser (checklist D7)."""
    found = page.evaluate(STORED)
    assert found == [], f"{page.url} keeps {found}"


def take_pictures(page: Page, name: str) -> None:
    """Keep what the page looks like, where PAGES_PICTURES names a folder."""
    folder = os.environ.get("PAGES_PICTURES")
    if not folder:
        return
    before = page.viewport_size
    for width in WIDTHS:
        # As high as the page, so that the bar at the bottom lies at its bottom.
        page.set_viewport_size({"width": width, "height": 844 if width < 860 else 900})
        height = page.evaluate("document.scrollingElement.scrollHeight")
        page.set_viewport_size({"width": width, "height": height})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            path = Path(folder) / f"{name}_{width}_{scheme}.png"
            page.screenshot(path=path, animations="disabled")
    page.emulate_media(color_scheme="light", reduced_motion="no-preference")
    if before:
        page.set_viewport_size(before)
