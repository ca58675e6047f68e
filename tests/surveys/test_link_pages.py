"""The mailed page: empty, discreet, without a session; only a person's press records."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from couples import tokens
from couples.db import db
from couples.pairing import services_leaving
from couples.surveys.answering.services import Answers, save_answers, stored_of
from tests.cast import Cast, sign_in
from tests.surveys.agreed import (
    CLOSES,
    INSIDE,
    at,
    opened,
    post_by_link,
    response_of,
    shown_in,
)


@pytest.fixture
def token(cast: Cast, now: datetime) -> str:
    """Return the token in Maya's letter."""
    return tokens.make("week", response_of(opened(cast.couple, now).id, cast.maya).id)


def stored(token: str) -> bytes | None:
    row_id = tokens.read("week", token)[0]
    db.session.rollback()
    query = db.text("SELECT payload_sealed FROM responses WHERE id = :id")
    found: bytes | None = db.session.execute(query, {"id": row_id}).scalar()
    return found


def everything() -> list[tuple[object, ...]]:
    db.session.rollback()
    tables = ("responses", "rounds", "letters", "plans", "letter_choices", "sessions")
    return [
        (table, *db.session.execute(db.text(f"SELECT * FROM {table} ORDER BY id")).all())
        for table in tables
    ]


def test_C6_the_page_needs_no_session_and_makes_none(client: FlaskClient, token: str) -> None:
    with at(INSIDE):
        page = client.get(f"/week/{token}")
    assert page.status_code == 200
    assert "Set-Cookie" not in page.headers
    assert "csrf_token" not in page.text


def test_C6_no_name_no_promise_no_own_words_and_no_earlier_answer(
    client: FlaskClient, cast: Cast, token: str, now: datetime
) -> None:
    with at(INSIDE):
        before = client.get(f"/week/{token}").text
        round_id = db.session.execute(db.text("SELECT id FROM rounds")).scalar()
        words = Answers({"overall": 5, "t-time": 2}, True, words="Laundry.", words_shared=True)
        save_answers(cast.maya, str(round_id), words, INSIDE)
        after = client.get(f"/week/{token}").text
    assert before == after
    assert "checked" not in after
    assert "Unhurried time together" in after
    for secret in ("Maya", "Jonas", "We mind", "Our garden", "Laundry", "textarea"):
        assert secret not in after


def test_C6_get_and_head_change_nothing(client: FlaskClient, token: str) -> None:
    before = everything()
    with at(INSIDE):
        for _time in range(5):
            assert client.get(f"/week/{token}").status_code == 200
            assert client.head(f"/week/{token}").status_code == 200
            assert client.get(f"/week/{token}/done").status_code == 200
            assert client.get("/stop/anything").status_code == 200
    assert everything() == before


@pytest.mark.parametrize("button", [{"decision": "share"}, {"decision": "keep"}, {}])
@pytest.mark.parametrize("after", [0.2, 20])
def test_C6_a_scanner_that_presses_the_untouched_page_records_nothing(
    client: FlaskClient, token: str, button: dict[str, str], after: float
) -> None:
    status, _page = post_by_link(client, token, INSIDE, after=after, **button)
    assert status == 422
    assert stored(token) is None


def test_C6_a_press_within_a_second_is_asked_once_more(client: FlaskClient, token: str) -> None:
    fields = {"q0": "5", "decision": "share"}
    status, page = post_by_link(client, token, INSIDE, after=0.4, **fields)
    assert status == 422 and "Just to be sure a person pressed: send once more." in page
    assert stored(token) is None
    assert 'value="5" checked' in page, "what was chosen stays"
    with at(INSIDE + timedelta(seconds=5)):
        answer = client.post(f"/week/{token}", data={**fields, "shown": shown_in(page)})
    assert answer.status_code == 303
    assert stored(token) is not None


@pytest.mark.parametrize("shown", ["", "nonsense", "x.1"])
def test_a_page_that_cannot_tell_when_it_was_shown_is_asked_once_more(
    client: FlaskClient, token: str, shown: str
) -> None:
    with at(INSIDE):
        data = {"q0": "5", "decision": "share", "shown": shown}
        assert client.post(f"/week/{token}", data=data).status_code == 422


