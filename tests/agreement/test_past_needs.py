"""A need that was never opened, of a link that has ended, is private history (P2, B13)."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask.testing import FlaskClient

from couples import clock
from couples.pairing.services_leaving import end_link
from tests.agreement.road import open_both, write
from tests.cast import PASSWORD, Cast, prove, sign_in

ALONE = "I felt alone."


def test_P2_B13_a_need_nobody_ever_read_is_shown_after_a_fresh_proof_alone(
    client: FlaskClient, cast: Cast, now: datetime
) -> None:
    need_id = write(cast.maya, now, "money")
    page = f"/doc/mine/{need_id}"
    sign_in(client, cast.maya, clock.now())
    prove(client, clock.now() - timedelta(hours=3))
    # While it is being worked on it asks for nothing.
    assert ALONE in client.get(page).text
    end_link(cast.jonas, now)
    assert client.get(page).location == f"/settings/prove?to={page}"
    typed = client.post(page, data={"before": "typed late", "revision": "0"})
    assert ALONE not in typed.text and "typed late" in typed.text
    back = client.post(f"/settings/prove?to={page}", data={"current_password": PASSWORD})
    assert back.location == page and ALONE in client.get(page).text


def test_P2_what_was_opened_is_shown_as_before(
    client: FlaskClient, cast: Cast, now: datetime
) -> None:
    open_both(cast, now)
    sign_in(client, cast.maya, clock.now())
    prove(client, clock.now() - timedelta(hours=3))
    end_link(cast.jonas, now)
    page = client.get("/doc/mine").text
    (need_id,) = {part[:22] for part in page.split("/doc/mine/")[1:] if not part.startswith("new")}
    assert ALONE in client.get(f"/doc/mine/{need_id}").text
