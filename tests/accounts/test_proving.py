"""The inner door: what is behind it, how long a proof counts, and where it leads (rule P2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from couples import clock
from couples.accounts import rules
from couples.web import RETURNS
from tests import world
from tests.cast import PASSWORD, prove
from tests.pages import forms_of
from tests.stage import Stage
from tests.tries import forget_tries

# What somebody who holds the unlocked phone would read (B13); acts have their own tests.
PRIVATE = {
    "/private": "",
    "/private/<note_id>": "note",
    "/doc/before": "",
    "/week/past": "",
    "/week/past/<round_id>": "past round",
    "/week/longer": "",
    "/overview/mine": "",
    "/overview/mine/numbers.csv": "",
    "/settings/address": "",
}
FRESH, EXACTLY, LATER = timedelta(minutes=9, seconds=59), rules.PROOF_LASTS, timedelta(hours=3)
PUT_BACK = timedelta(seconds=-1)


@pytest.fixture
def maya(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """Return Maya's browser, the clock standing still."""
    monkeypatch.setattr(clock, "now", lambda: world.NOW)
    return stage.browser("Maya")


def aged(client: FlaskClient, by: timedelta) -> None:
    """Let the proof of this browser be so old."""
    prove(client, world.NOW - by)


def pages(stage: Stage) -> Iterator[tuple[str, str]]:
    """Give every page behind the door, and its address."""
    for rule, kind in PRIVATE.items():
        head, mark, _rest = rule.partition("<")
        yield rule, head + stage.world.things[kind] if mark else rule


def show(client: FlaskClient, to: str, password: str = PASSWORD) -> str:
    """Type the password on the page that asks; return where that leads."""
    answered = client.post(to, data={"current_password": password})
    assert answered.status_code == 303, answered.text
    return answered.location or ""


def marked(app: Flask) -> set[str]:
    """Return every route that asks for a fresh proof before it shows anything."""
    views = app.view_functions
    return {
        str(rule)
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and getattr(views[rule.endpoint], "fresh_proof", False)
    }


@pytest.mark.parametrize(
    ("by", "asks"), [(timedelta(0), 0), (FRESH, 0), (EXACTLY, 1), (LATER, 1), (PUT_BACK, 1)]
)
def test_P2_B13_private_history_asks_again_after_ten_minutes(
    stage: Stage, maya: FlaskClient, by: timedelta, asks: bool
) -> None:
    aged(maya, by)
    for rule, address in pages(stage):
        found = maya.get(address)
        location = urlsplit(found.location or "")
        assert (location.path == "/settings/prove") is bool(asks), rule
        assert found.status_code == (303 if asks else 200), rule
        if asks:
            assert parse_qs(location.query) == {"to": [address]}, rule
            assert maya.head(address).status_code == 303


def test_P2_every_page_of_the_table_is_marked(stage: Stage) -> None:
    assert set(PRIVATE) <= marked(stage.app)
    assert "accounts.prove" not in RETURNS


def test_P2_the_proof_leads_back_to_the_page_that_was_wanted(
    stage: Stage, maya: FlaskClient
) -> None:
    for _rule, address in pages(stage):
        aged(maya, LATER)
        asking = maya.get(address).location or ""
        forms = forms_of(maya.get(asking).text)
        (form,) = [one for one in forms if one.named("current_password")]
        assert show(maya, form.action) == address
        assert maya.get(address).status_code == 200
    aged(maya, LATER)
    assert show(maya, maya.get("/overview/mine?rounds=26").location or "").endswith("?rounds=26")


def test_P2_two_tabs_each_lead_back_to_their_own_page(maya: FlaskClient) -> None:
    aged(maya, LATER)
    one, other = (maya.get(path).location or "" for path in ("/private", "/week/past"))
    assert (show(maya, one), show(maya, other)) == ("/private", "/week/past")


@pytest.mark.parametrize(
    "to",
    [
        "https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "//[",
        "/signout", "/exit", "/settings/prove", "/nothing", "/private\r\nX: y", "", "/doc/read",
        "https://evil.example/private", "//evil.example/private", "/private?to=//evil.example",
    ],
)  # fmt: skip
def test_P2_the_proof_leads_nowhere_but_to_marked_pages_of_ours(maya: FlaskClient, to: str) -> None:
    answered = maya.post(
        "/settings/prove", query_string={"to": to}, data={"current_password": PASSWORD}
    )
    found = urlsplit(answered.location or "")
    assert (found.scheme, found.netloc) == ("", "")
    assert found.path in {"/settings", "/private"}


