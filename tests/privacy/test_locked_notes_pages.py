"""The pages of notes locked with one's own password, and what they say first (A4, A9)."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from couples import clock, tokens
from couples.accounts import services_passwords
from couples.accounts.models import LoginSession, PersonalKey, Reset
from couples.db import db, new_id, transaction
from couples.privacy.models import Note
from tests.cast import PASSWORD, Cast, sign_in
from tests.pages import without_tokens
from tests.privacy.locked import CANARY, FRESH, rows, set_by_letter


@pytest.fixture
def maya(client: FlaskClient, cast: Cast) -> FlaskClient:
    """Return a browser at which Maya sits."""
    sign_in(client, cast.maya, clock.now())
    return client


def fields(page: str) -> dict[str, str]:
    """Return the hidden fields of a note's form."""
    found = re.findall(r'name="(draft|revision)" value="([^"]*)"', page)
    return dict(found)


def lock(browser: FlaskClient, password: str = PASSWORD) -> Any:
    """Press the button that locks."""
    typed = {"understood": "y", "current_password": password}
    return browser.post("/private/lock", data=typed)


def write(browser: FlaskClient, text: str = CANARY) -> str:
    """Write a note and return its address."""
    form = fields(browser.get("/private/new").text)
    assert browser.post("/private/new", data={**form, "words": text}).status_code == 303
    found: str = re.findall(r"(/private/[\w-]{22})\"", browser.get("/private").text)[0]
    return found


def close() -> None:
    """Let ten minutes pass for the key, and no more."""
    with transaction():
        db.session.execute(db.update(LoginSession).values(personal_key=None))


def test_A4_the_loss_is_explained_before_anything_is_locked(maya: FlaskClient) -> None:
    page = maya.get("/private/lock").text
    for sentence in (
        "There is no way back from a forgotten password.",
        "Nobody can get locked notes back: not you, not whoever runs this server.",
        "If you set a new password by a letter",
        "A passkey or a code doesn’t open them.",
        "A download of your data holds them only while they are open.",
        "Whoever runs the server could change its program",
    ):
        assert sentence in page, sentence
    unread = maya.post("/private/lock", data={"current_password": PASSWORD})
    assert unread.status_code == 422 and "Tick this once you’ve read" in unread.text
    wrong = lock(maya, "not the password")
    assert wrong.status_code == 422 and "That isn’t your password" in wrong.text
    assert rows(PersonalKey) == []


def test_A4_locked_notes_go_on_being_written_and_read_while_they_are_open(
    maya: FlaskClient,
) -> None:
    address = write(maya)
    assert lock(maya).headers["Location"] == "/private"
    assert CANARY in maya.get("/private").text
    form = fields(maya.get(address).text)
    saved = maya.post(f"{address}/save", data={**form, "words": "More"})
    assert saved.json and saved.json["revision"] == 2
    assert write(maya, "Another") and rows(Note)[1].locked
    assert maya.post("/private/lock/off", data={"current_password": "no"}).status_code == 422
    assert maya.post("/private/lock/off", data={"current_password": PASSWORD}).status_code == 303
    page = maya.get("/private").text
    assert "More" in page and "Another" in page and rows(PersonalKey) == []


def test_A4_closed_notes_show_nothing_and_lead_on_after_the_password(maya: FlaskClient) -> None:
    address = write(maya)
    lock(maya)
    close()
    for path, on in (("/private", "/private"), (address, address), ("/private/new",) * 2):
        page = maya.get(path).text
        assert "Your notes are locked" in page and CANARY not in page
        (wanted,) = re.findall(r'name="wanted" value="([^"]*)"', page)
        wrong = maya.post("/private/open", data={"wanted": wanted, "current_password": "no"})
        assert wrong.status_code == 422 and f'value="{wanted}"' in wrong.text
        typed = {"wanted": wanted, "current_password": PASSWORD}
        assert maya.post("/private/open", data=typed).headers["Location"] == on
        close()
    strange = {"wanted": "https://elsewhere.example", "current_password": PASSWORD}
    assert maya.post("/private/open", data=strange).headers["Location"] == "/private"


def test_A4_open_notes_are_locked_by_one_press_on_every_device(
    app: Flask, maya: FlaskClient, cast: Cast
) -> None:
    assert "Lock them now" not in maya.get("/private").text
    write(maya)
    lock(maya)
    other = app.test_client()
    sign_in(other, cast.maya, clock.now())
    other.post("/private/open", data={"current_password": PASSWORD})
    for browser in (maya, other):
        page = browser.get("/private").text
        assert CANARY in page and "Lock them now" in page
    assert maya.post("/private/close").headers["Location"] == "/private"
    for browser in (maya, other):
        page = browser.get("/private").text
        assert "Your notes are locked" in page and CANARY not in page
        assert "Lock them now" not in page


