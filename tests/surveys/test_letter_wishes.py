"""What each person wishes of the letters that go by the clock, until they have gone (rule C7)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from couples.accounts.services_profile import change_profile
from couples.mail.carrying.captured import CapturedTransport, captured_letters
from couples.mail.letter import Letter, composers, settings
from couples.mail.message import mime
from couples.mail.models import LetterState, OutboxLetter
from couples.mail.sending.delivery import deliver
from couples.surveys.answering.services_skipping import skip
from couples.surveys.letters.services import (
    LettersView,
    Wishes,
    letters_view,
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
    HOUR,
    INSIDE,
    MORNING,
    OPENS,
    WEEK,
    answer,
    letters,
    opened,
    round_of,
)

SENT, CANCELLED = LetterState.SENT, LetterState.CANCELLED
ALL_ON = Wishes(None, None, plain_wording=False, reminder=True, look_in=True)
ONE_CLICK = {"List-Unsubscribe": "One-Click"}
# A letter's own marks: what no two letters share.
OWN = re.compile(rb"(?m)^(Date|Message-ID|X-Entity-Ref-ID|\s+boundary=|--=_).*$")


@pytest.fixture
def with_round(cast: Cast, now: datetime) -> Cast:
    """Return the cast in an open round, Maya with everything switched on."""
    save_letters(cast.maya, ALL_ON, now)
    opened(cast.couple, now)
    return cast


def go(at: datetime) -> None:
    """Send what is due, into the folder of captured letters."""
    deliver(lambda: at, CapturedTransport.of(settings()))


def fates(kind: str, person_id: str) -> list[LetterState]:
    return [row.state for row in letters(kind, person_id)]


def composed(row: OutboxLetter, now: datetime) -> Letter:
    letter = composers[row.kind](row, now)
    assert letter is not None
    return letter


@pytest.mark.parametrize("kind", ["open", "reminder", "closed"])
@pytest.mark.parametrize("how", ["pause", "stop"])
def test_C7_a_pause_set_after_a_letter_was_posted_cancels_it(
    with_round: Cast, kind: str, how: str
) -> None:
    maya = with_round.maya
    (row,) = letters(kind, maya)
    due = row.due_at
    if how == "pause":
        pause(maya, "week", due - HOUR)
    else:
        stop_by_token(stop_token(maya), due - HOUR)
    go(due)
    assert fates(kind, maya) == [CANCELLED]
    if kind != "reminder":
        assert fates(kind, with_round.jonas) == [SENT], "the other's goes as ever"


def stop_token(person_id: str) -> str:
    (row,) = letters("open", person_id)
    letter = composed(row, INSIDE)
    assert letter.one_click_url is not None
    return letter.one_click_url.rpartition("/stop/")[2]


def test_C7_back_in_the_middle_of_a_round_the_rest_of_its_letters_go(with_round: Cast) -> None:
    maya = with_round.maya
    pause(maya, "open", OPENS)
    go(OPENS)
    assert fates("open", maya) == [CANCELLED]
    resume(maya)
    open_due_rounds(INSIDE)
    (reminder,) = letters("reminder", maya)
    go(reminder.due_at)
    go(MORNING)
    assert fates("open", maya) == [CANCELLED], "what was cancelled is not made up for"
    assert fates("reminder", maya) == fates("closed", maya) == [SENT]


def test_C7_a_reminder_is_the_only_one_whatever_is_switched_off_and_on(with_round: Cast) -> None:
    maya = with_round.maya
    go(OPENS)
    (row,) = letters("reminder", maya)
    due = row.due_at
    for weekday, hour in ((None, None), (5, 9), (None, None)):
        for reminder in (False, True):
            save_letters(maya, Wishes(weekday, hour, False, reminder, True), INSIDE)
            open_due_rounds(INSIDE)
    for at in (due, due + HOUR, CLOSES - HOUR):
        go(at)
        save_letters(maya, ALL_ON, at)
        change_profile(maya, name="Maya", language="en", zone="Asia/Tokyo", now=at)
    assert fates("reminder", maya) == [SENT]
    assert len(captured("open until")) == 1


def captured(words: str) -> list[str]:
    found = captured_letters(settings())
    return [letter.subject for letter in found if words in letter.subject]


def test_C7_without_a_wish_there_is_no_reminder_and_no_look_in(cast: Cast, now: datetime) -> None:
    opened(cast.couple, now)
    for at in (OPENS, INSIDE, CLOSES - HOUR, MORNING, MORNING + WEEK):
        post_look_ins(at)
        go(at)
    assert not captured("open until") and not captured("quiet moment")
    assert fates("reminder", cast.maya) == fates("reminder", cast.jonas) == [CANCELLED]


def test_C7_an_answer_that_came_after_the_post_keeps_the_reminder_back(with_round: Cast) -> None:
    maya = with_round.maya
    (row,) = letters("reminder", maya)
    answer(maya, round_of(with_round.couple).id, overall=4)
    go(row.due_at)
    assert fates("reminder", maya) == [CANCELLED]


def test_C7_of_a_round_one_has_skipped_the_letters_are_the_closing_one_alone(
    with_round: Cast,
) -> None:
    skip(with_round.maya, OPENS)
    for at in (INSIDE, CLOSES - HOUR, MORNING):
        go(at)
    assert fates("open", with_round.maya) == fates("reminder", with_round.maya) == [CANCELLED]
    assert fates("closed", with_round.maya) == [SENT]
    assert fates("open", with_round.jonas) == fates("closed", with_round.jonas) == [SENT]


def happens_nothing(_cast: Cast, _now: datetime) -> None: ...


def happens_a_round(cast: Cast, now: datetime) -> None:
    opened(cast.couple, now)


def happen_answers(cast: Cast, now: datetime) -> None:
    happens_a_round(cast, now)
    for person in (cast.maya, cast.jonas):
        answer(person, round_of(cast.couple).id, overall=1)


def happens_plain_wording(cast: Cast, now: datetime) -> None:
    save_letters(cast.maya, Wishes(2, 18, True, True, True), now)


def happens_a_partners_pause(cast: Cast, now: datetime) -> None:
    save_letters(cast.jonas, ALL_ON, now)
    pause(cast.jonas, "open", now)


def test_C7_look_in_is_the_same_to_the_byte_whatever_happens(cast: Cast, now: datetime) -> None:
    save_letters(cast.maya, Wishes(2, 18, False, False, True), now)
    first = datetime(2026, 9, 2, 16, tzinfo=now.tzinfo)
    happenings: list[Callable[[Cast, datetime], None]] = [
        happens_nothing, happen_answers, happens_plain_wording, happens_a_partners_pause,
    ]  # fmt: skip
    seen = set()
    for week, happening in enumerate(happenings):
        happening(cast, now)
        at = first + week * WEEK
        post_look_ins(at)
        row = letters("look_in", cast.maya)[-1]
        seen.add(OWN.sub(b"", mime.as_bytes(composed(row, at), settings(), at)))
    assert len(letters("look_in", cast.maya)) == len(happenings)
    assert len(seen) == 1


def test_C7_two_who_write_times_differently_get_the_same_letter_in_their_own_way(
    cast: Cast, now: datetime
) -> None:
    new_york = {"language": "en-US", "zone": "America/New_York"}
    change_profile(cast.jonas, name="Jonas", now=now, **new_york)
    opened(cast.couple, now)
    (maya,), (jonas,) = letters("open", cast.maya), letters("open", cast.jonas)
    hers, his = composed(maya, INSIDE).text, composed(jonas, INSIDE).text
    assert "until Sunday, 21:00 (Berlin time)" in hers
    assert "until Sunday, 3:00\u00a0PM (New York time)" in his
    his = his.replace("3:00\u00a0PM (New York", "21:00 (Berlin").replace("Jonas", "Maya")
    assert without_links(his) == without_links(hers)


def without_links(text: str) -> str:
    return re.sub(r"https?://\S+", "", text)


def test_E4_the_button_of_an_old_letter_stops_letters_after_the_account_has_changed(
    app: Flask, with_round: Cast
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    token = stop_token(with_round.maya)
    change_profile(with_round.maya, name="Maja", language="en-US", zone="Asia/Tokyo", now=INSIDE)
    save_letters(with_round.maya, Wishes(1, 9, True, False, True), INSIDE)
    bare = app.test_client(use_cookies=False)
    for kind in ("multipart/form-data", "application/x-www-form-urlencoded"):
        resume(with_round.maya)
        answer = bare.post(f"/stop/{token}", data=ONE_CLICK, content_type=kind)
        assert answer.status_code == 200 and "Set-Cookie" not in answer.headers
        assert letters_view(with_round.maya, INSIDE).stopped
    assert not letters_view(with_round.jonas, INSIDE).stopped


def test_E6_looking_at_the_stop_link_changes_nothing_however_often(
    client: FlaskClient, with_round: Cast
) -> None:
    token = stop_token(with_round.jonas)
    for _ in range(5):
        assert client.get(f"/stop/{token}").status_code == 200
        assert client.head(f"/stop/{token}").status_code == 200
        assert client.get(f"/stop/{token}", query_string=ONE_CLICK).status_code == 200
    assert letters_view(with_round.jonas, INSIDE) == LettersView()
