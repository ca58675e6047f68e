"""Every sealed column of every table: what is moved, changed or cut no longer opens (rule S1)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from flask import Flask

from couples import keycheck
from couples.db import Row, db, key_ring
from couples.rotation import SealedColumn, sealed_columns
from couples.sealing import NONCE_BYTES, STEPS, CannotOpen, Place
from tests import world_trust
from tests.cast import Cast
from tests.privacy.erasing_world import fill

# Before the padded text stands its length, and around it key id, nonce and tag.
AROUND = 1 + 2 + NONCE_BYTES + 16


@pytest.fixture
def filled(app: Flask, cast: Cast, now: datetime) -> dict[SealedColumn, list[Row]]:
    """Every sealed column with the rows that have something in it."""
    fill(cast, now)
    keycheck.check_keys()
    people = {"Maya": cast.maya, "Hugo": cast.jonas, "Tom": cast.ines}
    world_trust.add_codes(people, now)
    world_trust.ask_for_address(people, {}, now)
    found = {}
    for column in sealed_columns():
        rows = db.session.scalars(db.select(column.model).where(column.column.is_not(None)))
        found[column] = list(rows)
    empty = [column.sealed.column for column, rows in found.items() if not rows]
    assert empty == []
    return found


def value_of(column: SealedColumn, row: Row) -> bytes:
    """Return what the column holds."""
    found: bytes = getattr(row, column.sealed.column)
    return found


def opens(value: bytes, place: Place) -> bool:
    """Whether a value opens at a place."""
    try:
        key_ring().unseal(value, place)
    except CannotOpen:
        return False
    return True


def test_S1_no_sealed_value_opens_in_another_row_column_table_or_for_another_owner(
    filled: dict[SealedColumn, list[Row]],
) -> None:
    places = {
        column.sealed.place(row): value_of(column, row)
        for column, rows in filled.items()
        for row in rows[:2]
    }
    for place, value in places.items():
        assert opens(value, place)
        strangers = [other for other in places if other != place and opens(value, other)]
        assert strangers == []
        for part in Place._fields:
            assert not opens(value, place._replace(**{part: "another"}))


def test_S1_no_sealed_value_opens_with_a_bit_flipped_or_cut(
    filled: dict[SealedColumn, list[Row]],
) -> None:
    for column, rows in filled.items():
        place, value = column.sealed.place(rows[0]), value_of(column, rows[0])
        # Length of the key id, key id, nonce, the length in front of the text, text, tag.
        for at in (0, 1, 2, 3, 14, 15, 19, len(value) // 2, len(value) - 1):
            for bit in (0, 7):
                broken = bytearray(value)
                broken[at] ^= 1 << bit
                assert not opens(bytes(broken), place), (column, at)
        for cut in (value[:-1], value[:15], value[:3], b"", value + b"\0"):
            assert not opens(cut, place)


def test_S1_a_value_from_before_a_key_was_lost_does_not_open(
    filled: dict[SealedColumn, list[Row]], app: Flask
) -> None:
    ring = app.extensions["sealing"]
    app.extensions["sealing"] = type(ring).new()
    try:
        for column, rows in filled.items():
            assert not opens(value_of(column, rows[0]), column.sealed.place(rows[0]))
    finally:
        app.extensions["sealing"] = ring


def test_S1_lengths_of_sealed_values_are_steps_and_nothing_between(
    filled: dict[SealedColumn, list[Row]],
) -> None:
    steps = {AROUND + step for step in STEPS}
    lengths = {len(value_of(column, row)) for column, rows in filled.items() for row in rows}
    assert lengths <= steps
    place: Any = Place("notes", "words_sealed", "row", "owner")
    texts = [*range(300), 1019, 1020, 1021, 4092, 4093, 16380, 16381, 20000]
    tried = {len(key_ring().seal("é" * (size // 2) + "x" * (size % 2), place)) for size in texts}
    assert tried == steps | {AROUND + 2 * 16384}
