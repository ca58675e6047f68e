"""What most tests of the pages begin with."""

from __future__ import annotations

from datetime import datetime

import pytest
from flask.testing import FlaskClient

from tests.cast import Cast, sign_in
from tests.surveys.agreed import opened


@pytest.fixture
def maya(client: FlaskClient, cast: Cast, now: datetime) -> FlaskClient:
    """Return Maya's browser, a round open."""
    opened(cast.couple, now)
    sign_in(client, cast.maya, now)
    return client
