"""Taking one's own words along and in again, in a real browser and over the real server."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from couples.db import new_id
from tests.cast import make_person
from tests.journeys.road import sign_in
from tests.journeys.story import Reader, Story

pytestmark = pytest.mark.browser

TO_READ, TO_TAKE = "Download to read", "Download for another server"


def reader_of(story: Story, *, scripts: bool) -> Reader:
    """Return the browser of somebody new who has just signed in."""
    name = f"Own{new_id()[:6]}"
    with story.service.inside():
        make_person(name, story.service.now())
    story.looked_at.add("signin")
    reader = story.reader(scripts=scripts)
    sign_in(reader, name)
    return reader


def downloaded(reader: Reader, button: str) -> Path:
    """Press a button that gives a file; the page stays."""
    with reader.page.expect_download() as coming:
        reader.page.get_by_role("button", name=button).click()
    return Path(coming.value.path())


@pytest.mark.parametrize("scripts", [True, False])
def test_J1_one_file_after_the_other_comes_without_loading_the_page_anew(
    signed_story: Story, scripts: bool
) -> None:
    reader = reader_of(signed_story, scripts=scripts)
    reader.open("/settings/export")
    for _twice in range(2):
        assert "<html" in downloaded(reader, TO_READ).read_text()
        assert json.loads(downloaded(reader, TO_TAKE).read_text())
    for name in (TO_READ, TO_TAKE):
        expect(reader.page.get_by_role("button", name=name)).not_to_have_attribute(
            "aria-disabled", "true"
        )


def file_of(size: int) -> Any:
    """Return a file of so many bytes."""
    return {"name": "own.json", "mimeType": "application/json", "buffer": b" " * size}


def test_a_file_that_is_too_big_is_answered_by_a_page_of_ours(signed_story: Story) -> None:
    reader = reader_of(signed_story, scripts=True)
    reader.watch.expected = {413, 422}
    for kilobytes, sentence in ((1500, "isn’t"), (2060, "2 MB"), (2900, "a smaller file")):
        reader.open("/settings/import")
        reader.page.get_by_label("File").set_input_files(file_of(kilobytes * 1024))
        reader.press("Take it in")
        reader.sees(sentence)
        expect(reader.page.get_by_role("link", name="Quick exit").first).to_be_attached()