def test_A4_no_word_is_lost_where_notes_lock_themselves_while_somebody_writes(
    maya: FlaskClient,
) -> None:
    address = write(maya)
    lock(maya)
    for path, form in (
        (address, fields(maya.get(address).text)),
        ("/private/new", fields(maya.get("/private/new").text)),
    ):
        close()
        typed = {**form, "words": f"Typed at {path}"}
        auto = maya.post(f"{path}/save", data=typed)
        assert auto.status_code == 422 and auto.json
        assert "Press Save and type your password" in auto.json["saved"]
        asked = maya.post(path, data=typed)
        assert asked.status_code == 422 and f"Typed at {path}" in asked.text
        assert 'name="current_password"' in asked.text and "data-autosave" not in asked.text
        wrong = maya.post(path, data={**typed, "current_password": "not it"})
        assert wrong.status_code == 422 and f"Typed at {path}" in wrong.text
        right = {**fields(wrong.text), "words": typed["words"], "current_password": PASSWORD}
        assert maya.post(path, data=right).status_code == 303
        assert f"Typed at {path}" in maya.get("/private").text


def test_A4_guesses_beside_words_are_slowed_down_and_the_words_stay(maya: FlaskClient) -> None:
    address = write(maya)
    lock(maya)
    close()
    form = {"draft": "", "revision": "1", "words": "Mine", "current_password": "a guess"}
    answers = [maya.post(address, data=form) for _try in range(14)]
    assert {answer.status_code for answer in answers} == {422}
    assert all("Mine" in answer.text for answer in answers)
    assert "That was often wrong" in answers[-1].text


def test_A9_two_tabs_with_locked_notes_show_both_texts_to_who_has_the_key(
    maya: FlaskClient,
) -> None:
    address = write(maya)
    lock(maya)
    form = fields(maya.get(address).text)
    maya.post(address, data={**form, "words": "From the first tab"})
    both = maya.post(address, data={**form, "words": "From the second"})
    assert both.status_code == 409
    assert "From the first tab" in both.text and "From the second" in both.text
    close()
    chosen = {**fields(both.text), "words": "From the second"}
    closed = maya.post(address, data=chosen)
    assert closed.status_code == 422
    assert "From the second" in closed.text and "From the first tab" not in closed.text
    again = {**fields(closed.text), "words": "From the second", "current_password": PASSWORD}
    assert maya.post(address, data=again).status_code == 303
    assert "From the second" in maya.get(address).text


def test_A4_another_browser_of_the_same_person_asks_for_the_password(
    app: Flask, maya: FlaskClient, cast: Cast
) -> None:
    write(maya)
    lock(maya)
    other = app.test_client()
    sign_in(other, cast.maya, clock.now())
    assert CANARY not in other.get("/private").text
    assert CANARY in maya.get("/private").text
    assert other.post("/private/open", data={"current_password": PASSWORD}).status_code == 303
    assert CANARY in other.get("/private").text and CANARY in maya.get("/private").text


def test_A4_who_reset_the_password_is_told_and_types_both_once(
    maya: FlaskClient, cast: Cast
) -> None:
    write(maya)
    lock(maya)
    set_by_letter(cast.maya, clock.now())
    sign_in(maya, cast.maya, clock.now())
    assert "your notes open with the one you had before" in maya.get("/private").text
    led = maya.post("/private/open", data={"current_password": FRESH})
    assert led.headers["Location"] == "/private/older"
    for typed in (("wrong", FRESH), (PASSWORD, "wrong")):
        both = dict(zip(("older_password", "current_password"), typed, strict=True))
        assert maya.post("/private/older", data=both).status_code == 422
    both = {"older_password": PASSWORD, "current_password": FRESH}
    assert maya.post("/private/older", data=both).headers["Location"] == "/private"
    assert CANARY in maya.get("/private").text
    close()
    maya.post("/private/open", data={"current_password": FRESH})
    assert CANARY in maya.get("/private").text


def test_A4_who_lost_the_password_may_begin_anew(maya: FlaskClient, cast: Cast) -> None:
    write(maya)
    lock(maya)
    close()
    assert maya.post("/private/lock/lost").status_code == 422 and len(rows(Note)) == 1
    assert maya.post("/private/lock/lost", data={"understood": "y"}).status_code == 303
    assert "Nothing here" in maya.get("/private").text


def test_A4_a_proof_by_password_opens_the_notes_too(maya: FlaskClient) -> None:
    write(maya)
    lock(maya)
    close()
    maya.post("/settings/prove?to=/private", data={"current_password": PASSWORD})
    assert CANARY in maya.get("/private").text


def test_A4_pages_for_a_new_password_say_first_what_becomes_of_locked_notes(
    app: Flask, maya: FlaskClient, cast: Cast
) -> None:
    """To everybody alike: who reads the mailbox learns nothing from it."""
    services_passwords.ask_for_reset("maya@example.org", clock.now())
    places = (
        (maya, "/settings/password"),
        (app.test_client(), f"/reset/{tokens.make('reset', rows(Reset)[0].id)}"),
    )
    before = [without_tokens(reader.get(path).data) for reader, path in places]
    assert all(b"If you have locked private notes" in page for page in before)
    lock(maya)
    maya.get("/private")
    assert [without_tokens(reader.get(path).data) for reader, path in places] == before


def test_S2_a_locked_note_tells_nobody_else_anything(
    app: Flask, maya: FlaskClient, cast: Cast
) -> None:
    address = write(maya)
    lock(maya)
    jonas = app.test_client()
    sign_in(jonas, cast.jonas, clock.now())
    stranger = jonas.get(f"/private/{new_id()}")
    for method in ("get", "post"):
        assert getattr(jonas, method)(address).status_code == 404
    assert jonas.get(address).data == stranger.data
    assert jonas.post("/private/open", data={"current_password": PASSWORD}).status_code == 303
