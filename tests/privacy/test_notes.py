"""Private notes."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from couples import clock
from couples.db import db, new_id
from couples.errors import NotFound
from couples.privacy.models import Note
from couples.privacy.services import EditedElsewhere, delete_note, note_of, notes_of, save_note
from tests.cast import Cast, sign_in

WORDS = "What I would rather keep to myself"


@pytest.fixture
def maya(client: FlaskClient, cast: Cast) -> FlaskClient:
    """Return a browser at which Maya sits."""
    sign_in(client, cast.maya, clock.now())
    return client


def fields(page: str) -> dict[str, str]:
    """Return the hidden fields of a note's form."""
    return {
        name: re.findall(rf'name="{name}" value="([^"]*)"', page)[0]
        for name in ("draft", "revision")
    }


def write(browser: FlaskClient, words: str = WORDS) -> str:
    """Write a note and return its id."""
    form = fields(browser.get("/private/new").text)
    assert browser.post("/private/new", data={**form, "words": words}).status_code == 303
    found: str = re.findall(r"/private/([\w-]{22})\"", browser.get("/private").text)[0]
    return found


def test_a_note_is_written_changed_and_deleted(maya: FlaskClient) -> None:
    assert "Nothing here, and nobody else can look." in maya.get("/private").text
    note_id = write(maya)
    page = maya.get(f"/private/{note_id}").text
    assert WORDS in page
    changed = {**fields(page), "words": "Other words"}
    assert maya.post(f"/private/{note_id}", data=changed).status_code == 303
    page = maya.get("/private").text
    assert "Other words" in page and "Saved. Only you can see it." in page
    assert maya.post(f"/private/{note_id}/delete").status_code == 303
    assert maya.get(f"/private/{note_id}").status_code == 404


def test_P2_after_ten_minutes_deleting_asks_first_and_leads_back_to_the_note(
    maya: FlaskClient,
) -> None:
    note_id = write(maya)
    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        asked = maya.post(f"/private/{note_id}/delete")
        assert asked.headers["Location"] == f"/settings/prove?to=/private/{note_id}"
        asked = maya.post("/doc/before/delete")
        assert asked.headers["Location"] == "/settings/prove?to=/doc/before"
    assert WORDS in maya.get(f"/private/{note_id}").text


def test_S7_nobody_else_finds_it_and_missing_reads_the_same(
    app: Flask, maya: FlaskClient, cast: Cast
) -> None:
    note_id = write(maya)
    for person in (cast.jonas, cast.ines):
        browser = app.test_client()
        sign_in(browser, person, clock.now())
        for method, path in (
            ("get", "/private/{}"), ("post", "/private/{}"), ("post", "/private/{}/save"),
            ("post", "/private/{}/delete"),
        ):  # fmt: skip
            answers = [
                getattr(browser, method)(path.format(which)) for which in (note_id, new_id())
            ]
            assert [answer.status_code for answer in answers] == [404, 404]
            assert answers[0].data == answers[1].data
        assert WORDS not in browser.get("/private").text


def test_S1_words_are_sealed_in_the_table(maya: FlaskClient) -> None:
    write(maya)
    db.session.rollback()
    assert WORDS.encode() not in db.session.query(Note).one().words_sealed


def test_a_draft_saves_itself_from_the_first_word_on(maya: FlaskClient) -> None:
    form = fields(maya.get("/private/new").text)
    first = maya.post("/private/new/save", data={**form, "words": "One"})
    assert (
        first.json and first.json["revision"] == 1 and "Only you can see it" in first.json["saved"]
    )
    form["revision"] = "1"
    second = maya.post("/private/new/save", data={**form, "words": "One two"})
    assert second.json and second.json["revision"] == 2
    form["revision"] = "2"
    assert maya.post("/private/new", data={**form, "words": "One two three"}).status_code == 303
    page = maya.get("/private").text
    assert page.count('<li class="ncard">') == 1 and "One two three" in page


