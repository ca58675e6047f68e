"""Pictures: every state at each width, light and dark; letters and the document beside them."""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from couples.languages import locale_of
from gallery.letters import Composed
from gallery.shapes import State
from gallery.worlds import Gallery

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
WIDTHS = (360, 390, 768, 1280)
LETTER_WIDTH = 390
# No picture is longer; what is below is in the HTML beside it.
LONGEST = 12_000
# Quickly packed: a gallery is taken often, and kept by nobody.
HOW = {"format": "png", "optimizeForSpeed": True}
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


class NoBrowser(Exception):
    """There is no Chromium on this machine."""


@dataclass
class Shot:
    """What was taken of one state."""

    key: str
    pictures: dict[str, str] = field(default_factory=dict)
    html: str = ""
    problem: str = ""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run a Chromium, found as the tests find it."""
    from playwright.sync_api import sync_playwright

    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if path is None:
        raise NoBrowser("There is no Chromium here: install it, or set CHROMIUM to its path.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


def context_of(browser: Browser, language: str) -> BrowserContext:
    """Return a fresh browser that reads one language."""
    context = browser.new_context(
        locale=locale_of(language).replace("_", "-"),
        timezone_id="Europe/Berlin",
        reduced_motion="reduce",
        viewport={"width": 390, "height": 844},
    )
    context.set_default_timeout(30_000)
    return context


def take(
    gallery: Gallery, context: BrowserContext, state: State, folder: Path, widths: Sequence[int]
) -> Shot:
    """Go to a state once and take it at each width, light and dark."""
    shot = Shot(state.key)
    try:
        page = gallery.visit(state, context)
    except Exception as problem:  # one state less must not end a gallery
        shot.problem = f"{type(problem).__name__}: {str(problem)[:400]}"
        return shot
    shot.html = f"html/{state.key}.html"
    (folder / shot.html).write_text(page.content(), encoding="utf-8")
    shot.pictures = shoot(page, folder, state.key, widths)
    page.close()
    return shot


def shoot(page: Page, folder: Path, key: str, widths: Sequence[int]) -> dict[str, str]:
    """Take what is shown at each width, light and dark; return the files by width and scheme."""
    found = {}
    session = page.context.new_cdp_session(page)
    for width in widths:
        # As high as the page, so that the bar at the bottom lies at its bottom.
        page.set_viewport_size({"width": width, "height": 844 if width < 860 else 900})
        height = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": width, "height": min(max(height, 600), LONGEST)})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            name = f"png/{key}_{width}_{scheme}.png"
            taken = session.send("Page.captureScreenshot", HOW)
            (folder / name).write_bytes(base64.b64decode(taken["data"]))
            found[f"{width} {scheme}"] = name
    session.detach()
    return found


def take_letter(context: BrowserContext, letter: Composed, folder: Path) -> Shot:
    """Take a letter as a mail program shows it; its text part is kept beside."""
    page = context.new_page()
    page.set_content(letter.html)
    shot = Shot(letter.key, html=f"html/letter-{letter.key}.html")
    (folder / shot.html).write_text(letter.html, encoding="utf-8")
    (folder / f"html/letter-{letter.key}.txt").write_text(letter.text, encoding="utf-8")
    shot.pictures = shoot(page, folder, f"letter-{letter.key}", (LETTER_WIDTH,))
    page.close()
    return shot


def take_document(content: bytes, key: str, folder: Path) -> Shot:
    """Take the pages of a PDF, where the program that draws them is there."""
    shot = Shot(key, html=f"html/{key}.pdf")
    (folder / shot.html).write_bytes(content)
    program = shutil.which("pdftoppm")
    if program is None:
        shot.problem = "pdftoppm is missing (on Debian: apt install poppler-utils)"
        return shot
    command = [program, "-png", "-r", "80", str(folder / shot.html), str(folder / "png" / key)]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    pages = sorted((folder / "png").glob(f"{key}-*.png"))
    shot.pictures = {f"page {n}": f"png/{one.name}" for n, one in enumerate(pages, start=1)}
    return shot
