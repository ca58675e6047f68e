"""Each look finds what it is there to find: a fault is planted, beside a page that is right."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from gallery.shapes import State
from playwright.sync_api import Browser, BrowserContext, Page

from tests.looks import looks, reading
from tests.looks.looks import Look, own_words

pytestmark = pytest.mark.browser
WORDS = "Evenings without a laptop on the table."
HEAD = (
    '<a href="#main">Skip to content</a> <a href="/exit" data-exit>Quick exit</a>'
    "<style>a,button{display:inline-block;min-height:44px;min-width:44px}"
    ":focus-visible{outline:3px solid blue}main:focus{outline:0}"
    "nav a[aria-current]{text-decoration:underline}nav a{text-decoration:none}</style>"
)
RIGHT = (
    f'<!doctype html><html lang="en"><head><title>Page</title></head><body><nav>{HEAD}</nav>'
    '<main id="main" tabindex="-1"><h1>How it went</h1>'
    f'<p dir="auto">{WORDS}</p><a href="#more">More</a> <button>Save</button>%s</main>'
)
LINES = "".join(f"<path class='line--{one}' stroke='red'/>" for one in ("disc", "diamond"))
LONG = "Donaudampfschifffahrtsgesellschaft" * 3
# The look, what is planted, and a word of the complaint.
PLANTED: list[tuple[Look, str, str]] = [
    (looks.skips, "<script>document.querySelector('a').remove()</script>", "does not lead"),
    (looks.reflow, '<p style="width:600px">wide</p>', "600|wide"),
    (looks.reflow, '<div style="position:fixed;top:0;height:120px">x</div>', "pinned"),
    (looks.on_a_small_phone, '<p style="width:600px">wide</p>', "320x640: the page is"),
    (looks.large_text, f'<p style="overflow:hidden;width:9em;max-width:90%">{LONG}</p>', "cut off"),
    (
        looks.large_text,
        '<div style="font-size:1rem;height:24px;overflow:hidden">ab cd</div>',
        "cut",
    ),
    (looks.spacing, '<p style="overflow:hidden;height:22px;margin:0">One line of words</p>', "cut"),
    (looks.forced_colours, '<button style="border:0">Go</button>', "neither edge nor line"),
    (looks.forced_colours, '<input style="border:0;appearance:none" aria-label="x">', "neither"),
    (
        looks.forced_colours,
        '<ul><li><a href="#a" aria-current="page">One</a></li><li><a href="#b">Two</a></li></ul>',
        "colour alone",
    ),
    (looks.forced_colours, '<span class="mark">M</span>', "no shape"),
    (looks.forced_colours, f"<svg class='chart'>{LINES}</svg>", "look alike"),
    (looks.motion, '<p style="transition:color 1s">x</p>', "moves"),
    (
        looks.motion,
        "<style>@keyframes k{to{opacity:0}}</style><p style='animation:k 9s infinite'>x</p>",
        "an animation runs",
    ),
    (looks.targets, '<button style="min-height:0;height:30px">x</button>', "x30"),
    (own_words([WORDS]), f"<p>{WORDS}</p>", "Evenings"),
    (own_words([WORDS]), f'<textarea name="words">{WORDS}</textarea>', "in the field words"),
    (looks.focus, '<a href="#x" style="outline:0">x</a>', "no ring"),
    (
        looks.focus,
        '<div style="position:fixed;inset:0;background:#fff">x</div>',
        "hidden while it has the focus",
    ),
    (looks.focus_in_wide_windows, '<a href="#x" style="outline:0">x</a>', "1280x900: no ring"),
    (
        looks.restyled_at_a_desk,
        '<div style="font-size:1rem;height:24px;overflow:hidden">ab cd</div>',
        "200 %, 1280 wide: cut",
    ),
    (looks.tabbing, '<a href="#x" tabindex="2">x</a>', "an order of its own"),
    (
        looks.tabbing,
        '<input aria-label="x" onkeydown="event.preventDefault()"><a href="#y">y</a>',
        "is not reached",
    ),
    (looks.axe, '<img src="/x.png">', "image-alt"),
    (looks.axe, "<h4>A level left out</h4>", "heading-order"),
    (
        looks.axe_dark,
        "<style>@media (prefers-color-scheme:dark){p{color:#777;background:#888}}</style>",
        "color-contrast",
    ),
]


@pytest.fixture
def blank(chromium: Browser) -> Iterator[Page]:
    """Return an empty page."""
    size = {"width": looks.PHONE[0], "height": looks.PHONE[1]}
    context: BrowserContext = chromium.new_context(viewport=size)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(("look", "planted", "said"), PLANTED)
def test_a_look_finds_what_was_planted_for_it(
    blank: Page, look: Look, planted: str, said: str
) -> None:
    blank.set_content(RIGHT % planted)
    found = look(blank)
    assert any(word in one for one in found for word in said.split("|")), found


def test_no_look_complains_of_a_page_that_is_right(blank: Page) -> None:
    blank.set_content(RIGHT % "")
    found = [one for look in (own_words([WORDS]), *looks.ALL) for one in look(blank)]
    assert not found


def test_what_is_read_aloud_is_compared_word_for_word(
    blank: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = State("here", "Public", "Page", "There", "/")
    monkeypatch.setattr(reading, "EXPECTED", tmp_path)
    monkeypatch.delenv("PAGES_EXPECT", raising=False)
    monkeypatch.delenv("CI", raising=False)
    blank.set_content(RIGHT % '<a href="/doc/0AK6MBTrTO0-vnwFK_YGDA">ABCD-EFGH-1234</a>')
    assert reading.aloud(blank, state) == ["here.yml is missing: PAGES_EXPECT=write writes it"]
    monkeypatch.setenv("PAGES_EXPECT", "write")
    assert not reading.aloud(blank, state)
    monkeypatch.setenv("PAGES_EXPECT", "")
    blank.set_content(RIGHT % '<a href="/doc/another-22-letter-name">WXYZ-0000-9876</a>')
    assert not reading.aloud(blank, state), "what is random is no difference"
    blank.set_content(RIGHT % '<a href="/x">ABCD-EFGH-1234</a><p>Fingerprint: 88804ba54ee6</p>')
    assert '+  - paragraph: "Fingerprint: …number…"' in reading.aloud(blank, state)[0]
    blank.set_content(RIGHT % "<a href='/x'>ABCD-EFGH-1234</a><p>And a word more.</p>")
    assert "+  - paragraph: And a word more." in reading.aloud(blank, state)[0]


def test_what_is_right_is_not_written_down_where_nobody_reads_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PAGES_EXPECT", "write")
    monkeypatch.setenv("CI", "true")
    with pytest.raises(RuntimeError, match="read by somebody"):
        reading.is_writing()
    monkeypatch.delenv("CI")
    assert reading.is_writing()
