"""What a screen reader is given: names, roles and their order, beside what was written down."""

from __future__ import annotations

import os
import re
from difflib import unified_diff
from pathlib import Path

from gallery.shapes import State
from playwright.sync_api import Page

EXPECTED = Path(__file__).with_name("expected")
# Two builds differ in these: random names, codes, ports, fingerprints and numbers of faults.
RANDOM = (
    (re.compile(r"http://(?:127\.0\.0\.1|localhost):\d+"), "http://here"),
    (re.compile(r"\b[0-9a-f]{12}(?:[0-9a-f]{4})?\b"), "…number…"),
    (re.compile(r"\b[\w-]{22,}(?:\.[\w.-]+)?", re.ASCII), "…random…"),
    (re.compile(r"\b[0-9A-Z]{4}(?:-[0-9A-Z]{4}){1,}\b"), "…code…"),
    (re.compile(r"\b[A-Z2-7]{4}(?: [A-Z2-7]{4}){3,}\b"), "…secret…"),
)
# Where a link leads is no part of what is heard.
ADDRESS = re.compile(r"^ *- /url: .*\n", re.MULTILINE)


# What stands around every page's content, in this order.
FRAME = ("nav.skips", "header", "footer", "nav.tabs")


def read(page: Page, parts: tuple[str, ...] = ("main",)) -> str:
    """Return the content of a page as it is read aloud, without what is random."""
    found = [page.locator(part) for part in parts]
    text = "".join(one.aria_snapshot() + "\n" for one in found if one.count())
    text = ADDRESS.sub("", text)
    text = re.sub(r"^(\s*- (?:'.*'|[^:\n]*|.*\")):$", r"\1", text, flags=re.MULTILINE)
    for pattern, name in RANDOM:
        text = pattern.sub(name, text)
    return text


def place_of(state: State, parts: tuple[str, ...] = ("main",)) -> Path:
    """Return where it is written down how a state, or its frame, is read aloud."""
    if parts == FRAME:
        return EXPECTED / "frame" / f"{state.key}.yml"
    section = re.sub(r"\W+", "-", state.section.lower())
    return EXPECTED / section / f"{state.key}.yml"


def is_writing() -> bool:
    """Whether what is heard now is written down as what is right; nothing else is looked at."""
    writing = os.environ.get("PAGES_EXPECT") == "write"
    if writing and os.environ.get("CI"):
        raise RuntimeError("what is written down as right has to be read by somebody first")
    return writing


def aloud(page: Page, state: State, parts: tuple[str, ...] = ("main",)) -> list[str]:
    """Compare with what was written down; with PAGES_EXPECT=write, write it down."""
    place, heard = place_of(state, parts), read(page, parts)
    if is_writing():
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(heard, encoding="utf-8")
    if not place.exists():
        return [f"{place.name} is missing: PAGES_EXPECT=write writes it"]
    wanted = place.read_text(encoding="utf-8")
    if heard == wanted:
        return []
    lines = unified_diff(wanted.splitlines(), heard.splitlines(), "written", "heard", "", "", 1)
    return ["read aloud:\n" + "\n".join(lines)]
