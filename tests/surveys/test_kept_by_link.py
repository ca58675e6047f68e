"""Sharing on the mailed page covers what is pressed there, and nothing that was kept (C4, C6)."""

from __future__ import annotations

from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from couples import tokens
from couples.surveys.answering.services import Answers, Stored, save_answers, stored_of
from couples.surveys.answering.services_link import save_by_link
from tests.cast import Cast, sign_in
from tests.surveys.agreed import (
    AFTER,
    INSIDE,
    answer,
    at,
    opened,
    response_of,
    round_of,
    rounds_for,
)

ALL = {"overall": 2, "t-time": 2, "t-own": 2}


@pytest.fixture
def round_id(cast: Cast, now: datetime) -> str:
    """Return an open round that Jonas has shared all of."""
    found = opened(cast.couple, now).id
    theirs = Answers({"overall": 5, "t-time": 5, "t-own": 5}, True, "Theirs.", words_shared=True)
    save_answers(cast.jonas, found, theirs, INSIDE)
    return found


def signed_in(cast: Cast, round_id: str, share: bool, /, **given: int) -> None:
    mine = Answers(dict(given), share, "Mine.", words_shared=True, words_before="Mine.")
    assert save_answers(cast.maya, round_id, mine, INSIDE) is None


def by_link(cast: Cast, round_id: str, share: bool, /, **given: int | None) -> None:
    response = response_of(round_id, cast.maya)
    token = tokens.make("week", response.id, response.generation)
    numbers = {key.replace("_", "-"): value for key, value in given.items()}
    save_by_link(token, Answers(numbers, share), INSIDE)


def stored(cast: Cast, round_id: str) -> Stored:
    return stored_of(response_of(round_id, cast.maya))


def seen_by_jonas(cast: Cast) -> dict[str, int]:
    (theirs,) = rounds_for(cast.jonas, AFTER)
    assert theirs.partner_words in {"", "Mine."}
    words = {"words": 1} if theirs.partner_words else {}
    return {question: mine for question, (_theirs, mine) in theirs.opened.items()} | words


def test_C6_sharing_by_link_shares_nothing_that_was_kept(cast: Cast, round_id: str) -> None:
    signed_in(cast, round_id, False, **ALL)
    by_link(cast, round_id, True, t_time=7)
    assert stored(cast, round_id).answers == {**ALL, "t-time": 7}
    assert seen_by_jonas(cast) == {"t-time": 7}
    (mine,) = rounds_for(cast.maya, AFTER)
    assert mine.opened == {"t-time": (7, 5)} and mine.partner_words == ""


def test_C6_what_was_shared_before_stays_shared(cast: Cast, round_id: str) -> None:
    signed_in(cast, round_id, True, **ALL)
    by_link(cast, round_id, True, overall=7)
    assert seen_by_jonas(cast) == {**ALL, "overall": 7, "words": 1}


def test_C6_keeping_by_link_keeps_everything_and_sharing_again_only_that_press(
    cast: Cast, round_id: str
) -> None:
    signed_in(cast, round_id, True, **ALL)
    by_link(cast, round_id, False, overall=3)
    assert seen_by_jonas(cast) == {}
    by_link(cast, round_id, True, overall=4)
    assert seen_by_jonas(cast) == {"overall": 4}
    by_link(cast, round_id, True, t_time=6)
    assert seen_by_jonas(cast) == {"overall": 4, "t-time": 6}


def test_C4_a_press_when_signed_in_decides_for_everything(cast: Cast, round_id: str) -> None:
    signed_in(cast, round_id, False, **ALL)
    by_link(cast, round_id, True, t_time=7)
    signed_in(cast, round_id, True)
    assert seen_by_jonas(cast) == {**ALL, "t-time": 7, "words": 1}


def test_C6_a_skip_chosen_by_link_shares_nothing_of_what_was_there(
    cast: Cast, round_id: str
) -> None:
    answer(cast.maya, round_id, share=False, **ALL)
    by_link(cast, round_id, True, overall=None, t_time=1)
    assert seen_by_jonas(cast) == {"t-time": 1}


def test_C3_the_authors_own_page_says_what_was_kept(
    client: FlaskClient, cast: Cast, round_id: str
) -> None:
    signed_in(cast, round_id, False, **ALL)
    by_link(cast, round_id, True, t_time=7)
    sign_in(client, cast.maya, AFTER)
    with at(AFTER):
        page = client.get(f"/week/past/{round_of(cast.couple).id}").text
    assert page.count("only you see this") == 2
    assert "Only you see these words." in page


def test_C4_a_page_left_open_shares_nothing_kept_in_another_window(
    cast: Cast, round_id: str
) -> None:
    kept = Answers({"overall": 2}, False, "Mine.", words_shared=True)
    assert save_answers(cast.maya, round_id, kept, INSIDE) is None
    from_an_empty_page = Answers({"t-time": 6}, True, before={})
    assert save_answers(cast.maya, round_id, from_an_empty_page, INSIDE) is None
    assert seen_by_jonas(cast) == {"t-time": 6}
    assert stored(cast, round_id).answers == {"overall": 2, "t-time": 6}


def test_C4_a_page_that_showed_what_was_kept_shares_it(cast: Cast, round_id: str) -> None:
    signed_in(cast, round_id, False, overall=2)
    all_on_the_page = Answers({}, True, words_before="Mine.", before={"overall": 2})
    assert save_answers(cast.maya, round_id, all_on_the_page, INSIDE) is None
    assert seen_by_jonas(cast) == {"overall": 2, "words": 1}


def test_C4_a_page_left_open_hides_nothing_that_was_shared_meanwhile(
    cast: Cast, round_id: str
) -> None:
    signed_in(cast, round_id, True, overall=2)
    from_an_empty_page = Answers({"t-time": 6}, True, before={})
    assert save_answers(cast.maya, round_id, from_an_empty_page, INSIDE) is None
    assert seen_by_jonas(cast) == {"overall": 2, "t-time": 6, "words": 1}


def test_C4_the_page_itself_tells_what_it_showed(cast: Cast, app: Flask, round_id: str) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    with at(INSIDE):
        sign_in(client, cast.maya, INSIDE)
        client.get("/week")
        save_answers(cast.maya, round_id, Answers({"overall": 2}, False), INSIDE)
        stale = {"round": round_id, "q1": "6", "decision": "share", "who": "me", "was_who": "me"}
        shown = {"was_q0": "", "was_q1": "", "was_q2": "", "words": "", "was_words": ""}
        assert client.post("/week", data={**stale, **shown}).status_code == 303
    assert seen_by_jonas(cast) == {"t-time": 6}
