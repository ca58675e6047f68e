"""The page of questions of the couple's own, and where they are asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from flask.testing import FlaskClient

from couples.surveys.answering.services import stored_of
from couples.surveys.own_questions.services import retire, suggest
from couples.surveys.rounds.services_clock import open_due_rounds
from tests.cast import Cast, prove, sign_in
from tests.pages import without_tokens
from tests.surveys.agreed import (
    AFTER,
    DAY,
    INSIDE,
    OPENS,
    answer,
    at,
    response_of,
    round_of,
    sign,
)
from tests.surveys.test_own_questions import DANCED, RESTED, THIRD, agree, id_of, in_use, waiting

PAGE = "/week/questions"


@pytest.fixture
def maya(client: FlaskClient, cast: Cast, now: datetime) -> Iterator[FlaskClient]:
    """Return Maya's browser, on the day the cast is made."""
    sign_in(client, cast.maya, now)
    with at(now):
        yield client


def test_C2_suggested_used_and_retired_by_pressing(
    maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    page = maya.get(PAGE).text
    assert "<title>Questions of your own" in page and "Suggest it" in page
    sent = maya.post(PAGE, data={"words": "  Did we\tdance?\r\n"})
    assert (sent.status_code, sent.location) == (303, PAGE)
    page = maya.get(PAGE).text
    assert "Take it back" in page and "No reply is due" in page and "Use this" not in page
    suggest(cast.jonas, RESTED, now)
    page = maya.get(PAGE).text
    assert "Jonas suggests" in page and "Use this question" in page and "Put it away" in page
    assert "Two suggestions are waiting" in page and "Suggest it" not in page
    for words, act in ((RESTED, "use"), (RESTED, "retire"), (DANCED, "away")):
        assert maya.post(f"{PAGE}/{id_of(words)}/{act}").status_code == 303
        assert (in_use(cast.maya) == [RESTED]) == (act == "use")
    assert waiting(cast.maya) == []


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        ("", 422, "Write a question first"),
        ("x" * 201, 422, "This holds 200 characters. Yours is one longer."),
        (DANCED, 409, "These words are on this page already."),
        (THIRD, 409, "Two suggestions are waiting, which is the most."),
    ],
)
def test_a_refusal_is_a_sentence_and_everything_typed_is_kept(
    maya: FlaskClient, cast: Cast, now: datetime, words: str, status: int, sentence: str
) -> None:
    for each in (DANCED, RESTED):
        suggest(cast.jonas, each, now)
    sent = maya.post(PAGE, data={"words": words})
    assert sent.status_code == status
    assert sentence in sent.text
    assert f'value="{words}"' in sent.text
    assert "<title>Error: " in sent.text
    assert set(waiting(cast.maya)) == {DANCED, RESTED}


def test_the_look_button_stores_nothing(maya: FlaskClient, cast: Cast) -> None:
    sent = maya.post(PAGE, data={"words": "Why do you never listen?", "then": "look"})
    assert sent.status_code == 200 and "Why do you never listen?" in sent.text
    assert waiting(cast.maya) == []


def test_a_yes_that_came_too_late_is_refused_in_a_sentence(
    maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    for words in (DANCED, RESTED):
        agree(cast, words, now)
    suggest(cast.jonas, THIRD, now)
    page = maya.get(PAGE).text
    assert "Use this question" not in page and "To use this one, retire one" in page
    sent = maya.post(f"{PAGE}/{id_of(THIRD)}/use")
    assert sent.status_code == 409 and "Two questions are in use" in sent.text
    assert f'class="btn btn--p" href="{PAGE}"' in sent.text, "and leads back to where it was"


def test_the_signed_in_page_asks_them_after_the_topics(
    maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    sign(cast.couple, now)
    question = agree(cast, THIRD, now)
    open_due_rounds(OPENS)
    with at(INSIDE):
        page = maya.get("/week").text
        assert maya.post("/week", data={"q3": "7", "decision": "keep"}).status_code == 303
    assert page.index("From your agreement") < page.index("Your own questions") < page.index(THIRD)
    assert f'<span dir="auto">{THIRD}</span>' in page
    assert stored_of(response_of(round_of(cast.couple).id, cast.maya)).answers[question] == 7
    retire(cast.jonas, question, INSIDE)
    prove(maya, AFTER)
    with at(AFTER):
        assert THIRD in maya.get(f"/week/past/{round_of(cast.couple).id}").text


def test_S2_asked_or_not_the_partners_answers_change_nothing_here(
    maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    sign(cast.couple, now)
    question = agree(cast, DANCED, now)
    open_due_rounds(OPENS)
    with at(INSIDE):
        before = without_tokens(maya.get(PAGE).data)
    response = response_of(round_of(cast.couple).id, cast.jonas)
    answer(cast.jonas, response.round_id, overall=3, **{question: 2})
    with at(INSIDE):
        assert without_tokens(maya.get(PAGE).data) == before


@pytest.mark.parametrize(("page", "moment"), [("/week", OPENS + 6 * DAY), ("/settings", OPENS)])
def test_the_way_to_the_page(
    maya: FlaskClient, cast: Cast, now: datetime, page: str, moment: datetime
) -> None:
    sign(cast.couple, now)
    open_due_rounds(OPENS)
    with at(moment):
        assert f'href="{PAGE}"' in maya.get(page).text
