"""The card on the page: the same words up and down, one at a time, and gone when put away."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from couples import clock
from tests.cast import Cast, sign_in
from tests.dashboard.half_a_year import Answer, Week, after, answer, write
from tests.pages import without_tokens

APART: Week = (Answer(2, 5), Answer(6, 5))
AWAY = "/overview/cards/away"


@pytest.fixture
def seen(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return the overview as somebody reads it after so many rounds."""

    def read(person_id: str, rounds: int) -> str:
        monkeypatch.setattr(clock, "now", lambda: after(rounds))
        sign_in(client, person_id, after(rounds))
        return client.get("/overview").get_data(as_text=True)

    return read


def card(page: str) -> str:
    """Return the card of a page, without what is different on every page."""
    found = re.search(r'<section class="gapc".*?</section>', page, re.DOTALL)
    return re.sub(r'(csrf_token" value=")[^"]*', r"\1", found[0]) if found else ""


def said(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", markup).split())


def test_a_difference_stands_as_in_the_picture(cast: Cast, seen: Any) -> None:
    (round_id,) = write(cast, [(Answer(5, 3), Answer(5, 6))])
    page = seen(cast.maya, 1)

    assert said(card(page)).startswith(
        "You see this one differently Unhurried time together Maya 3 M Jonas 6 J 1 2 3 4 5 6 7"
    )
    assert "A difference isn’t a fault." in page and "Might help:" in page
    assert 'aria-label="Maya 3, Jonas 6, on a scale from 1 to 7"' in card(page)
    assert re.search(r'href="/talks/add\?about=[\w-]{22}"', card(page))
    assert "When you talk" not in page and round_id not in card(page)


def test_both_read_the_same_card(cast: Cast, seen: Any) -> None:
    """Nothing in it knows who of the two reads, nor who is lower."""
    write(cast, [APART])

    mine, theirs = card(seen(cast.maya, 1)), card(seen(cast.jonas, 1))

    assert mine == theirs != ""
    for word in ("lower", "higher", "−", "-4", "minus", "less", "more than"):
        assert word not in said(mine)


def test_O3_up_and_down_are_the_same_words(cast: Cast, seen: Any) -> None:
    """The one word apart, and no colour, sign or arrow for either."""

    both_ways = zip([5] * 6 + [2] * 3, [3] * 6 + [6] * 3, strict=True)
    write(
        cast,
        [(Answer(a, None, shared=False), Answer(b, None, shared=False)) for a, b in both_ways],
    )

    lower, higher = card(seen(cast.maya, 9)), card(seen(cast.jonas, 9))

    assert "Your last answers are lower than your usual" in lower
    assert lower.replace("lower", "higher") == higher
    assert "Only you see this card." in higher and 'href="/private/new"' in higher


def test_S2_a_change_of_the_others_changes_no_byte(
    client: FlaskClient, cast: Cast, seen: Any
) -> None:
    kept = Answer(5, None, shared=False)
    rounds = write(cast, [(kept, Answer(4, None, shared=False))] * 9)
    before = seen(cast.jonas, 9)

    for round_id in rounds[6:]:
        answer(round_id, cast.maya, Answer(1, None, shared=False))

    assert "Your last answers" in seen(cast.maya, 9)
    assert seen(cast.jonas, 9) == before


def test_putting_away_brings_the_quiet_prompt_back_and_leaves_the_other_alone(
    client: FlaskClient, cast: Cast, seen: Any
) -> None:
    write(cast, [APART])
    theirs, mine = seen(cast.jonas, 1), seen(cast.maya, 1)
    named = re.search(r'name="shown" value="([^"]+)"', mine)
    assert named

    answered = client.post(AWAY, data={"shown": named[1]})

    assert (answered.status_code, answered.location) == (303, "/overview")
    page = client.get("/overview").get_data(as_text=True)
    assert "Put away. Only you see this." in page
    assert card(page) == "" and "When you talk" in page
    assert without_tokens(seen(cast.jonas, 1).encode()) == without_tokens(theirs.encode())


def test_C3_a_card_goes_when_an_answer_is_taken_back(cast: Cast, seen: Any) -> None:
    (round_id,) = write(cast, [APART])
    assert card(seen(cast.maya, 1)) and card(seen(cast.jonas, 1))

    answer(round_id, cast.jonas, Answer(6, 5, withdrawn=True))

    assert card(seen(cast.maya, 1)) == card(seen(cast.jonas, 1)) == ""


def test_there_is_one_card_at_a_time(cast: Cast, seen: Any) -> None:
    write(cast, [(Answer(2, 1), Answer(6, 7))])

    assert seen(cast.maya, 1).count('class="gapc"') == 1


def test_totals_stand_apart_and_are_said_in_three_steps(cast: Cast, seen: Any) -> None:
    low, near, far = ((3, 3, 3, 3), (4, 3, 3, 3), (5, 5, 4, 4))
    write(
        cast,
        [
            (Answer(5, scale=far), Answer(5, scale=low)),
            (Answer(5, scale=near), Answer(5, scale=low)),
        ],
    )

    page = seen(cast.maya, 1)
    assert "You see this quite differently." in page
    assert "Maya: 18 of 21" in card(page) and "on a scale from 1 to 7" not in card(page)
    page = seen(cast.maya, 2)
    assert "You see this similarly." in page and card(page) == ""