@pytest.mark.parametrize("decision", ["share", "keep"])
def test_C4_either_button_stores_and_says_the_same(
    client: FlaskClient, token: str, cast: Cast, decision: str
) -> None:
    status, _page = post_by_link(client, token, INSIDE, q0="5", q1="skip", decision=decision)
    assert status == 303
    round_id = str(db.session.execute(db.text("SELECT id FROM rounds")).scalar())
    mine = stored_of(response_of(round_id, cast.maya))
    assert mine.answers == {"overall": 5, "t-time": None}
    assert mine.shared is (decision == "share")
    with at(INSIDE):
        page = client.get(f"/week/{token}/done").text
    assert "Sunday 6 September at 21:00" in page


def test_C4_there_is_no_default(client: FlaskClient, token: str) -> None:
    status, page = post_by_link(client, token, INSIDE, q0="5")
    assert status == 422 and "Press one of the two buttons at the end" in page
    with at(INSIDE):
        page = client.get(f"/week/{token}").text
    form = page[page.index("<form") :]
    assert form.index('<button class="vh" tabindex="-1"') == form.index("<button")


def test_C6_it_works_in_a_browser_without_cookies_and_with_csrf_on(
    app: Flask, client: FlaskClient, token: str
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    bare = app.test_client(use_cookies=False)
    status, _page = post_by_link(bare, token, INSIDE, q0="5", decision="share")
    assert status == 303


def test_void_links_are_all_the_same_page(
    client: FlaskClient, cast: Cast, token: str, now: datetime
) -> None:
    with at(CLOSES):
        closed = client.get(f"/week/{token}")
        posted = client.post(f"/week/{token}", data={"q0": "5", "decision": "share"})
        done = client.get(f"/week/{token}/done")
    with at(INSIDE):
        never = client.get("/week/never-made")
        other_generation = client.get(
            f"/week/{tokens.make('week', tokens.read('week', token)[0], 7)}"
        )
        services_leaving.end_link(cast.jonas, INSIDE)
        parted = client.get(f"/week/{token}")
    pages = [closed, posted, done, never, other_generation, parted]
    assert {page.status_code for page in pages} == {404}
    assert len({page.data for page in pages}) == 1
    assert "This link has been used or has run out" in never.text
    assert stored(token) is None


@pytest.mark.parametrize(
    "fields",
    [
        {"q0": "1" + "0" * 30},
        {"q0": "8"},
        {"q0": "-1"},
        {"q0": "5.0"},
        {"q0": "\x00"},
        {"q0": "５"},
        {"q0": ["5", "nonsense"]},
        {"q0": "5", "q1": "🙂"},
        {"q0": "5", "q99": "5"},
        {"q0": "5", "decision": "both"},
        {"decision": ["share", "keep"]},
        {"shown": "1" * 5000},
        {},
    ],
)
def test_bad_input_is_never_a_server_error(
    client: FlaskClient, token: str, fields: dict[str, object]
) -> None:
    with at(INSIDE):
        shown = shown_in(client.get(f"/week/{token}").text)
    with at(INSIDE + timedelta(minutes=1)):
        data = {"shown": shown, "decision": "share", **fields}
        answer = client.post(f"/week/{token}", data=data)
    assert answer.status_code in {303, 422}


@pytest.mark.parametrize("token", ["x", "%00", "ü", "a" * 3000, "..%2f", "1.2.3"])
def test_any_token_is_answered(client: FlaskClient, cast: Cast, token: str) -> None:
    for method in (client.get, client.post, client.head):
        assert method(f"/week/{token}").status_code in {404, 308}
        assert method(f"/stop/{token}").status_code in {200, 404, 308, 422}


def test_the_page_is_the_letters_readers_whoever_sits_there(
    client: FlaskClient, cast: Cast, token: str
) -> None:
    sign_in(client, cast.ines, INSIDE)
    with at(INSIDE):
        page = client.get(f"/week/{token}")
    assert page.status_code == 200
    assert "Ines" not in page.text
