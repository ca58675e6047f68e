"""The signed page on paper: A4 and Letter, whole, and nothing on it but the text."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.cast import PASSWORD
from tests.journeys.story import DESKTOP, PHONE, Reader, Story

pytestmark = pytest.mark.browser

PAPERS = {"A4": (595, 842), "Letter": (612, 792)}
MM = 72 / 25.4
# Topics as long as people write them, so that the text takes more than one page.
LENGTHEN = """(times) => {
  const first = document.querySelector('.doc .cl');
  if (times > 1) first.querySelectorAll('.words').forEach((words) => {
    words.textContent = words.textContent.repeat(3);
  });
  for (let i = 1; i < times; i += 1) {
    const next = first.cloneNode(true);
    next.querySelector('.cl__n').textContent = 'Topic' + i;
    first.after(next);
  }
}"""


def printed(reader: Reader, paper: str) -> list[str]:
    """Print what is shown; return the text of each page, all of it inside the margins."""
    made = reader.page.pdf(format=paper, prefer_css_page_size=False)
    pages = PdfReader(BytesIO(made)).pages
    texts = []
    for page in pages:
        width, height = float(page.mediabox.width), float(page.mediabox.height)
        assert (round(width), round(height)) == pytest.approx(PAPERS[paper], abs=1)
        places: list[tuple[float, float]] = []

        def note(
            text: str, cm: list[float], tm: list[float], _font: object, _size: object,
            places: list[tuple[float, float]] = places,
        ) -> None:  # fmt: skip
            if text.strip():
                x, y = tm[4], tm[5]
                places.append((cm[0] * x + cm[2] * y + cm[4], cm[1] * x + cm[3] * y + cm[5]))

        texts.append(page.extract_text(visitor_text=note))
        assert min(x for x, _y in places) >= 15 * MM
        assert max(x for x, _y in places) <= width - 15 * MM
        assert all(10 * MM <= y <= height - 15 * MM for _x, y in places)
    return texts


def read_version(story: Story, size: tuple[int, int]) -> Reader:
    """Sign in as Maya and read what both signed."""
    reader = story.reader(size=size)
    reader.open("/signin")
    reader.write("Email", "maya@example.org")
    reader.write("Password", PASSWORD)
    reader.press("Sign in")
    reader.open("/doc/versions/1")
    return reader


def words_of(texts: list[str]) -> str:
    """Return all pages as one line."""
    return " ".join(" ".join(texts).split())


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_short_text_is_printed_on_one_page_and_nothing_else_is(
    signed_story: Story, paper: str, size: tuple[int, int]
) -> None:
    reader = read_version(signed_story, size)
    texts = printed(reader, paper)
    assert len(texts) == 1
    words = words_of(texts)
    for part in (
        "What we need, and what we’ll do about it", "Laptops shut by nine.",
        "How we’ll keep talking", "Fingerprint of this text:", "Version 1, signed by both on",
        "A promise between two people, not a legal contract", "1 / 1",
    ):  # fmt: skip
        assert part in words, part
    # Whose leaf is first was drawn at linking (rule L5).
    assert "Maya & Jonas" in words or "Jonas & Maya" in words
    for part in (
        "Quick exit",
        "Overview",
        "All versions",
        "PDF",
        "Print",
        "Is this safe",
        "Privacy",
    ):
        assert part not in words, part
    assert not re.search(r"https?:|/doc|@|127\.0", words)


@pytest.mark.parametrize("paper", PAPERS)
def test_a_long_text_is_printed_whole_and_its_signatures_stay_with_the_closing_section(
    signed_story: Story, paper: str
) -> None:
    reader = read_version(signed_story, DESKTOP)
    for topics in (1, 2, 3):
        reader.page.evaluate(LENGTHEN, topics)
        on_page = reader.page.locator(".doc .words").all_inner_texts()
        texts = printed(reader, paper)
        words = re.sub(r"\s", "", words_of(texts))
        for each in on_page:
            assert re.sub(r"\s", "", each) in words
        (closing,) = [text for text in texts if "How we’ll keep talking" in text]
        assert closing.count("1 March 2027, ") == 2
        assert "Fingerprint" in closing
        for number, text in enumerate(texts, start=1):
            assert f"{number} / {len(texts)}" in text
            assert "A promise between two people, not a legal contract" in text
    assert len(texts) > 1
