"""Nobody else spells or remembers what people write: every field of every page says so (D9)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from tests.routes import FORMS, TABLE
from tests.stage import Stage
from tests.test_bad_input import address
from tests.test_check_patterns import TEMPLATES

PEOPLE = (None, "Maya", "Jonas", "Ines", "Noor", "Bert")
# What a browser may fill in by itself, because it isn't said to anybody in confidence.
FILLED_IN = {"name": "given-name", "code": "one-time-code"}
ENDS_HERE = ("/exit", "/static", "/letters")


class Fields(HTMLParser):
    """What is wrong with the fields of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.count, self.wrong, self.asks = 0, list[str](), False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one element."""
        given = dict(attrs)
        if tag == "form":
            self.asks = (given.get("method") or "get").lower() == "get"
        if tag == "datalist" or "list" in given or given.get("contenteditable"):
            self.wrong.append(f"{tag} offers what was written before, or is no field")
        if tag == "textarea" or (
            tag == "input" and given.get("type", "text") in {"text", "search"}
        ):
            self._look(given)

    def _look(self, given: dict[str, str | None]) -> None:
        self.count += 1
        name = given.get("name") or "?"
        if given.get("spellcheck") != "false":
            self.wrong.append(f"{name} may be sent away for its spelling")
        if given.get("autocomplete") not in {"off", FILLED_IN.get(name, "off")}:
            self.wrong.append(f"{name} may be remembered by the browser")
        if self.asks:
            self.wrong.append(f"{name} would become part of an address")


def pages(stage: Stage) -> dict[str, str | None]:
    """Return every page there is with somebody who has it, with its form where it has one."""
    found = {address(stage, page): who for who, page in FORMS.values() if who != "nobody"}
    return {**dict(_others(stage)), **found}


def _others(stage: Stage) -> Iterator[tuple[str, str | None]]:
    for line in TABLE.strip().splitlines():
        method, rule, *rest = line.split()
        kind, gives = "".join(rest[:-6]).replace("_", " "), rest[-6:]
        if method == "GET" and "200" in gives and not rule.startswith(ENDS_HERE):
            yield address(stage, rule, kind), PEOPLE[gives.index("200")]


def test_D9_no_field_of_own_words_is_spelled_elsewhere_or_remembered(stage: Stage) -> None:
    count, wrong = 0, []
    for path, who in pages(stage).items():
        answer = stage.browser(who).get(path)
        if answer.mimetype == "text/html" and answer.status_code == 200:
            found = Fields(answer.text)
            count += found.count
            wrong += [f"{path}: {one}" for one in found.wrong]
    assert wrong == []
    assert count > 30


def test_D9_the_look_at_fields_finds_what_is_wrong() -> None:
    right = '<form method="post"><textarea name="words" spellcheck="false" autocomplete="off">'
    assert Fields(right).wrong == []
    for bad in (
        right.replace(' spellcheck="false"', ""),
        right.replace('"false"', '"true"'),
        right.replace(' autocomplete="off"', ""),
        right.replace('"off"', '"on"'),
        right.replace("post", "get"),
        right.replace("textarea", "input").replace(' spellcheck="false"', ""),
        f"{right}</textarea><datalist id=earlier>",
    ):
        assert Fields(bad).wrong, bad


def test_D9_fields_on_pages_of_rare_moments_say_so_in_the_templates_too() -> None:
    rule = TEMPLATES.ON_PAGES["own words for others to spell"]
    assert re.search(rule, '<textarea class="inp" rows="4">')
    assert re.search(rule, '<input type="text" name="words">')
    assert not re.search(rule, '<textarea class="inp" spellcheck="false">')
