"""Guessing is slowed down to uselessness, and nobody is locked out by it (rules P3, S7)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from threading import Barrier, Thread

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from couples import clock, limits
from couples.accounts import throttle
from couples.settings import Settings
from tests.accounts.pages import composed, path_in, post
from tests.cast import PASSWORD, Cast
from tests.servers import free_port

MAYA = "maya@example.org"
FRESH = "nine herons by the weir"


@pytest.fixture
def hours() -> Iterator[time_machine.Traveller]:
    """Let time pass only when the test says so."""
    with time_machine.travel(datetime(2026, 9, 1, 12, 0, 20, tzinfo=UTC), tick=False) as hours:
        yield hours


def attempt(
    client: FlaskClient, password: str = "wrong", address: str = MAYA, source: str = "127.0.0.1"
) -> TestResponse:
    """Try to sign in."""
    data = {"address": address, "password": password}
    return client.post("/signin", data=data, environ_base={"REMOTE_ADDR": source})


def codes(client: FlaskClient, times: int, source: str = "127.0.0.1") -> list[int]:
    """Try wrong passwords without a pause."""
    return [attempt(client, source=source).status_code for _time in range(times)]


def close_window(client: FlaskClient) -> None:
    """Lose what lives as long as the browser's window."""
    client.delete_cookie("pages")


def test_C9_the_wait_grows_to_a_minute_and_never_beyond() -> None:
    waits = [limits.delay(tries, 10) for tries in range(8, 20)]
    assert waits == [0, 0, 0, 2, 4, 8, 16, 32, 60, 60, 60, 60]
    assert limits.delay(10**6, 10) == 60


def test_C9_wrong_tries_in_the_same_home_hold_the_right_password_up_for_a_minute_at_most(
    app: Flask, client: FlaskClient, cast: Cast, hours: time_machine.Traveller
) -> None:
    for _second in range(600):
        attempt(client)
        hours.shift(1)
    refused = attempt(app.test_client(), PASSWORD)
    assert refused.status_code in {303, 429}
    if refused.status_code == 429:
        assert 0 < int(refused.headers["Retry-After"]) <= 60
    hours.shift(60)
    assert attempt(app.test_client(), PASSWORD).status_code == 303


def test_C9_ten_thousand_wrong_passwords_do_not_keep_her_out(
    app: Flask, client: FlaskClient, cast: Cast, hours: time_machine.Traveller
) -> None:
    attempt(client, PASSWORD)
    client.post("/signout")
    tried = []

    def never_right() -> str:
        """Stand for the page without its slow hashing: what counts is before and after it."""
        throttle.count_as_wrong()
        tried.append(True)
        return "wrong"

    form, home = {"address": MAYA, "password": "wrong"}, {"REMOTE_ADDR": "127.0.0.1"}
    view = throttle.failed_sign_ins(never_right)
    with app.test_request_context("/signin", method="POST", data=form, environ_base=home):
        while len(tried) < 10_000:
            hours.shift(limits.LONGEST_WAIT + 1)
            view()
    refused = attempt(app.test_client(), PASSWORD)
    assert refused.status_code == 429 and int(refused.headers["Retry-After"]) <= 60
    assert attempt(client, PASSWORD).status_code == 303, "in the same home, where she has before"
    elsewhere = attempt(app.test_client(), PASSWORD, source="203.0.113.9")
    assert elsewhere.status_code == 303, "anywhere else"


def test_C9_the_page_names_a_time_that_is_not_too_early(
    client: FlaskClient, cast: Cast, hours: time_machine.Traveller
) -> None:
    assert codes(client, 12) == [422] * 11 + [429]
    answer = attempt(client, PASSWORD)
    assert "You can try again at 12:01" in answer.text.replace("\u202f", " ")
    assert "UTC" in answer.text


def test_C9_guessing_without_a_pause_gets_some_seventy_tries_an_hour(
    client: FlaskClient, cast: Cast, hours: time_machine.Traveller
) -> None:
    found = []
    for _time in range(1200):
        found.append(attempt(client).status_code)
        hours.shift(3)
    assert found.count(422) < 80


def test_C9_one_source_trying_many_addresses_is_slowed_down_too(
    client: FlaskClient, cast: Cast, hours: time_machine.Traveller
) -> None:
    found = [attempt(client, address=f"x{n}@example.org").status_code for n in range(80)]
    assert found == [422] * 61 + [429] * 19
    hours.shift(61)
    assert attempt(client, PASSWORD).status_code == 303


