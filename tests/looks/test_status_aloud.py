"""What a page says of itself: heard once, and by whoever has no scripts as well as they can."""

from __future__ import annotations

import pytest
from gallery.states import BY_KEY
from gallery.worlds import Gallery
from playwright.sync_api import Browser, BrowserContext, expect

pytestmark = pytest.mark.browser
TOLD = "This link has ended. Your own pages are still here."
# As when one comes back to the page with Back.
SHOWN_AGAIN = "dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))"
# Lists that show no marks: Safari drops the role of one whose marks are none.
KINDS = "list", "cards", "starters", "rows", "three"
MARK_OF = """(kind) => {
  const one = document.body.appendChild(document.createElement('ul'));
  one.className = kind;
  return getComputedStyle(one).listStyleType;
}"""


def test_what_came_of_a_press_is_said_once_more_where_a_reader_listens_and_then_no_more(
    gallery: Gallery, chromium: Browser
) -> None:
    context = chromium.new_context(locale="en-GB")
    context.clock.install()
    page = gallery.visit(BY_KEY["unlink-told"], context)
    said, toasts = page.locator("[data-exit-says]"), page.locator(".toasts")
    expect(toasts).to_have_text(TOLD)
    expect(toasts).to_have_attribute("aria-live", "off")
    expect(said).to_be_empty()
    page.clock.run_for(1_100)
    expect(said).to_have_text(TOLD)
    page.clock.run_for(5_100)
    expect(said).to_be_empty()
    page.evaluate(SHOWN_AGAIN)
    page.clock.run_for(1_100)
    expect(said).to_be_empty()
    expect(toasts).to_have_text(TOLD)
    context.close()


def test_S4_what_came_of_a_press_never_speaks_over_the_way_out(
    gallery: Gallery, chromium: Browser
) -> None:
    context = chromium.new_context(locale="en-GB")
    context.clock.install()
    page = gallery.visit(BY_KEY["unlink-told"], context)
    said = page.locator("[data-exit-says]")
    page.keyboard.press("Shift")
    page.clock.run_for(1_100)
    expect(said).to_have_text("Shift, press 2 more times to exit.")
    context.close()


def test_without_scripts_a_toast_is_a_status_as_it_comes(
    gallery: Gallery, chromium: Browser
) -> None:
    context = chromium.new_context(locale="en-GB", java_script_enabled=False)
    page = gallery.visit(BY_KEY["unlink-told"], context)
    expect(page.get_by_role("status").filter(has_text=TOLD)).to_have_class("toasts")
    assert page.locator(".toasts[aria-live]").count() == 0
    context.close()


def test_that_a_page_is_offline_appears_in_a_place_that_was_there_before(
    gallery: Gallery, window: BrowserContext
) -> None:
    page = gallery.visit(BY_KEY["note-new"], window)
    place = page.locator("[aria-live=polite]:has(> [data-offline][hidden])")
    expect(place).to_have_count(1)
    page.evaluate("dispatchEvent(new Event('offline'))")
    expect(page.locator("[aria-live=polite] > [data-offline]")).to_be_visible()
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(place).to_have_count(1)
    page.close()


def test_a_list_without_marks_stays_a_list(gallery: Gallery, window: BrowserContext) -> None:
    page = gallery.visit(BY_KEY["help"], window)
    found = {kind: page.evaluate(MARK_OF, kind) for kind in KINDS}
    page.close()
    assert found == dict.fromkeys(KINDS, '""')
