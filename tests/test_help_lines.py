"""The page of help lines: by language, an operator's own, and never silently old (D11)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from couples import help_lines
from couples.help_lines import BUNDLED, STALE_AFTER, HelpLine, HelpLines
from tests.surveys.agreed import at

CHANGES = Path(__file__).parent.parent / "CHANGELOG.md"
OWN = """
checked_on = 2026-05-01
[[line]]
name = "For everybody"
country = "Anywhere"
[[line]]
name = "A line elsewhere"
country = "Elsewhere"
languages = ["en-US"]
[[line]]
name = "A line here"
country = "Here"
languages = ["en"]
url = "https://here.example/"
"""


def day_of_this_state() -> date:
    """Return the day of the release this is, or today while it is none yet."""
    (newest,) = re.findall(r"^## (.+)$", CHANGES.read_text(encoding="utf-8"), re.MULTILINE)[:1]
    released = re.search(r"\d{4}-\d\d-\d\d", newest)
    return date.fromisoformat(released[0]) if released else datetime.now(UTC).date()


def test_D11_the_bundled_list_was_checked_in_the_year_before_a_release() -> None:
    """Fails a year after somebody last looked: compare every line, then write the new day.

    Not so for a release that has grown old: its page and `doctor` say that its list has, too.
    """
    found = help_lines.read(BUNDLED)
    assert found.checked_on is not None
    assert not found.is_stale(day_of_this_state())
    assert found.checked_on <= day_of_this_state()


def test_D11_every_language_has_lines_and_some_are_for_everybody() -> None:
    found = help_lines.read(BUNDLED).lines
    assert {"en", "en-US", "de"} <= {language for line in found for language in line.languages}
    assert any(not line.languages for line in found)
    assert all(line.url.startswith("https://") for line in found)


@pytest.mark.parametrize(
    ("language", "first"), [("en", "A line here"), ("en-US", "A line elsewhere")]
)
def test_D11_a_readers_own_lines_come_first_and_none_is_hidden(
    tmp_path: Path, language: str, first: str
) -> None:
    path = tmp_path / "lines.toml"
    path.write_text(OWN)
    names = [line.name for line in help_lines.read(path).for_reader(language)]
    assert names[:2] == [first, "For everybody"]
    assert len(names) == 3


def test_D11_an_old_list_says_so_on_the_page(app: Flask, client: FlaskClient) -> None:
    def show(checked_on: date | None) -> None:
        lines = HelpLines((HelpLine("A", "B"),), checked_on)
        app.extensions["settings"] = replace(app.extensions["settings"], help_lines=lines)

    show(date(2026, 5, 1))
    with at(datetime(2027, 5, 1, 12, tzinfo=UTC)):
        assert "Checked on 1 May 2026" in client.get("/help").text
    with at(datetime(2027, 5, 2, 12, tzinfo=UTC)):
        assert "last checked on 1 May 2026, more than a year ago" in client.get("/help").text
    show(None)
    assert "Nobody has noted when" in client.get("/help").text


def test_D11_links_tell_the_other_site_nothing(client: FlaskClient) -> None:
    page = client.get("/help").text
    assert page.count('rel="nofollow noreferrer"') >= len(help_lines.read(BUNDLED).lines)
    assert 'name="format-detection" content="telephone=no"' in page
    assert "tel:" not in page


def test_S4_the_page_depends_on_the_language_and_on_nobody(client: FlaskClient) -> None:
    pages = {
        language: client.get("/help", headers={"Accept-Language": language}).text
        for language in ("en-GB", "en-US")
    }
    british, american = (pages[one].index("National Domestic A") for one in pages)
    assert british < pages["en-GB"].index("National Domestic Violence")
    assert american > pages["en-US"].index("National Domestic Violence")


def test_a_year_is_a_year() -> None:
    assert STALE_AFTER.days == 365
