"""What SQLite forgives and PostgreSQL does not: NUL, lone surrogates, numbers beyond all columns.

One field at a time of every form, and every address with an id in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from couples.db import db
from tests import stage_postgres
from tests.routes import FORMS
from tests.stage import Stage
from tests.test_bad_input import apart, form_at, send, with_value
from tests.test_nobody_elses import ROWS, Row
from tests.tries import forget_tries

NASTY = (b"1\x002", b"\xed\xa0\x80", b"9" * 30, b"x" * 3000)
IN_ADDRESSES = ("%00", "a%00b", "%ED%A0%80", "9" * 30, "x" * 3000, "%F0%9F%92%8B")


@pytest.fixture(scope="module")
def postgres_stage(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Build the world on PostgreSQL, once."""
    yield from stage_postgres.playing(postgres, tmp_path_factory.mktemp("stage"))


@pytest.mark.parametrize("rule", sorted(FORMS))
def test_no_field_of_a_form_breaks_a_query(postgres_stage: Stage, rule: str) -> None:
    postgres_stage.reset()
    client, target, form = form_at(postgres_stage, rule)
    for names in apart(form):
        for value in NASTY:
            answer = send(client, target, with_value(form, names, value))
            assert answer.status_code < 500, f"{names} is {value[:20]!r}"


def still_signed_in(stage: Stage) -> FlaskClient:
    """Return Maya's browser; the world is only set back where she has been signed out.

    Addresses that lead nowhere change nothing, and a fresh copy takes longer than all of them.
    """
    forget_tries()
    client = stage.browser("Maya")
    if client.get("/settings").status_code != 200:
        stage.reset()
    return client


@pytest.mark.parametrize("row", [row for row in ROWS if row.thing], ids=lambda row: row.rule)
def test_no_address_breaks_a_query(postgres_stage: Stage, row: Row) -> None:
    client = still_signed_in(postgres_stage)
    for value in IN_ADDRESSES:
        path = re.sub("<[^>]+>", value, row.rule)
        assert client.open(path, method=row.method).status_code < 500, path
    assert db.session.is_active
