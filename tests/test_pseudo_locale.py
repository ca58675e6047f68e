"""Every word of ours goes through the translations: in a made-up language none is left over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from couples import languages
from couples.accounts.models import Person
from couples.db import db
from couples.help_lines import BUNDLED, read
from tests import pseudo
from tests.mail.letters import EXAMPLES, example
from tests.stage import Stage
from tests.world import PEOPLE

HREF = re.compile(r'href="(/[^"#]*)"')
DOORS = ("/", "/signin", "/signup", "/reset", "/join", "/how", "/help", "/privacy", "/nothing")
ROOMS = ("/overview", "/doc", "/week", "/talks", "/private", "/settings", "/start")
# Maya has signed, Noor writes, Ines invites, Rosa can open, Ada has parted.
WHO = (None, "Maya", "Noor", "Ines", "Rosa", "Ada")
# Of pages that differ in an id or a number only, one; ways out and files are no pages.
NO_PAGES = re.compile(r"/(exit|signout|static)|\.(pdf|csv|ics|json)$")
# What pages show that nobody words: names, places, addresses, and codes of this very run.
NAMES = (*PEOPLE, "Facing Pages", "Pages", "localhost", "Berlin", "UTC", "The phone")
CODES = re.compile(r"https?://\S+|\S+@\S+|\b[0-9a-f]{12}\b|\b[0-9A-Z]{4}(-[0-9A-Z]{4})+\b")
# A person's own words without a mark of their own, since they end a sentence nobody sees.
AFTER_A_LABEL = frozenset(
    {
        "Time just us.", "The car.", "More notice before plans.", "How was Tuesday?",
        "Did we laugh?",
    }
)  # fmt: skip


@pytest.fixture
def made_up(stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    """Return the world, in which everybody reads a language that nobody speaks."""
    monkeypatch.setitem(languages.WRITTEN_AS, pseudo.LEFT, pseudo.LEFT)
    with pseudo.spoken_in(stage.app, tmp_path, pseudo.LEFT):
        db.session.execute(update(Person).values(language=pseudo.LEFT))
        db.session.commit()
        yield stage


def kind(path: str) -> str:
    """Return what pages of one kind have in common: the path without ids, numbers and query."""
    return re.sub(r"/([A-Za-z0-9_.-]{20,}|\d+)(?=/|$)", "/*", urlsplit(path).path)


def pages(browser: FlaskClient) -> Iterator[tuple[str, str]]:
    """Give every kind of page somebody comes to by links."""
    waiting, seen = [*DOORS, *ROOMS], set[str]()
    while waiting:
        path = waiting.pop(0)
        if kind(path) in seen or NO_PAGES.search(path):
            continue
        seen.add(kind(path))
        answer = browser.get(path, headers={"Accept-Language": pseudo.LEFT})
        if answer.mimetype == "text/html" and not answer.location:
            yield path, answer.text
            waiting += [found.replace("&amp;", "&") for found in HREF.findall(answer.text)]


def known() -> set[str]:
    """Return every name a page may show as it is."""
    lines = read(BUNDLED).lines
    return {*NAMES, *(word for line in lines for word in (line.name, line.country, line.url))}


def left_over(page: str) -> list[str]:
    """Return what of a page was not translated."""
    found = pseudo.plain_words(page, known())
    return [
        one for one in found
        if one.lstrip(": ") not in AFTER_A_LABEL
        and list(pseudo.plain_words(CODES.sub("", one), known()))
    ]  # fmt: skip


@pytest.mark.parametrize("name", WHO)
def test_no_page_says_a_word_that_cannot_be_translated(made_up: Stage, name: str | None) -> None:
    found, count = list[str](), 0
    for path, page in pages(made_up.browser(name)):
        count += 1
        assert "⟦" in page, path
        found += [f"{path}: {one}" for one in left_over(page)]
    assert count >= (8 if name is None else 20), count
    assert not found, "\n".join(found)


def test_no_letter_says_a_word_that_cannot_be_translated(made_up: Stage) -> None:
    for name in EXAMPLES:
        letter = example(name, language=pseudo.LEFT)
        assert "⟦" in letter.subject, name
        # Where a link leads is said in angle brackets by nothing, and in the text by itself.
        text = "".join(f"<p>{CODES.sub('', line)}</p>" for line in letter.text.splitlines())
        assert list(pseudo.plain_words(text, known())) == left_over(letter.html) == [], name


def test_the_made_up_language_finds_what_was_forgotten(made_up: Stage) -> None:
    said = pseudo.said("All is <b>well</b>, %(name)s.") % {"name": "Maya"}
    page = f"<html lang=el><p>{said}</p>"
    assert left_over(page) == []
    assert left_over(page + "<p>Saved.</p>") == ["Saved."]
    assert left_over(page + '<button aria-label="Close"></button>') == ["Close"]
    assert left_over(page + '<p dir="auto">My own words.</p>') == []
    said = pseudo.said("%(num)s evenings with <b>laptops</b> shut by &amp; eight %(moment)s.")
    assert {"%(num)s", "<b>", "</b>", "&amp;", "%(moment)s"} <= set(pseudo.KEPT.findall(said))
