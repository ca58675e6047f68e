"""The page and the file: how many queries, what stands in them, what never changes them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from couples import clock
from couples.accounts.models import Person
from couples.db import db
from tests.cast import Cast, sign_in
from tests.dashboard.half_a_year import Answer, Week, after, answer, during, write

PAGES = ("/overview", "/overview/numbers.csv")
BOTH: Week = (Answer(3, 2), Answer(5, 6))
# Few examples, since each renders both pages twice; chance is the same in every run.
QUICK = settings(
    deadline=None,
    max_examples=10,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
NUMBER = st.none() | st.integers(1, 7)
ANY = st.none() | st.builds(
    Answer,
    overall=NUMBER,
    topics=NUMBER,
    shared=st.booleans(),
    withdrawn=st.booleans(),
    words=st.sampled_from(["", "Lavender."]),
    words_shared=st.booleans(),
    scale=st.sampled_from([(), (3, 4, 3, 4), (5, 0, 0, None)]),
)
KEPT = ANY.filter(lambda one: one is None or not one.shared or one.withdrawn)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Set the time of this process."""

    def move(now: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: now)

    return move


@pytest.fixture
def rounds(cast: Cast) -> list[str]:
    """Three rounds that Maya shares, shares with a skip and words, and keeps."""
    mine = Answer(5, None, words="Mine.", words_shared=True, scale=(3, 4, 3, 3))
    return write(cast, [(Answer(4, 4), None), (mine, None), (Answer(6, shared=False), None)])


