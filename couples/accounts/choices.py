"""What can be chosen: languages, in two ways of writing dates, and time zones by region."""

from __future__ import annotations

from functools import lru_cache
from zoneinfo import available_timezones

# The words are the same; dates and times are written in one's own way (couples/formats.py).
LANGUAGES = {
    "en": "English (day first, 24 hours)",
    "en-US": "English (US: month first, 12 hours)",
}
REGIONS = (
    "Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian",
    "Pacific",
)  # fmt: skip


@lru_cache(maxsize=1)
def zones() -> list[tuple[str, str, str]]:
    """Return (region, zone's name, how a list shows it), sorted."""
    found = []
    for name in sorted(available_timezones()):
        region, _, place = name.partition("/")
        if place and region in REGIONS:
            found.append((region, name, place.replace("/", ", ").replace("_", " ")))
    return [*found, ("UTC", "UTC", "UTC")]


@lru_cache(maxsize=1)
def zone_names() -> frozenset[str]:
    """Return every zone a person may choose."""
    return frozenset(name for _region, name, _shown in zones())
