"""Fixtures for journeys: Chromium, the running service, the story."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from gallery import camera
from playwright.sync_api import Browser

from tests.journeys.prepared import signed_couple
from tests.journeys.service import Service
from tests.journeys.story import Story
from tests.servers import SmtpPeer


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Return a running Chromium, or skip where there is none."""
    with ExitStack() as stack:
        try:
            browser = stack.enter_context(camera.chromium())
        except camera.NoBrowser as none:
            pytest.skip(str(none))
        yield browser


@contextmanager
def running(folder: Path, smtp_url: str) -> Iterator[Service]:
    """Run the real service; its log must be free of errors at the end."""
    service = Service(folder, smtp_url)
    try:
        service.start()
        yield service
    finally:
        service.stop()
        print(service.log())
    assert not service.complaints()


@contextmanager
def told(service: Service, peer: SmtpPeer, chromium: Browser) -> Iterator[Story]:
    """Tell a story; at its end nothing must have gone wrong in any browser."""
    story = Story(service, peer, chromium)
    try:
        yield story
    finally:
        for reader in story.readers:
            reader.context.close()
    for reader in story.readers:
        reader.watch.check()


@pytest.fixture
def story(tmp_path: Path, smtp_peer: SmtpPeer, chromium: Browser) -> Iterator[Story]:
    """Return a story with nobody in it yet, and a service of its own."""
    with running(tmp_path, smtp_peer.url) as service, told(service, smtp_peer, chromium) as story:
        yield story


@pytest.fixture(scope="package")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Service, SmtpPeer]]:
    """Return one service for several tests, in which Maya and Jonas have signed."""
    peer = SmtpPeer()
    with running(tmp_path_factory.mktemp("signed"), peer.url) as service:
        signed_couple(service)
        yield service, peer
    peer.stop()


@pytest.fixture
def signed_story(signed: tuple[Service, SmtpPeer], chromium: Browser) -> Iterator[Story]:
    """Return a story in which Maya and Jonas have signed; others may have moved its time."""
    with told(*signed, chromium) as story:
        yield story
