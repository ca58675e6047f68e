"""Sections of the settings about letters, and the link that stops them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from couples import tokens
from couples.db import db
from couples.surveys.letters.services import (
    LettersView,
    Wishes,
    letters_view,
    resume,
    save_letters,
)
from couples.surveys.models import LetterChoices
from tests.cast import Cast, sign_in
from tests.pages import without_tokens
from tests.surveys.agreed import DAY, RHYTHM, at, sign

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def maya(client: FlaskClient, cast: Cast, now: datetime) -> FlaskClient:
    """Return Maya's browser."""
    sign_in(client, cast.maya, now)
    return client


@pytest.fixture
def token(cast: Cast, now: datetime) -> str:
    """Return the token behind Maya's stop link."""
    save_letters(cast.maya, Wishes(None, None, False, False, False), now)
    query = db.select(LetterChoices).where(LetterChoices.person_id == cast.maya)
    row = db.session.scalars(query).one()
    return tokens.make("stop", row.id, row.generation)


def view(person_id: str, now: datetime) -> LettersView:
    db.session.rollback()
    return letters_view(person_id, now)


def test_C7_everybody_sets_their_own_letters(maya: FlaskClient, cast: Cast, now: datetime) -> None:
    fields = {"when": "own", "weekday": "3", "hour": "18", "wording": "plain", "reminder": "y"}
    with at(now):
        assert maya.post("/settings/letters", data=fields).status_code == 303
        page = maya.get("/settings").text
    assert view(cast.maya, now) == LettersView(3, 18, True, True, False)
    assert view(cast.jonas, now) == LettersView()
    assert "Your weekly check-in is open" in page
    assert "These times are yours. Jonas chooses separately." in page


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"when": "own"}, "Pick a day"),
        ({"when": "own", "weekday": "7", "hour": "18"}, "Pick a day"),
        ({"when": "own", "weekday": "1", "hour": "1" + "0" * 30}, "Pick a time"),
        ({"when": "own", "weekday": "\x00", "hour": "²"}, "Pick a time"),
    ],
)
def test_what_cannot_be_set_is_asked_again(
    maya: FlaskClient, cast: Cast, now: datetime, fields: dict[str, str], says: str
) -> None:
    with at(now):
        answer = maya.post("/settings/letters", data=fields)
    assert answer.status_code == 422 and says in answer.text
    assert view(cast.maya, now) == LettersView()


@pytest.mark.parametrize("length", ["week", "two", "open"])
def test_C7_a_pause_lasts_as_long_as_chosen(
    maya: FlaskClient, cast: Cast, now: datetime, length: str
) -> None:
    with at(now):
        assert maya.post("/settings/pause", data={"length": length}).status_code == 303
        assert "I’m back" in maya.get("/settings").text
    days = {"week": 7, "two": 14, "open": 3650}[length]
    assert view(cast.maya, now + days * DAY - DAY).paused
    assert view(cast.maya, now + days * DAY + DAY).paused is (length == "open")
    with at(now):
        assert maya.post("/settings/pause", data={"length": "back"}).status_code == 303
        assert maya.post("/settings/pause", data={"length": "ever"}).status_code == 404
        assert maya.post("/settings/pause").status_code == 404
    assert not view(cast.maya, now).paused


def test_E4_one_click_stops_without_cookie_csrf_or_page_before(
    app: Flask, client: FlaskClient, cast: Cast, token: str, now: datetime
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    bare = app.test_client(use_cookies=False)
    answer = bare.post(f"/stop/{token}", data=ONE_CLICK)
    assert answer.status_code == 200 and "Set-Cookie" not in answer.headers
    assert view(cast.maya, now).stopped


def test_E4_multipart_does_too(client: FlaskClient, cast: Cast, token: str, now: datetime) -> None:
    client.post(f"/stop/{token}", data=ONE_CLICK, content_type="multipart/form-data")
    assert view(cast.maya, now).stopped


def test_E4_used_and_unknown_tokens_are_answered_alike(
    client: FlaskClient, cast: Cast, token: str, now: datetime
) -> None:
    answers = [client.post(f"/stop/{one}", data=ONE_CLICK) for one in (token, token, "unknown")]
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.data for answer in answers}) == 1
    pages = {client.get(f"/stop/{one}").data for one in (token, "unknown")}
    assert len(pages) == 1


