"""The pages of erasing, and what the partner's pages show afterwards (rules A10, L6, S2, S5)."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from couples.accounts import services_profile
from couples.accounts.models import Person
from couples.db import db
from couples.pairing.services import couple_or_none
from couples.pairing.services_leaving import end_link
from couples.privacy.services_erasing import erase
from tests.cast import PASSWORD, Cast, link, sign_in
from tests.pages import without_tokens
from tests.privacy.crawling import crawl
from tests.privacy.erasing_world import fill

PAGE = "/settings/erase"
LINE = "This link has ended. Your own pages are still here."


@pytest.fixture(autouse=True)
def _clock_stands_still(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr("couples.clock.now", lambda: now)


@pytest.fixture
def maya(client: FlaskClient, cast: Cast, now: datetime) -> FlaskClient:
    sign_in(client, cast.maya, now)
    return client


@pytest.fixture
def jonas(app: Flask, client: FlaskClient, cast: Cast, now: datetime) -> FlaskClient:
    browser = app.test_client()
    sign_in(browser, cast.jonas, now)
    return browser


def press(client: FlaskClient, password: str = PASSWORD) -> int:
    return client.post(PAGE, data={"current_password": password}).status_code


def test_A10_the_page_says_first_what_goes_and_what_stays(
    maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    fill(cast, now)
    page = maya.get(PAGE).text
    for words in (
        "What goes, at once", "Jonas&#39;s name’s copy", "it reads “removed”", LINE,
        "No mail goes out", "It can’t be undone here", 'href="/help"', "Keep my account",
    ):  # fmt: skip
        assert words in page
    assert page.index("What goes") < page.index('name="current_password"')


def test_somebody_linked_to_nobody_reads_of_no_partner(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.ines, datetime.fromisoformat("2026-09-01T12:00+00:00"))
    page = client.get(PAGE).text
    assert "copy" not in page and LINE not in page and "Your words go." in page
    assert f'href="{PAGE}"' in client.get("/settings").text


def test_S5_the_settings_lead_to_it(maya: FlaskClient) -> None:
    for path in ("/settings", "/settings/link"):
        assert f'href="{PAGE}"' in maya.get(path).text


def test_a_wrong_password_gets_a_sentence_and_after_many_a_pause(
    maya: FlaskClient, cast: Cast
) -> None:
    for _turn in range(10):
        answer = maya.post(PAGE, data={"current_password": "not this one"})
        assert answer.status_code == 422
        assert "That isn’t your current password" in answer.text
        assert "not this one" not in answer.text
    assert press(maya) == 429
    assert press(maya, "") == 429
    # One count for every page that asks for the password.
    assert maya.post("/settings/password").status_code == 429
    assert couple_or_none(cast.jonas)


def test_no_password_is_no_try(maya: FlaskClient, cast: Cast) -> None:
    assert press(maya, "") == 422
    assert db.session.get_one(Person, cast.maya).erased_at is None


def test_S5_the_press_signs_out_everywhere_and_names_nobody(
    app: Flask, maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    other = app.test_client()
    sign_in(other, cast.maya, now)
    answer = maya.post(PAGE, data={"current_password": PASSWORD})
    assert (answer.status_code, answer.location) == (303, "/settings/erased")
    cookies = " ".join(answer.headers.getlist("Set-Cookie"))
    assert "pages=;" in cookies and "pages-known=;" in cookies
    assert answer.headers["Clear-Site-Data"] == '"cookies", "storage"'
    page = maya.get("/settings/erased")
    assert "Your account is erased." in page.text and "Maya" not in page.text
    for browser in (maya, other):
        assert browser.get("/overview").location == "/signin"
    typed = {"address": "maya@example.org", "password": PASSWORD}
    assert maya.post("/signin", data=typed).status_code == 422
    assert maya.get("/settings/erased").text == app.test_client().get("/settings/erased").text


def test_A10_no_page_of_the_partner_shows_a_word_or_the_name(
    maya: FlaskClient, jonas: FlaskClient, cast: Cast, now: datetime
) -> None:
    fill(cast, now)
    assert any("Maya's" in page for page in crawl(jonas).values())
    assert press(maya) == 303
    assert LINE in jonas.get("/overview").text
    pages = crawl(jonas)
    assert [path for path, page in pages.items() if re.search("maya", page, re.IGNORECASE)] == []
    (kept,) = [page for path, page in pages.items() if path.startswith("/doc/kept/")][:1]
    assert "(removed)" in kept and "Shared words." in kept and "Jonas's request." in kept
    assert "signed by (removed) and you" in pages["/doc"]


def test_L6_but_for_the_copy_the_partner_sees_what_unlinking_shows(
    app: Flask, jonas: FlaskClient, cast: Cast, now: datetime
) -> None:
    fill(cast, now)
    end_link(cast.maya, now)
    jonas.get("/overview")
    before = _without_names(crawl(jonas))
    erase(cast.maya, PASSWORD, now)
    assert _without_names(crawl(jonas)) == before


def _without_names(pages: dict[str, str]) -> dict[str, str]:
    return {
        path: re.sub("Maya's (name|step.)", "(removed)", without_tokens(page.encode()).decode())
        for path, page in pages.items()
        # A new note's page holds an id drawn at each look.
        if not path.startswith(("/doc/kept/", "/private/new"))
    }


def test_L6_nothing_of_an_old_link_shows_in_the_new_one(
    maya: FlaskClient, jonas: FlaskClient, cast: Cast, now: datetime
) -> None:
    fill(cast, now)
    end_link(cast.maya, now)
    for person_id, name in ((cast.maya, "Maya"), (cast.jonas, "Jonas")):
        services_profile.change_profile(
            person_id, name=name, language="en", zone="Europe/Berlin", now=now
        )
    link(cast.maya, cast.jonas, now)
    for client, other in ((jonas, "Maya's"), (maya, "Jonas's")):
        pages = crawl(client)
        # One's own pages, past ones too, may name what both had agreed to.
        shared = [path for path, page in pages.items() if "Shared" in page]
        assert [path for path in shared if not path.startswith(("/doc/kept/", "/week/past/"))] == []
        kept = [path for path, page in pages.items() if other in page]
        # So may the step a round asked about, which both had taken from a talk.
        assert [path for path in kept if not path.startswith(("/doc/kept/", "/week/past/"))] == []
        assert kept