def test_opening_an_empty_note_makes_nothing(maya: FlaskClient) -> None:
    form = fields(maya.get("/private/new").text)
    maya.post("/private/new/save", data={**form, "words": "  "})
    assert maya.post("/private/new", data={**form, "words": " "}).status_code == 422
    assert "Nothing here" in maya.get("/private").text


def test_A9_the_later_of_two_tabs_is_shown_both_texts(maya: FlaskClient) -> None:
    note_id = write(maya)
    form = fields(maya.get(f"/private/{note_id}").text)
    maya.post(f"/private/{note_id}", data={**form, "words": "From the first tab"})
    saved = maya.post(f"/private/{note_id}/save", data={**form, "words": "From the second"})
    assert saved.status_code == 409
    later = maya.post(f"/private/{note_id}", data={**form, "words": "From the second"})
    assert later.status_code == 409
    assert "From the first tab" in later.text and "From the second" in later.text
    chosen = {**fields(later.text), "words": "From the second"}
    assert maya.post(f"/private/{note_id}", data=chosen).status_code == 303
    assert "From the second" in maya.get(f"/private/{note_id}").text


def test_A9_words_typed_into_a_note_deleted_meanwhile_are_kept(maya: FlaskClient) -> None:
    note_id = write(maya)
    form = fields(maya.get(f"/private/{note_id}").text)
    maya.post(f"/private/{note_id}/delete")
    assert maya.post(f"/private/{note_id}", data={**form, "words": "Still"}).status_code == 303
    assert "Still" in maya.get("/private").text


@pytest.mark.parametrize(
    "words", ["x" * 10_000, "\u200fשלום", "🌷" * 50, "a\x00b", "  spaced\r\nlines  ", "\ud800x"]
)
def test_whatever_is_typed_is_kept(maya: FlaskClient, words: str) -> None:
    form = fields(maya.get("/private/new").text)
    typed = words.encode("utf-8", "replace").decode()
    assert maya.post("/private/new", data={**form, "words": typed}).status_code == 303


def test_too_much_comes_back_with_the_count_and_everything_typed(maya: FlaskClient) -> None:
    form = fields(maya.get("/private/new").text)
    words = "word " * 2500
    answer = maya.post("/private/new", data={**form, "words": words})
    assert answer.status_code == 422 and "12,499 characters" in answer.text
    assert "word " * 2499 in answer.text
    auto = maya.post("/private/new/save", data={**form, "words": words})
    assert auto.json and "12,499 characters" in auto.json["saved"]


@pytest.mark.parametrize("revision", ["", "x", "-1", "1" + "0" * 30, "٣"])
def test_nonsense_in_hidden_fields_is_no_error(maya: FlaskClient, revision: str) -> None:
    form = fields(maya.get("/private/new").text)
    answer = maya.post("/private/new", data={**form, "revision": revision, "words": "Hello"})
    assert answer.status_code == 303
    assert maya.post("/private/new", data={"draft": "x.y", "words": "Hello"}).status_code == 404


def test_notes_belong_to_their_writer(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    maya, jonas, note_id = database_cast.maya, database_cast.jonas, new_id()
    with pytest.raises(NotFound):
        save_note(maya, note_id, "a", revision=0, may_begin=False, now=now)
    assert save_note(maya, note_id, "a", revision=0, may_begin=True, now=now) == 1
    with pytest.raises(NotFound):
        save_note(jonas, note_id, "b", revision=1, may_begin=True, now=now)
    with pytest.raises(EditedElsewhere):
        save_note(maya, note_id, "c", revision=0, may_begin=True, now=now)
    with pytest.raises(NotFound):
        delete_note(jonas, note_id)
    assert note_of(maya, note_id).words == "a" and notes_of(jonas) == []


def test_a_note_begun_twice_at_the_same_moment_is_one_note(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    note_id, barrier, results = new_id(), Barrier(2), []

    def press() -> None:
        with database_app.app_context():
            barrier.wait()
            results.append(
                save_note(database_cast.maya, note_id, "a", revision=0, may_begin=True, now=now)
            )

    threads = [Thread(target=press) for _time in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert results == [1, 1] and len(notes_of(database_cast.maya)) == 1
