"""The page of one topic: what opened, its promise through the versions, whose it is."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from couples import clock
from couples.agreement.models import Suggestion, Topic
from couples.agreement.promises import services as services_wording
from couples.agreement.promises.services import Wording
from couples.agreement.rules import PromiseWords
from couples.agreement.signing.models import Version
from couples.dashboard.one_topic.services import topic_page
from couples.dashboard.one_topic.shapes import TopicPage
from couples.db import db, transaction
from couples.errors import NotFound
from couples.pairing.services_leaving import end_link
from couples.surveys.answering.services import withdraw
from couples.surveys.models import Round
from tests.cast import Cast, sign_in
from tests.dashboard.half_a_year import Answer, Week, after, answer, during, write

MINE, THEIRS = Answer(3, 2), Answer(5, 6)
BOTH: Week = (MINE, THEIRS)
KEPT = Answer(6, 6, shared=False)


def topic_of(cast: Cast, listed: str = "time") -> str:
    query = db.select(Topic.id).where(Topic.couple_id == cast.couple, Topic.listed == listed)
    return str(db.session.scalars(query).one())


def page_of(person_id: str, topic_id: str, now: datetime) -> TopicPage:
    return topic_page(person_id, topic_id, now, "UTC")


def cells(page: TopicPage, row: int = -1) -> list[list[int | None]]:
    return [[point.value for point in line.points] for line in page.rows[row].lines]


def text(pieces: Any) -> str:
    return "".join({"removed": "-", "added": "+", "same": ""}[p.kind] + p.text for p in pieces)


def test_C5_only_what_both_shared_is_there_and_ones_own(
    database_app: Flask, database_cast: Cast
) -> None:
    skipped = Answer(5, None)
    write(database_cast, [BOTH, (Answer(4, 4), KEPT), (None, Answer(7, 7)), (skipped, BOTH[1])])
    topic_id = topic_of(database_cast)

    maya = page_of(database_cast.maya, topic_id, after(4))
    jonas = page_of(database_cast.jonas, topic_id, after(4))

    assert cells(maya) == [[2, 4, None, None], [6, None, None, None]]
    assert cells(jonas) == [[2, None, None, None], [6, 6, 7, 6]]
    assert [point.only_me for point in jonas.rows[0].lines[1].points] == [False, True, True, True]
    assert maya.name == "Unhurried time together" and maya.in_force and maya.living


def test_C3_what_is_withdrawn_goes_from_the_others_page_at_once(
    database_app: Flask, database_cast: Cast
) -> None:
    words = replace(THEIRS, words="Tired.", words_shared=True)
    mine = replace(MINE, words="Me too.", words_shared=True)
    (round_id,) = write(database_cast, [(mine, words)])
    topic_id = topic_of(database_cast)
    before = page_of(database_cast.maya, topic_id, after(1))

    withdraw(database_cast.jonas, round_id, after(1))

    found = page_of(database_cast.maya, topic_id, after(1))
    assert cells(before)[1] == [6] and [said.words[1][1] for said in before.words] == ["Tired."]
    assert cells(found)[1] == [None] and found.words == ()


def test_C5_an_open_round_is_not_there(app: Flask, cast: Cast) -> None:
    write(cast, [BOTH, BOTH])

    assert cells(page_of(cast.maya, topic_of(cast), during(2))) == [[2], [6]]


def test_O4_all_rounds_stand_in_rows_of_twelve_the_newest_last(app: Flask, cast: Cast) -> None:
    write(cast, [BOTH] * 14)

    page = page_of(cast.maya, topic_of(cast), after(14))

    assert [len(row.days) for row in page.rows] == [2, 12]
    assert page.rows[0].days[0] == date(2026, 3, 5) and page.rows[-1].days[-1] == date(2026, 6, 4)
    assert len([row for row in page.table if row.points]) == 14
    assert [told.name for told in page.sentence.told] == ["Maya", "Jonas"]


def test_only_rounds_that_asked_about_it_count(app: Flask, cast: Cast) -> None:
    round_ids = write(cast, [BOTH, BOTH, BOTH])
    topic_id = topic_of(cast)
    row = db.session.get_one(Round, round_ids[1])
    row.questions = [one for one in row.questions if one["id"] != topic_id]
    db.session.commit()

    page = page_of(cast.maya, topic_id, after(3))

    assert page.series.days == (date(2026, 3, 5), date(2026, 3, 19))


@transaction()
def reword(cast: Cast, number: int, **changes: Any) -> None:
    """Let a version word its first promise otherwise, or not hold it."""
    version = db.session.scalars(db.select(Version).where(Version.number == number)).one()
    first, *rest = version.content["clauses"]
    clauses = [{**first, **changes}, *rest] if changes else rest
    version.content = {**version.content, "clauses": clauses}


def test_A7_the_promise_stands_there_as_each_version_words_it(app: Flask, cast: Cast) -> None:
    write(cast, [BOTH] * 9, versions=4)
    said = {"words": "Words about tea.", "owner_id": cast.jonas, "kept_when": "Both evenings."}
    reword(cast, 2, **said)
    reword(cast, 3, **said)
    reword(cast, 4)

    gone, second, first = page_of(cast.maya, topic_of(cast), after(9)).wordings

    assert (first.number, text(first.words)) == (1, "Words about time.")
    assert [(part.label, text(part.pieces)) for part in first.parts] == [
        ("Whose promise", "Both of us")
    ]
    assert (second.number, text(second.words)) == (2, "Words about -time+tea.")
    assert [(part.label, text(part.pieces)) for part in second.parts] == [
        ("Whose promise", "-Both of us+Jonas"),
        ("What counts as kept", "+Both evenings."),
    ]
    assert (gone.number, gone.words, gone.parts) == (4, (), ())


def test_a_topic_no_longer_in_force_has_its_page_and_one_never_asked_an_empty_one(
    app: Flask, cast: Cast
) -> None:
    write(cast, [BOTH])
    topic_id = topic_of(cast)
    reword(cast, 1)
    topic = Topic(couple_id=cast.couple, own_words="", position=9, opened_at=after(1))
    db.session.add(topic)
    db.session.get_one(Topic, topic_id).retired_at = after(1)
    db.session.commit()

    aside, bare = (page_of(cast.jonas, one, after(1)) for one in (topic_id, topic.id))

    assert cells(aside) == [[2], [6]] and not (aside.in_force or aside.living)
    assert (bare.rows, bare.name, bare.wordings) == ((), "(removed)", ())


def test_S7_anothers_topic_is_as_missing_as_none(app: Flask, cast: Cast) -> None:
    write(cast, [BOTH])
    topic_id = topic_of(cast)

    for person_id in (cast.other, cast.ines):
        with pytest.raises(NotFound):
            page_of(person_id, topic_id, after(1))
    with pytest.raises(NotFound):
        page_of(cast.maya, "nothing", after(1))
    end_link(cast.jonas, after(1))
    with pytest.raises(NotFound):
        page_of(cast.maya, topic_id, after(1))


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    def move(now: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: now)

    return move  # type: ignore[return-value]


def read(client: FlaskClient, path: str) -> str:
    answered = client.get(path)
    assert answered.status_code == 200
    return answered.text


def agree_and_doubt(cast: Cast, topic_id: str, now: datetime) -> None:
    """Let both say yes to words, and one put them under review."""
    words = PromiseWords("Words about time.", "", "", "")
    services_wording.suggest(cast.maya, topic_id, Wording(words, False, "", ""), now)
    (suggestion,) = db.session.scalars(db.select(Suggestion.id)).all()
    services_wording.use(cast.jonas, suggestion, now)
    services_wording.review(cast.jonas, topic_id, wanted=True, now=now)


def test_the_page_leads_to_a_talk_and_to_a_suggestion(
    client: FlaskClient, cast: Cast, at: Any
) -> None:
    mine = replace(MINE, words="<b>Mine</b>", words_shared=True)
    write(cast, [(mine, replace(THEIRS, words="Theirs.", words_shared=True))])
    topic_id = topic_of(cast)
    agree_and_doubt(cast, topic_id, after(1))
    at(after(1))
    sign_in(client, cast.maya, after(1))

    page = read(client, f"/overview/topics/{topic_id}")

    assert f"/talks/add?about={topic_id}" in page and f"/doc/side/{topic_id}" in page
    assert "Under review" in page and "&lt;b&gt;Mine" in page and "Theirs." in page
    assert "Words from weeks that asked about this" in page
    assert f'href="/overview/topics/{topic_id}"' in read(client, "/overview")


def test_what_is_not_asked_yet_says_from_when(client: FlaskClient, cast: Cast, at: Any) -> None:
    write(cast, [])
    at(during(0))
    sign_in(client, cast.jonas, during(0))

    page = read(client, f"/overview/topics/{topic_of(cast)}")

    assert "Asked from Thursday 5 March." in page


def test_O4_the_file_has_the_rows_of_the_table_and_no_formula(
    client: FlaskClient, cast: Cast, at: Any
) -> None:
    write(cast, [BOTH, (Answer(4, 4), None)])
    at(after(2))
    sign_in(client, cast.maya, after(2))

    file = client.get(f"/overview/topics/{topic_of(cast)}/numbers.csv")
    rows = list(csv.reader(io.StringIO(file.data.decode("utf-8-sig"))))

    assert rows[0] == ["Week of", "Maya", "Jonas", "Note"]
    assert ["2026-03-05", "2", "6", ""] in rows
    assert ["2026-03-12", "4", "", "Only you see this"] in rows
    assert file.headers["Content-Disposition"] == "attachment; filename=pages.csv"


@pytest.mark.parametrize("theirs", [None, KEPT, Answer(6, 6, withdrawn=True), Answer(5, None)])
def test_S2_what_the_other_keeps_changes_no_byte_of_the_page(
    client: FlaskClient, cast: Cast, at: Any, theirs: Answer | None
) -> None:
    (first, *_rest) = write(cast, [(Answer(4, 4), Answer(None, None)), BOTH])
    at(after(2))
    sign_in(client, cast.maya, after(2))
    topic = f"/overview/topics/{topic_of(cast)}"
    before = [read(client, path) for path in (topic, f"{topic}/numbers.csv")]

    answer(first, cast.jonas, theirs)

    assert [read(client, path) for path in (topic, f"{topic}/numbers.csv")] == before
