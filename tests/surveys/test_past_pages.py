"""Every round of one's own can be found again, as long as there is anything to take back (C3)."""

from __future__ import annotations

import re
from datetime import datetime

from flask.testing import FlaskClient

from couples.pairing.services_leaving import end_link
from couples.surveys.rounds.services_clock import open_due_rounds
from tests.cast import Cast, prove, sign_in
from tests.surveys.agreed import (
    AFTER,
    HOUR,
    INSIDE,
    OPENS,
    WEEK,
    answer,
    at,
    opened,
    round_of,
    rounds_of,
    sign,
)


def linked(client: FlaskClient, now: datetime) -> list[str]:
    """Return the ids of the rounds listed, as they stand on the page."""
    prove(client, now)
    with at(now):
        page = client.get("/week/past").text
    return re.findall(r'href="/week/past/([^"]+)"', page)


def test_C3_the_oldest_round_is_as_near_as_the_newest(
    client: FlaskClient, cast: Cast, now: datetime
) -> None:
    sign(cast.couple, now)
    for week in range(24):
        open_due_rounds(OPENS + week * WEEK + 2 * HOUR)
        if week != 5:
            answer(cast.maya, round_of(cast.couple).id, OPENS + week * WEEK + 2 * HOUR, overall=3)
    sign_in(client, cast.maya, AFTER + 23 * WEEK)
    mine = [one.id for one in rounds_of(cast.couple) if one.number != 6]
    assert linked(client, AFTER + 23 * WEEK) == mine[::-1]
    with at(AFTER + 23 * WEEK):
        assert "Stop sharing this" in client.get(f"/week/past/{mine[0]}").text


def test_the_list_is_reached_from_the_overview_and_between_rounds(
    client: FlaskClient, cast: Cast, now: datetime
) -> None:
    found = opened(cast.couple, now)
    answer(cast.maya, found.id, overall=3)
    sign_in(client, cast.maya, now)
    for path in ("/overview", "/week"):
        with at(AFTER):
            assert 'href="/week/past"' in client.get(path).text
    end_link(cast.jonas, AFTER)
    for path in ("/overview", "/week"):
        with at(AFTER):
            assert 'href="/week/past"' in client.get(path).text
    assert linked(client, AFTER) == [found.id]


def test_a_round_that_is_open_is_not_past_and_one_cut_off_is(
    client: FlaskClient, cast: Cast, now: datetime
) -> None:
    found = opened(cast.couple, now)
    answer(cast.maya, found.id, overall=3)
    sign_in(client, cast.maya, now)
    assert linked(client, INSIDE) == []
    end_link(cast.jonas, INSIDE)
    assert linked(client, INSIDE + HOUR) == [found.id]


def test_S7_nobody_finds_anothers_rounds_there(
    client: FlaskClient, cast: Cast, now: datetime
) -> None:
    answer(cast.maya, opened(cast.couple, now).id, overall=3)
    for other in (cast.jonas, cast.ines, cast.other):
        sign_in(client, other, AFTER)
        assert linked(client, AFTER) == []
    with at(AFTER):
        page = client.get("/week/past").text
    assert "<title>Past pages · Pages</title>" in page and "Nothing is here yet" in page


def test_S2_the_list_is_the_same_whatever_the_partner_did(
    client: FlaskClient, cast: Cast, now: datetime
) -> None:
    found = opened(cast.couple, now)
    answer(cast.maya, found.id, overall=3)
    sign_in(client, cast.maya, now)
    with at(AFTER):
        before = client.get("/week/past").data
        answer(cast.jonas, found.id, overall=3)
        assert client.get("/week/past").data == before


def test_S7_without_a_session_it_is_the_way_to_signing_in(client: FlaskClient) -> None:
    assert client.get("/week/past").headers["Location"] == "/signin"
