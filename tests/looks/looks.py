"""Looks at one page: each is a function of the page that returns what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from playwright.sync_api import Page

from tests.journeys.watching import AXE, TAGS
from tests.looks import scripts

Look = Callable[[Page], list[str]]
PHONE, DESK = (390, 844), (1280, 900)
# 1280 by 1024 at 400 %.
ENLARGED, SMALL_PHONE = (320, 256), (320, 640)
# A third of a window 256 pixels high.
MOST_PINNED = 86
# Enough for every page there is; a page with more stops is a page one gets lost in, tables apart.
MOST_STOPS = 140
LARGE = "html{font-size:200%!important}"
BEST = [*TAGS, "best-practice"]
RUN = "axe.run(document, {{runOnly: {}, preload: false, resultTypes: ['violations']}})"
# What can differ in the dark.
COLOURS = ["color-contrast", "link-in-text-block"]


def resize(page: Page, size: tuple[int, int]) -> None:
    """Let the window be so large."""
    page.set_viewport_size({"width": size[0], "height": size[1]})


def named(what: str, found: list[str]) -> list[str]:
    """Say under what conditions something was found."""
    return [f"{what}: {one}" for one in found]


def reflow(page: Page) -> list[str]:
    """At 400 % nothing scrolls sideways, nothing is cut off, and little is pinned (1.4.10)."""
    found = _whole(page, ENLARGED)
    pinned = page.evaluate(scripts.PINNED)
    if pinned > MOST_PINNED:
        found.append(f"320x256: {pinned:.0f} pixels of 256 are pinned")
    return found


def on_a_small_phone(page: Page) -> list[str]:
    """The same on a small phone, where the bar at the bottom is pinned."""
    return _whole(page, SMALL_PHONE)


def _whole(page: Page, size: tuple[int, int]) -> list[str]:
    resize(page, size)
    return named(f"{size[0]}x{size[1]}", page.evaluate(scripts.CUT))


def large_text(page: Page) -> list[str]:
    """Text at twice its size is neither cut off nor pushed out of the page (1.4.4)."""
    return _restyled(page, PHONE, "text at 200 %", LARGE)


def spacing(page: Page) -> list[str]:
    """Text with room between its letters, words and lines is not cut off (1.4.12)."""
    return _restyled(page, PHONE, "text spacing", scripts.SPACED)


def restyled_at_a_desk(page: Page) -> list[str]:
    """The same two at a desk, where there is more room."""
    return _restyled(page, DESK, "text at 200 %", LARGE) + _restyled(
        page, DESK, "text spacing", scripts.SPACED
    )


def _restyled(page: Page, size: tuple[int, int], what: str, css: str) -> list[str]:
    resize(page, size)
    page.evaluate(scripts.ADD_STYLE, css)
    found = page.evaluate(scripts.CUT)
    page.evaluate(scripts.DROP_STYLE)
    return named(f"{what}, {size[0]} wide", found)


def forced_colours(page: Page) -> list[str]:
    """With a reader's own few colours it still shows what can be pressed, and where one is."""
    resize(page, PHONE)
    page.emulate_media(forced_colors="active")
    try:
        return named("forced colours", page.evaluate(scripts.SHOWN_IN_FORCED_COLOURS))
    finally:
        page.emulate_media(forced_colors="none")


def motion(page: Page) -> list[str]:
    """Nothing moves for who asked for less motion."""
    page.emulate_media(reduced_motion="reduce")
    return named("reduced motion", page.evaluate(scripts.MOVING))


def targets(page: Page) -> list[str]:
    """Whatever is pressed is as large as a fingertip (2.5.8, and our own 44)."""
    resize(page, PHONE)
    return named("target", page.evaluate(scripts.SMALL))


def own_words(words: list[str]) -> Look:
    """Return the look for words of the couple's own that lack a direction of their own (3.1.2)."""

    def look(page: Page) -> list[str]:
        return named("no dir=auto", page.evaluate(scripts.WITHOUT_DIRECTION, words))

    return look


def focus(page: Page) -> list[str]:
    """Whatever takes the focus shows it, and lies under nothing (2.4.7, 2.4.11)."""
    return _focused(page, ENLARGED)


def focus_in_wide_windows(page: Page) -> list[str]:
    """The same on a phone and at a desk, where less is in the way."""
    return _focused(page, PHONE) + _focused(page, DESK)


def _focused(page: Page, size: tuple[int, int]) -> list[str]:
    resize(page, size)
    page.keyboard.press("Tab")
    return named(f"focus, {size[0]}x{size[1]}", page.evaluate(scripts.FOCUS_ALL))


def tabbing(page: Page) -> list[str]:
    """Tab leads through everything in the order it is read in, and out again (2.1.2, 2.4.3)."""
    resize(page, DESK)
    page.evaluate(scripts.COUNT_STOPS)
    wanted = page.evaluate(scripts.PRESSES)
    if wanted > MOST_STOPS:
        return [f"Tab: {wanted} presses from the first stop to the last"]
    for _step in range(wanted + 1):
        page.keyboard.press("Tab")
    return named("Tab", page.evaluate(scripts.JUDGE_STOPS))


def skips(page: Page) -> list[str]:
    """The first two stops lead to the content and out of here."""
    return named("skip links", page.evaluate(scripts.SKIPS))


def axe(page: Page) -> list[str]:
    """The scanner finds nothing, not even what is only good practice."""
    return _axe(page, "light", BEST)


def axe_dark(page: Page) -> list[str]:
    """The scanner finds nothing in the dark either: what can differ are the colours."""
    try:
        return _axe(page, "dark", {"type": "rule", "values": COLOURS})
    finally:
        page.emulate_media(color_scheme="light")


def _axe(page: Page, scheme: Literal["light", "dark"], rules: object) -> list[str]:
    page.emulate_media(color_scheme=scheme)
    session = page.context.new_cdp_session(page)
    try:
        # By the debugger: the policy, which stays in force, forbids it to everything else.
        session.send("Runtime.evaluate", {"expression": AXE, "silent": True})
        run = {"expression": RUN.format(rules), "awaitPromise": True, "returnByValue": True}
        answer: dict[str, Any] = session.send("Runtime.evaluate", run)
    finally:
        session.detach()
    if "exceptionDetails" in answer:
        return [f"axe failed: {answer['exceptionDetails']}"]
    return [
        f"axe, {scheme}: {one['id']}: {node['target']} {node['html'][:160]}"
        for one in answer["result"]["value"]["violations"]
        for node in one["nodes"]
    ]


# On every page; by turns, one on each; and on few, as there is little they alone can find.
QUICK: tuple[Look, ...] = (skips, targets, motion, forced_colours, reflow, large_text)
BY_TURNS: tuple[Look, ...] = (axe, focus, spacing)
SLOW: tuple[Look, ...] = (
    tabbing, axe_dark, on_a_small_phone, restyled_at_a_desk, focus_in_wide_windows,
)  # fmt: skip
ALL: tuple[Look, ...] = (*QUICK, *BY_TURNS, *SLOW)
