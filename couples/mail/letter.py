"""A letter: a value, composed from templates at the moment it is sent."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from flask import current_app, g
from markupsafe import escape

from couples.languages import read_as
from couples.mail.models import OutboxLetter
from couples.settings import Settings

# What differs from reader to reader; between two characters that Unicode leaves to private use.
SLOTS = ("name", "link", "change_url", "pause_url", "stop_url")
BEGIN, END = "\ue000", "\ue001"
MARK = re.compile(f"{BEGIN}([a-z_]+){END}")


Pieces = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """One email to one address, ready to be written as bytes."""

    kind: str
    to: str
    subject: str
    text: str
    html: str
    message_id: str
    one_click_url: str | None = None
    # The same bodies in pieces, where they were filled in: what all readers' letters share and what
    # is this reader's, in turn. Writing them as bytes begins with pieces that are written already.
    text_pieces: Pieces = ()
    html_pieces: Pieces = ()


class NotNow(Exception):
    """A composer's wish to be asked again at a later moment; that is no failure of the letter."""

    def __init__(self, until: datetime) -> None:
        """Keep the moment from which on the letter may go."""
        super().__init__(f"not before {until:%Y-%m-%d %H:%M}")
        self.until = until


Compose = Callable[[OutboxLetter, datetime], Letter | None]

composers: dict[str, Compose] = {}
_account_letters: set[str] = set()
_at_once: set[str] = set()


def composes(
    kind: str, *, despite_suppression: bool = False, at_once: bool = False
) -> Callable[[Compose], Compose]:
    """Register the function that composes letters of this kind.

    `despite_suppression` is for account letters: nobody shall lose their account because their
    mailbox was away for a while or called a letter unwanted. They are tried again sooner, too.
    `at_once` is for letters of which thousands go in one hour: composing looks by `look` alone, and
    so in the transaction that says the letter is being sent.

    It is called just before sending, looks everything up anew, and returns None where the letter
    is no longer wanted (unlinked, paused, answered, gone): it is cancelled then. Where it is
    wanted but not at this hour it raises NotNow. It only reads.
    """

    def register(compose: Compose) -> Compose:
        if composers.setdefault(kind, compose) is not compose:
            raise ValueError(f"letters of kind {kind} are composed twice")
        if despite_suppression:
            _account_letters.add(kind)
        if at_once:
            _at_once.add(kind)
        return compose

    return register


def is_account_letter(kind: str) -> bool:
    """Whether letters of this kind were asked for just now by who waits for them."""
    return kind in _account_letters


def is_composed_at_once(kind: str) -> bool:
    """Whether letters of this kind are composed in the transaction that begins them."""
    return kind in _at_once


def letter_from(
    row: OutboxLetter,
    template: str,
    to: str,
    language: str,
    zone: str,
    *,
    one_click_url: str | None = None,
    **values: Any,
) -> Letter:
    """Render templates/email/<template>/ as its reader reads: in this language and time zone.

    `one_click_url` is what the mail program's own unsubscribe button posts to; letters that go by
    the clock have one, account letters and invites have none. `values`, described at the top of
    each body.txt, are hashable: texts, instants, dates, yes or no.
    """
    slots = {name: str(values.pop(name)) for name in SLOTS if values.get(name)}
    fixed = tuple(sorted({**_common(), **values, **_marks(slots)}.items()))
    subject, text, html = _prepared(template, language, zone, fixed)
    text = _filled(text, slots)
    html = _filled(html, {name: str(escape(value)) for name, value in slots.items()})
    return Letter(
        kind=row.kind,
        to=to,
        subject="".join(_filled(subject, slots)),
        text="".join(text),
        html="".join(html),
        message_id=message_id(row.id),
        one_click_url=one_click_url,
        text_pieces=text,
        html_pieces=html,
    )


def _marks(slots: Collection[str]) -> dict[str, str]:
    return {name: f"{BEGIN}{name}{END}" for name in slots}


def _filled(prepared: Pieces, slots: Mapping[str, str]) -> Pieces:
    """Put the values into their places, every second piece: one that looks like a mark is text."""
    filled = list(prepared)
    filled[1::2] = [slots[name] for name in prepared[1::2]]
    return tuple(filled)


@lru_cache(maxsize=512)
def _prepared(
    template: str, language: str, zone: str, fixed: tuple[tuple[str, Any], ...]
) -> tuple[Pieces, Pieces, Pieces]:
    """Render subject, text and HTML in pieces, cut where letters of two readers differ.

    Most letters of one hour differ in nothing else, and rendering costs ten times as much as all
    the rest of composing.
    """
    with _reading_as(language, zone):
        values = dict(fixed)
        values["subject"] = subject = " ".join(_render(template, "subject.txt", values).split())
        text = _render(template, "body.txt", values).strip() + "\n"
        html = _render(template, "body.html", values).strip() + "\n"
    return _cut(subject), _cut(text), _cut(html)


def _cut(rendered: str) -> Pieces:
    """Return what stands between the marks, and the names in them, in turn."""
    return tuple(MARK.split(rendered))


def message_id(row_id: str) -> str:
    """Return the Message-ID of a row's letter: the same however often it is composed."""
    return f"<{row_id}@{mail_domain(settings())}>"


def mail_domain(settings: Settings) -> str:
    """Return the domain our letters come from."""
    domain = settings.mail_from.rpartition("@")[2].strip(" >").lower()
    return settings.public_host if domain in {"", "localhost"} else domain


def settings() -> Settings:
    """Return the settings of the running application."""
    found: Settings = current_app.extensions["settings"]
    return found


@contextmanager
def _reading_as(language: str, zone: str) -> Iterator[None]:
    """Let texts and times be those of this reader, whoever's request or task this is."""
    before = {name: g.get(name) for name in ("language", "zone")}
    read_as(language, zone)
    try:
        yield
    finally:
        read_as(**before)


def _common() -> dict[str, Any]:
    found = settings()
    return {
        "short_name": found.short_name,
        "product_name": found.product_name,
        "operator": found.operator,
        "host": found.public_host,
    }


def _render(template: str, part: str, values: dict[str, Any]) -> str:
    # Not render_template: a letter knows no request, no session and no signed-in person.
    return current_app.jinja_env.get_template(f"email/{template}/{part}").render(values)
