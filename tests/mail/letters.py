"""One example of each letter of the product in each of its wordings, and how to read it."""

from __future__ import annotations

import email
import email.policy
from datetime import UTC, date, datetime
from email.message import EmailMessage
from html.parser import HTMLParser
from typing import Any

from couples.mail.letter import Letter, letter_from, settings
from couples.mail.message import mime
from couples.mail.models import OutboxLetter

HOST = "https://pages.example.org"
NOW = datetime(2026, 9, 1, 12, tzinfo=UTC)
CLOSES = datetime(2026, 9, 6, 18, tzinfo=UTC)
BY_THE_CLOCK = {
    "name": "Maya",
    "change_url": f"{HOST}/settings/letters",
    "pause_url": f"{HOST}/settings/pause",
    "stop_url": f"{HOST}/stop/token",
    "one_click_url": f"{HOST}/stop/token",
}
WEEK: dict[str, Any] = {**BY_THE_CLOCK, "link": f"{HOST}/week/token", "closes": CLOSES}
OVERVIEW: dict[str, Any] = {**BY_THE_CLOCK, "link": f"{HOST}/overview"}
REVIEW: dict[str, Any] = {**BY_THE_CLOCK, "link": f"{HOST}/doc", "day": date(2027, 1, 10)}
CHANGED: dict[str, Any] = {"name": "Maya", "at": CLOSES, "link": f"{HOST}/reset"}

# Example name: (template, values).
ACCOUNT: dict[str, tuple[str, dict[str, Any]]] = {
    "confirm": ("confirm", {"link": f"{HOST}/confirm/token", "closes": CLOSES}),
    "already": ("already", {"link": f"{HOST}/signin"}),
    "reset": ("reset", {"name": "Maya", "link": f"{HOST}/reset/token", "closes": CLOSES}),
    "changed-address": ("changed", {**CHANGED, "what": "address"}),
    "changed-signin": ("changed", {**CHANGED, "what": "signin"}),
    "invite": ("invite", {"link": f"{HOST}/join/token", "closes": CLOSES}),
}


def _wordings() -> dict[str, tuple[str, dict[str, Any]]]:
    """Return every letter by the clock: discreet and plain, of a weekly rhythm and of others."""
    found: dict[str, tuple[str, dict[str, Any]]] = {"look_in": ("look_in", OVERVIEW)}
    for plain in ("", "-plain"):
        found[f"review{plain}"] = ("review", {**REVIEW, "plain": bool(plain)})
        for weekly in ("", "-weekly"):
            how = {"plain": bool(plain), "weekly": bool(weekly)}
            for kind, values in (("open", WEEK), ("reminder", WEEK), ("closed", OVERVIEW)):
                found[f"{kind}{weekly}{plain}"] = (kind, {**values, **how})
    return found


CLOCK = _wordings()
EXAMPLES = {**ACCOUNT, **CLOCK}
PLAIN = {name for name in EXAMPLES if name.endswith("-plain")}
DISCREET = sorted(set(EXAMPLES) - PLAIN)


def example(
    name: str, /, language: str = "en", zone: str = "Europe/Berlin", **changes: Any
) -> Letter:
    """Compose one example."""
    template, values = EXAMPLES[name]
    row = OutboxLetter(id="AbCdEfGhIjKlMnOpQrStU_", kind=template)
    return letter_from(row, template, "maya@example.org", language, zone, **{**values, **changes})


def message(letter: Letter) -> EmailMessage:
    """Read a letter as a mail program does."""
    parsed = email.message_from_bytes(
        mime.as_bytes(letter, settings(), NOW), policy=email.policy.default
    )
    assert isinstance(parsed, EmailMessage)
    return parsed


class Text(HTMLParser):
    """The words of an HTML page, in the order in which they are read, and its blocks apart."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.blocks: list[str] = []
        self.silent = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _value in attrs}
        self.silent = tag == "style"
        self.links += [value or "" for name, value in attrs if name == "href"]
        if tag in {"p", "h1", "td", "div", "title"}:
            self.blocks.append("")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            words = data.replace("\u034f", "").replace("\u200c", "")
            self.words += words.split()
            self.blocks[-1:] = [f"{self.blocks[-1]}{words}" if self.blocks else words]
