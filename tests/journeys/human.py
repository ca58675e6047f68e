"""How long a person takes on a phone: what they do is counted, and each thing has its seconds.

The seconds are assumptions, each from something published, and none of them was measured here:

- a tap, 1.5 s: deciding to and reaching for what one sees; the keystroke-level model (Card, Moran
  and Newell 1980) has 1.1 s for pointing, and we add something for deciding
- a typed character, 0.33 s: 36 words a minute with two thumbs, the mean of 37,000 people (Palin
  and others, MobileHCI 2019)
- a read word, 0.133 s: 450 words a minute, skimming for what to do (Carver 1990); who reads every
  word takes 0.252 s: 238 words a minute (Brysbaert 2019). Both sums are printed
- the mail program, 8 s: leaving the browser, finding the letter, opening it; a guess

Somebody reads from the top of a page down to what they press, and no sentence twice.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Locator, Page

TAP, CHARACTER, SKIMMED, READ, MAIL = 1.5, 0.33, 0.133, 0.252, 8.0
PHONE = {"width": 390, "height": 844}
# The sentences of a page's content that can be seen above an element, or all of them.
ABOVE = """(main, one) => {
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  const found = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.textContent.trim(), box = node.parentElement;
    if (!text || !box.checkVisibility() || box.closest('.vh, select, script, noscript')) continue;
    const after = one && (one.contains(node)
      ? false : one.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING);
    if (!after) found.push(text);
  }
  return found;
}"""


@dataclass
class Human:
    """One person with a phone, and what they have done so far."""

    page: Page
    taps: int = 0
    typed: int = 0
    switches: int = 0
    pages: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    words: int = 0
    began: float = field(default_factory=time.monotonic)

    def open(self, url: str) -> None:
        """Open a link somebody handed over, or that a letter holds."""
        self.page.goto(url)
        self.taps += 1
        self.arrive()

    def arrive(self) -> None:
        """Note that another page is there."""
        self.page.wait_for_load_state()
        self.pages.append(self.page.url)

    def look(self, target: Locator | None = None) -> None:
        """Read what has not been read yet, down to what is wanted."""
        handle = target.element_handle() if target else None
        main = self.page.locator("main").element_handle()
        for text in self.page.evaluate(f"([main, one]) => ({ABOVE})(main, one)", [main, handle]):
            if text not in self.seen:
                self.seen.add(text)
                self.words += len(text.split())

    def tap(self, target: Locator, *, leads_on: bool = True) -> None:
        """Press something with a thumb; it has to be large enough."""
        self.look(target)
        box = target.bounding_box()
        assert box is not None
        assert box["height"] >= 44, f"{target} is {box['height']} high"
        if leads_on:
            with self.page.expect_navigation():
                target.tap()
            self.arrive()
        else:
            target.tap()
        self.taps += 1

    def type(self, label: str, text: str) -> None:
        """Type into a field; one that has the focus already costs no tap."""
        field = self.page.get_by_label(label, exact=True)
        self.look(field)
        if not field.evaluate("one => one === document.activeElement"):
            self.tap(field, leads_on=False)
        self.page.keyboard.insert_text(text)
        assert field.input_value() == text
        self.typed += len(text)

    def read_letter(self, text: str) -> None:
        """Go to the mail program and read what stands there above the link."""
        self.switches += 1
        self.words += len(text.partition("http")[0].split())

    def seconds(self, word: float = SKIMMED) -> float:
        """Return how long all this takes a person."""
        by_hand = self.taps * TAP + self.typed * CHARACTER + self.switches * MAIL
        return by_hand + self.words * word

    def report(self, who: str) -> str:
        """Return everything that was counted, in one line."""
        return (
            f"{who}: {self.taps} taps, {self.typed} characters, {self.words} words,"
            f" {self.switches} times the mail program, {len(self.pages)} pages:"
            f" {self.seconds():.0f} s, {self.seconds(READ):.0f} s if every word is read;"
            f" the machine took {time.monotonic() - self.began:.1f} s"
        )


def with_phone(browser: Browser, *, scripts: bool = True) -> Human:
    """Return somebody with a fresh browser on a phone."""
    context = browser.new_context(
        viewport={"width": PHONE["width"], "height": PHONE["height"]},
        is_mobile=True,
        has_touch=True,
        java_script_enabled=scripts,
        locale="en-GB",
        timezone_id="Europe/Berlin",
    )
    context.set_default_timeout(10_000)
    return Human(context.new_page())
