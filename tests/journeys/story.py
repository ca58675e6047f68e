"""A story: people with browsers of their own, letters that arrive, time that moves."""

from __future__ import annotations

import re
import time
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.journeys import watching
from tests.journeys.service import Service, until
from tests.servers import SmtpPeer

PHONE = (390, 844)
DESKTOP = (1280, 900)
PASSWORD = "tulips on the landing"
# Whether a click leads to another page: a link does, and a button whose form may be sent. What
# only waits for the page to be loaded would look at the old page, which is.
LEAVES = """one => one.form
  ? one.type === 'submit'
    && (one.formNoValidate || one.form.noValidate || one.form.checkValidity())
  : Boolean(one.href) && !one.target"""


@dataclass
class Reader:
    """One person at one browser of their own: cookies, size, with or without scripts."""

    story: Story
    context: BrowserContext
    page: Page
    watch: watching.Watch
    scripts: bool

    def open(self, path: str) -> None:
        """Type an address."""
        self.page.goto(path if path.startswith("http") else self.story.service.url + path)
        self.watch.check()

    def press(self, name: str | re.Pattern[str], within: Locator | None = None) -> None:
        """Press a button by its name."""
        self._click((within or self.page).get_by_role("button", name=name))

    def follow(self, name: str | re.Pattern[str], within: Locator | None = None) -> None:
        """Follow a link of the page's content by its name."""
        self._click((within or self.page.locator("main")).get_by_role("link", name=name).first)

    def _click(self, target: Locator) -> None:
        """Click; where that leaves the page, go on only once the next one is there."""
        leaves = target.evaluate(LEAVES)
        with self.page.expect_navigation() if leaves else nullcontext():
            target.click()
        self.watch.check()

    def write(self, label: str | re.Pattern[str], text: str) -> None:
        """Type into a field by its label."""
        self.page.get_by_label(label, exact=isinstance(label, str)).fill(text)

    def choose(self, label: str | re.Pattern[str], value: str) -> None:
        """Choose an option of a select by its label."""
        self.page.get_by_label(label).select_option(value)

    def tick(
        self, name: str | re.Pattern[str], role: Any = "radio", within: Locator | None = None
    ) -> None:
        """Choose a radio button or tick a box: what people press is its label."""
        box = (within or self.page.locator("main")).get_by_role(role, name=name)
        box.locator("xpath=ancestor::label[1]").click()
        expect(box).to_be_checked()

    def sees(self, text: str | re.Pattern[str]) -> None:
        """Expect a text somewhere in the page's content."""
        expect(self.page.locator("main")).to_contain_text(text)

    def does_not_see(self, *texts: str) -> None:
        """Expect that none of these texts stands anywhere in the page."""
        content = self.page.content()
        for text in texts:
            assert text not in content, f"{text!r} stands on {self.page.url}"

    def at(self, path: str | re.Pattern[str]) -> None:
        """Expect an address."""
        expect(self.page).to_have_url(
            path if isinstance(path, re.Pattern) else self.story.service.url + path
        )

    def look(self, name: str) -> None:
        """Look at the page as every page is looked at; each kind of page once."""
        self.watch.check()
        watching.check_manners(self.page)
        if not self.scripts or name in self.story.looked_at:
            return
        self.story.looked_at.add(name)
        watching.check_accessibility(self.page)
        watching.check_stores(self.page)
        watching.check_width(self.page)
        watching.take_pictures(self.page, name)
        self.watch.check()

    def show(self, name: str) -> None:
        """Look at one more state of a kind of page: everything but the slow check."""
        self.watch.check()
        watching.check_manners(self.page)
        if self.scripts and name not in self.story.looked_at:
            self.story.looked_at.add(name)
            watching.check_width(self.page)
            watching.take_pictures(self.page, name)
            self.watch.check()

    def close(self) -> None:
        """Close the browser; nothing must have gone wrong in it."""
        self.watch.check()
        self.context.close()


@dataclass
class Story:
    """One journey through one service."""

    service: Service
    peer: SmtpPeer
    browser: Browser
    readers: list[Reader] = field(default_factory=list)
    looked_at: set[str] = field(default_factory=set)

    def reader(self, *, scripts: bool = True, size: tuple[int, int] = PHONE) -> Reader:
        """Open a fresh browser: no cookies, nothing remembered."""
        context = self.browser.new_context(
            java_script_enabled=scripts,
            viewport={"width": size[0], "height": size[1]},
            locale="en-GB",
            timezone_id="Europe/Berlin",
            is_mobile=False,
        )
        context.set_default_timeout(10_000)
        page = context.new_page()
        watch = watching.Watch(self.service.url.removeprefix("http://"))
        watch.over(page)
        reader = Reader(self, context, page, watch, scripts)
        self.readers.append(reader)
        return reader

    def letter(self, address: str, subject: str = "", nth: int = 1) -> EmailMessage:
        """Wait for the nth letter to an address whose subject contains a text."""

        def arrived() -> list[EmailMessage]:
            found = self.letters(address, subject)
            return found if len(found) >= nth else []

        got = [(one["To"], one["Subject"]) for one in self.peer.messages]
        what = f"letter {nth} with {subject!r} to {address}; before there were {got}"
        return until(arrived, what)[nth - 1]

    def letters(self, address: str, subject: str = "") -> list[EmailMessage]:
        """Return what has come to an address, oldest first."""
        return [one for one in self.peer.to(address) if subject in str(one["Subject"])]

    def move_to(self, instant: datetime) -> None:
        """Move time, once everything due has been done."""
        self.settle()
        assert instant > self.service.now(), "time only moves forward"
        self.service.move_to(instant)

    def move_on(self, **step: float) -> None:
        """Move time by some hours or days."""
        self.move_to(self.service.now() + timedelta(**step))

    def settle(self, ticks: float = 0) -> None:
        """Wait until no letter is due, after so many seconds for the clock to look around."""
        time.sleep(ticks)
        until(self.service.is_quiet, f"a quiet outbox; the log says:\n{self.service.log()}")


def plain_text(message: EmailMessage) -> str:
    """Return the text part of a letter."""
    part = message.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def link_in(message: EmailMessage, path: str = "") -> str:
    """Return the first link of a letter whose path begins so; both parts must carry it."""
    found = re.search(rf"https?://[^\s/]+{path}[^\s<>\"]*", plain_text(message))
    assert found, plain_text(message)
    html = message.get_body(("html",))
    assert html is not None
    assert found[0].partition("?")[0] in str(html.get_content())
    return found[0]
