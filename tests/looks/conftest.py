"""Fixtures for looks: the gallery, and one browser window that is resized."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from gallery import worlds
from playwright.sync_api import Browser, BrowserContext

from tests.journeys.conftest import chromium
from tests.looks.looks import PHONE

__all__ = ["chromium"]


@pytest.fixture(scope="package")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[worlds.Gallery]:
    """Return the application in all its states."""
    with worlds.built(tmp_path_factory.mktemp("looks") / "gallery") as built:
        yield built


@pytest.fixture(scope="package")
def window(chromium: Browser) -> Iterator[BrowserContext]:
    """Return a browser for one reader at a time."""
    size = {"width": PHONE[0], "height": PHONE[1]}
    context = chromium.new_context(locale="en-GB", reduced_motion="reduce", viewport=size)  # type: ignore[arg-type]
    context.set_default_timeout(20_000)
    yield context
    context.close()
