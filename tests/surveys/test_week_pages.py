"""The signed-in page of this week and one's own past rounds."""

from __future__ import annotations

from datetime import datetime

import pytest
from flask.testing import FlaskClient

from couples import tokens
from couples.pairing import services_leaving
from couples.surveys.answering.services import Stored, stored_of
from couples.surveys.letters.services import pause
from tests.cast import Cast, prove, sign_in
from tests.pages import without_tokens
from tests.surveys.agreed import (
    AFTER,
    CLOSES,
    INSIDE,
    OPENS,
    RHYTHM,
    answer,
    at,
    response_of,
    round_of,
    sign,
)


def mine(cast: Cast) -> Stored:
    return stored_of(response_of(round_of(cast.couple).id, cast.maya))


def send(client: FlaskClient, now: datetime = INSIDE, /, **fields: object) -> tuple[int, str]:
    with at(now):
        answer = client.post("/week", data=fields)
    return answer.status_code, answer.text


def test_C2_the_page_asks_overall_every_topic_and_words(maya: FlaskClient) -> None:
    with at(INSIDE):
        page = maya.get("/week").text
    assert "Overall, how satisfied have you felt with us this week?" in page
    assert "Our garden" in page and "We mind t-own." in page
    assert "<title>This week" in page
    assert page.count("checked") == 1, "only who the note is for: only me"


def test_C4_answers_are_stored_and_come_back_filled_in(maya: FlaskClient, cast: Cast) -> None:
    fields = {"q0": "5", "q2": "skip", "words": "A note.\r\nTwo lines.", "who": "both"}
    assert send(maya, **fields, decision="share")[0] == 303
    stored = mine(cast)
    assert stored.answers == {"overall": 5, "t-own": None}
    assert (stored.words, stored.words_shared) == ("A note.\nTwo lines.", True)
    with at(INSIDE):
        page = maya.get("/week").text
        assert "see the week together on Sunday 6 September at 21:00" in maya.get("/week/done").text
    assert 'id="q0-4" value="5" checked' in page
    assert 'name="q2" value="skip" checked' in page
    assert "A note." in page


def test_C4_kept_is_said_to_look_like_any_skipped_one(maya: FlaskClient, cast: Cast) -> None:
    assert send(maya, q0="5", decision="keep")[0] == 303
    with at(INSIDE):
        page = maya.get("/week/done").text
    assert "Jonas sees an empty week, like any skipped one." in page


def test_a_stale_window_does_not_undo_the_other_one(maya: FlaskClient, cast: Cast) -> None:
    first = {"q0": "5", "words": "Private.", "who": "me", "was_who": "me", "was_words": ""}
    send(maya, **first, decision="share")
    stale = {"q1": "3", "words": "", "who": "me", "was_who": "me", "was_words": ""}
    assert send(maya, **stale, decision="keep")[0] == 303
    stored = mine(cast)
    assert stored.answers == {"overall": 5, "t-time": 3}
    assert (stored.words, stored.shared) == ("Private.", False)


def test_words_in_two_windows_are_both_shown(maya: FlaskClient, cast: Cast) -> None:
    send(maya, words="First.", was_words="", decision="share")
    status, page = send(maya, words="Second.", was_words="", decision="share")
    assert status == 422
    assert "Written in another window:" in page
    assert "First." in page and "Second." in page
    assert send(maya, words="Second.", was_words="First.", decision="share")[0] == 303
    assert mine(cast).words == "Second."


def test_C3_at_the_close_the_answer_is_refused_and_the_words_are_kept_on_the_page(
    maya: FlaskClient, cast: Cast
) -> None:
    fields = {"q0": "5", "words": "I was about to send this.", "decision": "share"}
    status, page = send(maya, CLOSES, **fields)
    assert status == 409
    assert "I was about to send this." in page
    assert not mine(cast).answered


def test_C3_the_numbers_that_came_too_late_are_shown_once_more(
    maya: FlaskClient, cast: Cast
) -> None:
    with at(INSIDE):
        round_id = round_of(cast.couple).id
    fields = {"round": round_id, "q0": "5", "q1": "skip", "q2": "<", "decision": "share"}
    status, page = send(maya, CLOSES, **fields)
    assert status == 409
    assert (
        '<li><span dir="auto">Overall</span>: 5</li>' in page and page.count("<li><span dir") == 1
    )
    sign_in(maya, cast.other, CLOSES)
    assert "Overall</span>" not in send(maya, CLOSES, **fields)[1]


def test_a_page_left_over_from_another_round_is_refused(maya: FlaskClient, cast: Cast) -> None:
    assert send(maya, round="x" * 22, q0="5", decision="share")[0] == 409
    assert not mine(cast).answered


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"decision": "share"}, "Pick a number, or write a few words."),
        ({"q0": "skip", "decision": "keep"}, "Pick a number, or write a few words."),
        ({"q0": "9" * 31, "decision": "share"}, "Pick a number, or skip this one"),
        ({"q0": "5"}, "Press one of the two buttons at the end"),
        ({"q0": "5", "decision": "share", "words": "x" * 2001}, "Use 2,000 characters or fewer"),
    ],
)
def test_what_cannot_be_stored_comes_back_with_a_sentence(
    maya: FlaskClient, cast: Cast, fields: dict[str, str], says: str
) -> None:
    status, page = send(maya, **fields)
    assert status == 422 and says in page
    assert fields.get("words", "") in page
    assert not mine(cast).answered


