"""Hints on pages: one answer for the script, one box for both ways, and nothing kept."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from couples import hints
from couples.accounts.models import Person
from couples.agreement.models import Need
from couples.agreement.needs.services import Heading, begin_need
from couples.db import db, transaction
from tests.cast import Cast, sign_in

NEVER = "You never had time for me."
AFRAID = "I am afraid of you when you shout, and you hit me."
VAGUE = "I want more closeness."
CALM = "I missed you in the evenings."


@pytest.fixture(autouse=True)
def _clock_stands_still(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr("couples.clock.now", lambda: now)


@pytest.fixture
def maya(client: FlaskClient, cast: Cast, now: datetime) -> FlaskClient:
    sign_in(client, cast.maya, now)
    return client


@pytest.fixture
def need(cast: Cast, now: datetime) -> str:
    return begin_need(cast.maya, Heading(own_words="Evenings"), now)


def ask(browser: FlaskClient, text: str, kind: str = "need") -> TestResponse:
    """Ask as the script does."""
    return browser.post("/hint", data={"text": text, "kind": kind})


def boxes(page: str) -> list[str]:
    """Return the boxes of a page that are not hidden."""
    found = re.findall(r'<div class="gentle"[^>]*>.*?</div></div>', page, re.DOTALL)
    return [box for box in found if "hidden" not in box.partition(">")[0]]


def look(browser: FlaskClient, need_id: str, **words: str) -> TestResponse:
    """Press the look button."""
    return browser.post(f"/doc/mine/{need_id}", data={"then": "look", "revision": "0", **words})


def test_the_script_is_told_one_hint_with_the_words_it_is_about(maya: FlaskClient) -> None:
    answer = ask(maya, NEVER)
    hint = answer.get_json()
    assert hint["quote"].lower() == "you never"
    assert hint["lead"]
    assert hint["text"]
    assert hint["starters"]
    assert hint["care"] is False
    assert answer.headers["Cache-Control"] == "no-store"


def test_words_that_accuse_nobody_get_null(maya: FlaskClient) -> None:
    assert ask(maya, CALM).json is None
    assert ask(maya, "").json is None


def test_a_text_of_fear_gets_no_hint_but_the_way_to_help(maya: FlaskClient) -> None:
    answer = ask(maya, f"{NEVER} {AFRAID}").get_json()
    assert answer["care"] is True
    assert answer["starters"] == []
    assert answer["lead"] == ""


def test_only_a_request_is_asked_what_one_would_see(maya: FlaskClient) -> None:
    assert "What would I see?" in ask(maya, VAGUE, "request").text
    assert "What would I see?" not in ask(maya, VAGUE, "words").text


@pytest.mark.parametrize("kind", ["", "everything", "NEED", "\x00"])
def test_an_unknown_kind_of_field_gets_null(maya: FlaskClient, kind: str) -> None:
    assert ask(maya, NEVER, kind).json is None


def test_a_text_longer_than_any_field_is_not_looked_at(maya: FlaskClient) -> None:
    assert ask(maya, NEVER + "x " * 6000).json is None
    assert ask(maya, "x" * 300_000).status_code == 413


def test_nobody_is_answered_without_signing_in(client: FlaskClient) -> None:
    answer = ask(client, NEVER)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/signin")


def test_a_question_without_our_token_is_refused(maya: FlaskClient) -> None:
    maya.application.config["WTF_CSRF_ENABLED"] = True
    assert ask(maya, NEVER).status_code == 400


def test_who_asks_faster_than_anybody_types_gets_null_and_no_error(
    maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    answers = [ask(maya, NEVER) for _ in range(122)]
    assert {answer.status_code for answer in answers} == {200}
    assert all(answer.get_json() for answer in answers[:120])
    assert [answer.get_json() for answer in answers[120:]] == [None, None]
    jonas = maya.application.test_client()
    sign_in(jonas, cast.jonas, now)
    assert ask(jonas, NEVER).get_json()


def test_a_language_without_rules_gets_no_hints(maya: FlaskClient, cast: Cast, need: str) -> None:
    speak(cast.maya, "de")
    assert ask(maya, NEVER).json is None
    assert boxes(look(maya, need, before=NEVER).text) == []


@transaction()
def speak(person_id: str, language: str) -> None:
    """Choose a language."""
    person = db.session.get(Person, person_id)
    assert person is not None
    person.language = language


def test_asking_changes_nothing_and_says_nothing_in_the_log(
    maya: FlaskClient, need: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(0)
    before = dump()
    ask(maya, NEVER)
    look(maya, need, before=NEVER)
    assert dump() == before
    assert "never" not in caplog.text.lower()


def dump() -> list[tuple[object, ...]]:
    """Return what the tables hold, sessions' last sight left out."""
    db.session.rollback()
    tables = [table for table in db.metadata.sorted_tables if "session" not in table.name]
    return [tuple(row) for table in tables for row in db.session.execute(table.select())]


