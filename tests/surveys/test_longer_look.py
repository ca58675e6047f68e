"""The longer look: offered twice a year, filled in at leisure, and its author's alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from couples.accounts.services_profile import change_profile
from couples.pairing import services_leaving
from couples.surveys.longer_look import services as services_longer
from couples.surveys.longer_look.rules import HALF_YEAR
from couples.surveys.longer_look.services import LONG_SCALE, LookClash, Offer
from couples.surveys.models import LongerLook
from tests.cast import Cast, prove, sign_in
from tests.pages import without_tokens
from tests.surveys.agreed import AFTER, INSIDE, at, opened, sign

KEYS = [item.key for item in LONG_SCALE.items]
SECOND = timedelta(seconds=1)


def filled(points: int) -> dict[str, str]:
    return {f"s{key}": str(points) for key in KEYS}


@pytest.fixture
def maya(client: FlaskClient, cast: Cast, now: datetime) -> FlaskClient:
    """Return Maya's browser, a version in force."""
    sign(cast.couple, now)
    sign_in(client, cast.maya, now)
    return client


def get(client: FlaskClient, now: datetime, path: str = "/week/longer") -> tuple[int, str]:
    prove(client, now)
    with at(now):
        answer = client.get(path)
    return answer.status_code, answer.text


def send(
    client: FlaskClient, now: datetime, path: str = "/week/longer", /, **fields: str
) -> tuple[int, str]:
    prove(client, now)
    with at(now):
        answer = client.post(path, data=fields)
    return answer.status_code, answer.text


def test_it_is_offered_once_something_is_signed(
    client: FlaskClient, cast: Cast, now: datetime
) -> None:
    sign_in(client, cast.maya, now)
    assert get(client, now)[0] == 404
    assert "longer look" not in get(client, now, "/week")[1]
    sign(cast.couple, now)
    status, page = get(client, now)
    assert status == 200 and page.count("<fieldset") == 16 and page.count('value="skip"') == 16
    assert "From 0, <span>BAD</span>, to 5, <span>GOOD</span>." in page, "before an end is reached"
    assert "checked" not in page and page.index("For each of the following") > page.index("s22")
    assert LONG_SCALE.notice.split(".")[0] in page
    line = get(client, now, "/week")[1]
    assert "A longer look: sixteen questions" in line and "Not now" in line
    assert services_longer.offer_of(cast.ines, now) is Offer.NONE


def test_it_is_filled_in_at_leisure_finished_and_offered_again_in_half_a_year(
    maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    assert send(maya, now, revision="0", s1="0", s26="5", then="save")[0] == 303
    page = get(maya, now)[1]
    assert 'id="s1-0" value="0" checked' in page and 'id="s26-0" value="5" checked' in page
    assert "Go on with it" in get(maya, now, "/week")[1]
    assert send(maya, now, revision="1", then="finish", **filled(3))[0] == 303
    page = get(maya, now)[1]
    assert "INTERESTING 5–0 BORING" in page and "BAD 0–5 GOOD" in page
    assert "48 of 81" in page and "often reported" in page and '<form class="ci__form' not in page
    assert "longer look:" not in get(maya, now, "/week")[1]
    assert send(maya, now, revision="0", s1="3", then="save")[0] == 404, "not twice"
    sign_in(maya, cast.maya, now + HALF_YEAR - SECOND)
    assert get(maya, now + HALF_YEAR - SECOND)[1].count("<fieldset") == 0
    later = get(maya, now + HALF_YEAR)[1]
    assert later.count("<fieldset") == 16 and "checked" not in later and "48 of 81" in later


def test_only_all_sixteen_make_a_total(maya: FlaskClient, now: datetime) -> None:
    fields = {**filled(5), "s32": "skip"}
    assert send(maya, now, revision="0", then="finish", **fields)[0] == 303
    page = get(maya, now)[1]
    assert "It takes all sixteen".lower() in page.lower() and "of 81" not in page


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"then": "finish"}, "Pick an answer first"),
        ({"then": "finish", "s1": "skip"}, "Pick an answer first"),
        ({"then": "save", "s9": "6"}, "Pick an answer, or skip this one"),
        ({"then": "save", "s26": "x"}, "Pick an answer, or skip this one"),
    ],
)
def test_what_cannot_be_kept_comes_back_with_a_sentence(
    maya: FlaskClient, now: datetime, fields: dict[str, str], says: str
) -> None:
    status, page = send(maya, now, revision="0", **fields)
    assert status == 422 and says in page


def test_it_saves_itself_and_two_windows_lose_nothing(maya: FlaskClient, now: datetime) -> None:
    with at(now):
        kept = maya.post("/week/longer/save", data={"revision": "0", "s9": "2"})
        assert (kept.status_code, kept.get_json()["revision"]) == (200, 1)
        empty = maya.post("/week/longer/save", data={"revision": "1", "s9": "2"})
        assert empty.get_json()["revision"] == 1, "the same again is no change"
        other = maya.post("/week/longer/save", data={"revision": "0", "s9": "4"})
        assert other.status_code == 409
    status, page = send(maya, now, revision="0", s9="4", then="save")
    assert status == 409 and "In another window: Somewhat TRUE" in page
    assert 'id="s9-4" value="4" checked' in page and 'name="revision" value="1"' in page
    assert send(maya, now, revision="1", s9="4", then="save")[0] == 303


def test_looking_and_saving_nothing_makes_no_row(maya: FlaskClient, now: datetime) -> None:
    from couples.db import db

    get(maya, now)
    send(maya, now, "/week/longer/save", revision="0")
    assert db.session.scalars(db.select(LongerLook)).all() == []


