"""Each letter's HTML as Chromium shows it at phone width, light, dark and inverted."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

GOLDEN = sorted((Path(__file__).parents[1] / "mail" / "golden").glob("*.html"))
PHONE, NARROWEST = 390, 320
BUTTON, TYPE, FOOTER, CONTRAST = 48, 15, 13, 4.5
# Of everything that has words of its own: size, and the contrast of colour and ground, as they
# are and as a mail program shows them that turns light into dark by itself.
LOOK = """() => {
  const rgb = value => value.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const contrast = (a, b) => {
    const [high, low] = [light(a), light(b)].sort((x, y) => y - x);
    return (high + .05) / (low + .05);
  };
  const inverted = colour => colour.slice(0, 3).map(v => 255 - v);
  const ground = node => {
    for (; node; node = node.parentElement) {
      const found = rgb(getComputedStyle(node).backgroundColor);
      if (found.length === 3 || found[3] > 0) return found;
    }
    return [255, 255, 255];
  };
  const worded = [...document.body.querySelectorAll('*')].filter(node =>
    node.getClientRects().length && node.offsetHeight > 0 &&
    [...node.childNodes].some(one => one.nodeType === 3 && /\\w/.test(one.data)));
  return worded.map(node => {
    const style = getComputedStyle(node), colours = [rgb(style.color), ground(node)];
    return {
      words: node.textContent.trim().slice(0, 40), size: parseFloat(style.fontSize),
      contrast: contrast(...colours), inverted: contrast(...colours.map(inverted)),
    };
  });
}"""


@pytest.fixture(scope="module")
def phone(chromium: Browser) -> Iterator[Page]:
    """Return a page as wide as a phone; nothing may be fetched in it."""
    context = chromium.new_context(viewport={"width": PHONE, "height": 844})
    page = context.new_page()
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    yield page
    context.close()
    assert not fetched, fetched


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_E2_each_letter_can_be_read_and_pressed_on_a_phone(phone: Page, scheme: str) -> None:
    phone.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    assert len(GOLDEN) == len({path.name for path in GOLDEN}) >= 21
    for path in GOLDEN:
        phone.set_viewport_size({"width": PHONE, "height": 844})
        phone.set_content(path.read_text(encoding="utf-8"))
        check_words(phone, path.stem)
        box = phone.locator("a.btn").bounding_box()
        assert box is not None and box["height"] >= BUTTON and box["width"] >= 240, path.stem
        take_picture(phone, f"{path.stem}_{PHONE}_{scheme}")
        phone.set_viewport_size({"width": NARROWEST, "height": 844})
        width = phone.evaluate("document.scrollingElement.scrollWidth")
        assert width <= NARROWEST, f"{path.stem} is {width} wide"


def check_words(phone: Page, name: str) -> None:
    """Fail where words are small or faint; the lines at the foot may be smaller."""
    found = phone.evaluate(LOOK)
    assert len(found) >= 5
    for one in found:
        assert min(one["contrast"], one["inverted"]) >= CONTRAST, f"{name}: {one}"
        assert one["size"] >= FOOTER, f"{name}: {one}"
    small = [one["words"] for one in found if one["size"] < TYPE]
    assert all(words.startswith(("Sent ", "Stop receiving")) for words in small), f"{name}: {small}"


def take_picture(phone: Page, name: str) -> None:
    """Keep what a letter looks like, where PAGES_PICTURES names a folder."""
    folder = os.environ.get("PAGES_PICTURES")
    if folder:
        phone.screenshot(path=Path(folder) / f"letter_{name}.png", full_page=True)
