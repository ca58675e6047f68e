"""What one person does in private changes no byte of what the other can observe (rule S2)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient

from couples import tokens
from couples.mail.letter import NotNow, composers
from couples.mail.models import OutboxLetter
from couples.surveys.answering.services import Answers, save_answers, withdraw
from couples.surveys.answering.services_link import save_by_link
from couples.surveys.answering.services_week import State, replace_link, week_of
from couples.surveys.letters.services import Wishes, pause, save_letters, stop_by_token
from couples.surveys.readers import choices_of
from couples.surveys.rounds.services_clock import close_due_rounds, open_due_rounds
from tests.cast import Cast, prove, sign_in
from tests.pages import without_tokens
from tests.surveys.agreed import (
    AFTER,
    CLOSES,
    INSIDE,
    OPENS,
    WEEK,
    answer,
    at,
    letters,
    response_of,
    round_of,
    rounds_of,
    sign,
)

PAGES = (
    "/overview", "/overview/numbers.csv", "/week", "/week/past", "/week/questions", "/doc",
    "/settings",
)  # fmt: skip

Act = Callable[[str, str], None]


def by_link(person: str, round_id: str) -> None:
    response = response_of(round_id, person)
    token = tokens.make("week", response.id, response.generation)
    save_by_link(token, Answers({"overall": 1}, True), INSIDE)


def words(person: str, round_id: str) -> None:
    said = Answers({"overall": 1}, True, words="Words.", words_shared=True)
    save_answers(person, round_id, said, INSIDE)


def stop(person: str, _round_id: str) -> None:
    row = choices_of([person])[person]
    stop_by_token(tokens.make("stop", row.id, row.generation), INSIDE)


ACTS: dict[str, Act] = {
    "shares": lambda person, round_id: answer(person, round_id, overall=1),
    "keeps": lambda person, round_id: answer(person, round_id, overall=1, share=False),
    "answers by link": by_link,
    "writes words": words,
    "pauses": lambda person, _round: pause(person, "open", INSIDE),
    "stops": stop,
    "replaces the link": lambda person, _round: replace_link(person, INSIDE),
    "changes everything": lambda person, _round: save_letters(
        person, Wishes(6, 9, True, True, True), INSIDE
    ),
}


def observed(client: FlaskClient, person: str, now: datetime) -> list[object]:
    """Return everything this person can observe at a moment: pages, letters and their times."""
    prove(client, now)
    with at(now):
        pages = [client.get(path) for path in PAGES]
    assert {page.status_code for page in pages} == {200}
    rows = [row for kind in ("open", "reminder", "closed", "review") for row in letters(kind)]
    mine = [row for row in rows if row.person_id == person]
    return [
        *(without_tokens(page.data) for page in pages),
        *((row.kind, row.due_at, row.not_after, row.state) for row in mine),
        *(composed(row, now) for row in mine),
    ]


def composed(row: OutboxLetter, now: datetime) -> object:
    """Return the letter as it would go now, or until when it is put off."""
    try:
        return composers[row.kind](row, now)
    except NotNow as wish:
        return wish.until


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS.keys())
def test_S2_before_the_close_nothing_depends_on_what_the_partner_does(
    client: FlaskClient, cast: Cast, now: datetime, act: Act
) -> None:
    sign(cast.couple, now)
    sign_in(client, cast.maya, now)
    open_due_rounds(OPENS)
    moments = (INSIDE, CLOSES - timedelta(seconds=1))
    before = [observed(client, cast.maya, moment) for moment in moments]
    act(cast.jonas, round_of(cast.couple).id)
    assert [observed(client, cast.maya, moment) for moment in moments] == before


def test_S2_looking_before_the_clock_ticks_moves_nobodys_letters(cast: Cast, now: datetime) -> None:
    sign(cast.couple, now)
    later = OPENS + timedelta(minutes=5)
    assert week_of(cast.maya, OPENS).state is State.OPEN
    answer(cast.maya, round_of(cast.couple).id, OPENS, overall=3)
    assert letters("open") == []
    assert open_due_rounds(later) == 1
    assert {row.due_at for row in letters("open")} == {later}
    assert len(rounds_of(cast.couple)) == 1


@pytest.mark.parametrize("act", ["keeps", "pauses", "stops", "changes everything", "withdraws"])
def test_S2_after_the_close_what_was_not_opened_never_shows(
    client: FlaskClient, cast: Cast, now: datetime, act: str
) -> None:
    """The same with an act of Jonas, whose answers do not open, as without it."""
    sign(cast.couple, now)
    sign_in(client, cast.maya, now)
    open_due_rounds(OPENS)
    round_id = round_of(cast.couple).id
    answer(cast.maya, round_id, overall=5)
    close_due_rounds(CLOSES)
    before = observed(client, cast.maya, AFTER)
    if act == "withdraws":
        answer(cast.jonas, round_id, overall=2)
        withdraw(cast.jonas, round_id, AFTER)
    else:
        ACTS[act](cast.jonas, round_id)
    assert observed(client, cast.maya, AFTER) == before
    open_due_rounds(OPENS + WEEK)
    assert week_of(cast.maya, OPENS + WEEK).next_opening == OPENS + 2 * WEEK
