"""Guessing codes is slow, and locks nobody out (C9, S7)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from couples import clock, limits
from couples.accounts import throttle
from couples.accounts.events.services import events_of
from tests.accounts.pages import composed, path_in, post
from tests.accounts.second_step import (
    MAYA,
    code_of,
    forget_last_step,
    password_typed,
    turn_on,
    wrong_for,
)
from tests.cast import PASSWORD, Cast, sign_in
from tests.races import together

RIGHT = {"address": MAYA, "password": PASSWORD}
FRESH = "nine herons by the weir"
ELSEWHERE: dict[str, Any] = {"environ_base": {"REMOTE_ADDR": "203.0.113.9"}}


def hammer(client: FlaskClient, path: str, times: int, **data: str) -> list[int]:
    """Send wrong codes as fast as possible."""
    return [client.post(path, data=data, **ELSEWHERE).status_code for _time in range(times)]


def test_6_1_1_five_codes_are_free_then_time_passes(client: FlaskClient, cast: Cast) -> None:
    turn_on(cast.maya)
    password_typed(client)
    answers = hammer(client, "/signin/code", 8, code=wrong_for(cast.maya))
    assert answers == [422] * 5 + [422, 429, 429]
    waiting = client.post("/signin/code", data={"code": code_of(cast.maya)}, **ELSEWHERE)
    assert waiting.status_code == 429 and waiting.headers["Retry-After"]


def test_a_new_password_success_gives_a_source_no_new_tries(
    client: FlaskClient, cast: Cast
) -> None:
    turn_on(cast.maya)
    found = []
    for _time in range(3):
        client.post("/signin", data=RIGHT, **ELSEWHERE)
        found += hammer(client, "/signin/code", 3, code=wrong_for(cast.maya))
    assert found.count(429) >= 2 and found[:5] == [422] * 5


def test_C9_a_partner_who_hammers_does_not_lock_out_the_person(
    app: Flask, client: FlaskClient, cast: Cast
) -> None:
    turn_on(cast.maya)
    known = app.test_client()
    password_typed(known)
    assert post(known, "/signin/code", code=code_of(cast.maya)).status_code == 303
    post(known, "/signout")
    forget_last_step(cast.maya)
    client.post("/signin", data=RIGHT, **ELSEWHERE)
    assert hammer(client, "/signin/code", 20, code=wrong_for(cast.maya))[-1] == 429
    # At another place a new browser is free, and in the same home the known one.
    for browser, place in ((app.test_client(), {}), (known, ELSEWHERE)):
        browser.post("/signin", data=RIGHT, **place)
        answer = browser.post("/signin/code", data={"code": code_of(cast.maya)}, **place)
        assert answer.status_code == 303
        forget_last_step(cast.maya)


def test_6_1_1_fifty_wrong_codes_a_day_are_the_end_at_one_place(
    client: FlaskClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(throttle, "FREE_CODES", 1000)
    turn_on(cast.maya)
    password_typed(client)
    answers = hammer(client, "/signin/code", 52, code=wrong_for(cast.maya))
    assert answers == [422] * 50 + [429] * 2
    assert client.post("/signin/code", data={"code": code_of(cast.maya)}).status_code == 303


def test_a_letters_page_counts_wrong_codes_too_and_never_wrong_passwords(
    client: FlaskClient, cast: Cast
) -> None:
    turn_on(cast.maya)
    post(client, "/reset", address=MAYA)
    letter = composed("reset", clock.now())[-1]
    assert letter is not None
    path = path_in(letter, "/reset/")
    code = wrong_for(cast.maya)
    assert hammer(client, path, 8, password="short", code=code) == [422] * 8
    assert hammer(client, path, 8, password=FRESH, code=code) == [422] * 6 + [429] * 2
    assert client.get(path).status_code == 200
    # Signing in from there is counted at the same place.
    client.post("/signin", data=RIGHT, **ELSEWHERE)
    assert hammer(client, "/signin/code", 1, code=code) == [429]


def test_right_codes_are_not_counted(client: FlaskClient, cast: Cast) -> None:
    turn_on(cast.maya)
    for _time in range(8):
        password_typed(client)
        assert post(client, "/signin/code", code=code_of(cast.maya)).status_code == 303
        forget_last_step(cast.maya)
        post(client, "/signout")


def test_many_guesses_at_once_are_no_more_than_one_after_the_other(
    app: Flask, client: FlaskClient, cast: Cast
) -> None:
    turn_on(cast.maya)
    code = wrong_for(cast.maya)
    password_typed(client)
    cookie = client.get_cookie(app.config["SESSION_COOKIE_NAME"])
    assert cookie is not None

    def guess() -> int:
        other = app.test_client()
        other.set_cookie(cookie.key, cookie.value, domain="localhost")
        return other.post("/signin/code", data={"code": code}).status_code

    answers = together(app, *[guess] * 12)
    assert sorted(answers)[:6] == [422] * 6 and sorted(answers)[6:] == [429] * 6


def test_at_the_door_guesses_are_slowed_down_and_signing_in_stays_possible(
    client: FlaskClient, cast: Cast
) -> None:
    turn_on(cast.maya)
    sign_in(client, cast.maya, clock.now() - timedelta(minutes=11))
    answers = hammer(client, "/settings/prove", 12, code=wrong_for(cast.maya))
    assert answers == [422] * 10 + [429] * 2
    post(client, "/signout")
    password_typed(client)
    assert post(client, "/signin/code", code=code_of(cast.maya)).status_code == 303


def test_what_is_counted_names_nobody(client: FlaskClient, cast: Cast) -> None:
    turn_on(cast.maya)
    password_typed(client)
    hammer(client, "/signin/code", 2, code=wrong_for(cast.maya))
    keys = " ".join(map(str, limits.limiter.limiter.storage.storage))  # type: ignore[attr-defined]
    assert MAYA not in keys


def of_networks(app: Flask, person_id: str, networks: int) -> list[int]:
    """Type the right password and five wrong codes from each of many networks."""
    code, found = wrong_for(person_id), []
    for network in range(networks):
        place: dict[str, Any] = {"environ_base": {"REMOTE_ADDR": f"2001:db8:0:{network:x}::1"}}
        browser = app.test_client()
        browser.post("/signin", data=RIGHT, **place)
        tries = [browser.post("/signin/code", data={"code": code}, **place) for _time in range(5)]
        found += [one.status_code for one in tries]
    return found


def kinds(person_id: str) -> list[str]:
    """Return what her own log says."""
    return [one.kind for one in events_of(person_id, clock.now())]


def test_C9_many_networks_guess_no_more_codes_than_one_and_her_log_says_so_once_a_day(
    app: Flask, client: FlaskClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert throttle.CODES_OF_UNKNOWN == 100
    monkeypatch.setattr(throttle, "CODES_OF_UNKNOWN", 20)
    known = app.test_client()
    known.post("/signin", data=RIGHT)
    post(known, "/signout")
    paper = turn_on(cast.maya)
    assert of_networks(app, cast.maya, 5) == [422] * 25
    assert kinds(cast.maya).count("codes_wrong") == 1 and kinds(cast.jonas) == []
    # A right code from a browser nobody knows is not looked at any more, and what to do is said.
    client.post("/signin", data=RIGHT, **ELSEWHERE)
    right = client.post("/signin/code", data={"code": code_of(cast.maya)}, **ELSEWHERE)
    assert right.status_code == 422 and "Too many wrong codes were typed today" in right.text
    # Nobody is locked out: codes on paper count, and so does a browser that is known.
    answer = client.post("/signin/code", data={"recovery": paper[0]}, **ELSEWHERE)
    assert answer.status_code == 303
    known.post("/signin", data=RIGHT, **ELSEWHERE)
    assert post(known, "/signin/code", code=code_of(cast.maya)).status_code == 303


def test_C9_a_letters_page_is_in_the_same_sum(
    app: Flask, client: FlaskClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(throttle, "CODES_OF_UNKNOWN", 11)
    paper = turn_on(cast.maya)
    post(client, "/reset", address=MAYA)
    letter = composed("reset", clock.now())[-1]
    assert letter is not None
    path = path_in(letter, "/reset/")
    hammer(client, path, 1, password=FRESH, code=wrong_for(cast.maya))
    assert kinds(cast.maya) == ["reset_codes_wrong", "codes_on"]
    of_networks(app, cast.maya, 2)
    right = client.post(path, data={"password": FRESH, "code": code_of(cast.maya)})
    assert right.status_code == 422 and "Too many wrong codes were typed today" in right.text
    assert client.post(path, data={"password": FRESH, "recovery": paper[0]}).status_code == 303


def test_C9_right_codes_use_nothing_of_the_days_sum(
    app: Flask, client: FlaskClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(throttle, "CODES_OF_UNKNOWN", 2)
    turn_on(cast.maya)
    for _time in range(4):
        browser = app.test_client()
        browser.post("/signin", data=RIGHT, **ELSEWHERE)
        answer = browser.post("/signin/code", data={"code": code_of(cast.maya)}, **ELSEWHERE)
        assert answer.status_code == 303
        forget_last_step(cast.maya)
