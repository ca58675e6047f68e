"""What people type is kept as they said it."""

from __future__ import annotations

import pytest

from couples.text import clean, clean_line


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("two\r\nlines\rand more", "two\nlines\nand more"),
        ("  a word  ", "a word"),
        ("nul\0 and bell\a", "nul and bell"),
        ("lone \ud800 surrogate", "lone  surrogate"),
        ("cafe\u0301", "café"),
        ("👩‍❤️‍👨 مرحبا", "👩‍❤️‍👨 مرحبا"),
        (None, ""),
    ],
)
def test_unwritable_characters_go_and_words_stay(typed: str | None, kept: str) -> None:
    assert clean(typed) == kept


def test_a_line_is_one_line() -> None:
    assert clean_line(" Maya \n\t Lindqvist ") == "Maya Lindqvist"
