"""The mailed page is rendered once for all who are asked the same; rounds unseal as needed."""

from __future__ import annotations

from datetime import datetime

from flask import Flask
from flask.testing import FlaskClient

from couples import tokens
from couples.accounts.models import Person
from couples.db import db, transaction
from couples.surveys.answering.services import Answers, save_answers
from couples.surveys.services import rounds_and_next
from tests.cast import Cast
from tests.dashboard.half_a_year import Answer, after, write
from tests.surveys.agreed import INSIDE, at, opened, response_of

BOTH = (Answer(3, 2), Answer(5, 6))


def links(cast: Cast, now: datetime) -> tuple[str, str]:
    """Return the tokens in Maya's and in Jonas's letter."""
    round_id = opened(cast.couple, now).id
    maya, jonas = (response_of(round_id, one).id for one in (cast.maya, cast.jonas))
    return tokens.make("week", maya), tokens.make("week", jonas)


def kept(app: Flask) -> dict[tuple[object, ...], tuple[str, str]]:
    found: dict[tuple[object, ...], tuple[str, str]] = app.extensions["empty_pages"]
    return found


def test_C6_a_page_that_is_kept_is_the_one_made_anew_whatever_was_stored_since(
    app: Flask, client: FlaskClient, cast: Cast, now: datetime
) -> None:
    token, _jonas = links(cast, now)
    with at(INSIDE):
        first, again = (client.get(f"/week/{token}") for _time in range(2))
        assert len(kept(app)) == 1
        round_id = str(db.session.execute(db.text("SELECT id FROM rounds")).scalar())
        save_answers(cast.maya, round_id, Answers({"overall": 5}, True), INSIDE)
        kept(app).clear()
        anew = client.get(f"/week/{token}")
    assert first.text == again.text == anew.text
    assert list(first.headers) == list(again.headers) == list(anew.headers)


def test_S1_what_is_kept_of_a_page_names_nobody_and_no_couple(
    app: Flask, client: FlaskClient, cast: Cast, now: datetime
) -> None:
    token, _jonas = links(cast, now)
    with at(INSIDE):
        client.get(f"/week/{token}")
    ids = (cast.couple, cast.maya, cast.jonas, tokens.read("week", token)[0])
    for secret in (*ids, token, "Maya", "Jonas", "We mind", "Our garden"):
        assert secret not in str(kept(app))


def test_C6_each_reads_their_own_mark_language_and_zone(
    app: Flask, client: FlaskClient, cast: Cast, now: datetime
) -> None:
    maya, jonas = links(cast, now)
    with at(INSIDE):
        before = client.get(f"/week/{maya}").text
        with transaction():
            there = db.session.get_one(Person, cast.jonas)
            there.language, there.zone = "en-US", "America/New_York"
        hers, his = (client.get(f"/week/{one}").text for one in (maya, jonas))
    assert hers == before
    assert "New York time" in his
    assert "New York time" not in hers
    assert 'lang="en-US"' in his
    assert ("scale--diamond" in his) != ("scale--diamond" in hers)


def test_L6_a_sentence_that_waits_is_said_and_the_page_is_not_kept(
    app: Flask, client: FlaskClient, cast: Cast, now: datetime
) -> None:
    token, _jonas = links(cast, now)
    with client.session_transaction() as session:
        session["_flashes"] = [("toast", "This is said once.")]
    with at(INSIDE):
        first, again = (client.get(f"/week/{token}").text for _time in range(2))
    assert "This is said once." in first
    assert "This is said once." not in again + str(kept(app))


def test_C5_rounds_unsealed_one_by_one_say_what_those_unsealed_at_once_say(
    database_app: Flask, database_cast: Cast
) -> None:
    unshared = (Answer(4, 4), Answer(6, 6, shared=False))
    write(database_cast, [BOTH, unshared, (None, Answer(7, 7)), (Answer(2, 1), None), BOTH])
    mine = database_cast.couple, database_cast.maya, after(5)
    for with_own in (True, False):
        said = []
        for at_once in (None, 1):
            seen = rounds_and_next(*mine, at_once)[0]
            seen = seen if with_own else tuple(one.without_own() for one in seen)
            said.append(
                [
                    (
                        one.id, dict(one.answers), dict(one.opened), one.words, one.partner_words,
                        one.total, one.opened_total, one.answered_by_me, one.topics, one.has_opened,
                    )
                    for one in seen
                ]
            )  # fmt: skip
        assert said[0] == said[1]
