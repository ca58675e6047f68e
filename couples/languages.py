"""The languages of ours, which of them a reader reads, and what each is called."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from babel import Locale
from flask import g, has_request_context, request
from flask_babel import refresh

# The languages there are, and how each writes dates and times: English has two ways, days first and
# 24 hours, or months first and twice twelve.
WRITTEN_AS = {"en": "en_GB", "en-US": "en_US", "de": "de"}


def locale_of(language: str) -> str:
    """Return the locale of a language's dates; a newer version may have had more languages."""
    return WRITTEN_AS.get(language, WRITTEN_AS["en"])


@lru_cache(maxsize=8)
def locale_named(name: str) -> Locale:
    """Return a locale; the same one each time, since it is told from others slowly."""
    return Locale.parse(name)


def language_of(locale: Locale | None) -> str:
    """Return the language of ours that is written in this way; English where none is."""
    names = {written: language for language, written in WRITTEN_AS.items()}
    return names.get(str(locale), "en")


def tags_asked() -> list[str]:
    """Return the languages a browser wants, its best first; none where nobody asks for a page."""
    if not has_request_context():
        return []
    return [tag.replace("_", "-") for tag, quality in request.accept_languages if quality > 0]


def language_asked(tags: Iterable[str]) -> str | None:
    """Return the first language of ours among those a browser asks for, its best first.

    Of a language with a region, as in de-AT, its own language is ours too: each is tried before
    the next, so that English as somebody's second choice does not come before their German.
    """
    names = {language.lower(): language for language in WRITTEN_AS}
    for tag in map(str.lower, tags):
        if found := names.get(tag) or names.get(tag.partition("-")[0]):
            return found
    return None


def base_of(tag: str) -> str:
    """Return a language without its region or script: en of en-US, en_GB or EN."""
    return tag.replace("_", "-").partition("-")[0].lower()


def read_as(language: str | None, zone: str | None) -> None:
    """Go on as a reader of this language and zone, or as whoever asks where they are none."""
    g.language, g.zone = language, zone
    refresh()
