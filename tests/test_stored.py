"""What is stored is written down, column by column (checklist J9, ASVS 14.1.1, 14.1.2)."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Column, LargeBinary, MetaData, String, Table, Text

from couples.rotation import sealed_columns

SCRIPTS = Path(__file__).parent.parent / "scripts"


@pytest.fixture
def stored(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return the script that writes the page."""
    monkeypatch.syspath_prepend(str(SCRIPTS))
    return import_module("stored")


# Bytes that are neither sealed nor people's words, each with what they are.
OTHER_BYTES = {
    "challenges.challenge", "personal_keys.salt", "personal_keys.wrapped", "sessions.personal_key",
}  # fmt: skip


def test_J9_every_table_and_every_column_is_written_down(stored: Any) -> None:
    assert stored.complaints(stored.source(), stored.tables()) == []


def test_J9_the_page_is_what_the_models_say(stored: Any) -> None:
    assert stored.PAGE.read_text(encoding="utf-8") == stored.page(stored.tables()), (
        "run: python scripts/stored.py"
    )


@pytest.mark.parametrize("column", [Column("mood", Text), Column("id", String)])
def test_J9_a_table_or_column_nobody_wrote_down_is_named(stored: Any, column: Column[str]) -> None:
    new = Table("moods", MetaData(), column)
    assert stored.complaints(stored.source(), [*stored.tables(), new]) == [
        "moods: not in stored.toml"
    ]
    grown = Table("notes", MetaData(), Column("id", String), Column("mood", Text))
    assert "notes.mood: not written down" in stored.complaints(stored.source(), [grown])


def test_S1_what_is_called_sealed_is_and_no_text_of_any_length_lies_open(stored: Any) -> None:
    sealed = {f"{one.table.name}.{one.sealed.column}" for one in sealed_columns()}
    columns = [column for table in stored.tables() for column in table.columns]
    called = {str(column) for column in columns if column.name.endswith("_sealed")}
    assert called == sealed
    binary = {str(one) for one in columns if isinstance(one.type, LargeBinary)}
    assert binary - sealed == OTHER_BYTES
    assert [str(one) for one in columns if isinstance(one.type, Text)] == []
    # Argon2 and a slot for a mail server's answer are the longest things in clear.
    lengths = {str(one): one.type.length for one in columns if isinstance(one.type, String)}
    assert {name for name, length in lengths.items() if (length or 999) > 64} <= {
        "persons.password_hash", "letters.key", "versions.content_hash", "signatures.content_hash",
    }  # fmt: skip