@pytest.mark.parametrize("fields", [{}, {"List-Unsubscribe": "x"}, {"length": "ever"}])
def test_a_post_that_asks_for_nothing_changes_nothing(
    client: FlaskClient, cast: Cast, token: str, now: datetime, fields: dict[str, str]
) -> None:
    answer = client.post(f"/stop/{token}", data=fields)
    assert answer.status_code == 422 and "Pick one first" in answer.text
    assert view(cast.maya, now) == LettersView()


def test_the_stop_link_offers_a_pause_too(
    client: FlaskClient, cast: Cast, token: str, now: datetime
) -> None:
    with at(now):
        answer = client.post(f"/stop/{token}", data={"length": "two"})
    assert "Paused for two weeks" in answer.text
    assert view(cast.maya, now).paused_until == now + 14 * DAY


@pytest.mark.parametrize("length", ["week", "two", "open"])
def test_E5_a_pause_by_a_letter_does_not_undo_a_stop(
    maya: FlaskClient, cast: Cast, token: str, now: datetime, length: str
) -> None:
    with at(now):
        maya.post(f"/stop/{token}", data=ONE_CLICK)
        page = maya.post(f"/stop/{token}", data={"length": length}).text
    assert "they stay stopped" in page
    assert view(cast.maya, now).stopped and view(cast.maya, now + 20 * DAY).stopped


@pytest.mark.parametrize("length", ["week", "two", "open"])
def test_C7_a_pause_chosen_signed_in_takes_the_place_of_a_stop(
    maya: FlaskClient, cast: Cast, token: str, now: datetime, length: str
) -> None:
    with at(now):
        maya.post(f"/stop/{token}", data=ONE_CLICK)
        maya.post("/settings/pause", data={"length": length})
        page = maya.get("/settings").text
    found = view(cast.maya, now)
    assert found.paused and not found.stopped
    assert "Paused until" in page and "You’ve stopped these emails." not in page


def test_E5_stopping_is_undone_only_when_signed_in(
    maya: FlaskClient, cast: Cast, token: str, now: datetime
) -> None:
    with at(now):
        maya.post(f"/stop/{token}", data=ONE_CLICK)
        assert "You’ve stopped these emails." in maya.get("/settings").text
        assert maya.post("/settings/pause", data={"length": "back"}).status_code == 303
    assert not view(cast.maya, now).stopped
    maya.post(f"/stop/{token}", data=ONE_CLICK)
    assert view(cast.maya, now).stopped, "the same letter stops them again"


def test_S2_the_partner_sees_nothing_of_it(maya: FlaskClient, cast: Cast, now: datetime) -> None:
    """Without tokens: those carry the second they were made in, by the machine's own clock."""
    with at(now):
        before = without_tokens(maya.get("/settings").data)
        save_letters(cast.jonas, Wishes(1, 7, True, True, True), now)
        assert without_tokens(maya.get("/settings").data) == before
        resume(cast.jonas)
        assert without_tokens(maya.get("/settings").data) == before


def test_C1_the_words_week_and_time_follow_the_version_in_force(
    client: FlaskClient, cast: Cast, now: datetime
) -> None:
    sign(cast.couple, now, replace(RHYTHM, every_weeks=4))
    sign_in(client, cast.maya, now)
    with at(now):
        week, settings = client.get("/week").text, client.get("/settings").text
    assert "<title>This time" in week and "this week" not in week.lower()
    assert "Your check-in is open" in settings and "weekly check-in" not in settings
    assert "Your pages look the same as any unanswered page." in settings