def test_one_that_was_emptied_again_leaves_nothing_to_read(
    maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    begun = services_longer.save_look(cast.maya, {KEYS[0]: 3}, 0, now)
    assert isinstance(begun, services_longer.Look)
    services_longer.save_look(cast.maya, {}, begun.revision, now)
    assert not services_longer.has_past(cast.maya)
    services_leaving.end_link(cast.jonas, now)
    assert "/week/longer" not in get(maya, now, "/week/past")[1]
    assert get(maya, now)[0] == 404


def test_put_away_it_is_not_mentioned_for_half_a_year(
    maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    assert send(maya, now, "/week/longer/away")[0] == 303
    assert services_longer.offer_of(cast.maya, now + HALF_YEAR - SECOND) is Offer.NONE
    assert services_longer.offer_of(cast.maya, now + HALF_YEAR) is Offer.BEGIN
    assert get(maya, now)[0] == 200, "who comes by themselves may"
    send(maya, now + SECOND, revision="0", s1="3", then="save")
    assert services_longer.offer_of(cast.maya, now + 2 * SECOND) is Offer.GO_ON


def test_what_was_left_half_a_year_ago_is_not_gone_on_with(
    maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    send(maya, now, revision="0", s1="3", then="save")
    sign_in(maya, cast.maya, now + HALF_YEAR)
    page = get(maya, now + HALF_YEAR)[1]
    assert "checked" not in page and "Begun and not finished." in page


def test_the_operators_switch_leaves_past_ones_readable(
    app: Flask, maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    on = app.extensions["settings"]
    app.extensions["settings"] = replace(on, scales=False)
    assert get(maya, now)[0] == 404
    app.extensions["settings"] = on
    send(maya, now, revision="0", then="finish", **filled(4))
    app.extensions["settings"] = replace(on, scales=False)
    sign_in(maya, cast.maya, now + HALF_YEAR)
    status, page = get(maya, now + HALF_YEAR)
    assert status == 200 and "64 of 81" in page and "<fieldset" not in page
    assert send(maya, now + HALF_YEAR, revision="0", s1="1")[0] == 404


def test_it_is_not_offered_in_another_language(
    maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    change_profile(cast.maya, name="Maya", language="de", zone="UTC", now=now)
    assert get(maya, now)[0] == 404
    assert services_longer.offer_of(cast.maya, now) is Offer.NONE


@pytest.mark.parametrize("begun", [{}, {"s1": "3"}], ids=["only opened", "begun"])
def test_A9_what_was_chosen_is_kept_though_one_reads_another_language_by_now(
    maya: FlaskClient, cast: Cast, now: datetime, begun: dict[str, str]
) -> None:
    if begun:
        send(maya, now, revision="0", then="save", **begun)
    change_profile(cast.maya, name="Maya", language="de", zone="UTC", now=now)
    more = {"s1": "3", f"s{KEYS[1]}": "1", "revision": "1" if begun else "0"}
    assert send(maya, now, "/week/longer/save", **more)[0] == 200
    status, page = get(maya, now)
    assert status == 200 and LONG_SCALE.items[1].words in page
    assert services_longer.offer_of(cast.maya, now) is Offer.GO_ON
    assert send(maya, now, revision="7", then="finish", **filled(4))[0] == 409
    assert send(maya, now, revision="2" if begun else "1", then="finish", **filled(4))[0] == 303
    assert "64 von 81" in get(maya, now)[1]


def test_what_held_nothing_leads_to_a_page_there_is_in_every_language(
    maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    change_profile(cast.maya, name="Maya", language="de", zone="UTC", now=now)
    prove(maya, now)
    with at(now):
        answer = maya.post(
            "/week/longer", data={"revision": "0", "then": "save"}, follow_redirects=True
        )
    assert answer.status_code == 200


def test_L6_after_parting_it_stays_with_its_author(
    maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    send(maya, now, revision="0", then="finish", **filled(4))
    services_leaving.end_link(cast.jonas, INSIDE)
    status, page = get(maya, INSIDE)
    assert status == 200 and "64 of 81" in page and "<fieldset" not in page
    assert "Your longer looks" in get(maya, INSIDE, "/week/past")[1]
    sign_in(maya, cast.jonas, INSIDE)
    assert get(maya, INSIDE)[0] == 404


ACTS: dict[str, Callable[[str], object]] = {
    "saves": lambda person: services_longer.save_look(person, {"1": 3}, 0, INSIDE),
    "finishes": lambda person: services_longer.finish_look(
        person, dict.fromkeys(KEYS, 1), 0, INSIDE
    ),
    "puts away": lambda person: services_longer.put_away(person, INSIDE),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS.keys())
def test_S2_the_partner_sees_nothing_of_it(
    client: FlaskClient, cast: Cast, now: datetime, act: Callable[[str], object]
) -> None:
    opened(cast.couple, now)
    sign_in(client, cast.jonas, now)

    def observed() -> list[bytes]:
        pages = ("/overview", "/week", "/week/longer", "/week/past", "/doc", "/settings")
        found = []
        for moment in (INSIDE, AFTER):
            with at(moment):
                found += [without_tokens(client.get(path).data) for path in pages]
        return found

    before = observed()
    act(cast.maya)
    assert observed() == before


def test_a_second_window_first_is_told_by_the_service(database_cast: Cast, now: datetime) -> None:
    cast = database_cast
    sign(cast.couple, now)
    services_longer.save_look(cast.maya, {"1": 0}, 0, now)
    assert isinstance(services_longer.save_look(cast.maya, {"1": 1}, 0, now), LookClash)
    services_longer.finish_look(cast.maya, {"1": 0}, 0, now)
    assert services_longer.longer_page(cast.maya, now).past[0].total is None
