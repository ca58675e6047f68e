"""The access matrix of docs/threat-model.md, generated and found true (ASVS 8.1.1, 8.1.2)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.matrix import table
from tests.matrix.canaries import Canary
from tests.matrix.views import VIEWS, Gallery
from tests.pages import forms_of
from tests.stage import Stage
from tests.test_bad_input import Pairs, good, send

ROWS = table.matrix()
CHANGED = b"Written over."
CAPABILITIES = 6
REPOSITORY = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def gallery(whole_stage: Stage) -> Iterator[Gallery]:
    """Return the stage with canaries in it."""
    with whole_stage.app.app_context():
        whole_stage.reset()
        yield Gallery(whole_stage)
        whole_stage.close()


def test_A1_the_table_has_every_viewpoint_and_every_thing(gallery: Gallery) -> None:
    assert [row.what for row in ROWS] == list(dict.fromkeys(row.what for row in ROWS))
    assert {row.what for row in ROWS} == set(gallery.canaries)
    assert all(set(row.cells) == set(VIEWS) for row in ROWS)


@pytest.mark.parametrize("view", VIEWS)
def test_who_may_read_what(gallery: Gallery, view: str) -> None:
    reached = gallery.reached(view)
    found = {row.what: gallery.canaries[row.what].text in reached for row in ROWS}
    assert found == {row.what: row.cells[view] != "none" for row in ROWS}


@pytest.mark.parametrize("row", [row for row in ROWS if "write" in row.cells.values()],
                         ids=lambda row: row.what)  # fmt: skip
def test_who_may_write_what(gallery: Gallery, row: table.Row) -> None:
    """Everybody sends the very bytes that the author's own form would send."""
    canary = gallery.canaries[row.what]
    pairs, target = by_author(gallery, canary)
    for view, may in row.cells.items():
        gallery.show(VIEWS[view][0])
        before = canary.says()
        press(gallery.browser(view), target, pairs, canary.field)
        assert (canary.says() != before) == (may == "write"), f"{view}: {may}"


def by_author(gallery: Gallery, canary: Canary) -> tuple[Pairs, str]:
    """Return what the author's own form sends, with other words in it, and where to."""
    gallery.show("linked")
    page = gallery.browser("author").get(canary.page)
    form = next(one for one in forms_of(page.text) if one.named(canary.field))
    pairs = [(name, CHANGED if name == canary.field else value) for name, value in good(form)]
    return pairs, form.action or canary.page


def press(client: FlaskClient, target: str, pairs: Pairs, field: str) -> None:
    """Send it; where the words are only shown first, send them on from there."""
    answer = send(client, target, pairs)
    for form in forms_of(answer.text) if answer.mimetype == "text/html" else []:
        shown = form.named(field)
        if answer.status_code == 200 and shown and shown.kind == "hidden":
            send(client, form.action or target, good(form))


def test_A1_every_capability_has_its_tests() -> None:
    named = table.tests_named()
    capabilities = {line[0] for line in table.cells_of("Six capabilities")[1:]}
    assert len(capabilities) == CAPABILITIES
    assert {one for one, _file, _test in named} == capabilities
    for _capability, file, test in named:
        tree = ast.parse((REPOSITORY / file).read_text(encoding="utf-8"))
        there = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        assert not test or test in there, f"{file} has no {test}"


def test_D12_the_refusal_of_a_panic_password_is_written_down() -> None:
    assert "panic" in table.section("What is not defended")
