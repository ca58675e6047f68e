"""Twelve rounds, twenty-six or all: the links, what the page says of it, and the file (O4)."""

from __future__ import annotations

import csv
import io
import re

import pytest
from flask.testing import FlaskClient

from couples import clock
from couples.dashboard import rules
from tests.cast import Cast, sign_in
from tests.dashboard.half_a_year import Answer, after, write

ROUNDS = 30


@pytest.fixture
def months(client: FlaskClient, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """Maya's browser after thirty weeks, in the fourth of which Jonas did not answer."""
    write(cast, [(Answer(3 + n % 3), None if n == 3 else Answer(5)) for n in range(ROUNDS)])
    monkeypatch.setattr(clock, "now", lambda: after(ROUNDS))
    sign_in(client, cast.maya, after(ROUNDS))
    return client


def current(page: str) -> list[str]:
    return re.findall(r'aria-current="true">(\d* ?\w+)</a>', page.split("<figure", 1)[0])[-1:]


def rows(page: str) -> int:
    return page.count('<tr id="d')


def test_each_range_shows_its_rounds_and_the_links_say_which(months: FlaskClient) -> None:
    for query, shown, name in (
        ("", 12, "12 weeks"), ("?rounds=26", 26, "26 weeks"), ("?rounds=all", ROUNDS, "All"),
        ("?rounds=nonsense", 12, "12 weeks"), ("?rounds=-1", 12, "12 weeks"),
    ):  # fmt: skip
        page = months.get(f"/overview{query}").text

        assert rows(page) == shown and current(page) == [name]
        assert 'href="/overview?rounds=26"' in page and 'href="/overview?rounds=all"' in page


def test_O4_the_file_follows_the_range_and_ends_with_the_sentence(months: FlaskClient) -> None:
    page = months.get("/overview?rounds=all").text
    assert 'href="/overview/numbers.csv?rounds=all"' in page

    for query, shown in (("", 12), ("?rounds=26", 26), ("?rounds=all", ROUNDS)):
        text = months.get(f"/overview/numbers.csv{query}").text
        heading, *found, said = csv.reader(io.StringIO(text.lstrip("\ufeff")))
        numbers = [row for row in found if row[1]]

        assert heading[0] == "Week of" and len(numbers) == shown
        assert said[0] == "" and said[-1].startswith("Maya ") and "<" not in said[-1]
        assert numbers[-1][0] == "2026-09-24"


def test_the_page_says_where_marks_are_left_out_and_every_answer_stays(
    months: FlaskClient,
) -> None:
    said = "Where marks would touch, some are left out"

    assert said not in months.get("/overview").text
    assert said in months.get("/overview?rounds=all").text
    assert "All 30 weeks." in months.get("/overview?rounds=all").text


def test_every_round_that_can_be_read_leads_to_its_row(months: FlaskClient) -> None:
    for query in ("", "?rounds=26", "?rounds=all"):
        page = months.get(f"/overview{query}").text
        leads = set(re.findall(r'href="#(d[0-9-]+)"', page))

        assert leads and leads <= set(re.findall(r'<tr id="(d[0-9-]+)"', page))


@pytest.mark.parametrize(
    ("rounds", "offered"), [(0, ""), (12, ""), (13, "12 26"), (26, "12 26"), (27, "12 26 all")]
)
def test_a_range_is_offered_only_where_there_are_more_rounds(rounds: int, offered: str) -> None:
    assert " ".join(rules.ranges_of(rounds)) == offered
