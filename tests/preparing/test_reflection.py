"""Before you begin: two questions for oneself alone."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from flask.testing import FlaskClient

from couples.agreement.needs import services_opening
from couples.db import db
from couples.preparing.models import Reflection
from couples.preparing.services_reflection import reflection_of
from tests.agreement.road import open_both
from tests.cast import Cast, sign_in

MOTIVES = "That we say it early"
OWN_PART = "I kept score, and kept silent"
BOTH = {"motives": MOTIVES, "own_part": OWN_PART, "revision": "0"}
OFFER = "Read the two questions"


def save(browser: FlaskClient, **changes: str) -> int:
    """Send the form; return the answer's status."""
    return browser.post("/doc/before", data=BOTH | changes).status_code


def test_both_answers_are_kept_among_the_private_notes(maya: FlaskClient) -> None:
    assert "Before you begin: two questions" in maya.get("/private").text
    assert save(maya) == 303
    page = maya.get("/doc/before").text
    assert MOTIVES in page and OWN_PART in page
    notes = maya.get("/private").text
    assert "<h2>Before you begin</h2>" in notes and MOTIVES in notes
    assert 'href="/doc/before"' in notes and "Nothing here" not in notes


def test_S1_the_answers_are_sealed(maya: FlaskClient) -> None:
    save(maya)
    row = db.session.scalars(db.select(Reflection)).one()
    assert MOTIVES.encode() not in row.motives_sealed
    assert OWN_PART.encode() not in row.own_part_sealed


@pytest.mark.parametrize("page", ["/doc", "/doc/mine"])
def test_it_is_offered_on_the_writing_pages_until_it_is_written(
    maya: FlaskClient, page: str
) -> None:
    assert OFFER in maya.get(page).text
    save(maya)
    assert OFFER not in maya.get(page).text


def test_skipped_it_is_never_offered_again_and_still_found(maya: FlaskClient) -> None:
    assert maya.post("/doc/before/skip").status_code == 303
    assert "Put aside." in maya.get("/doc").text
    assert OFFER not in maya.get("/doc").text + maya.get("/doc/mine").text
    assert 'href="/doc/before"' in maya.get("/private").text
    page = maya.get("/doc/before")
    assert page.status_code == 200 and "Not for me" not in page.text
    assert save(maya) == 303


def test_deleted_the_answers_are_gone_and_not_asked_for_again(maya: FlaskClient) -> None:
    save(maya)
    assert maya.post("/doc/before/delete").status_code == 303
    assert MOTIVES not in maya.get("/doc/before").text + maya.get("/private").text
    assert OFFER not in maya.get("/doc").text
    row = db.session.scalars(db.select(Reflection)).one()
    assert (row.motives_sealed, row.own_part_sealed) == (None, None)


def test_once_both_pages_are_open_it_is_no_longer_before(
    maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    open_both(cast, now)
    services_opening.open_pages(cast.maya)
    assert OFFER not in maya.get("/doc").text + maya.get("/doc/mine").text


def test_L4_it_works_before_anybody_else_is_there(
    client: FlaskClient, cast: Cast, now: datetime
) -> None:
    sign_in(client, cast.ines, now)
    assert OFFER in client.get("/doc").text
    assert save(client) == 303
    assert MOTIVES in client.get("/doc/before").text


def test_nobody_else_ever_reads_it(maya: FlaskClient, jonas: FlaskClient) -> None:
    save(maya)
    for path in ("/doc/before", "/private", "/doc", "/doc/mine"):
        page = jonas.get(path).text
        assert MOTIVES not in page and OWN_PART not in page


def test_it_saves_itself(maya: FlaskClient) -> None:
    first = maya.post("/doc/before/save", data=BOTH | {"own_part": ""})
    assert first.json and first.json["revision"] == 1
    assert "Only you can see it." in first.json["saved"]
    second = maya.post("/doc/before/save", data=BOTH | {"revision": "1"})
    assert second.json and second.json["revision"] == 2
    again = maya.post("/doc/before/save", data=BOTH | {"revision": "1"})
    assert again.json and again.json["revision"] == 2, "the same words clash with nothing"
    page = maya.get("/doc/before").text
    assert 'data-autosave="/doc/before/save"' in page and 'name="revision" value="2"' in page


def test_opening_the_page_and_saving_nothing_makes_nothing(maya: FlaskClient) -> None:
    empty = {"motives": " ", "own_part": "", "revision": "0"}
    maya.get("/doc/before")
    assert maya.post("/doc/before/save", data=empty).json == {"revision": 0, "saved": ""}
    assert maya.post("/doc/before", data=empty).status_code == 303
    assert db.session.scalars(db.select(Reflection)).all() == []


def test_A9_the_later_of_two_tabs_is_shown_both_texts(maya: FlaskClient, cast: Cast) -> None:
    save(maya)
    other = BOTH | {"motives": "Written in a second tab"}
    assert maya.post("/doc/before/save", data=other).status_code == 409
    later = maya.post("/doc/before", data=other)
    assert later.status_code == 409
    assert MOTIVES in later.text and "Written in a second tab" in later.text
    revision = re.findall(r'name="revision" value="(\d+)"', later.text)[0]
    assert save(maya, motives="Written in a second tab", revision=revision) == 303
    assert reflection_of(cast.maya).answers.motives == "Written in a second tab"


def test_A9_words_typed_while_another_tab_deleted_them_are_kept(maya: FlaskClient) -> None:
    save(maya)
    maya.post("/doc/before/delete")
    later = maya.post("/doc/before", data=BOTH | {"revision": "1", "motives": "More of it"})
    assert later.status_code == 409
    assert "More of it" in later.text


def test_too_much_comes_back_whole_with_a_sentence(maya: FlaskClient) -> None:
    long = "x" * 4001
    answer = maya.post("/doc/before", data=BOTH | {"motives": long})
    assert answer.status_code == 422
    assert long in answer.text and OWN_PART in answer.text
    assert "4001 characters are more than there is room for: 4000." in answer.text
    saved = maya.post("/doc/before/save", data=BOTH | {"motives": long})
    assert saved.status_code == 422 and saved.json and "4001" in saved.json["saved"]
