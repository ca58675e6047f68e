"""Every page, looked at as people with other eyes, ears, hands and windows meet it."""

from __future__ import annotations

import pytest
from gallery.shapes import State
from gallery.states import BY_KEY
from gallery.worlds import Gallery
from playwright.sync_api import BrowserContext, Page

from tests.looks import choosing, own_words
from tests.looks.looks import ALL, BY_TURNS, QUICK, SLOW, Look
from tests.looks.looks import own_words as directed
from tests.looks.reading import EXPECTED, FRAME, aloud, is_writing, place_of

pytestmark = pytest.mark.browser
SAMPLE, REST = choosing.in_parts(choosing.sample()), choosing.in_parts(choosing.rest(), 20)
DIRECTED = directed(own_words.of_the_demo())
# What the pages of a section differ in least is asked of one page in so many unless `--soak`.
EVERY = 8


def name_of(part: list[State]) -> str:
    """Return what a part is called: its first state."""
    return part[0].key


def looks_at(place: int, *, soak: bool) -> tuple[Look, ...]:
    """Return what is looked at on the page in this place of its part."""
    if soak:
        return (DIRECTED, *ALL)
    slow = SLOW if place % EVERY == 0 else ()
    return (DIRECTED, *QUICK, BY_TURNS[place % len(BY_TURNS)], *slow)


def looked_at(page: Page, state: State, looks: tuple[Look, ...]) -> list[str]:
    """Return all that is wrong with one page."""
    found = [fault for look in looks for fault in look(page)]
    page.close()
    return [f"{state.key}: {fault}" for fault in found]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One state of every page; with `--soak`, all states."""
    if "part" not in metafunc.fixturenames:
        return
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
        found += looked_at(page, state, looks_at(place, soak=soak))
    assert not found, "\n".join(found)


@pytest.mark.parametrize("key", choosing.FRAMED)
def test_the_frame_around_a_page_is_read_as_it_was_written_down(
    gallery: Gallery, window: BrowserContext, key: str
) -> None:
    page = gallery.visit(BY_KEY[key], window)
    found = aloud(page, BY_KEY[key], FRAME)
    page.close()
    assert not found, "\n".join(found)


def test_what_is_written_down_is_every_page_once_and_no_other() -> None:
    wanted = {place_of(state) for state in choosing.sample()}
    wanted |= {place_of(BY_KEY[key], FRAME) for key in choosing.FRAMED}
    assert is_writing() or set(EXPECTED.rglob("*.yml")) == wanted