def test_P2_ASVS_7_2_4_the_token_is_new_after_the_proof_and_a_copied_one_is_dead(
    stage: Stage, maya: FlaskClient
) -> None:
    aged(maya, LATER)
    copied = stage.app.test_client()
    with maya.session_transaction() as mine, copied.session_transaction() as theirs:
        before = theirs["_user_id"] = mine["_user_id"]
    assert copied.get("/week").status_code == 200
    assert show(maya, "/settings/prove?to=/private") == "/private"
    with maya.session_transaction() as mine:
        assert mine["_user_id"] != before
    assert maya.get("/private").status_code == 200
    assert copied.get("/week").location == "/signin"


def test_P2_a_wrong_password_proves_nothing_and_ten_of_them_are_enough(
    stage: Stage, maya: FlaskClient
) -> None:
    aged(maya, LATER)
    for _each in range(10):
        tried = maya.post("/settings/prove?to=/private", data={"current_password": "not this"})
        assert tried.status_code == 422 and "That isn’t your password" in tried.text
    refused = maya.post("/settings/prove?to=/private", data={"current_password": PASSWORD})
    assert refused.status_code == 429 and maya.get("/private").status_code == 303
    forget_tries()


LATE = {
    "/private/<note>": {"words": "Typed here.", "revision": "0", "draft": ""},
    "/doc/before": {"motives": "Typed here.", "own_part": "", "revision": "0"},
}


def test_P2_no_answer_to_a_form_shows_what_is_stored_and_none_loses_words(
    stage: Stage, maya: FlaskClient
) -> None:
    """A tab that was open too long: words typed there stay, and meet the stored ones proved."""
    for rule, typed in LATE.items():
        path = rule.replace("<note>", stage.world.things["note"])
        aged(maya, LATER)
        late = maya.post(path, data={**typed, "revision": "77"})
        assert late.status_code == 409 and "Typed here." in late.text
        assert "Only for me." not in late.text and "That it lasts." not in late.text
        (form,) = [one for one in forms_of(late.text) if one.action == path]
        saves = maya.post(f"{path}/save", data=dict(form.values()))
        assert saves.status_code == 409 and "Only for me." not in saves.text
        aged(maya, timedelta(0))
        both = maya.post(path, data=dict(form.values()))
        assert both.status_code == 409 and "Typed here." in both.text
        assert "Only for me." in both.text or "That it lasts." in both.text


def test_P2_a_form_behind_the_door_that_comes_too_late_keeps_its_words(maya: FlaskClient) -> None:
    aged(maya, LATER)
    late = maya.post("/settings/address", data={"address": "maya@new.example"})
    assert late.status_code == 409 and "maya@new.example" in late.text
    (form,) = [one for one in forms_of(late.text) if one.action == "/settings/address"]
    aged(maya, timedelta(0))
    assert maya.post(form.action, data=dict(form.values())).location == "/settings/address/sent"


def test_P2_a_longer_look_that_comes_too_late_shows_no_earlier_one(maya: FlaskClient) -> None:
    assert maya.post("/week/longer", data={"s1": "3", "revision": "0", "then": "save"})
    aged(maya, LATER)
    refused = maya.post("/week/longer", data={"then": "finish", "revision": "1"})
    assert refused.status_code == 422 and "Earlier ones" not in refused.text
    late = maya.post("/week/longer", data={"s1": "5", "revision": "77", "then": "save"})
    assert late.status_code == 409 and "In another window" not in late.text
    (form,) = [one for one in forms_of(late.text) if one.action == "/week/longer"]
    named = form.named("s1")
    assert named is not None and named.value == "5"
    assert maya.post("/overview/mine/usual", data={}).location == "/overview/mine"


def test_P2_the_tab_that_proves_says_to_go_back_and_no_choice_is_dropped_without_a_word(
    maya: FlaskClient,
) -> None:
    aged(maya, LATER)
    late = maya.post("/settings/address", data={"address": "maya@new.example"}).text
    assert "Not now" in late and re.search(r'<label for="typed-1">What you typed</label>', late)
    (way,) = re.findall(r'href="(/settings/prove[^"]*)"', late)
    forms = forms_of(maya.get(unescape(way)).text)
    (form,) = [one for one in forms if one.named("current_password")]
    there = show(maya, form.action)
    assert there == "/settings/address"
    assert "Go back to the other tab and send again." in maya.get(there).text
    aged(maya, LATER)
    kept = show(maya, maya.post("/settings/keeping", data={"length": "12"}).location or "")
    assert kept == "/settings/keeping?length=12"
    assert re.search(r'<input checked[^>]*value="12"', maya.get(kept).text)
    aged(maya, LATER)
    file = (BytesIO(b"{}"), "own.json")
    asks = maya.post("/settings/import", data={"file": file, "settings": "y"}).location or ""
    assert "Choose it once more after this." in maya.get(asks).text
    assert re.search(r"<input[^>]* checked[^>]*settings", maya.get(show(maya, asks)).text)
