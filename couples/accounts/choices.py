"""What can be chosen: languages, English in two ways of writing dates, and zones by region."""

from __future__ import annotations

from functools import lru_cache
from zoneinfo import available_timezones

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


def zones() -> list[tuple[str, str, str]]:
    """Return (region, zone's name, how a list shows it), sorted as the reader's language does."""
    return _zones_in(formats.locale_tag())


@lru_cache(maxsize=8)
def _zones_in(_language: str) -> list[tuple[str, str, str]]:
    """Return the list for readers of one language, which is the one asked for just now."""
    found = []
    for name in zone_names() - {"UTC"}:
        region = str(REGIONS[name.partition("/")[0]])
        found.append((region, name, formats.place_in_list(name)))
    return [*sorted(found, key=_order), ("UTC", "UTC", "UTC")]


def _order(zone: tuple[str, str, str]) -> tuple[str, str]:
    region, _name, shown = zone
    return formats.sorted_by(region), formats.sorted_by(shown)


@lru_cache(maxsize=1)
def zone_names() -> frozenset[str]:
    """Return every zone a person may choose."""
    return frozenset({"UTC", *filter(_is_offered, available_timezones())})


def _is_offered(name: str) -> bool:
    region, _slash, place = name.partition("/")
    return bool(place) and region in REGIONS
