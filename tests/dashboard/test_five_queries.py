"""The overview takes five queries, whatever there is to show: a card put away, a talk, years."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from couples import clock
from couples.dashboard.cards.models import CardChoices
from couples.db import db, transaction
from couples.talks.models import AgendaItem, Talk, TalkTime
from tests.cast import Cast, sign_in
from tests.dashboard.half_a_year import Answer, after, write
from tests.dashboard.test_views import counted

BOTH = (Answer(2, 2), Answer(6, 6))


@transaction()
def plan_a_talk(cast: Cast) -> None:
    at = after(40)
    talk = Talk(couple_id=cast.couple, made_at=at, starts_at=at + timedelta(days=1), minutes=30)
    talk.agreed_at = at
    db.session.add(talk)
    db.session.flush()
    for hours, person_id in enumerate((cast.maya, cast.jonas), start=30):
        starts_at = at + timedelta(hours=hours)
        db.session.add(
            TalkTime(
                talk_id=talk.id, author_id=person_id, starts_at=starts_at, minutes=30, made_at=at
            )
        )
        item = AgendaItem(couple_id=cast.couple, author_id=person_id, words="Home.", added_at=at)
        db.session.add(item)
    db.session.add(CardChoices(person_id=cast.maya, choices={"put_away": {}, "usual_since": {}}))


def test_the_page_takes_five_queries_with_everything_there_is(
    client: FlaskClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(cast, [BOTH] * 40, versions=5)
    plan_a_talk(cast)
    sign_in(client, cast.maya, after(40))
    monkeypatch.setattr(clock, "now", lambda: after(40))
    for path in ("/overview", "/overview?rounds=all"):
        with counted() as sent:
            page = client.get(path)
        assert page.status_code == 200 and "Home." in page.text
        assert len([one for one in sent if not one.startswith("BEGIN")]) == 5, sent