def test_C9_of_many_tries_at_once_no_more_are_made(app: Flask, cast: Cast) -> None:
    together, found = Barrier(24), []

    def run() -> None:
        with app.app_context():
            together.wait()
            found.append(attempt(app.test_client()).status_code)

    threads = [Thread(target=run) for _time in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(found) == 24 and found.count(422) <= 12


def test_P3_wrong_tries_from_one_source_lock_nobody_else_out(
    app: Flask, client: FlaskClient, cast: Cast
) -> None:
    assert 429 in codes(client, 40, source="203.0.113.9")
    assert attempt(app.test_client(), PASSWORD).status_code == 303


def test_C9_a_known_browser_is_known_after_its_window_was_closed(
    app: Flask, client: FlaskClient, cast: Cast
) -> None:
    attempt(client, PASSWORD)
    close_window(client)
    assert 429 in codes(app.test_client(), 200)
    assert attempt(client, PASSWORD).status_code == 303


def test_C9_each_known_browser_of_a_person_counts_for_itself(
    app: Flask, client: FlaskClient, cast: Cast
) -> None:
    other = app.test_client()
    for one in (client, other):
        attempt(one, PASSWORD)
        one.post("/signout")
    assert codes(other, 12)[-1] == 429
    assert attempt(client, PASSWORD).status_code == 303


def test_C9_a_shared_browser_is_known_to_both(app: Flask, client: FlaskClient, cast: Cast) -> None:
    for address in (MAYA, "jonas@example.org"):
        attempt(client, PASSWORD, address)
        client.post("/signout")
    codes(app.test_client(), 40)
    assert attempt(client, PASSWORD).status_code == 303


def test_C9_a_known_browser_guesses_no_faster_and_no_other_address(
    client: FlaskClient, cast: Cast
) -> None:
    attempt(client, PASSWORD)
    client.post("/signout")
    assert codes(client, 20)[-1] == 429
    of_jonas = [attempt(client, address="jonas@example.org").status_code for _time in range(20)]
    assert of_jonas[-1] == 429


def test_C9_a_mark_nobody_signed_counts_for_nothing(client: FlaskClient, cast: Cast) -> None:
    client.set_cookie("pages-known", "made.up.mark")
    assert codes(client, 12)[-1] == 429


def test_C9_who_reads_the_mail_of_the_address_gets_past_somebody_trying_all_the_time(
    app: Flask, client: FlaskClient, cast: Cast
) -> None:
    post(client, "/reset", address=MAYA)
    letter = composed("reset", clock.now())[-1]
    assert letter
    post(client, path_in(letter, "/reset/"), password=FRESH)
    codes(app.test_client(), 40)
    assert attempt(client, FRESH).status_code == 303


def test_S4_quick_exit_takes_the_mark_away_and_signing_out_does_not(
    client: FlaskClient, cast: Cast
) -> None:
    attempt(client, PASSWORD)
    client.post("/signout")
    cookie = client.get_cookie("pages-known")
    assert cookie and cookie.http_only and cookie.same_site == "Lax"
    assert cookie.max_age == 180 * 24 * 3600 and "maya" not in cookie.value
    client.get("/exit")
    assert client.get_cookie("pages-known") is None


def test_the_mark_needs_https_where_there_is_any(
    app: Flask, client: FlaskClient, cast: Cast
) -> None:
    settings = replace(app.extensions["settings"], public_url="https://pages.example.org")
    app.extensions["settings"] = settings
    answer = attempt(client, PASSWORD)
    [mark] = [one for one in answer.headers.getlist("Set-Cookie") if "known" in one]
    assert mark.startswith("__Host-pages-known=") and "Secure" in mark and "Domain" not in mark


def test_while_redis_is_away_tries_are_counted_in_memory(
    sqlite_url: str, settings_for: Callable[..., Settings]
) -> None:
    from couples.app import create_app

    away = f"redis://127.0.0.1:{free_port()}/0"
    app = create_app(settings_for(sqlite_url, redis_url=away))
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, ARGON2=(1, 8, 1))
    assert codes(app.test_client(), 12) == [422] * 11 + [429]


def test_only_failed_tries_are_counted(client: FlaskClient, cast: Cast) -> None:
    for _time in range(15):
        assert attempt(client, PASSWORD).status_code == 303
        client.post("/signout")
        client.delete_cookie("pages-known")


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("fe80::1%eth0", "fe80::/64"),
        ("no address", "no address"),
    ],
)
def test_C9_a_source_is_the_network_a_home_has_to_itself(address: str, network: str) -> None:
    assert limits.network_of(address) == network


def test_C9_other_addresses_of_the_same_network_count_as_one_source(
    app: Flask, client: FlaskClient, cast: Cast
) -> None:
    found = [
        attempt(app.test_client(), source=f"2001:db8:1:2::{n:x}").status_code for n in range(14)
    ]
    assert found[-1] == 429
    letters = [
        client.post(
            "/reset",
            data={"address": "x@example.org"},
            environ_base={"REMOTE_ADDR": f"2001:db8:1:2::{n:x}"},
        ).status_code
        for n in range(21)
    ]
    assert letters[-1] == 429
