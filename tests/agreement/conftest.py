"""Two browsers, and a clock that stands still."""

from __future__ import annotations

from datetime import datetime

import pytest
from flask.testing import FlaskClient

from tests.cast import Cast, sign_in


@pytest.fixture(autouse=True)
def _clock_stands_still(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, now: datetime
) -> None:
    if "client" in request.fixturenames:
        monkeypatch.setattr("couples.clock.now", lambda: now)


@pytest.fixture
def maya(client: FlaskClient, cast: Cast, now: datetime) -> FlaskClient:
    sign_in(client, cast.maya, now)
    return client


@pytest.fixture
def jonas(client: FlaskClient, cast: Cast, now: datetime) -> FlaskClient:
    browser = client.application.test_client()
    sign_in(browser, cast.jonas, now)
    return browser
