"""Every page a person comes to by links, at 320 pixels, where both names are one wide word."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest

from couples import demo
from couples.accounts.models import Person
from couples.db import db
from couples.demo.story import ADDRESSES
from tests.journeys import watching
from tests.journeys.story import Reader, Story

pytestmark = pytest.mark.browser

WIDE = {"Maya": "WMWMWWMWWMWWWMWMWMWMWWWWM", "Jonas": "OtherMWWMWWMWWMWWWMWMWMWM"}
# Of pages that differ in an id or a number only, so many; files and ways out are no pages.
ALIKE = 3
NO_PAGES = re.compile(r"exit|signout|calendar|\.(pdf|csv|ics|json)|/csv|/pdf")
LINKS = (
    "() => [...document.querySelectorAll('a[href^=\"/\"]')].map(one => one.pathname + one.search)"
)
OPEN_ALL = "document.querySelectorAll('details').forEach(one => one.open = true)"


def demo_with_wide_names(story: Story) -> str:
    """Fill in the demo couple, rename both, and return their password."""
    with story.service.inside():
        logins = demo.fill(story.service.now())
        for person in db.session.scalars(db.select(Person)):
            person.name = WIDE[person.name]
        db.session.commit()
    return logins.password


def sign_in(reader: Reader, name: str, password: str) -> None:
    """Sign in as one of them."""
    reader.open("/signin")
    reader.write("Email", ADDRESSES[name])
    reader.write("Password", password)
    reader.press("Sign in")


def kind(path: str) -> str:
    """Return what pages of one kind have in common: the path without ids, numbers and query."""
    return re.sub(r"/([A-Za-z0-9_-]{22}|\d+)(?=/|$)", "/*", urlsplit(path).path)


def walk(reader: Reader) -> list[str]:
    """Follow every link from page to page; each page must fit. Return the paths."""
    seen: dict[str, list[str]] = {}
    waiting = [urlsplit(reader.page.url).path]
    while waiting:
        path = waiting.pop(0)
        alike = seen.setdefault(kind(path), [])
        if path in alike or len(alike) == ALIKE or NO_PAGES.search(path):
            continue
        alike.append(path)
        reader.open(path)
        reader.page.evaluate(OPEN_ALL)
        watching.check_width(reader.page)
        waiting += reader.page.evaluate(LINKS)
    return [path for alike in seen.values() for path in alike]


def test_no_page_is_wider_than_a_phone_whatever_the_names(story: Story) -> None:
    password = demo_with_wide_names(story)
    for name in WIDE:
        reader = story.reader(size=(320, 700))
        sign_in(reader, name, password)
        paths = walk(reader)
        assert len(paths) > 40, paths
        assert {"/overview", "/talks", "/settings", "/doc"} <= set(paths), paths
