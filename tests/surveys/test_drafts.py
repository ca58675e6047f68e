"""What is filled in and not sent: kept for its author alone, and no answer to anybody."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from couples import tokens
from couples.pairing import services_leaving
from couples.surveys.answering.services import Answers, save_answers, stored_of
from couples.surveys.models import Response
from couples.surveys.services_erasing import forget_answers
from tests.cast import Cast, prove, sign_in
from tests.pages import forms_of, without_tokens
from tests.surveys.agreed import (
    AFTER,
    CLOSES,
    INSIDE,
    at,
    response_of,
    round_of,
    rounds_for,
)

LATER = INSIDE + timedelta(hours=1)


def row(cast: Cast) -> Response:
    return response_of(round_of(cast.couple).id, cast.maya)


def page_fields(client: FlaskClient, now: datetime = INSIDE) -> dict[str, str]:
    """Return what the page would send as it stands: chosen radios, texts and hidden fields."""
    with at(now):
        page = client.get("/week").text
    form = next(one for one in forms_of(page) if one.action == "/week")
    return {one.name: one.value for one in form.fields if one.value or not one.offers}


def save(
    client: FlaskClient, fields: dict[str, str], now: datetime = INSIDE
) -> tuple[int, dict[str, Any]]:
    with at(now):
        answer = client.post("/week/save", data=fields)
    return answer.status_code, answer.get_json()


def press(client: FlaskClient, now: datetime = INSIDE, /, **fields: str) -> tuple[int, str]:
    with at(now):
        answer = client.post("/week", data=fields)
    return answer.status_code, answer.text


def test_every_field_is_kept_shown_again_and_sent_by_a_press(maya: FlaskClient, cast: Cast) -> None:
    empty = page_fields(maya)
    scales = {name[4:]: "1" for name in empty if name[:5] in {"was_q", "was_s"}}
    begun = {**scales, "q1": "skip", "words": "A note.\r\nTwo lines.", "who": "both"}
    status, said = save(maya, {**empty, **begun, "q99": "5", "nonsense": "x"})
    assert (status, said["revision"]) == (200, 1)
    assert said["saved"] == "Not sent yet. Saved at 19:00; only you can see it."
    assert set(row(cast).draft) == set(begun), "unknown names are nothing"
    again = page_fields(maya)
    assert {name: again[name] for name in begun} == {**begun, "words": "A note.\nTwo lines."}
    assert all(again.get(f"was_{name}", "") == empty[f"was_{name}"] for name in begun)
    with at(INSIDE):
        page = maya.get("/week").text
    assert "Not sent yet.</b> Only you can see it. Saved" in page
    assert not stored_of(row(cast)).answered
    assert press(maya, **again, decision="keep")[0] == 303
    stored = stored_of(row(cast))
    assert (stored.answers["overall"], stored.answers["t-time"]) == (1, None)
    assert (stored.words, stored.words_shared, stored.shared) == (again["words"], True, False)
    assert row(cast).draft is None
    with at(INSIDE):
        assert "Not sent yet.</b>" not in maya.get("/week").text


def test_a_draft_is_laid_over_what_is_stored_and_touches_nothing_else(
    maya: FlaskClient, cast: Cast
) -> None:
    press(maya, q0="5", q1="4", words="First.", who="me", was_who="me", decision="share")
    save(maya, {**page_fields(maya), "q0": "2", "words": ""})
    assert row(cast).draft == {"q0": "2", "words": ""}
    by_link = Answers({"t-time": 7}, True)
    save_answers(cast.maya, round_of(cast.couple).id, by_link, INSIDE)
    save(maya, {**page_fields(maya), "q0": "2"})
    fields = page_fields(maya)
    assert (fields["q0"], fields["was_q0"], fields["q1"]) == ("2", "5", "7")
    with at(INSIDE):
        page = maya.get("/week").text
    assert "What you sent before counts until you press one of the two buttons." in page
    press(maya, **fields, decision="share")
    assert stored_of(row(cast)).answers == {"overall": 2, "t-time": 7}


def test_what_is_put_back_as_it_was_is_no_draft(maya: FlaskClient, cast: Cast) -> None:
    fields = page_fields(maya)
    assert save(maya, {**fields, "words": "A"})[1]["revision"] == 1
    status, said = save(maya, {**fields, "revision": "1"})
    assert (status, said) == (200, {"saved": "Nothing is waiting to be sent.", "revision": 2})
    assert (row(cast).draft, row(cast).draft_saved_at) == (None, None)


def test_A9_a_second_window_overwrites_nothing(maya: FlaskClient, cast: Cast) -> None:
    fields = page_fields(maya)
    save(maya, {**fields, "words": "From the first."})
    assert save(maya, {**fields, "words": "From the second."})[0] == 409
    assert row(cast).draft == {"words": "From the first."}
    assert save(maya, {**fields, "words": "From the first."})[0] == 200, "an answer that got lost"
    status, page = press(maya, **{**fields, "words": "From the second."}, decision="share")
    assert status == 422 and "Written in another window:" in page
    assert "From the first." in page and "From the second." in page
    again = next(one for one in forms_of(page) if one.action == "/week")
    sent = {one.name: one.value for one in again.fields if one.value}
    assert press(maya, **sent, decision="share")[0] == 303
    assert stored_of(row(cast)).words == "From the second."


def test_A9_a_window_left_open_does_not_bring_back_what_was_sent(
    maya: FlaskClient, cast: Cast
) -> None:
    stale = page_fields(maya)
    press(maya, **page_fields(maya), q0="5", decision="share")
    assert save(maya, {**stale, "q0": "3"})[0] == 409
    assert row(cast).draft is None


@pytest.mark.parametrize(
    ("field", "says"),
    [
        ({"words": "x" * 2001}, "Use 2,000 characters or fewer; these are 2001"),
        ({"q0": "9" * 30}, "Pick a number, or skip this one"),
    ],
)
def test_what_does_not_fit_is_not_kept_and_says_why(
    maya: FlaskClient, cast: Cast, field: dict[str, str], says: str
) -> None:
    assert save(maya, {**page_fields(maya), **field}) == (422, {"saved": says})
    assert row(cast).draft is None


def test_starting_over_forgets_it(maya: FlaskClient, cast: Cast) -> None:
    save(maya, {**page_fields(maya), "q0": "3"})
    with at(INSIDE):
        page = maya.get("/week").text
        over = next(one for one in forms_of(page) if one.action == "/week/draft/discard")
        assert 'form="over">Start over</button>' in page
        sent = {one.name: one.value for one in over.fields}
        assert maya.post(over.action, data=sent).status_code == 303
    assert row(cast).draft is None
    assert "q0" not in page_fields(maya)
    sign_in(maya, cast.other, INSIDE)
    with at(INSIDE):
        assert maya.post(over.action, data=sent).status_code == 404


def test_S2_C5_a_draft_never_counts_and_nobody_else_meets_it(
    app: Flask, maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    jonas = app.test_client()
    sign_in(jonas, cast.jonas, now)
    save_answers(cast.jonas, round_of(cast.couple).id, Answers({"overall": 6}, True), INSIDE)
    token = tokens.make("week", row(cast).id)
    pages = ("/overview", "/overview/numbers.csv", "/week", "/week/past", "/doc", "/settings")

    def seen() -> list[bytes]:
        found = []
        for moment in (INSIDE, AFTER):
            with at(moment):
                found += [without_tokens(jonas.get(path).data) for path in pages]
        with at(INSIDE):
            found.append(app.test_client(use_cookies=False).get(f"/week/{token}").data)
        return found

    before = seen()
    save(maya, {**page_fields(maya), "q0": "3", "words": "Hardly a word.", "who": "both"})
    assert seen() == before
    mine = rounds_for(cast.maya, AFTER)[-1]
    assert (mine.answered_by_me, mine.answers, mine.opened) == (False, {}, {})


def test_C6_a_press_by_the_mailed_link_leaves_the_draft_alone(
    app: Flask, maya: FlaskClient, cast: Cast
) -> None:
    from tests.surveys.agreed import post_by_link

    save(maya, {**page_fields(maya), "q1": "3"})
    token = tokens.make("week", row(cast).id)
    bare = app.test_client(use_cookies=False)
    assert post_by_link(bare, token, INSIDE, q0="5", decision="share")[0] == 303
    assert row(cast).draft == {"q1": "3"}
    fields = page_fields(maya)
    assert (fields["q0"], fields["q1"], fields["was_q0"]) == ("5", "3", "5")


@pytest.mark.parametrize("ending", ["close", "unlink"])
def test_C3_what_was_not_sent_in_time_stays_with_its_author(
    maya: FlaskClient, cast: Cast, ending: str
) -> None:
    fields = page_fields(maya)
    save(maya, {**fields, "q0": "3", "words": "Almost sent."})
    after = AFTER if ending == "close" else LATER
    if ending == "unlink":
        services_leaving.end_link(cast.jonas, LATER)
    status, said = save(maya, {**fields, "q0": "4", "revision": "1"}, after)
    assert (status, said["saved"][:21]) == (422, "This page has closed.")
    prove(maya, after)
    with at(after):
        path = f"/week/past/{fields['round']}"
        assert path in maya.get("/week/past").text
        page = maya.get(path).text
        assert "Begun and not sent" in page and "Almost sent." in page
        assert '<span dir="auto">Overall</span>: 3' in page
        over = next(one for one in forms_of(page) if one.action == "/week/draft/discard")
        maya.post(over.action, data={one.name: one.value for one in over.fields})
        assert "Almost sent." not in maya.get(path).text
        assert path not in maya.get("/week/past").text


def test_C3_a_press_at_the_close_keeps_the_draft(maya: FlaskClient, cast: Cast) -> None:
    fields = {**page_fields(maya), "q0": "3", "words": "Late."}
    save(maya, fields)
    status, page = press(maya, CLOSES, **fields, decision="share")
    assert status == 409 and "Late." in page and "Overall</span>: 3" in page
    assert row(cast).draft == {"q0": "3", "words": "Late."}


def test_A10_it_goes_with_erasing(maya: FlaskClient, cast: Cast) -> None:
    save(maya, {**page_fields(maya), "q0": "3"})
    forget_answers(None, person_id=cast.maya, now=INSIDE)
    found = row(cast)
    assert (found.draft, found.draft_saved_at, found.skipped_at) == (None, None, None)
