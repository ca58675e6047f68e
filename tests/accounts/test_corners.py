"""An account's smaller corners: odd domains, guessing the current password, moving house."""

from __future__ import annotations

from datetime import datetime

from flask.testing import FlaskClient

from couples import clock
from couples.accounts import browser
from tests.accounts.pages import post
from tests.accounts.test_throttling import FRESH, MAYA, attempt
from tests.cast import PASSWORD, Cast, sign_in


def test_an_address_with_other_letters_in_its_domain_signs_in_as_typed(
    client: FlaskClient, cast: Cast, now: datetime
) -> None:
    from couples.accounts.addresses import canonical, index_of
    from couples.accounts.models import Person
    from couples.db import db, transaction

    with transaction():
        person = db.session.get(Person, cast.ines)
        assert person
        person.address_index = index_of(canonical("ines@bücher.example"))
    for typed in ("ines@bücher.example", " Ines@BÜCHER.example", "ines@xn--bcher-kva.example"):
        assert attempt(client, PASSWORD, typed).status_code == 303
        client.post("/signout")


def test_C9_guessing_the_current_password_is_slowed_down_in_that_browser_alone(
    client: FlaskClient, cast: Cast
) -> None:
    sign_in(client, cast.maya, clock.now())
    for _time in range(12):
        short = post(client, "/settings/password", current_password=PASSWORD, password="short")
        assert short.status_code == 422
    found = [
        post(client, "/settings/password", current_password=f"x{n}", password=FRESH).status_code
        for n in range(12)
    ]
    assert found == [422] * 10 + [429] * 2
    right = post(client, "/settings/password", current_password=PASSWORD, password=FRESH)
    assert right.status_code == 429
    sign_in(client, cast.maya, clock.now())
    right = post(client, "/settings/password", current_password=PASSWORD, password=FRESH)
    assert right.status_code == 303
    assert client.get("/settings/password").status_code == 200
    sign_in(client, cast.jonas, clock.now())
    right = post(client, "/settings/password", current_password=PASSWORD, password=FRESH)
    assert right.status_code == 303


def test_an_invite_one_person_looked_at_does_not_go_along_to_another(
    client: FlaskClient, cast: Cast
) -> None:
    def looked_at() -> bool:
        with client.session_transaction() as cookie:
            return "invite" in cookie

    sign_in(client, cast.ines, clock.now())
    with client.session_transaction() as cookie:
        cookie["invite"] = "K7Q2-9MXD-4T0B"
    attempt(client, PASSWORD, "ines@example.org")
    assert looked_at(), "the same person"
    attempt(client, PASSWORD, MAYA)
    assert not looked_at(), "another person"
    assert "invite" in browser.POCKET


def test_a_new_zone_is_told_to_later_features(client: FlaskClient, cast: Cast) -> None:
    from couples.accounts.signals import moved

    heard: list[object] = []

    def hear(_sender: object, **values: object) -> None:
        heard.append(values["person_id"])

    sign_in(client, cast.maya, clock.now())
    with moved.connected_to(hear):
        for zone in ("Europe/Berlin", "Asia/Tokyo"):
            about = {"name": "Maya", "language": "en", "zone": zone}
            assert client.post("/settings/about", data=about).status_code == 303
    assert heard == [cast.maya]
