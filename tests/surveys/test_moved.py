"""Whoever moves to another time zone gets their letters at their own hour there (rule C7)."""

from __future__ import annotations

from datetime import UTC, datetime

from couples.accounts.services_profile import change_profile
from couples.db import db
from couples.surveys.letters.services import Wishes, save_letters
from couples.surveys.letters.services_look_ins import post_look_ins
from couples.surveys.models import LetterChoices
from tests.cast import Cast
from tests.surveys.agreed import DAY, HOUR, INSIDE, OPENS, letters, opened

SATURDAY_TEN = Wishes(5, 10, False, True, True)


def move(person_id: str, zone: str, now: datetime) -> None:
    """Change one's zone as the settings do; the application has connected the rest."""
    change_profile(person_id, name="Somebody", language="en", zone=zone, now=now)


def look_in_of(person_id: str) -> datetime | None:
    query = db.select(LetterChoices.look_in_due_at).where(LetterChoices.person_id == person_id)
    found: datetime | None = db.session.scalar(query)
    return found


def test_C7_what_still_waits_goes_at_the_same_hour_in_the_new_zone(
    cast: Cast, now: datetime
) -> None:
    for person in (cast.maya, cast.jonas):
        save_letters(person, SATURDAY_TEN, now)
    opened(cast.couple, now)
    move(cast.maya, "America/New_York", INSIDE)
    (mine,), (theirs,) = letters("open", cast.maya), letters("open", cast.jonas)
    assert mine.due_at == datetime(2026, 9, 5, 14, tzinfo=UTC), "10:00 in New York"
    assert theirs.due_at == datetime(2026, 9, 5, 8, tzinfo=UTC)
    (reminder,) = letters("reminder", cast.maya)
    assert reminder.due_at == datetime(2026, 9, 6, 12, tzinfo=UTC), "after the night there"
    (closed,) = letters("closed", cast.maya)
    assert closed.due_at == datetime(2026, 9, 6, 19, tzinfo=UTC), "15:00 there, no night"
    assert look_in_of(cast.maya) == datetime(2026, 9, 5, 14, tzinfo=UTC)
    assert look_in_of(cast.jonas) == datetime(2026, 9, 5, 8, tzinfo=UTC)


def test_C7_a_move_starts_nothing_that_was_not_wanted(cast: Cast, now: datetime) -> None:
    save_letters(cast.maya, Wishes(None, None, False, False, False), now)
    opened(cast.couple, now)
    move(cast.maya, "Asia/Tokyo", OPENS)
    assert look_in_of(cast.maya) is None
    (mine,) = letters("open", cast.maya)
    assert mine.due_at == OPENS
    move(cast.ines, "Asia/Tokyo", OPENS)
    assert look_in_of(cast.ines) is None


def test_C7_moving_west_after_a_look_in_brings_no_second_one_within_days(
    cast: Cast, now: datetime
) -> None:
    move(cast.maya, "Pacific/Auckland", now)
    save_letters(cast.maya, Wishes(None, None, False, False, True), now)
    first = look_in_of(cast.maya)
    assert first is not None
    post_look_ins(first)
    move(cast.maya, "America/Los_Angeles", first + HOUR)
    second = look_in_of(cast.maya)
    assert second is not None and second - first > 6 * DAY


def test_C7_a_look_in_that_is_due_is_not_lost_by_moving(cast: Cast, now: datetime) -> None:
    save_letters(cast.maya, Wishes(None, None, False, False, True), now)
    first = look_in_of(cast.maya)
    assert first is not None
    move(cast.maya, "America/Los_Angeles", first + HOUR)
    assert look_in_of(cast.maya) == first
