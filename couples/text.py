"""What people type, made storable without changing what they said."""

from __future__ import annotations

import re
import unicodedata
from datetime import timedelta
from typing import Any

# Control characters, NUL and lone surrogates: no keyboard writes them and PostgreSQL, UTF-8 or
# a terminal chokes on them. Tab and newline stay.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def clean(text: str | None) -> str:
    """Return the text with one kind of newline, composed characters, and nothing unwritable."""
    lines = (text or "").replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", UNWRITABLE.sub("", lines)).strip()


def clean_line(text: str | None) -> str:
    """Return the text as one line."""
    return " ".join(clean(text).split())


def to_number(value: Any) -> int:
    """Read a small whole number; anything else is -1, which is never offered."""
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def in_words(time: timedelta) -> str:
    """Return a length of time as an operator would say it."""
    seconds = max(0, round(time.total_seconds()))
    for name, unit in (("day", 86400), ("hour", 3600), ("minute", 60)):
        if seconds >= 2 * unit:
            return f"{seconds // unit} {name}s"
    return f"{seconds} seconds"
