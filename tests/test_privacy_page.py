"""Pages that say what is so, and lead on from where somebody is (checklist J9)."""

from __future__ import annotations

from flask.testing import FlaskClient

from couples import clock, tokens
from couples.accounts import known
from couples.accounts.events.services import KEPT
from couples.db import new_id
from tests.cast import PASSWORD, Cast, sign_in


def test_J9_the_page_names_every_cookie_and_how_long_things_are_kept(
    client: FlaskClient, cast: Cast
) -> None:
    client.post("/signin", data={"address": "maya@example.org", "password": PASSWORD})
    assert client._cookies
    cookies = {cookie.key for cookie in client._cookies.values()}
    page = client.get("/privacy").text
    assert len(cookies) == 2 and "Two cookies." in page
    assert known.LASTS == 180 * 24 * 3600 and "for 180 days" in page
    assert KEPT.days == 90 and "for ninety days" in page


def test_a_used_link_leads_whoever_is_signed_in_to_their_settings(
    client: FlaskClient, cast: Cast
) -> None:
    link = f"/confirm/{tokens.make('confirm', new_id())}"
    gone = client.get(link)
    assert gone.status_code == 410 and "Sign in</a>" in gone.text
    sign_in(client, cast.maya, clock.now())
    shown = client.get(link).text
    assert "Sign in</a>" not in shown and "Settings</a>" in shown