@pytest.mark.parametrize(
    "words", ["\x00nul", "\ud800lone", "🙂" * 500, "\u200fשלום", "a\r\nb" * 10]
)
def test_strange_words_are_stored_or_refused_never_an_error(
    maya: FlaskClient, cast: Cast, words: str
) -> None:
    data = words.encode("utf-8", "surrogatepass")
    assert send(maya, words=data, decision="share")[0] == 303
    assert mine(cast).words


def test_S2_the_page_is_the_same_whatever_the_partner_does(maya: FlaskClient, cast: Cast) -> None:
    with at(INSIDE):
        before = without_tokens(maya.get("/week").data)
        answer(cast.jonas, round_of(cast.couple).id, overall=7)
        pause(cast.jonas, "open", INSIDE)
        assert without_tokens(maya.get("/week").data) == before


def test_the_mailed_link_is_replaced_by_one_press(maya: FlaskClient, cast: Cast) -> None:
    old = tokens.make("week", response_of(round_of(cast.couple).id, cast.maya).id, 0)
    with at(INSIDE):
        assert maya.get(f"/week/{old}").status_code == 200
        assert maya.post("/week/link").status_code == 303
        assert maya.get(f"/week/{old}").status_code == 404


def test_screens_say_this_time_where_the_rhythm_is_not_weekly(
    client: FlaskClient, cast: Cast, now: datetime
) -> None:
    from dataclasses import replace

    from couples.surveys.rounds.services_clock import open_due_rounds

    sign(cast.couple, now, replace(RHYTHM, every_weeks=2))
    open_due_rounds(OPENS)
    sign_in(client, cast.maya, now)
    with at(INSIDE):
        page = client.get("/week").text
    assert "this time" in page and "this week" not in page.lower()


def test_every_state_has_its_page(client: FlaskClient, cast: Cast, now: datetime) -> None:
    sign_in(client, cast.ines, now)
    with at(now):
        assert "Nothing to answer yet" in client.get("/week").text
    sign_in(client, cast.maya, now)
    with at(now):
        assert "It begins with a rhythm" in client.get("/week").text
        sign(cast.couple, now)
        assert "opens on Thursday 3 September" in client.get("/week").text
        assert client.get("/week/done").status_code == 303
    with at(OPENS):
        assert "Share when it opens" in client.get("/week").text
    with at(AFTER):
        page = client.get("/week").text
    assert "This week has closed" in page and "Thursday 10 September" in page


def test_a_pause_is_said_to_the_one_who_paused(maya: FlaskClient, cast: Cast) -> None:
    pause(cast.maya, "week", INSIDE)
    with at(INSIDE):
        assert "Your emails are paused. You can answer all the same." in maya.get("/week").text


def test_C3_sharing_is_withdrawn_on_ones_own_past_page(maya: FlaskClient, cast: Cast) -> None:
    send(maya, q0="5", decision="share")
    path = f"/week/past/{round_of(cast.couple).id}"
    prove(maya, INSIDE)
    with at(INSIDE):
        assert maya.get(path).status_code == 404
    prove(maya, AFTER)
    with at(AFTER):
        assert "It may have been seen already." in maya.get(path).text
        assert maya.post(f"{path}/withdraw").status_code == 303
        assert "No longer shared." in maya.get(path).text
        assert maya.post(f"{path}/withdraw").status_code == 303, "a second press is no mistake"
    sign_in(maya, cast.jonas, AFTER)
    with at(AFTER):
        assert maya.get(path).status_code == 200, "his own, empty"
        assert maya.post(f"{path}/withdraw").status_code == 404
    sign_in(maya, cast.other, AFTER)
    with at(AFTER):
        missing = maya.get("/week/past/no-such-round")
        assert (maya.get(path).status_code, maya.get(path).data) == (404, missing.data)


def test_L6_after_parting_the_answers_stay_readable_to_their_author(
    maya: FlaskClient, cast: Cast
) -> None:
    send(maya, q0="5", decision="share")
    round_id = round_of(cast.couple).id
    services_leaving.end_link(cast.jonas, INSIDE)
    prove(maya, INSIDE)
    with at(INSIDE):
        assert send(maya, q0="4", decision="share")[0] == 409
        assert "It stays with you." in maya.get(f"/week/past/{round_id}").text


def test_S7_without_a_session_it_is_the_way_to_signing_in(client: FlaskClient) -> None:
    for path in ("/week", "/week/done", "/week/past/x"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["Location"]) == (303, "/signin")
