"""What a German reader sees is German throughout, and set as German is (guide 3)."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from flask import Flask
from flask.testing import FlaskClient
from gallery import worlds
from gallery.shapes import State
from gallery.states import shown_in
from manners import manners

# Words that no German sentence has; one of them gives away that a sentence was left in English.
ENGLISH = re.compile(
    r"\b(?:the|you|your|yours|and|with|of|is|are|it|this|that|both|what|when|who|not|to|for|from|"
    r"by|only|on|or|be|they|their|can|has|have|at|as|my|me|yes|open|close|save|back|next|page)\b",
    re.IGNORECASE,
)
EMPTY = {"input", "br", "hr", "img", "meta", "link", "path", "circle", "rect", "line", "use", "wbr"}
LABELS = ("aria-label", "title", "placeholder", "alt")
REFUSED = 400
# Places that have no other name in German.
PLACES = {"Port of Spain", "Isle of Man"}
OPERATOR = "the people next door"


class German(FlaskClient):
    """A browser that asks for German."""

    def __init__(self, app: Flask, *rest: object, **more: object) -> None:
        super().__init__(app, *rest, **more)
        self.environ_base["HTTP_ACCEPT_LANGUAGE"] = "de"


class Said(HTMLParser):
    """What a page says, and apart from it what the two wrote or what is quoted from elsewhere."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.language = ""
        self.ours: list[str] = []
        self.theirs: list[str] = []
        self._open: list[tuple[str, bool]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "html":
            self.language = given.get("lang") or ""
        elsewhere = tag in {"script", "style", "textarea", "code", "svg"} or (
            given.get("dir") == "auto" or given.get("lang", "de") != "de"
        )
        if not elsewhere:
            for name in LABELS:
                self.handle_data(given.get(name) or "")
        if tag not in EMPTY:
            self._open.append((tag, elsewhere and tag != "html"))

    def handle_endtag(self, tag: str) -> None:
        while any(one == tag for one, _quiet in self._open) and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if text := " ".join(data.split()):
            quiet = any(quiet for _tag, quiet in self._open)
            (self.theirs if quiet else self.ours).append(text)


def asked_for() -> list[State]:
    """Return of every page the state that comes first, and the first that refuses in each way."""
    here = shown_in("de")
    first = {(state.page, max(state.status, REFUSED)): state for state in reversed(here)}
    return [state for state in here if state in first.values()]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Said]:
    with worlds.built(tmp_path_factory.mktemp("german") / "gallery", language="de") as gallery:
        gallery.app.test_client_class = German
        asked = {state.key: gallery.ask(state) for state in asked_for()}
    return {
        key: Said(answer.text) for key, answer in asked.items() if answer.mimetype == "text/html"
    }


def own_words_out(page: Said) -> list[str]:
    """Return what a page says without what stands in it of the two's own words."""
    words = sorted({one for one in page.theirs if len(one) > 3}, key=len, reverse=True)
    known = re.compile("|".join(map(re.escape, (OPERATOR, *words))))
    return [known.sub("…", text) for text in page.ours]


def sounds_english(text: str) -> bool:
    return bool(ENGLISH.search(text)) and text not in PLACES


def test_no_sentence_is_left_in_english(pages: dict[str, Said]) -> None:
    assert len(pages) > 80
    assert {key: page.language for key, page in pages.items() if page.language != "de"} == {}
    left = {
        key: found
        for key, page in pages.items()
        if (found := [one for one in own_words_out(page) if sounds_english(one)])
    }
    assert left == {}


def test_pages_speak_as_the_house_speaks_in_german(pages: dict[str, Said]) -> None:
    bad = {
        (key, one): found
        for key, page in pages.items()
        for one in own_words_out(page)
        if (found := list(manners(one, "de")))
    }
    assert bad == {}


def test_quotes_are_paired_and_no_hour_is_said_twice(pages: dict[str, Said]) -> None:
    texts = [one for page in pages.values() for one in page.ours]
    assert [one for one in texts if re.search(r"Uhr\s+Uhr|\bum\s+um\b|\bam\s+am\b", one)] == []
    assert [one for one in texts if one.count("„") != one.count("“")] == []
