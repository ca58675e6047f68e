"""The published scale on a page whose reader has changed the language since it was shown (C2)."""

from __future__ import annotations

import html
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from couples import tokens
from couples.accounts.services_profile import change_profile
from couples.surveys.answering.services import Answers, Stored, save_answers, stored_of
from couples.surveys.scales.items import scale
from tests.cast import Cast, prove, sign_in
from tests.surveys.agreed import (
    AFTER,
    INSIDE,
    at,
    opened,
    response_of,
    round_of,
    rounds_for,
    shown_in,
)

ALL = {"1": 3, "12": 4, "19": 3, "22": 4}
CHOSEN = {f"s{key}": str(points) for key, points in ALL.items()}
UNTOUCHED = {f"was_{name}": "" for name in CHOSEN}
WORDS = [item.words for item in scale("csi4").items]
SAID = (
    "The four questions are asked in English, the language they were published in, and of nobody "
    "who reads these pages in another."
)


def read(person: str, language: str) -> None:
    change_profile(person, name="Maya", language=language, zone="UTC", now=INSIDE)


def mine(cast: Cast) -> Stored:
    return stored_of(response_of(round_of(cast.couple).id, cast.maya))


def opened_total(cast: Cast) -> tuple[int, int] | None:
    (found,) = rounds_for(cast.jonas, AFTER)
    return found.opened_total


@pytest.fixture
def round_id(cast: Cast, now: datetime) -> str:
    """Return an open round that Jonas has shared the scale of, while Maya read English."""
    found = opened(cast.couple, now).id
    assert save_answers(cast.jonas, found, Answers({}, True, scale=ALL), INSIDE) is None
    return found


@pytest.fixture
def maya(client: FlaskClient, cast: Cast, round_id: str) -> FlaskClient:
    sign_in(client, cast.maya, INSIDE)
    return client


def test_C2_what_was_chosen_before_german_is_stored_and_opens(
    maya: FlaskClient, cast: Cast, round_id: str
) -> None:
    read(cast.maya, "de")
    with at(INSIDE):
        sent = {**CHOSEN, **UNTOUCHED, "round": round_id, "decision": "share"}
        assert maya.post("/week", data=sent).status_code == 303
        assert not any(words in maya.get("/week").text for words in WORDS)
    assert mine(cast).scale == ALL and opened_total(cast) == (14, 14)


def test_C6_what_was_chosen_on_the_mailed_page_before_german_is_stored_and_opens(
    client: FlaskClient, cast: Cast, round_id: str
) -> None:
    address = f"/week/{tokens.make('week', response_of(round_id, cast.maya).id, 0)}"
    with at(INSIDE):
        shown = shown_in(client.get(address).text)
    read(cast.maya, "de")
    with at(INSIDE + timedelta(seconds=5)):
        sent = {**CHOSEN, "shown": shown, "decision": "share"}
        assert client.post(address, data=sent).status_code == 303
        assert not any(words in client.get(address).text for words in WORDS)
    assert mine(cast).scale == ALL and opened_total(cast) == (14, 14)


def test_C4_a_page_that_showed_what_was_kept_shares_it_in_whatever_language_it_is_sent(
    maya: FlaskClient, cast: Cast, round_id: str
) -> None:
    assert save_answers(cast.maya, round_id, Answers({}, False, scale=ALL), INSIDE) is None
    read(cast.maya, "de")
    with at(INSIDE):
        unchanged = {f"was_{name}": points for name, points in CHOSEN.items()}
        maya.post("/week", data={**CHOSEN, **unchanged, "decision": "share"})
    assert opened_total(cast) == (14, 14)


def test_a_page_that_comes_back_has_what_was_chosen_on_it_and_says_that_it_is_english(
    maya: FlaskClient, cast: Cast
) -> None:
    read(cast.maya, "de")
    with at(INSIDE):
        answer = maya.post("/week", data={**CHOSEN, **UNTOUCHED})
    assert answer.status_code == 422 and '<html lang="de"' in answer.text
    page = html.unescape(answer.text)
    assert all(f'<legend><span lang="en" dir="ltr">{words}</span>' in page for words in WORDS)
    assert 'id="s1-3" value="3" checked' in page


def test_what_is_kept_for_later_keeps_it_too(maya: FlaskClient, cast: Cast, round_id: str) -> None:
    read(cast.maya, "de")
    with at(INSIDE):
        sent = {**CHOSEN, **UNTOUCHED, "round": round_id, "revision": "0", "then": "later"}
        assert maya.post("/week/save", data=sent).status_code == 303
        read(cast.maya, "en")
        assert 'id="s1-3" value="3" checked' in maya.get("/week").text
    assert not mine(cast).answered


def test_A9_what_was_begun_before_german_is_shown_again_and_opens(
    maya: FlaskClient, cast: Cast, round_id: str
) -> None:
    begun = {**CHOSEN, **UNTOUCHED, "round": round_id, "revision": "0"}
    with at(INSIDE):
        assert maya.post("/week/save", data={**begun, "then": "later"}).status_code == 303
        read(cast.maya, "de")
        page = html.unescape(maya.get("/week").text)
        assert all(words in page for words in WORDS) and 'id="s1-3" value="3" checked' in page
        sent = {**begun, "revision": "1", "decision": "share"}
        assert maya.post("/week", data=sent).status_code == 303
    assert mine(cast).scale == ALL and opened_total(cast) == (14, 14)


def test_C3_what_came_too_late_is_shown_once_more_in_its_own_words(
    maya: FlaskClient, cast: Cast, round_id: str
) -> None:
    read(cast.maya, "de")
    with at(AFTER):
        answer = maya.post("/week", data={**CHOSEN, "round": round_id, "decision": "share"})
    assert answer.status_code == 409
    assert f'<li lang="en" dir="ltr"><span dir="auto">{WORDS[0]}' in html.unescape(answer.text)


def test_a_round_that_does_not_ask_stores_none_of_it(
    app: Flask, client: FlaskClient, cast: Cast, now: datetime
) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], scales=False)
    opened(cast.couple, now)
    sign_in(client, cast.maya, INSIDE)
    for language in ("en", "de"):
        read(cast.maya, language)
        with at(INSIDE):
            sent = {**CHOSEN, **UNTOUCHED, "q0": "5", "decision": "share"}
            assert client.post("/week", data=sent).status_code == 303
        assert mine(cast).answers == {"overall": 5} and mine(cast).scale == {}


def test_S2_everybody_is_told_which_language_it_is_asked_in_whatever_the_other_reads(
    client: FlaskClient, cast: Cast, round_id: str
) -> None:
    sign_in(client, cast.jonas, INSIDE)
    prove(client, AFTER)
    addresses = "/week", f"/week/{tokens.make('week', response_of(round_id, cast.jonas).id, 0)}"
    for language in ("en", "de"):
        read(cast.maya, language)
        with at(INSIDE):
            assert [client.get(one).text.count(SAID) for one in addresses] == [1, 1]
        with at(AFTER):
            assert client.get("/overview/mine").text.count(SAID) == 1
