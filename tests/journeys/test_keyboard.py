"""The keyboard alone: from the mailed link to answers that are in."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.road import MOMENT, OPEN_LETTER, OPENS
from tests.journeys.story import Reader, Story, link_in

pytestmark = pytest.mark.browser

MOST_TABS = 40
# Where the focus is, and whether one can see that it is there.
FOCUS = """() => {
  const at = document.activeElement;
  const label = at.closest('label');
  const shown = label ? [label, ...label.querySelectorAll('*')] : [at];
  const ring = shown.some((one) => {
    const style = getComputedStyle(one);
    return style.outlineStyle !== 'none' || style.boxShadow !== 'none';
  });
  return {name: at.name || '', type: at.type || '', value: at.value || '', ring,
          text: at.textContent.trim(), checked: !!at.checked};
}"""


def tab_to(reader: Reader, **wanted: str) -> None:
    """Press Tab until the focus is there; it must be seen on its way."""
    for _step in range(MOST_TABS):
        reader.page.keyboard.press("Tab")
        at = reader.page.evaluate(FOCUS)
        assert at["ring"], f"nobody sees that the focus is on {at}"
        if all(at[name] == value for name, value in wanted.items()):
            return
    raise AssertionError(f"Tab does not lead to {wanted}")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_the_keyboard_alone_completes_a_check_in(signed_story: Story, scripts: bool) -> None:
    story = signed_story
    if story.service.now() < OPENS:
        story.move_to(OPENS + MOMENT)
    letter = story.letter("maya@example.org" if scripts else "jonas@example.org", OPEN_LETTER)
    reader = story.reader(scripts=scripts)
    reader.open(link_in(letter, "/week/"))
    keyboard = reader.page.keyboard
    tab_to(reader, name="q0")
    keyboard.press("Space")
    for _step in range(4):
        keyboard.press("ArrowRight")
    at = reader.page.evaluate(FOCUS)
    assert at["checked"] and at["value"] == "5"
    enter_shares_nothing(reader)
    tab_to(reader, name="q1")
    keyboard.press("ArrowLeft")
    assert reader.page.evaluate(FOCUS)["value"] == "skip"
    reader.page.wait_for_timeout(1100)
    tab_to(reader, name="decision", value="share")
    keyboard.press("Enter")
    reader.sees("Your answers are in")


def enter_shares_nothing(reader: Reader) -> None:
    """Enter inside the questions presses neither of the two buttons (rule C4)."""
    reader.watch.expected = {422}
    reader.page.wait_for_timeout(1100)
    reader.page.keyboard.press("Enter")
    reader.sees("Press one of the two buttons at the end")
    expect(reader.page.get_by_role("radio", name="5, fairly").first).to_be_checked()
    reader.watch.check()
