"""The watchers themselves: what they are for, they see."""

from __future__ import annotations

import pytest
from playwright.sync_api import Error

from tests.journeys import watching
from tests.journeys.story import Story

pytestmark = pytest.mark.browser


def test_what_is_wrong_is_noticed(signed_story: Story) -> None:
    reader = signed_story.reader()
    reader.open("/help")
    page = reader.page
    page.locator("h1").evaluate(
        "one => { const it = document.createElement('img'); it.src = '/x.png'; one.after(it); }"
    )
    with pytest.raises(AssertionError, match="image-alt"):
        watching.check_accessibility(page)
    page.locator("h1").evaluate("one => { one.classList.add('nb'); one.append('x'.repeat(80)); }")
    with pytest.raises(AssertionError, match="wide"):
        watching.check_width(page)
    page.locator("h1").evaluate("one => one.setAttribute('style', 'color:red')")
    with pytest.raises(AssertionError, match="Content Security Policy"):
        reader.watch.check()
    with pytest.raises(Error, match="TrustedHTML"):
        page.locator("h1").evaluate("one => one.insertAdjacentHTML('afterend', '<p>')")
    with pytest.raises(AssertionError, match="TrustedHTML"):
        reader.watch.check()
    page.locator("h1").evaluate("() => { new Image().src = 'https://elsewhere.example/x.png'; }")
    page.wait_for_timeout(200)
    with pytest.raises(AssertionError, match=r"elsewhere\.example"):
        reader.watch.check()
