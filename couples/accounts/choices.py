"""What can be chosen: languages, English in two ways of writing dates, and zones by region."""

from __future__ import annotations

from functools import lru_cache
from zoneinfo import available_timezones

from babel import Locale
from babel.core import get_global
from flask_babel import get_timezone
from flask_babel import lazy_gettext as _l

from couples import formats

# Each in its own words, so that who looks for theirs finds it. Of the two English ones the words
# are the same; dates and times are written in one's own way (couples/formats.py).
LANGUAGES = {
    "en": "English (day first, 24 hours)",
    "en-US": "English (US: month first, 12 hours)",
    "de": "Deutsch",
}
REGIONS = {
    "Africa": _l("Africa"),
    "America": _l("America"),
    "Antarctica": _l("Antarctica"),
    "Asia": _l("Asia"),
    "Atlantic": _l("Atlantic"),
    "Australia": _l("Australia"),
    "Europe": _l("Europe"),
    "Indian": _l("Indian Ocean"),
    "Pacific": _l("Pacific"),
}


def zones(kept: str = "") -> list[tuple[str, str, str]]:
    """Return (region, zone's name, how a list shows it), sorted as the reader's language does.

    Each zone stands there once, by its newest name, or by the one that was `kept` before:
    the reader's own, where no other is named.
    """
    locale, kept = formats.readers_locale(), kept or str(get_timezone())
    places, newest = _places_in(locale), newest_name(kept)
    found = []
    for label, region in sorted(
        ((str(label), region) for region, label in REGIONS.items()), key=_by_label
    ):
        for shown, name in places[region]:
            is_kept = name == newest and kept in zone_names()
            mine = (kept, formats.place_in_list(kept, locale)) if is_kept else (name, shown)
            found.append((label, *mine))
    return [*found, ("UTC", "UTC", "UTC")]


@lru_cache(maxsize=8)
def _places_in(locale: Locale) -> dict[str, list[tuple[str, str]]]:
    """Return (how a list shows it, zone's name) by region, sorted as this language does."""
    found: dict[str, list[tuple[str, str]]] = {region: [] for region in REGIONS}
    for name in offered() - {"UTC"}:
        found[name.partition("/")[0]].append((formats.place_in_list(name, locale), name))
    return {region: sorted(places, key=_by_label) for region, places in found.items()}


def _by_label(one: tuple[str, str]) -> str:
    return formats.sorted_by(one[0])


def newest_name(zone: str) -> str:
    """Return what a zone is called by now: Europe/Kyiv, once Europe/Kiev."""
    return str(get_global("zone_aliases").get(zone, zone))


@lru_cache(maxsize=1)
def offered() -> frozenset[str]:
    """Return each zone once: a place's older names are not offered, and go on being valid."""
    every = zone_names()
    # Jan Mayen's newest name is that of a region we do not have.
    return frozenset(one for one in every if newest_name(one) not in every - {one})


@lru_cache(maxsize=1)
def zone_names() -> frozenset[str]:
    """Return every zone a person may choose."""
    return frozenset({"UTC", *filter(_is_of_a_region, available_timezones())})


def _is_of_a_region(name: str) -> bool:
    region, _slash, place = name.partition("/")
    return bool(place) and region in REGIONS