def test_a_look_brings_the_page_back_with_all_that_was_typed_and_its_hints(
    maya: FlaskClient, need: str
) -> None:
    answer = look(maya, need, before=NEVER, request=VAGUE, own_part=CALM)
    assert answer.status_code == 200
    assert all(text in answer.text for text in (NEVER, VAGUE, CALM))
    first, second = boxes(answer.text)
    assert "You never" in first
    assert "What would I see?" in second
    assert "Keep my words" in first
    assert answer.text.count("autofocus") == 1


def test_a_look_stores_nothing(maya: FlaskClient, need: str) -> None:
    look(maya, need, before=NEVER)
    db.session.expire_all()
    kept = db.session.get(Need, need)
    assert kept is not None
    assert (kept.before or "", kept.revision) == ("", 0)


def test_a_look_at_a_text_of_fear_shows_the_link_and_no_hint(maya: FlaskClient, need: str) -> None:
    (box,) = boxes(look(maya, need, before=AFRAID).text)
    assert re.search(r'href="/help">Is this safe for me\?', box)
    assert not re.search(r"<span class=\"words\">", box)


def test_a_look_that_finds_nothing_says_so(maya: FlaskClient, need: str) -> None:
    page = look(maya, need, before=CALM).text
    assert boxes(page) == []
    assert "Nothing to suggest for these words." in page


def test_a_look_at_a_text_that_is_too_long_loses_nothing(maya: FlaskClient, need: str) -> None:
    text = "You never listen. " * 120
    answer = look(maya, need, before=text)
    assert answer.status_code == 200
    assert text.strip() in answer.text


def test_a_look_from_a_page_folded_meanwhile_loses_nothing(maya: FlaskClient, need: str) -> None:
    maya.post(f"/doc/mine/{need}", data={"before": CALM, "revision": "0", "then": "leave"})
    maya.post("/doc/ready")
    answer = look(maya, need, before="Newer words.")
    assert "Newer words." in answer.text


def test_a_page_begins_with_its_boxes_empty_and_hidden(maya: FlaskClient, need: str) -> None:
    page = maya.get(f"/doc/mine/{need}").text
    assert page.count('class="gentle"') == 3
    assert boxes(page) == []
    for kind in ("need", "request", "words"):
        assert page.count(f'data-hint="{kind}"') == 1
    assert "Look at my wording" in page


def test_reading_through_shows_the_writer_the_hints_quietly(maya: FlaskClient, need: str) -> None:
    words = {"before": NEVER, "request": VAGUE, "own_part": CALM, "revision": "0"}
    maya.post(f"/doc/mine/{need}", data={**words, "then": "leave"})
    for path in ("/doc/read", f"/doc/mine/{need}/open"):
        page = maya.get(path).text
        assert "can sound like a verdict" in page
        assert "What would I see?" in page
        assert page.count("Change these words") == 2


def test_a_folded_page_and_an_open_one_show_no_hints_to_anybody(
    maya: FlaskClient, cast: Cast, need: str, now: datetime
) -> None:
    jonas = maya.application.test_client()
    sign_in(jonas, cast.jonas, now)
    theirs = begin_need(cast.jonas, Heading(own_words="Mornings"), now)
    for browser, need_id in ((maya, need), (jonas, theirs)):
        browser.post(f"/doc/mine/{need_id}", data={"before": NEVER, "revision": "0"})
        browser.post("/doc/ready")
    topic = re.search(r"/doc/side/[\w-]+", jonas.get("/doc/open").text)
    assert topic
    for browser in (maya, jonas):
        for path in ("/doc/read", f"/doc/mine/{need}", topic[0], "/doc/open"):
            assert "verdict" not in browser.get(path).text


def test_the_engine_and_the_pages_know_the_same_kinds() -> None:
    from couples.hints.views import KINDS

    assert set(KINDS) == set(hints.Kind.__args__)  # type: ignore[attr-defined]
