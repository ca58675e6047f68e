"""Pages that need no account: accessible, narrow enough, quiet, under the strict policy."""

from __future__ import annotations

import pytest

from tests.journeys.story import Story

pytestmark = pytest.mark.browser


def test_pages_without_an_account_pass_every_look(signed_story: Story) -> None:
    guest = signed_story.reader()
    for path in ("/help", "/how", "/privacy"):
        guest.open(path)
        guest.look(path.strip("/"))
