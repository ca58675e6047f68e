"""Charts for ears: first a sentence that says what the picture says, then a table in words."""

from __future__ import annotations

import pytest
from gallery.states import BY_KEY
from gallery.worlds import Gallery
from playwright.sync_api import BrowserContext

from tests.looks.reading import read

pytestmark = pytest.mark.browser
UNFOLD = "document.querySelectorAll('details').forEach((one) => { one.open = true; })"
FURTHEST = "You were furthest apart in the week of 13 August."
# What is heard, in this order; what lies between is heard as well.
HEARD = {
    "overview-0": ["Lines appear after three weeks. Until then, one point is just one week."],
    "overview-1": [
        "figure", "In the week of 1 October Maya answered 2, Jonas answered 4.",
        'row "Week of Maya Jonas"', 'row "1 Oct 2 4"', "From 1 Oct to 1 Oct", "Maya: 2",
    ],
    "overview-2": [
        "figure", "In the week of 1 October Maya answered 3, Jonas answered 3.",
        'row "24 Sept 2 4"', 'row "1 Oct 3 3"', "From 24 Sept to 1 Oct", "Maya: 2 2 Jonas: 4 4",
    ],
    "overview": [
        "figure", f"Maya went from 3 to 5, Jonas from 4 to 6. {FURTHEST}",
        "27 August: Maya no answer, Jonas no answer.",
        "10 September: Maya 4 (only you see this), Jonas no answer.",
        'columnheader "Week of"', 'columnheader "Maya"', 'columnheader "Jonas"',
        'row "9 Aug Agreement updated, version 3"', 'row "27 Aug no answer no answer"',
        'row "10 Sept 4, only you see this no answer"',
        'img "Maya 3, Jonas 6, on a scale from 1 to 7"',
        "From 16 Jul to 1 Oct", "Maya: 2 3 3 4 4 5 no answer 5 4 (only you see this) 5 5 6",
        'rowheader "How easy was it to laugh together?"', 'row "20 Aug 3 3"',
    ],
    "overview-unlinked": ["figure", "Maya went from 3 to 5.", 'row "Week of Maya"'],
    "topic": [
        "From 9 Apr to 16 Apr", "Maya: 2 2 Jonas: 4 4", "From 23 Apr to", "From 16 Jul to 1 Oct",
        "Maya went from 2 to 6, Jonas from 4 to 6.", 'row "4 Jun no answer no answer"',
        'row "2 Jul 3, only you see this no answer"',
    ],
    "topic-empty": ["Asked from Monday 12 October."],
    "own": [
        "figure", "Maya went from 3 to 5.", "Your usual lies between 2 and 3", 'row "Week of Maya"',
        "figure", "Your total of 24 September: 15 of 21.",
    ],
    "back-one": [
        f"Maya went from 2 to 5, Jonas from 4 to 6. {FURTHEST}", "Maya: 2 2 Jonas: 4 4",
        'rowheader "Unhurried time together"', 'row "9 Apr 2 4"', 'row "16 Apr 2 4"',
    ],
}  # fmt: skip


@pytest.mark.parametrize("key", HEARD)
def test_a_chart_is_a_sentence_and_then_a_table(
    gallery: Gallery, window: BrowserContext, key: str
) -> None:
    page = gallery.visit(BY_KEY[key], window)
    page.evaluate(UNFOLD)
    left = read(page)
    whole = left
    for words in HEARD[key]:
        _before, found, left = left.partition(words)
        assert found, f"{words!r} is not heard in its place:\n{whole}"
    # Marks, lines and what is written into the drawing are for eyes.
    assert page.locator("svg.chart > g:not([aria-hidden=true])").count() == 0
    page.close()
