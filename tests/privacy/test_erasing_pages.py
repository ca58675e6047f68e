"""The pages of erasing, and what the partner's pages show afterwards (rules A10, L6, S2, S5)."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from couples.accounts import services_profile
from couples.accounts.models import AccountEvent, Person
from couples.db import db
from couples.mail.models import OutboxLetter
from couples.pairing.services import couple_or_none
from couples.pairing.services_leaving import end_link
from couples.privacy import services_erasing
from couples.privacy.services_erasing import erase
from tests.cast import PASSWORD, Cast, link, sign_in
from tests.pages import forms_of, without_tokens
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


def press(client: FlaskClient, when: str = "now") -> int:
    return client.post(PAGE, data={"when": when}).status_code


def test_A10_the_page_says_first_what_goes_and_what_stays(
    maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    fill(cast, now)
    page = maya.get(PAGE).text
    for words in (
        "What goes", "Jonas&#39;s name’s copy", "it reads “removed”", LINE,
        "No mail goes out", "It can’t be undone here", 'href="/help"', "Keep my account",
    ):  # fmt: skip
        assert words in page
    assert page.index("What goes") < page.index('name="when"')


def test_somebody_linked_to_nobody_reads_of_no_partner(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.ines, datetime.fromisoformat("2026-09-01T12:00+00:00"))
    page = client.get(PAGE).text
    assert "copy" not in page and LINE not in page and "Your words go." in page
    assert f'href="{PAGE}"' in client.get("/settings").text


def test_S5_the_settings_lead_to_it(maya: FlaskClient) -> None:
    for path in ("/settings", "/settings/link"):
        assert f'href="{PAGE}"' in maya.get(path).text


def test_P2_the_page_and_the_press_ask_for_a_fresh_proof_first(
    maya: FlaskClient, cast: Cast, monkeypatch: pytest.MonkeyPatch, now: datetime
) -> None:
    monkeypatch.setattr("couples.clock.now", lambda: now + timedelta(minutes=11))
    assert "/settings/prove" in (maya.get(PAGE).location or "")
    press(maya)
    press(maya, "later")
    person = db.session.get_one(Person, cast.maya)
    assert (person.erased_at, person.erase_at) == (None, None)
    assert couple_or_none(cast.jonas)


def test_nothing_chosen_erases_nothing(maya: FlaskClient, cast: Cast) -> None:
    answer = maya.post(PAGE, data={})
    assert answer.status_code == 422 and "Choose when" in answer.text
    assert press(maya, "never") == 422
    assert db.session.get_one(Person, cast.maya).erased_at is None


def test_J5_nothing_is_chosen_already_and_no_press_means_a_delay(maya: FlaskClient) -> None:
    page = maya.get(PAGE).text
    assert 'value="now"' in page and "checked" not in page


@pytest.mark.parametrize("when", ["now", "later"])
def test_P2_what_was_chosen_is_still_chosen_after_the_proof(
    maya: FlaskClient, monkeypatch: pytest.MonkeyPatch, now: datetime, when: str
) -> None:
    later = now + timedelta(minutes=11)
    monkeypatch.setattr("couples.clock.now", lambda: later)
    asked = maya.post(PAGE, data={"when": when}).location
    back = maya.post(asked, data={"current_password": PASSWORD}).location
    assert back == f"{PAGE}?when={when}"
    (chosen,) = re.findall(r"<input[^>]* checked[^>]*>", maya.get(back).text)
    assert f'value="{when}"' in chosen
    assert "checked" not in maya.get(f"{PAGE}?when=%3Cb%3E").text


def test_S5_while_it_is_planned_the_page_says_so_and_a_second_press_moves_nothing(
    maya: FlaskClient, cast: Cast, monkeypatch: pytest.MonkeyPatch, now: datetime
) -> None:
    assert "Planned for" not in maya.get(PAGE).text
    press(maya, "later")
    monkeypatch.setattr("couples.clock.now", lambda: now + timedelta(minutes=5))
    press(maya, "later")
    assert services_erasing.planned_for(cast.maya) == now + timedelta(days=7)
    assert _events(cast.maya) == ["erasing_planned"]
    page = maya.get(PAGE).text
    assert "Planned for 8 September 2026, 14:00, your time." in page
    assert "Nothing has gone yet." in page and 'value="later"' not in page
    keep, gone = (one for one in forms_of(page) if one.action in (f"{PAGE}/keep", PAGE))
    assert (keep.action, dict(gone.values())["when"]) == (f"{PAGE}/keep", "now")
    maya.post(f"{PAGE}/keep")
    assert services_erasing.planned_for(cast.maya) is None
    press(maya, "later")
    maya.post(gone.action, data=dict(gone.values()))
    assert db.session.get_one(Person, cast.maya).erased_at


def test_S5_in_seven_days_shows_when_and_is_taken_back_without_a_proof(
    maya: FlaskClient, cast: Cast, monkeypatch: pytest.MonkeyPatch, now: datetime
) -> None:
    assert press(maya, "later") == 303
    page = maya.get("/settings").text
    # Berlin is two hours ahead of the server's noon.
    assert "8 September 2026, 14:00, your time" in page and "Keep my account" in page
    assert "erasing_planned" in _events(cast.maya)
    monkeypatch.setattr("couples.clock.now", lambda: now + timedelta(hours=2))
    answer = maya.post(f"{PAGE}/keep")
    assert (answer.status_code, answer.location) == (303, "/settings")
    assert "Keep my account" not in maya.get("/settings").text
    assert _events(cast.maya) == ["erasing_planned", "erasing_taken_back"]
    maya.post(f"{PAGE}/keep")
    assert len(_events(cast.maya)) == 2
    assert services_erasing.erase_due(now + timedelta(days=8)) == 0


def test_S2_a_planned_erasing_shows_nothing_to_the_partner(
    maya: FlaskClient, jonas: FlaskClient, cast: Cast, now: datetime
) -> None:
    fill(cast, now)
    jonas.get("/overview")
    before = _without_names(crawl(jonas))
    letters = db.session.scalar(db.select(db.func.count()).select_from(OutboxLetter))
    assert press(maya, "later") == 303
    assert _without_names(crawl(jonas)) == before
    maya.post(f"{PAGE}/keep")
    assert _without_names(crawl(jonas)) == before
    after = db.session.scalar(db.select(db.func.count()).select_from(OutboxLetter))
    assert after == letters


def _events(person_id: str) -> list[str]:
    mine = db.select(AccountEvent.kind).filter_by(person_id=person_id)
    return sorted(db.session.scalars(mine))


def test_S5_the_press_signs_out_everywhere_and_names_nobody(
    app: Flask, maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    other = app.test_client()
    sign_in(other, cast.maya, now)
    answer = maya.post(PAGE, data={"when": "now"})
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
    erase(cast.maya, now)
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
