"""Every page, looked at as people with other eyes, ears, hands and windows meet it."""

from __future__ import annotations

import pytest
from gallery.shapes import State
from gallery.worlds import Gallery
from playwright.sync_api import BrowserContext, Page

from tests.looks import choosing, own_words
from tests.looks.looks import QUICK, SLOW, Look
from tests.looks.looks import own_words as directed
from tests.looks.reading import aloud, is_writing

pytestmark = pytest.mark.browser
SAMPLE, REST = choosing.in_parts(choosing.sample()), choosing.in_parts(choosing.rest(), 20)
DIRECTED = directed(own_words.of_the_demo())
# What the pages of a section differ in least is asked of every fourth page unless `--soak`.
EVERY = 4


def name_of(part: list[State]) -> str:
    """Return what a part is called: its first state."""
    return part[0].key


def looked_at(page: Page, state: State, looks: tuple[Look, ...]) -> list[str]:
    """Return all that is wrong with one page."""
    found = [fault for look in looks for fault in look(page)]
    page.close()
    return [f"{state.key}: {fault}" for fault in found]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One state of every page; with `--soak`, all states."""
    parts = SAMPLE + (REST if metafunc.config.getoption("--soak") else [])
    metafunc.parametrize("part", parts, ids=name_of)


def test_a_page_holds_for_every_reader(
    part: list[State],
    gallery: Gallery,
    window: BrowserContext,
    request: pytest.FixtureRequest,
) -> None:
    soak = bool(request.config.getoption("--soak"))
    found = []
    for place, state in enumerate(part):
        page = gallery.visit(state, window)
        if part in SAMPLE:
            found += [f"{state.key}: {fault}" for fault in aloud(page, state)]
        if is_writing():
            page.close()
            continue
        slow = SLOW if soak or place % EVERY == 0 else ()
        found += looked_at(page, state, (DIRECTED, *QUICK, *slow))
    assert not found, "\n".join(found)
