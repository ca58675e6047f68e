"""A reader who has a keyboard and nothing else, and sees at each stop where they are."""

from __future__ import annotations

import re
from contextlib import nullcontext
from dataclasses import dataclass, fields
from typing import Any

from playwright.sync_api import ElementHandle, Locator, expect

from tests.journeys import watching
from tests.journeys.story import LEAVES, PHONE, Reader, Story

MOST_TABS = 220
MOST_ARROWS = 700
# Whether the focus is there or on its group, and whether one can see where it is.
AT = """(wanted) => {
  const at = document.activeElement;
  if (!at || at === document.body) return {there: false, ring: true, what: ''};
  const near = at.closest('label, svg');
  const shown = near ? [at, near, ...near.querySelectorAll('*')] : [at];
  const ring = shown.some((one) => {
    const style = getComputedStyle(one);
    return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2)
      || (one.matches('a path') && parseFloat(style.strokeWidth) >= 3);
  });
  const box = (at.closest('.band label, .days label, .check') || at).getBoundingClientRect();
  const over = document.elementFromPoint(
    Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1),
    (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2);
  const grouped = at.type === 'radio' && wanted.type === 'radio' && at.name === wanted.name
    && at.form === wanted.form;
  return {there: at === wanted || grouped, ring, bare: !over || !over.closest('.top, .tabs')
    || over.closest('.top, .tabs').contains(at), what: at.outerHTML.slice(0, 90)};
}"""
# A press on what is folded away unfolds it first: nobody can go where nothing is shown.
FOLDED = "one => one.closest('details:not([open])')?.querySelector('summary')"


@dataclass
class KeyboardReader(Reader):
    """Somebody who reaches everything by Tab, arrows, Space, Enter and typing."""

    def go_to(self, target: Locator) -> ElementHandle:
        """Press Tab until the focus is there; every stop on the way must show itself."""
        wanted = target.element_handle()
        folded = wanted.evaluate_handle(FOLDED).as_element()
        if folded and not folded.evaluate("(one, other) => one.contains(other)", wanted):
            self._tab_to(folded)
            self.page.keyboard.press("Enter")
        self._tab_to(wanted)
        return wanted

    def _tab_to(self, wanted: ElementHandle) -> None:
        for _step in range(MOST_TABS):
            at = self.page.evaluate(AT, wanted)
            if at["there"]:
                return
            self.page.keyboard.press("Tab")
            at = self.page.evaluate(AT, wanted)
            assert at["ring"], f"nobody sees that the focus is on {at['what']}"
            assert at.get("bare", True), f"the bar or the head covers {at['what']}"
        raise AssertionError(f"Tab does not lead to {wanted.inner_html()[:90]} on {self.page.url}")

    def _click(self, target: Locator) -> None:
        """Go there and press Enter; where that leaves the page, wait for the next one."""
        wanted = self.go_to(target)
        leaves = wanted.evaluate(LEAVES)
        with self.page.expect_navigation() if leaves else nullcontext():
            self.page.keyboard.press("Enter")
        self.watch.check()

    def write(self, label: str | re.Pattern[str], text: str) -> None:
        """Go to a field by its label and type over what stands there."""
        self.type_into(self.page.get_by_label(label, exact=isinstance(label, str)), text)

    def type_into(self, field: Locator, text: str) -> None:
        """Go to a field and type over what stands there; a day and a time by their digits."""
        kind = self.go_to(field).evaluate("one => one.type")
        keyboard = self.page.keyboard
        if kind in {"date", "time"}:
            self._type_parts(field, text)
        else:
            keyboard.press("Control+A")
            keyboard.type(text)
        expect(field).to_have_value(text)

    def _type_parts(self, field: Locator, text: str) -> None:
        """Type a day or a time part by part, in the order this browser has them."""
        parts = re.findall(r"\d+", text)
        if len(parts) == 2:
            hour = int(parts[0])
            orders = [f"{(hour - 1) % 12 + 1:02}{parts[1]}{'AP'[hour > 11]}", "".join(parts)]
        else:
            year, month, day = parts
            orders = [month + day + year, day + month + year, year + month + day]
        for typed in orders:
            self.page.keyboard.type(typed)
            if field.input_value() == text:
                return
            for _part in parts:
                self.page.keyboard.press("ArrowLeft")

    def choose(self, label: str | re.Pattern[str], value: str) -> None:
        """Choose an option of a select by its label."""
        self.pick(self.page.get_by_label(label), value)

    def pick(self, select: Locator, value: str) -> None:
        """Go to a select, and with the arrows to one of its options."""
        wanted = self.go_to(select)
        far = wanted.evaluate(
            "(one, value) => [...one.options].findIndex(each => each.value === value)"
            " - one.selectedIndex",
            value,
        )
        assert abs(far) < MOST_ARROWS
        for _step in range(abs(far)):
            self.page.keyboard.press("ArrowDown" if far > 0 else "ArrowUp")
        expect(select).to_have_value(value)

    def tick(
        self, name: str | re.Pattern[str], role: Any = "radio", within: Locator | None = None
    ) -> None:
        """Go to a box or a group; Space ticks, and the arrows lead from one answer to the next."""
        box = (within or self.page.locator("main")).get_by_role(role, name=name)
        wanted = self.go_to(box)
        self._choose_with_arrows(wanted)
        expect(box).to_be_checked()

    def _choose_with_arrows(self, wanted: ElementHandle) -> None:
        keyboard = self.page.keyboard
        if wanted.evaluate("one => one.type === 'checkbox' && one.checked"):
            return
        if wanted.evaluate("one => document.activeElement === one && !one.checked"):
            keyboard.press("Space")
        for _step in range(MOST_TABS):
            if wanted.evaluate("one => one.checked"):
                return
            keyboard.press("ArrowDown")
            at = self.page.evaluate(AT, wanted)
            assert at["ring"], f"nobody sees that the focus is on {at['what']}"

    def look(self, name: str) -> None:
        """Only what every page is asked: others look at these pages as a whole."""
        self.show(name)

    def show(self, name: str) -> None:
        """Only what every page is asked."""
        self.watch.check()
        watching.check_manners(self.page)


class KeyboardStory(Story):
    """A journey in which nobody has anything but a keyboard."""

    def reader(self, *, scripts: bool = True, size: tuple[int, int] = PHONE) -> KeyboardReader:
        """Open a fresh browser, and put the mouse away."""
        made = super().reader(scripts=scripts, size=size)
        bare = {each.name: getattr(made, each.name) for each in fields(Reader)}
        self.readers[-1] = reader = KeyboardReader(**bare)
        return reader
