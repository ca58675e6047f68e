"""Which time zone somebody probably lives in, by the languages their browser asks for."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from couples.accounts.choices import offered

# Where a country has several, the one in which nearly all its people live (CLDR, primary zones).
PRIMARY = {
    "CL": "America/Santiago", "CN": "Asia/Shanghai", "DE": "Europe/Berlin",
    "EC": "America/Guayaquil", "ES": "Europe/Madrid", "MY": "Asia/Kuala_Lumpur",
    "NZ": "Pacific/Auckland", "PT": "Europe/Lisbon", "UA": "Europe/Kyiv", "UZ": "Asia/Tashkent",
}  # fmt: skip


def zone_for(languages: Iterable[str]) -> str:
    """Return the zone of the first country that the languages name; empty where unsure."""
    for tag in languages:
        try:
            country = Locale.parse(tag, sep="-").territory
        except (ValueError, UnknownLocaleError):
            continue
        # Three digits are a part of the world: en-001 is nobody's country.
        if country and country.isalpha():
            return PRIMARY.get(country) or _only_zone_of(country)
    return ""


@lru_cache(maxsize=64)
def _only_zone_of(country: str) -> str:
    places = get_global("zone_territories")
    found = [name for name in offered() if places.get(name) == country]
    return found[0] if len(found) == 1 else ""
