"""Nobody else's: every route × who asks. What is not theirs is what does not exist (rule S7).

A route without a row in the table fails the test. A row says whose thing the address names and
what each of six gets for it: nobody signed in, Maya (whose thing it is), Jonas (her partner), Ines
(linked to nobody), Noor (of another couple), Bert (whose link has ended).
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.pages import without_tokens
from tests.routes import TABLE
from tests.stage import Stage

WHO = (None, "Maya", "Jonas", "Ines", "Noor", "Bert")
# Things that do not exist, of the same shape as those that do.
RANDOM = {
    "version": "77",
    "back": "77",
    "code": "BCDF-GHJK-MNPQ",
    "confirm": "AAAAAAAAAAAAAAAAAAAAAA.0.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    "file": "nothing.css",
}
RANDOM |= dict.fromkeys(("reset", "week", "stop", "calendar", "address"), RANDOM["confirm"])
NO_ID = "AAAAAAAAAAAAAAAAAAAAAA"
FILE = "app.css"


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    method: str
    rule: str
    thing: str
    statuses: tuple[int, ...]

    def address(self, stage: Stage, missing: bool = False) -> str:
        """Return the address with Maya's thing in it, or with one that does not exist."""
        if not self.thing:
            return self.rule
        kind = self.thing.replace("_", " ")
        known = {**stage.world.things, "file": FILE}
        value = RANDOM.get(kind, NO_ID) if missing else known[kind]
        head, _, rest = self.rule.partition("<")
        return head + value + rest.partition(">")[2]


def _row(line: str) -> Row:
    method, rule, *rest = line.split()
    thing = rest.pop(0) if not rest[0].isdigit() else ""
    return Row(method, rule, thing, tuple(map(int, rest)))


ROWS = [_row(line) for line in TABLE.strip().splitlines()]
READING = [row for row in ROWS if row.method == "GET"]


def ask(stage: Stage, client: FlaskClient, row: Row, missing: bool = False) -> TestResponse:
    """Ask for a row's address, with nothing in the form."""
    return client.open(row.address(stage, missing), method=row.method)


def told(response: TestResponse) -> tuple[int, bytes, list[tuple[str, str]]]:
    """Return everything an answer tells, without tokens and cookies."""
    kept = [(name, value) for name, value in response.headers if name not in {"Set-Cookie", "Date"}]
    lengths = {"Content-Length"}
    return (
        response.status_code,
        without_tokens(response.data),
        [pair for pair in kept if pair[0] not in lengths],
    )


def test_every_route_has_its_row(stage: Stage) -> None:
    there = {
        (method, rule.rule)
        for rule in stage.app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    table = [(row.method, row.rule) for row in ROWS]
    assert sorted(table) == sorted(set(table))
    assert sorted(there - set(table)) == [], "new routes: write down who gets what"
    assert sorted(set(table) - there) == [], "these routes are gone"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.method} {row.rule}")
def test_S7_each_gets_what_the_table_says(stage: Stage, row: Row) -> None:
    got = []
    for name in WHO:
        stage.reset()
        got.append(ask(stage, stage.browser(name), row).status_code)
    assert tuple(got) == row.statuses


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row.thing], ids=lambda row: f"{row.method} {row.rule}"
)
def test_S7_what_is_not_theirs_is_what_does_not_exist(stage: Stage, row: Row) -> None:
    for name, status in zip(WHO, row.statuses, strict=True):
        stage.reset()
        before = stage.digest()
        missing = told(ask(stage, stage.browser(name), row, missing=True))
        assert stage.digest() == before, (
            f"{name} has changed something by a thing that is not there"
        )
        if status in {404, missing[0]}:
            there = told(ask(stage, stage.browser(name), row))
            assert there == missing, f"{name} can tell the two apart"
            assert stage.digest() == before, f"{name} has changed what is not theirs"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.method} {row.rule}")
def test_C6_who_holds_the_mailed_link_gets_nothing_else_by_it(stage: Stage, row: Row) -> None:
    if row.thing == "week":
        return
    holder, nobody = stage.browser(None), stage.browser(None)
    assert holder.get(f"/week/{stage.world.things['week']}").status_code == 200
    got = ask(stage, holder, row)
    stage.reset()
    assert got.status_code == ask(stage, nobody, row).status_code


@pytest.mark.parametrize("purpose", ["confirm", "reset", "stop"])
def test_C6_the_mailed_link_proves_nothing_elsewhere(stage: Stage, purpose: str) -> None:
    client = stage.browser(None)
    link = client.get(f"/{purpose}/{stage.world.things['week']}")
    assert link.status_code == client.get(f"/{purpose}/{RANDOM[purpose]}").status_code
    assert client.get(f"/week/{stage.world.things[purpose]}").status_code == 404


@pytest.mark.parametrize("row", READING, ids=lambda row: row.rule)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_reading_changes_nothing(stage: Stage, row: Row, method: str) -> None:
    if row.rule == "/exit":
        return  # it leaves on purpose, see test_S4_quick_exit_ends_the_session
    for name in WHO:
        before = stage.digest()
        stage.browser(name).open(row.address(stage), method=method)
        assert stage.digest() == before, f"{method} by {name} has changed something"


def test_S4_quick_exit_ends_the_session(stage: Stage) -> None:
    client = stage.browser("Maya")
    assert client.get("/overview").status_code == 200
    client.get("/exit")
    assert client.get("/overview").status_code == 303
    assert stage.browser("Maya").get("/overview").status_code == 303, "a copied cookie is dead too"
