"""Dates, times and assets as templates write them, by the reader's language and zone."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from datetime import UTC, date, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Literal

from babel import Locale, dates
from babel.core import get_global
from flask import Flask, url_for
from flask_babel import (
    format_date,
    format_datetime,
    format_time,
    get_locale,
    get_timezone,
    to_user_timezone,
)

from couples.catalogues import kept_of_reader
from couples.languages import WRITTEN_AS, locale_named

# Where our pages write otherwise than the locale's own data: in English no comma after the weekday;
# in German no dot after a short month, where a sentence may end.
HOUSE = {
    ("en_GB", "yMMMMEEEEd"): "EEEE d MMMM y",
    ("de", "MMMd"): "d. LLL",
    ("de", "yMMMd"): "d. LLL y",
    ("de", "yMMM"): "LLL y",
}
STATIC = Path(__file__).parent / "static"


def prepare(app: Flask) -> None:
    """Give templates their filters and globals."""
    app.jinja_env.filters.update(
        day=day, day_year=day_year, short_day=short_day, clock=clock, moment=moment,
        day_moment=day_moment, long_day_year=long_day_year,
    )  # fmt: skip
    app.jinja_env.globals.update(asset=asset, locale_tag=locale_tag, text_dir=text_dir)
    app.jinja_env.globals.update(zone_name=zone_name)


def day(value: date | datetime) -> str:
    """Sunday 28 June, or Sunday, June 28."""
    return _written(value, "MMMMEEEEd")


def day_year(value: date | datetime) -> str:
    """Sunday 10 January 2027, or Sunday, January 10, 2027."""
    return _written(value, "yMMMMEEEEd")


def short_day(value: date | datetime) -> str:
    """8 Oct, or Oct 8."""
    return _written(value, "MMMd")


def long_day(value: date | datetime) -> str:
    """8 October, or October 8."""
    return _written(value, "MMMMd")


def long_day_year(value: date | datetime) -> str:
    """8 October 2026, or October 8, 2026."""
    return _written(value, "yMMMMd")


def short_day_year(value: date | datetime) -> str:
    """8 Oct 2026, or Oct 8, 2026."""
    return _written(value, "yMMMd")


def weekdays(width: Literal["wide", "abbreviated"] = "wide") -> dict[int, str]:
    """Return the weekdays' names by number, 0 being Monday, the reader's first day first."""
    locale = get_locale() or locale_named(WRITTEN_AS["en"])
    names = dates.get_day_names(width, "stand-alone", locale)
    first = locale.first_week_day
    return {day % 7: names[day % 7] for day in range(first, first + 7)}


def month_year(value: date | datetime) -> str:
    """Oct 2026, for an axis of several years."""
    return _written(value, "yMMM")


def on_a_leaf(value: date | datetime) -> tuple[str, str, str]:
    """Thu, 8 and Oct, one below the other, as a small calendar leaf has them."""
    return _torn_off(_local_day(value), readers_locale())


def clock(value: datetime) -> str:
    """20:00, or 8:00 PM where the reader's locale counts to twelve."""
    return _one_piece(format_time(value, "short"))


def hour(value: int) -> str:
    """A full hour of any day as the reader's clock shows it."""
    return _one_piece(format_time(time(value), "short", rebase=False))


def moment(value: datetime) -> str:
    """Sunday, 20:00."""
    return f"{format_datetime(value, 'EEEE')}, {clock(value)}"


def day_moment(value: datetime) -> str:
    """16 August 2026, 20:31."""
    return f"{format_date(_local_day(value), 'long')}, {clock(value)}"


def zone_name() -> str:
    """The reader's time zone in words, such as Berlin."""
    return place_of(str(get_timezone()))


def place_of(zone: str) -> str:
    """Return a time zone's place as the reader's language calls it: Vienna, or Wien."""
    known = _place_known(zone, readers_locale())
    return known or zone.rsplit("/", 1)[-1].replace("_", " ")


def place_in_list(zone: str, locale: Locale) -> str:
    """Return the same with all that tells it from others: Indiana, Knox."""
    known = _place_known(zone, locale)
    return known or zone.partition("/")[2].replace("/", ", ").replace("_", " ")


def _place_known(zone: str, locale: Locale) -> str | None:
    """What another language has for a place of its own; the zones' own names are English."""
    if locale.language == "en":
        return None
    found = (locale.time_zones.get(name, {}).get("city") for name in (zone, *older_names(zone)))
    return next(filter(None, found), None)


@lru_cache(maxsize=512)
def older_names(zone: str) -> tuple[str, ...]:
    """Return what else a zone was called; languages' data know some by such a name alone."""
    known = get_global("zone_aliases").items()
    return tuple(sorted(older for older, newest in known if newest == zone))


def sorted_by(words: str) -> str:
    """Return what a list is sorted by: its letters without case and accents."""
    plain = unicodedata.normalize("NFKD", words.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def locale_tag() -> str:
    """The language of this page as its html tag names it."""
    return str(readers_locale()).replace("_", "-")


def text_dir() -> str:
    """ltr or rtl, by the language."""
    return readers_locale().text_direction


@lru_cache
def asset(filename: str) -> str:
    """The address of a static file with its content's fingerprint, so that it may be kept."""
    digest = hashlib.sha256((STATIC / filename).read_bytes()).hexdigest()[:12]
    return url_for("static", filename=filename, v=digest)


def _written(value: date | datetime, skeleton: str) -> str:
    return _spelt(_local_day(value), readers_locale(), skeleton)


@lru_cache(maxsize=1024)
def _spelt(value: date, locale: Locale, skeleton: str) -> str:
    """Return a day in words; a page writes the same few days over and over."""
    pattern = _pattern(WRITTEN_AS.get(str(locale), str(locale)), skeleton)
    return str(dates.format_date(value, pattern, locale=locale))


@lru_cache(maxsize=64)
def _torn_off(value: date, locale: Locale) -> tuple[str, str, str]:
    weekday, day_of_month, month = (
        str(dates.format_date(value, part, locale=locale)) for part in ("ccc", "d", "LLL")
    )
    return weekday, day_of_month, month


@lru_cache
def _pattern(locale: str, skeleton: str) -> str:
    """Return the order in which a locale puts these parts; their names are written in full."""
    known = Locale.parse(locale).datetime_skeletons
    found = HOUSE.get((locale, skeleton)) or known.get(skeleton)
    if found is not None:
        return str(getattr(found, "pattern", found))
    narrow = known[skeleton.replace("MMMM", "MMM").replace("EEEE", "E")].pattern
    return re.sub("E+", "EEEE", re.sub("MMM", "MMMM", narrow) if "MMMM" in skeleton else narrow)


def iso(at: datetime | None) -> str | None:
    """Return an instant as files hold it, in UTC to the second; nothing for none."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else None


def _one_piece(shown: str) -> str:
    # The narrow space that newer locale data puts there is missing from many fonts.
    return shown.replace("\u202f", "\u00a0")


def _local_day(value: date | datetime) -> date:
    return to_user_timezone(value).date() if isinstance(value, datetime) else value


def readers_locale() -> Locale:
    """Return the locale in which this reader reads."""
    found: Locale | None = kept_of_reader("babel_locale")
    return found or get_locale() or Locale("en")
