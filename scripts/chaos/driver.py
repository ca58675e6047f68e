"""One person who lives: what they open, send and write, one thing after the other."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import TYPE_CHECKING

from chaos.browser import Answer, Browser, Lost, filled
from chaos.journal import CANARY, Journal, Outcome, Saw, Signed, Talked, Wished, Wrote
from chaos.mailbox import Mailbox
from chaos.population import Person
from tests.cast import PASSWORD

if TYPE_CHECKING:
    from chaos.service import Victim

Act = Callable[["Driver"], None]


@dataclass
class Press:
    """A press under way: when it began, and what became of it."""

    began: float
    outcome: Outcome = "lost"

    @property
    def times(self) -> tuple[float, float]:
        """From when to when."""
        return self.began, time.time()


@dataclass
class Driver:
    """A person at a browser of their own."""

    person: Person
    service: Victim
    journal: Journal
    mailbox: Mailbox
    random: Random
    browser: Browser
    ended: threading.Event = field(default_factory=threading.Event)
    # Whether it is time to part, and whether they have.
    may_leave: threading.Event = field(default_factory=threading.Event)
    has_left: bool = False
    tried_to_erase: bool = False

    def live(self, acts: dict[Act, int], leave: Act, pause: tuple[float, float]) -> None:
        """Do one thing after the other until told to stop; for a thread of its own."""
        chosen, weights = list(acts), list(acts.values())
        while not self.ended.wait(self.random.uniform(*pause)):
            leaves = self.person.leaves and not self.has_left and self.may_leave.is_set()
            act = leave if leaves else self.random.choices(chosen, weights)[0]
            try:
                act(self)
            except Lost:
                # Somebody has just been killed: people try again in a moment.
                self.ended.wait(0.5)

    def see(self, path: str) -> Answer:
        """Look at a page, signing in where that is asked for; note what stands on it."""
        began = time.time()
        answer = self.browser.get(path)
        if answer.status in {302, 303} and "/signin" in answer.location:
            self.sign_in()
            began, answer = time.time(), self.browser.get(path)
        found = sorted(set(CANARY.findall(answer.text)))
        now = self.service.now().timestamp()
        self.journal.add(Saw(self.person.name, began, time.time(), path, now, found))
        return answer

    def sign_in(self) -> None:
        """Sign in to stay signed in on this device."""
        form = self.browser.get("/signin").form("/signin")
        if form is None:
            return
        typed = {"address": self.person.address, "password": PASSWORD, "keep": "y"}
        self.browser.post("/signin", filled(form, typed))

    def press(self, page: Answer, action: str, typed: dict[str, str], **more: str) -> Press | None:
        """Fill in a form of a page and send it; None where there is no such form.

        In `more` is the button that is pressed, by its name.
        """
        button = next(iter(more.items()), None)
        form = page.form(action, button)
        if form is None:
            return None
        done = Press(time.time())
        try:
            answer = self.browser.post(action, filled(form, typed, button))
            done.outcome = answer.outcome
            self._note_page(action, done.began, answer)
        except Lost:
            pass
        return done

    def _note_page(self, path: str, began: float, answer: Answer) -> None:
        found = sorted(set(CANARY.findall(answer.text)))
        now = self.service.now().timestamp()
        self.journal.add(Saw(self.person.name, began, time.time(), path, now, found))

    def wrote(self, press: Press | None, kind: str, canary: str, place: str = "") -> None:
        """Note words that were sent."""
        if press is not None:
            entry = Wrote(self.person.name, *press.times, press.outcome, kind, canary, place)
            self.journal.add(entry)

    def wished(self, press: Press | None, wish: str) -> None:
        """Note a wish about letters or the link."""
        if press is not None:
            self.journal.add(Wished(self.person.name, *press.times, press.outcome, wish))

    def signed(self, press: Press | None, read_hash: str) -> None:
        """Note a name under a text."""
        if press is not None:
            self.journal.add(Signed(self.person.name, *press.times, press.outcome, read_hash))

    def talked(self, press: Press | None, what: str, at: datetime) -> None:
        """Note what was said about a talk's time."""
        if press is not None:
            entry = Talked(self.person.name, *press.times, press.outcome, what, at.timestamp())
            self.journal.add(entry)
