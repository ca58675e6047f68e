"""Letters that go by the clock, asked anew when they are sent."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import event

from couples import tokens
from couples.accounts.models import Person
from couples.db import db, transaction
from couples.mail.letter import Letter, NotNow, composers
from couples.mail.models import LetterState, OutboxLetter, SuppressionReason
from couples.mail.suppression import suppress
from couples.pairing import services_leaving
from couples.surveys.answering.services_link import page_by_link
from couples.surveys.letters.services import (
    Wishes,
    pause,
    resume,
    save_letters,
    stop_by_token,
)
from couples.surveys.letters.services_look_ins import post_look_ins
from couples.surveys.rounds.services_clock import open_due_rounds
from tests.cast import Cast
from tests.surveys.agreed import (
    CLOSES,
    DAY,
    HOUR,
    INSIDE,
    MORNING,
    OPENS,
    RHYTHM,
    WEEK,
    answer,
    letters,
    opened,
    response_of,
    round_of,
    sign,
)

ALL_ON = Wishes(None, None, plain_wording=False, reminder=True, look_in=True)
WHEN = {"open": INSIDE, "reminder": INSIDE, "closed": MORNING}


def compose(kind: str, person_id: str, now: datetime) -> Letter | None:
    (row,) = letters(kind, person_id)
    return composers[kind](row, now)


def composed(kind: str, person_id: str, now: datetime) -> Letter:
    found = compose(kind, person_id, now)
    assert found is not None
    return found


@pytest.fixture
def with_round(cast: Cast, now: datetime) -> Cast:
    """Return the cast in an open round, Maya with everything switched on."""
    save_letters(cast.maya, ALL_ON, now)
    opened(cast.couple, now)
    have_gone("open", OPENS)
    return cast


@transaction()
def have_gone(kind: str, at: datetime, state: LetterState = LetterState.SENT) -> None:
    for row in letters(kind):
        row.state, row.settled_at = state, at


def test_C6_the_letter_carries_a_link_to_the_persons_own_page(with_round: Cast) -> None:
    letter = composed("open", with_round.maya, INSIDE)
    assert letter.to == "maya@example.org"
    address = letter.text.split("/week/")[1].split()[0]
    page = page_by_link(address, INSIDE)
    assert page.response_id == response_of(round_of(with_round.couple).id, with_round.maya).id
    assert address not in str([vars(row) for row in letters("open")]), "no table holds it"


@pytest.mark.parametrize("kind", ["open", "reminder", "closed"])
def test_S4_letters_are_discreet_and_name_nobody_else(with_round: Cast, kind: str) -> None:
    letter = composed(kind, with_round.maya, WHEN[kind])
    for text in (letter.subject, letter.text, letter.html):
        for word in ("Jonas", "We mind", "garden", "couple", "partner", "check-in", "satisf"):
            assert word not in text


def test_C7_plain_wording_says_what_it_is(with_round: Cast) -> None:
    save_letters(with_round.maya, Wishes(None, None, True, False, False), INSIDE)
    assert "check-in" in composed("open", with_round.maya, INSIDE).text
    assert "check-in" not in composed("open", with_round.jonas, INSIDE).text


@pytest.mark.parametrize("kind", ["open", "reminder", "closed"])
def test_C7_pause_and_stop_keep_every_letter_back_until_one_is_back(
    with_round: Cast, kind: str
) -> None:
    maya, at = with_round.maya, WHEN[kind]
    for length in ("week", "open"):
        pause(maya, length, at - HOUR)
        assert compose(kind, maya, at) is None
        assert compose("open", with_round.jonas, INSIDE) is not None
        resume(maya)
        assert compose(kind, maya, at) is not None
    pause(maya, "week", at - WEEK)
    assert compose(kind, maya, at) is not None, "it is over"
    stop_by_token(stop_token(composed(kind, maya, at)), at)
    assert compose(kind, maya, at) is None
    resume(maya)
    assert compose(kind, maya, at) is not None


def test_back_from_a_complaint_waits_for_locks_in_the_order_a_complaint_takes_them(
    cast: Cast,
) -> None:
    index = db.session.get_one(Person, cast.maya).address_index
    suppress(index, SuppressionReason.COMPLAINT, INSIDE)
    touched: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_more: object) -> None:
        touched.extend(name for name in ("suppressions", "letter_choices") if name in statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        resume(cast.maya)
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    assert touched == sorted(touched, reverse=True)
    assert set(touched) == {"suppressions", "letter_choices"}


def stop_token(letter: Letter) -> str:
    assert letter.one_click_url is not None
    return letter.one_click_url.rpartition("/stop/")[2]


def test_C7_one_may_still_answer_while_paused(with_round: Cast) -> None:
    pause(with_round.maya, "open", INSIDE)
    answer(with_round.maya, round_of(with_round.couple).id, overall=4)


def test_C7_the_reminder_goes_to_who_switched_it_on_and_has_not_answered(
    with_round: Cast,
) -> None:
    assert compose("reminder", with_round.maya, INSIDE) is not None
    assert compose("reminder", with_round.jonas, INSIDE) is None
    answer(with_round.jonas, round_of(with_round.couple).id, overall=4)
    assert compose("reminder", with_round.maya, INSIDE) is not None
    answer(with_round.maya, round_of(with_round.couple).id, overall=4)
    assert compose("reminder", with_round.maya, INSIDE) is None


def test_C7_a_reminder_never_overtakes_the_letter_it_reminds_of(with_round: Cast) -> None:
    maya = with_round.maya
    for state in (LetterState.PENDING, LetterState.RETRY, LetterState.SENDING):
        have_gone("open", INSIDE, state)
        for row in letters("open"):
            row.settled_at = None
        with pytest.raises(NotNow) as wish:
            compose("reminder", maya, INSIDE)
        assert wish.value.until >= INSIDE + 12 * HOUR
        assert compose("reminder", maya, CLOSES - 12 * HOUR) is None, "no room for both"
    have_gone("open", INSIDE, LetterState.DEAD)
    assert compose("reminder", maya, INSIDE) is not None


def test_letters_about_a_round_stop_at_its_close(with_round: Cast) -> None:
    assert compose("open", with_round.maya, CLOSES) is None
    assert compose("reminder", with_round.maya, CLOSES) is None
    with pytest.raises(NotNow) as wish:
        compose("closed", with_round.maya, CLOSES - timedelta(seconds=1))
    assert wish.value.until == CLOSES, "the computer's clock was set back"
    assert compose("closed", with_round.maya, MORNING) is not None


@pytest.mark.parametrize("kind", ["open", "reminder", "closed", "review"])
def test_L6_after_parting_no_letter_is_composed(with_round: Cast, kind: str) -> None:
    services_leaving.end_link(with_round.jonas, INSIDE)
    assert compose(kind, with_round.maya, INSIDE) is None


def test_C8_the_closing_letter_is_the_same_whether_or_not_anyone_answered(
    cast: Cast, now: datetime
) -> None:
    found = opened(cast.couple, now)
    quiet = composed("closed", cast.maya, MORNING)
    for person in (cast.maya, cast.jonas):
        answer(person, found.id, overall=4)
    loud = composed("closed", cast.maya, MORNING)
    assert (quiet.subject, quiet.text, quiet.html) == (loud.subject, loud.text, loud.html)


def test_C8_a_closing_letter_that_was_delayed_waits_for_its_readers_morning(
    with_round: Cast,
) -> None:
    evening = datetime(2026, 9, 6, 19, tzinfo=OPENS.tzinfo)  # 21:00 in Berlin
    for night in (evening, evening + 5 * HOUR, MORNING - timedelta(seconds=1)):
        with pytest.raises(NotNow) as wish:
            compose("closed", with_round.maya, night)
        assert wish.value.until == MORNING
    assert compose("closed", with_round.maya, MORNING) is not None
    pause(with_round.maya, "open", evening)
    assert compose("closed", with_round.maya, evening) is None, "not wanted is not put off"


def test_C8_a_late_or_doubled_tick_posts_nothing_twice(with_round: Cast) -> None:
    open_due_rounds(OPENS + HOUR)
    assert len(letters("open")) == len(letters("closed")) == len(letters("reminder")) == 2


def test_C7_changing_the_hour_moves_a_letter_that_still_waits(with_round: Cast) -> None:
    maya = with_round.maya
    have_gone("open", OPENS, LetterState.PENDING)
    save_letters(maya, Wishes(6, 9, False, True, False), INSIDE)
    (moved,) = letters("open", maya)
    assert moved.due_at == datetime(2026, 9, 6, 7, tzinfo=OPENS.tzinfo)
    (theirs,) = letters("open", with_round.jonas)
    assert theirs.due_at == OPENS
    save_letters(maya, Wishes(4, 9, False, True, False), INSIDE)
    (gone_by,) = letters("open", maya)
    assert gone_by.due_at == INSIDE, "Friday at nine has passed: it goes now"
    save_letters(maya, Wishes(None, None, False, True, False), INSIDE)
    (now_again,) = letters("open", maya)
    assert now_again.due_at == INSIDE


def test_look_in_goes_weekly_at_ones_own_hour_and_says_the_same(cast: Cast, now: datetime) -> None:
    save_letters(cast.maya, Wishes(2, 18, False, False, True), now)
    wednesday = datetime(2026, 9, 2, 16, tzinfo=now.tzinfo)
    assert post_look_ins(wednesday - timedelta(seconds=1)) == 0
    assert post_look_ins(wednesday) == 1
    assert post_look_ins(wednesday + HOUR) == 0
    assert post_look_ins(wednesday + WEEK) == 1
    assert post_look_ins(wednesday + 3 * WEEK + 2 * DAY) == 0, "a day late: left out"
    assert post_look_ins(wednesday + 4 * WEEK) == 1
    rows = letters("look_in")
    assert {row.person_id for row in rows} == {cast.maya}
    texts = {text_of(row) for row in rows}
    assert len(texts) == 1
    save_letters(cast.maya, Wishes(2, 18, False, False, False), now)
    assert composers["look_in"](rows[0], wednesday) is None
    assert post_look_ins(wednesday + 9 * WEEK) == 0


def text_of(row: OutboxLetter) -> str:
    letter = composers["look_in"](row, row.due_at)
    assert letter is not None
    return letter.text


def test_the_review_letter_speaks_of_the_version_in_force_only(cast: Cast, now: datetime) -> None:
    sign(cast.couple, now, review_on=date(2026, 10, 1))
    at = datetime(2026, 10, 1, 7, tzinfo=now.tzinfo)
    assert "1 October 2026" in composed("review", cast.maya, at).text
    (first,) = letters("review", cast.maya)
    sign(cast.couple, now + DAY, RHYTHM, review_on=date(2026, 12, 1))
    assert composers["review"](first, at) is None


def test_letters_read_in_the_readers_own_zone(app: Flask, cast: Cast, now: datetime) -> None:
    with transaction():
        db.session.get_one(Person, cast.jonas).zone = "Europe/Lisbon"
    opened(cast.couple, now)
    assert "20:00 (Lisbon time)" in composed("open", cast.jonas, INSIDE).text
    assert "21:00 (Berlin time)" in composed("open", cast.maya, INSIDE).text


def test_a_stop_token_of_somebody_elses_row_is_nothing(cast: Cast, now: datetime) -> None:
    for token in ("x", tokens.make("stop", "no-such-row"), tokens.make("week", "no-such-row")):
        stop_by_token(token, now)
