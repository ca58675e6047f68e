"""Who lives in the same home, or holds an old session, uses up nobody's tries (C9, S7)."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from couples import clock
from tests.accounts.pages import letters, post
from tests.accounts.second_step import turn_on, wrong_for
from tests.accounts.test_throttling import hours
from tests.cast import PASSWORD, Cast, sign_in

__all__ = ["hours"]

MAYA = {"address": "maya@example.org", "password": PASSWORD}
GARBAGE = {"challenge": "x", "credential": "y"}
WRONG = {"current_password": "nobody's word at all"}


def statuses(client: FlaskClient, path: str, times: int, data: dict[str, str]) -> list[int]:
    """Send the same form again and again."""
    return [client.post(path, data=data).status_code for _time in range(times)]


def test_S7_a_partners_letters_are_not_counted_for_a_person_in_the_same_home(
    app: Flask, client: FlaskClient, cast: Cast
) -> None:
    jonas = app.test_client()
    for browser, person_id in ((jonas, cast.jonas), (client, cast.maya)):
        sign_in(browser, person_id, clock.now())
    for number in range(20):
        post(jonas, "/settings/address", address=f"j{number}@new.example")
    assert post(jonas, "/settings/address", address="more@new.example").status_code == 429
    assert post(client, "/settings/address", address="maya@new.example").status_code == 303


@pytest.mark.parametrize("path", ["/signup", "/reset", "/settings/address"])
def test_P3_only_letters_that_go_are_counted(client: FlaskClient, cast: Cast, path: str) -> None:
    sign_in(client, cast.maya, clock.now())
    assert statuses(client, path, 25, {"address": "no address"}) == [422] * 25
    assert post(client, path, address="maya@new.example").status_code == 303
    assert len(letters("reset" if path == "/reset" else "confirm")) == 1


def test_C9_a_known_browser_is_asked_for_its_passkey_whatever_others_in_the_home_try(
    app: Flask, client: FlaskClient, cast: Cast
) -> None:
    known, proving = app.test_client(), app.test_client()
    for browser in (known, proving):
        browser.post("/signin", data=MAYA)
    post(known, "/signout")
    assert statuses(client, "/signin/passkey/options", 61, {})[-1] == 429
    assert statuses(client, "/signin/passkey", 62, GARBAGE)[-1] == 429
    for browser, start in ((known, "/signin"), (proving, "/settings/prove")):
        assert post(browser, f"{start}/passkey/options").status_code == 200, start
        assert browser.post(f"{start}/passkey", data=GARBAGE).status_code == 422, start
    # It guesses no faster for being known.
    assert statuses(known, "/signin/passkey", 62, GARBAGE)[-1] == 429


def test_C9_a_mark_without_a_sign_in_counts_for_nothing(client: FlaskClient) -> None:
    for _time in range(61):
        client.set_cookie("pages-known", "made.up.mark")
        answer = post(client, "/signin/passkey/options")
    assert answer.status_code == 429


def test_S7_wrong_passwords_in_an_old_session_hold_up_no_other_browser_of_hers(
    app: Flask, client: FlaskClient, cast: Cast
) -> None:
    sign_in(client, cast.maya, clock.now() - timedelta(hours=3))
    assert statuses(client, "/settings/prove", 12, WRONG)[-1] == 429
    fresh = app.test_client()
    fresh.post("/signin", data=MAYA)
    typed = {"current_password": PASSWORD, "understood": "y"}
    assert fresh.post("/private/lock", data=typed).status_code == 303
    assert fresh.post("/settings/prove", data={"current_password": PASSWORD}).status_code == 303
    # The old one waits, whatever it types, and whatever token a proof gave it meanwhile.
    answer = client.post("/settings/prove", data={"current_password": PASSWORD})
    assert answer.status_code == 429


def test_S7_wrong_codes_in_an_old_session_close_the_door_to_no_other_browser_of_hers(
    app: Flask, client: FlaskClient, cast: Cast, hours: time_machine.Traveller
) -> None:
    turn_on(cast.maya)
    other = app.test_client()
    for browser in (client, other):
        sign_in(browser, cast.maya, clock.now() - timedelta(hours=3))
    code = {"code": wrong_for(cast.maya)}
    for _quarter in range(6):
        found = statuses(client, "/settings/prove", 10, code)
        hours.shift(16 * 60)
    assert found == [429] * 10
    assert client.post("/settings/prove", data={"current_password": PASSWORD}).status_code == 429
    assert other.post("/settings/prove", data={"current_password": PASSWORD}).status_code == 303


def test_S7_an_old_session_that_sends_forms_all_the_time_stops_no_other_browser(
    app: Flask, client: FlaskClient, cast: Cast
) -> None:
    app.config["FORMS_A_MINUTE"] = "5 per minute"
    other = app.test_client()
    for browser in (client, other):
        sign_in(browser, cast.maya, clock.now())
    assert statuses(client, "/settings/address/cancel", 6, {})[-1] == 429
    assert post(other, "/settings/address/cancel").status_code == 303
