"""The overview while nobody has proved who they are: what opened, and nothing else (rule P2)."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from couples import clock
from couples.agreement.models import Topic
from couples.dashboard import services
from couples.dashboard.overview import State
from couples.db import db, transaction
from couples.pairing import services_leaving
from tests.cast import PASSWORD, Cast, prove, sign_in
from tests.dashboard.half_a_year import Answer, after, answer, write
from tests.dashboard.test_views import counted
from tests.pages import forms_of, without_tokens

SENTENCE = "What you kept to yourself isn’t shown right now."
SHARED = (Answer(5, 6, words="Mine.", words_shared=True), Answer(4, 5, words="His."))
# Seven times two numbers that stand nowhere else, never opened.
KEPT = (Answer(1, 1, shared=False, words="Hush."), Answer(4, 5))
CHANGE = [(Answer(6, 6, shared=False), None)] * 6 + [(Answer(1, 1, shared=False), None)] * 3


@pytest.fixture
def maya(client: FlaskClient, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return Maya's browser after so many rounds, its proof three hours old."""

    def sit(rounds: int) -> FlaskClient:
        monkeypatch.setattr(clock, "now", lambda: after(rounds))
        sign_in(client, cast.maya, after(rounds))
        prove(client, after(rounds) - timedelta(hours=3))
        return client

    return sit


def topic_of(cast: Cast) -> str:
    """Return the topic that every round asked about."""
    query = db.select(Topic.id).where(Topic.couple_id == cast.couple).order_by(Topic.position)
    return str(db.session.scalars(query).first())


def paths(cast: Cast) -> tuple[str, ...]:
    """Return the pages and files that show what opened."""
    topic = f"/overview/topics/{topic_of(cast)}"
    return "/overview", "/overview/numbers.csv", topic, f"{topic}/numbers.csv"


def test_P2_B13_what_one_kept_is_not_there_until_it_is_proved_who_asks(
    maya: Any, cast: Cast
) -> None:
    write(cast, [SHARED, KEPT, SHARED, KEPT])
    client = maya(4)
    page, file, topic, topic_file = (client.get(path).text for path in paths(cast))
    # On the overview below the lines, and beside the boxes, one of which may stand for a kept one.
    for shown, times in ((page, 2), (topic, 1)):
        assert shown.count(SENTENCE) == times and "Show it" in shown
        assert "nly you see this" not in shown and "Hush." not in shown
    assert "Nothing opened this week" in page and "What you wrote is still with you" not in page
    for text in (file, topic_file):
        rows = list(csv.reader(io.StringIO(text)))[1:]
        assert rows[-1][-1] == SENTENCE and [row[1] for row in rows if row[1] == "1"] == []
        assert "nly you see this" not in text and "Hush." not in text
    prove(client, after(4))
    for path in paths(cast):
        text = client.get(path).text
        assert SENTENCE not in text and "nly you see this" in text


def test_C5_without_own_values_the_page_is_the_same_whether_one_kept_or_never_answered(
    maya: Any, cast: Cast
) -> None:
    """Whoever holds the device learns no more than the partner's own page tells."""
    ids = write(cast, [SHARED, KEPT])
    client = maya(2)
    kept = [without_tokens(client.get(path).data) for path in paths(cast)]
    transaction()(answer)(ids[-1], cast.maya, None)
    assert [without_tokens(client.get(path).data) for path in paths(cast)] == kept
    shown = services.overview(cast.maya, after(2), with_own=False)
    assert shown.state is State.CLOSED and not shown.overall.has_only_me
    assert [line.values for line in shown.overall.lines] == [(5,), (4,)]
    assert len(shown.pages) == 1


def test_O3_ones_own_change_is_no_card_then_and_what_both_see_is_and_can_be_put_away(
    maya: Any, cast: Cast
) -> None:
    write(cast, [*CHANGE[:-1], (Answer(1, 3), Answer(6, 3))])
    client = maya(9)
    page = client.get("/overview").text
    assert "lower than your usual" not in page and "You see this one differently" in page
    (away,) = [form for form in forms_of(page) if form.action == "/overview/cards/away"]
    client.post("/overview/cards/away", data=dict(away.values()))
    assert "You see this one differently" not in client.get("/overview").text
    prove(client, after(9))
    assert "lower than your usual" in client.get("/overview").text


def test_the_page_takes_five_queries_then_too(maya: Any, cast: Cast) -> None:
    write(cast, [SHARED, KEPT] * 13)
    client = maya(26)
    for path in ("/overview", "/overview?rounds=26"):
        with counted() as sent:
            assert SENTENCE in client.get(path).text
        assert len([one for one in sent if not one.startswith("BEGIN")]) == 5, sent


def test_P2_show_it_leads_through_the_door_and_back_to_the_same_rounds(
    maya: Any, cast: Cast
) -> None:
    write(cast, [SHARED, KEPT] * 13)
    client = maya(26)
    for path in ("/overview?rounds=26", paths(cast)[2]):
        prove(client, after(26) - timedelta(hours=3))
        _, _, rest = client.get(path).text.partition(SENTENCE)
        way = rest.partition('href="')[2].partition('"')[0]
        assert way.startswith("/settings/prove?to=")
        back = client.post(way, data={"current_password": PASSWORD})
        assert back.location == path and "nly you see this" in client.get(path).text


def test_P2_after_parting_the_page_shows_the_sentence_alone(maya: Any, cast: Cast) -> None:
    mine, his = SHARED
    write(cast, [(replace(mine, overall=7), his), KEPT])
    services_leaving.end_link(cast.jonas, after(2))
    client = maya(2)
    page = client.get("/overview").text
    assert SENTENCE in page and "numbers as a table" not in page and "no answer" not in page
    assert '"7"' not in client.get("/overview/numbers.csv").text
    prove(client, after(2))
    assert SENTENCE not in client.get("/overview").text