@contextmanager
def counted() -> Iterator[list[str]]:
    """Collect the statements that a block sends to the database."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield sent
    event.remove(db.engine, "before_cursor_execute", note)


def read(client: FlaskClient, path: str = "/overview") -> bytes:
    answered = client.get(path)
    assert answered.status_code == 200
    return bytes(answered.data)


def test_the_page_takes_five_queries_with_half_a_year(
    client: FlaskClient, cast: Cast, at: Any
) -> None:
    write(cast, [BOTH] * 26, versions=3)
    at(after(26))
    sign_in(client, cast.maya, after(26))

    with counted() as sent:
        page = read(client)

    assert b"See these numbers as a table" in page
    assert len([one for one in sent if not one.startswith("BEGIN")]) <= 5, sent
    assert client.head("/overview").status_code == 200


@QUICK
@given(theirs=st.lists(ANY, min_size=3, max_size=3), kept=st.lists(KEPT, min_size=3, max_size=3))
def test_S2_what_the_other_keeps_changes_no_byte(
    client: FlaskClient,
    cast: Cast,
    at: Any,
    rounds: list[str],
    theirs: list[Answer | None],
    kept: list[Answer | None],
) -> None:
    """Where Jonas shares nothing with a round, every way of sharing nothing looks the same."""
    silent = [one is None or not one.shared or one.withdrawn for one in theirs]
    for round_id, one in zip(rounds, theirs, strict=True):
        answer(round_id, cast.jonas, one)
    at(after(3))
    sign_in(client, cast.maya, after(3))
    before = [read(client, path) for path in PAGES]

    for round_id, one, free in zip(rounds, kept, silent, strict=True):
        if free:
            answer(round_id, cast.jonas, one)

    assert [read(client, path) for path in PAGES] == before


@QUICK
@given(theirs=ANY)
def test_C5_a_question_i_kept_opens_nothing_of_the_others(
    client: FlaskClient, cast: Cast, at: Any, rounds: list[str], theirs: Answer | None
) -> None:
    """Maya kept the third round: whatever Jonas did with it changes no byte of hers, ever."""
    at(after(3))
    sign_in(client, cast.maya, after(3))
    before = [read(client, path) for path in PAGES]

    answer(rounds[2], cast.jonas, theirs)

    assert [read(client, path) for path in PAGES] == before


@QUICK
@given(theirs=ANY)
def test_S2_before_the_close_nothing_tells_whether_the_other_answered(
    client: FlaskClient, cast: Cast, at: Any, rounds: list[str], theirs: Answer | None
) -> None:
    at(during(2))
    sign_in(client, cast.maya, during(2))
    before = [read(client, path) for path in PAGES]

    answer(rounds[1], cast.jonas, theirs)

    assert [read(client, path) for path in PAGES] == before


def cells(client: FlaskClient) -> list[list[str]]:
    text = read(client, "/overview/numbers.csv").decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_O4_the_file_has_the_rows_of_the_table(client: FlaskClient, cast: Cast, at: Any) -> None:
    write(cast, [BOTH, (Answer(4), None)], versions=2)
    at(after(2))
    sign_in(client, cast.maya, after(2))

    file = client.get("/overview/numbers.csv")

    assert cells(client) == [
        ["Week of", "Maya", "Jonas", "Note"],
        ["2026-03-02", "", "", "Agreement signed, version 1"],
        ["2026-03-05", "3", "5", ""],
        ["2026-03-12", "4", "", "Only you see this"],
        ["2026-03-23", "", "", "Agreement updated, version 2"],
        ["", "", "", "In the week of 12 March Maya answered 4."],
    ]
    assert file.headers["Content-Disposition"] == "attachment; filename=pages.csv"
    assert file.headers["Cache-Control"] == "no-store"
    assert file.mimetype == "text/csv"


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@sum", "\tx"])
def test_no_name_is_a_formula_to_a_spreadsheet(
    client: FlaskClient, cast: Cast, at: Any, name: str
) -> None:
    write(cast, [BOTH])
    db.session.get_one(Person, cast.jonas).name = name
    db.session.commit()
    at(after(1))
    sign_in(client, cast.maya, after(1))

    assert cells(client)[0][2] == f"'{name}"


def test_a_date_of_the_table_leads_to_ones_own_answers(
    client: FlaskClient, cast: Cast, at: Any
) -> None:
    first, second = write(cast, [BOTH, (None, Answer())])
    at(after(2))
    sign_in(client, cast.maya, after(2))

    page = read(client).decode()

    assert f"/week/past/{first}" in page and second not in page


def test_words_are_shown_as_they_are_and_never_as_markup(
    client: FlaskClient, cast: Cast, at: Any
) -> None:
    rude = Answer(words="<b>x</b>", words_shared=True)
    write(cast, [(rude, rude)])
    at(after(1))
    sign_in(client, cast.jonas, after(1))

    page = read(client)

    assert b"&lt;b&gt;x" in page and b"<b>x</b>" not in page


def test_O1_the_totals_stand_under_their_day_and_no_item_does(
    client: FlaskClient, cast: Cast, at: Any
) -> None:
    write(cast, [(Answer(scale=(3, 4, 3, 4)), Answer(scale=(6, 2, 2, 2))), BOTH])
    at(after(2))
    pages = []
    for person_id in (cast.maya, cast.jonas):
        sign_in(client, person_id, after(2))
        pages.append(read(client).decode())

    for page in pages:
        _before, _heading, leaf = page.partition('aria-labelledby="whole"')
        leaf = leaf.partition("</section>")[0]
        assert "Four questions from a published scale, 5 Mar." in leaf
        assert leaf.index("Maya: 14 of 21") < leaf.index("Jonas: 12 of 21")


@pytest.mark.parametrize("path", PAGES)
def test_S7_without_a_session_both_lead_to_signing_in(client: FlaskClient, path: str) -> None:
    answered = client.get(path)

    assert (answered.status_code, answered.location) == (303, "/signin")


@pytest.mark.parametrize("path", PAGES)
def test_somebody_unlinked_has_the_page_and_an_empty_file(
    client: FlaskClient, cast: Cast, at: Any, path: str
) -> None:
    at(after(1))
    sign_in(client, cast.ines, after(1))

    assert b"Maya" not in read(client, path)
