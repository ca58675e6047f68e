"""The twelve behaviours of "exit this page" (checklist D2), and what ours does beyond (D3, D4)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.story import Reader, Story

pytestmark = pytest.mark.browser

ELSEWHERE = "Kitchen measures"
SAYS = "[data-exit-says]"
WAIT = 5_000


@pytest.fixture
def reader(signed_story: Story) -> Reader:
    """Return a browser with scripts at a page that needs nobody."""
    found = signed_story.reader()
    found.open("/signin")
    return found


@pytest.fixture
def plain(signed_story: Story) -> Reader:
    """Return a browser without scripts."""
    found = signed_story.reader(scripts=False)
    found.open("/signin")
    return found


@contextmanager
def held(page: Page) -> Iterator[None]:
    """Let the way out lead nowhere (204 stays where one is), so that the cover can be looked at."""
    page.route("**/exit", lambda route: route.fulfill(status=204))
    with page.expect_request("**/exit"):
        yield


def shift(reader: Reader, times: int) -> None:
    for _press in range(times):
        reader.page.keyboard.press("Shift")


def skip_link(reader: Reader) -> None:
    """Reach the second skip link by keyboard, and press it."""
    reader.page.keyboard.press("Tab")
    reader.page.keyboard.press("Tab")
    expect(reader.page.locator(".skips a[data-exit]")).to_be_focused()
    reader.page.keyboard.press("Enter")


def assert_covered(page: Page) -> None:
    """Fail where anything but the cover can be seen, or the cover is not announced."""
    cover = page.locator(".cover")
    expect(cover).to_have_attribute("role", "alert")
    expect(cover).to_have_text("Loading.")
    expect(page.locator("main")).to_be_hidden()
    expect(page.locator("header.top")).to_be_hidden()
    box, size = cover.bounding_box(), page.viewport_size
    assert box and size and box["width"] >= size["width"] and box["height"] >= size["height"]
    assert page.title() == ""


def test_D2_1_without_scripts_the_button_leaves(plain: Reader) -> None:
    plain.page.locator("a.exit").click()
    expect(plain.page).to_have_title(ELSEWHERE)


def test_D2_2_without_scripts_the_skip_link_leaves(plain: Reader) -> None:
    skip_link(plain)
    expect(plain.page).to_have_title(ELSEWHERE)


def test_D2_3_and_5_the_button_covers_the_page_and_leaves(reader: Reader) -> None:
    with held(reader.page):
        reader.page.locator("a.exit").click()
    assert_covered(reader.page)


def test_D2_4_and_6_the_skip_link_covers_the_page_and_leaves(reader: Reader) -> None:
    with held(reader.page):
        skip_link(reader)
    assert_covered(reader.page)


def test_D2_7_and_10_shift_three_times_covers_the_page_and_leaves(reader: Reader) -> None:
    with held(reader.page):
        shift(reader, 3)
    assert_covered(reader.page)


def test_D2_8_and_9_each_press_is_announced(reader: Reader) -> None:
    shift(reader, 1)
    expect(reader.page.locator(SAYS)).to_have_text("Shift, press 2 more times to exit.")
    shift(reader, 1)
    expect(reader.page.locator(SAYS)).to_have_text("Shift, press 1 more time to exit.")
    dots = reader.page.locator(".dots")
    expect(dots).to_have_attribute("aria-hidden", "true")
    expect(dots.locator(".on")).to_have_count(2)


def test_D2_11_presses_run_out_five_seconds_after_the_last_one(reader: Reader) -> None:
    reader.page.clock.install()
    reader.open("/signin")
    shift(reader, 1)
    reader.page.clock.run_for(WAIT - 500)
    shift(reader, 1)
    reader.page.clock.run_for(WAIT - 500)
    expect(reader.page.locator(SAYS)).to_have_text("Shift, press 1 more time to exit.")
    reader.page.clock.run_for(600)
    expect(reader.page.locator(SAYS)).to_have_text("Quick exit has timed out.")
    expect(reader.page.locator(".dots .on")).to_have_count(0)
    reader.page.clock.run_for(WAIT)
    expect(reader.page.locator(SAYS)).to_have_text("")
    shift(reader, 2)
    reader.at("/signin")


def test_D2_12_a_script_that_is_loaded_twice_counts_once(
    signed_story: Story, reader: Reader
) -> None:
    script = reader.page.locator("script[src*='app']").get_attribute("src")
    source = reader.page.request.get(f"{signed_story.service.url}{script}").text()
    reader.page.evaluate(source)
    shift(reader, 2)
    reader.page.wait_for_timeout(200)
    reader.at("/signin")
    expect(reader.page.locator(".dots")).to_have_count(1)
    with held(reader.page):
        shift(reader, 1)
    expect(reader.page.locator(".cover")).to_have_count(1)


def test_D2_f_coming_back_shows_the_page_uncovered(reader: Reader) -> None:
    """The page kept for Back must not show its cover for ever."""
    reader.page.evaluate("document.body.classList.add('leaving')")
    reader.page.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow'))")
    expect(reader.page.locator("main")).to_be_visible()
    shift(reader, 2)
    reader.at("/signin")


@pytest.mark.parametrize("key", ["a", "A", "Escape", "Tab"])
def test_D2_a_any_other_key_begins_the_count_anew(reader: Reader, key: str) -> None:
    for pressed in ("Shift", "Shift", key, "Shift", "Shift"):
        reader.page.keyboard.press(pressed)
    reader.page.wait_for_timeout(200)
    reader.at("/signin")


def test_D4_nothing_in_the_address_decides_where_it_leads(reader: Reader) -> None:
    reader.open("/exit?next=https://evil.example/&url=//evil.example")
    expect(reader.page).to_have_title(ELSEWHERE)


def test_D3_the_page_before_is_not_in_the_way_back(signed_story: Story) -> None:
    """With scripts the page that was left is replaced: Back leads to what came before ours."""
    reader = signed_story.reader()
    reader.open("/how")
    reader.open("/signin")
    reader.page.locator("a.exit").click()
    expect(reader.page).to_have_title(ELSEWHERE)
    reader.page.go_back()
    reader.at("/how")
