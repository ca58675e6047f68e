"""Dates and times in each way our languages write them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from babel import Locale
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import force_locale

from couples import formats, languages
from couples.accounts import choices
from couples.accounts.models import Person
from couples.accounts.services_profile import change_profile
from couples.db import db, transaction
from couples.hints import hint_for
from tests.accounts.pages import composed
from tests.cast import Cast, sign_in
from tests.surveys.agreed import at

SUNDAY, EVENING = date(2027, 1, 10), datetime(2026, 9, 6, 18, 5, tzinfo=UTC)
# What is written, day first, month first.
WRITTEN: list[tuple[Callable[[Any], str], Any, str, str]] = [
    (formats.day, SUNDAY, "Sunday 10 January", "Sunday, January 10"),
    (formats.day_year, SUNDAY, "Sunday 10 January 2027", "Sunday, January 10, 2027"),
    (formats.short_day, SUNDAY, "10 Jan", "Jan 10"),
    (formats.long_day, SUNDAY, "10 January", "January 10"),
    (formats.clock, EVENING, "18:05", "6:05\u00a0PM"),
    (formats.hour, 0, "00:00", "12:00\u00a0AM"),
    (formats.moment, EVENING, "Sunday, 18:05", "Sunday, 6:05\u00a0PM"),
    (formats.day_moment, EVENING, "6 September 2026, 18:05", "September 6, 2026, 6:05\u00a0PM"),
]


def test_each_way_of_writing_puts_days_months_and_hours_in_its_own_order(app: Flask) -> None:
    for language, place in (("en", 0), ("en-US", 1)):
        with force_locale(languages.locale_of(language)):
            for write, value, *expected in WRITTEN:
                assert write(value) == expected[place], f"{write.__name__} in {language}"


def test_a_calendar_leaf_has_a_day_in_three_parts(app: Flask) -> None:
    with app.test_request_context(), force_locale("de"):
        assert formats.on_a_leaf(SUNDAY) == ("So", "10", "Jan")
    with app.test_request_context(), force_locale("en_GB"):
        assert formats.on_a_leaf(SUNDAY) == ("Sun", "10", "Jan")


def test_another_languages_order_comes_from_its_own_data(app: Flask) -> None:
    with force_locale("de"):
        assert formats.day(SUNDAY) == "Sonntag, 10. Januar"
        assert formats.day_year(SUNDAY) == "Sonntag, 10. Januar 2027"
        assert formats.short_day(SUNDAY) == "10. Jan"
        assert formats.moment(EVENING) == "Sonntag, 18:05"
        assert formats.day_moment(EVENING) == "6. September 2026, 18:05"
        assert formats.hour(0) == "00:00"


def test_what_can_be_chosen_is_what_can_be_written(app: Flask) -> None:
    assert list(choices.LANGUAGES) == list(languages.WRITTEN_AS)
    for language in choices.LANGUAGES:
        assert languages.language_of(Locale.parse(languages.locale_of(language))) == language
    assert languages.language_of(None) == languages.language_of(Locale("fr")) == "en"
    # Rules of its own or none: English ones say nothing of another language's words.
    assert hint_for("You never listen.", "need", "en-US") is not None
    assert hint_for("You never listen.", "need", "de") is None
    assert hint_for("Du hörst mir nie zu.", "need", "de") is not None
    assert hint_for("You never listen.", "need", "fr") is None


@pytest.mark.parametrize(
    ("asked", "tag"),
    [
        ("en-US,en;q=0.9", "en-US"),
        ("en-GB,en;q=0.9", "en-GB"),
        ("en", "en-GB"),
        ("en-AU", "en-GB"),
        ("de-DE,de;q=0.9,en;q=0.8", "de"),
        ("de", "de"),
        ("de-AT,en;q=0.8", "de"),
        ("en;q=0.8,de;q=0.9", "de"),
        ("de;q=0,fr;q=0.9,en-US;q=0.1", "en-US"),
        ("de_AT,en;q=0.8", "de"),
        ("en_US", "en-US"),
        ("fr,it", "en-GB"),
        ("*", "en-GB"),
    ],
)
def test_a_stranger_reads_as_their_browser_asks(client: FlaskClient, asked: str, tag: str) -> None:
    page = client.get("/signup", headers={"Accept-Language": asked}).text
    assert f'<html lang="{tag}"' in page


def test_a_language_that_only_another_version_has_is_read_as_english(
    client: FlaskClient, cast: Cast, now: datetime
) -> None:
    for language in ("xx", "de-AT"):
        with transaction():
            db.session.get_one(Person, cast.maya).language = language
        with at(now):
            sign_in(client, cast.maya, now)
            page = client.get("/settings/about", headers={"Accept-Language": "de"})
            client.post("/reset", data={"address": "maya@example.org"})
            letter = composed("reset", now)[-1]
        assert page.status_code == 200 and '<html lang="en-GB"' in page.text, language
        assert letter is not None and "Hello Maya" in letter.text, language


def test_C7_each_of_two_partners_reads_pages_in_their_own_way(
    app: Flask, client: FlaskClient, cast: Cast, now: datetime
) -> None:
    change_profile(cast.maya, name="Maya", language="en-US", zone="America/New_York", now=now)
    with at(now):
        sign_in(client, cast.maya, now)
        hers = client.get("/settings", headers={"Accept-Language": "en-GB"}).text
        sign_in(client, cast.jonas, now)
        his = client.get("/settings", headers={"Accept-Language": "en-US"}).text
    assert "English (US: month first, 12 hours)" in hers and "6:00\u00a0PM" in hers
    assert "English (day first, 24 hours)" in his and "18:00" in his
    assert 'lang="en-US"' in hers and 'lang="en-GB"' in his
