"""Many rows with one statement: every kind of value comes back as it was written."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from flask import Flask
from sqlalchemy import Date, LargeBinary, MetaData, Select, Table, select
from sqlalchemy.schema import Column
from sqlalchemy.types import Boolean, Integer, String

from couples.db import UtcDateTime, db, is_postgres
from couples.mail.models import LetterState
from couples.many_rows import among, insert_many

KEPT = Table(
    "kept_for_a_test",
    MetaData(),
    Column("id", String(22), primary_key=True),
    Column("words", String(200)),
    Column("sealed", LargeBinary),
    Column("at", UtcDateTime),
    Column("day", Date),
    Column("count", Integer),
    Column("urgent", Boolean),
)
AT = datetime(2026, 3, 29, 2, 30, tzinfo=timezone(timedelta(hours=2)))
ROWS = [
    {
        "id": f"row-{n}_",
        "words": words,
        "sealed": bytes([n, 0, 34, 92, 255]),
        "at": AT + timedelta(microseconds=n),
        "day": date(2026, 3, 29),
        "count": n,
        "urgent": n % 2 == 0,
    }
    for n, words in enumerate(
        ["plain", 'it\'s "quoted", {and} \\x00', "é\n\t雪", LetterState.SENT, "%(a)s :b $1"]
    )
]
NOTHING = {"id": "none", **dict.fromkeys(("words", "sealed", "at", "day", "count", "urgent"))}


@pytest.fixture
def kept(database_app: Flask) -> Table:
    KEPT.create(db.session.connection())
    return KEPT


def test_every_value_comes_back_as_it_was_written(kept: Table) -> None:
    assert insert_many(kept, [*ROWS, NOTHING]) == 6
    found = {row.id: row._mapping for row in db.session.execute(select(kept))}
    assert found.pop("none") == NOTHING
    assert [found[str(row["id"])] for row in ROWS] == ROWS
    assert found["row-0_"]["at"].tzinfo is UTC


def test_what_is_there_already_is_left_out_and_not_counted(kept: Table) -> None:
    assert insert_many(kept, ROWS[:2], once="id") == 2
    assert insert_many(kept, ROWS, once="id") == 3
    assert insert_many(kept, ROWS[:1], once="id") == 0
    assert insert_many(kept, []) == 0


def test_an_instant_without_its_zone_is_refused(kept: Table) -> None:
    with pytest.raises(Exception, match="an instant needs its time zone"):
        insert_many(kept, [{**NOTHING, "at": datetime(2026, 3, 29)}])


def test_among_finds_these_and_no_others_with_one_statement_for_any_number(kept: Table) -> None:
    insert_many(kept, ROWS)
    query: Select[str] = select(kept.c.id)
    for wanted in ([], ["row-1_"], ["row-1_", "row-3_", "nobody's"]):
        found = db.session.scalars(query.where(among(kept.c.id, wanted))).all()
        assert sorted(found) == [one for one in wanted if one != "nobody's"]
    texts = {
        str(query.where(among(kept.c.id, ids)).compile(db.engine)) for ids in (["a"], ["a", "b"])
    }
    assert len(texts) == 1 or not is_postgres()
