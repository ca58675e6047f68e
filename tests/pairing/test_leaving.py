"""Ending the link."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from couples import clock
from couples.db import db, transaction
from couples.mail import outbox
from couples.mail.models import LetterState, OutboxLetter
from couples.pairing.models import Couple
from couples.pairing.services import NotLinked, couple_of, couple_or_none, lock_couple
from couples.pairing.services_invites import make_invite, open_invites
from couples.pairing.services_leaving import end_link, standing_of, tell
from couples.pairing.services_linking import accept
from couples.pairing.signals import parted
from tests.cast import Cast, sign_in

LINE = "This link has ended. Your own pages are still here."


def test_L6_it_ends_at_once_for_both_and_cancels_letters_in_the_same_transaction(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    heard = []

    def hear(_sender: object, couple_id: str, now: datetime) -> None:
        heard.append((couple_id, now))

    with transaction():
        outbox.post("open", key="k1", couple_id=database_cast.couple, now=now)
        outbox.post("open", key="k2", couple_id=database_cast.other_couple, now=now)
    with parted.connected_to(hear):
        end_link(database_cast.jonas, now)
    assert heard == [(database_cast.couple, now)]
    assert (
        couple_or_none(database_cast.maya) is None and couple_or_none(database_cast.jonas) is None
    )
    states = dict(db.session.execute(select(OutboxLetter.key, OutboxLetter.state)).all())
    assert states == {"k1": LetterState.CANCELLED, "k2": LetterState.PENDING}
    assert couple_of(database_cast.other).partner.name == "Piet"


def test_L6_no_mail_goes_out(database_app: Flask, database_cast: Cast, now: datetime) -> None:
    end_link(database_cast.maya, now)
    assert db.session.scalars(select(OutboxLetter)).all() == []


def test_L6_a_failure_of_a_later_feature_leaves_everything_as_it_was(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    def fail(_sender: object, **_values: object) -> None:
        raise RuntimeError("later")

    with parted.connected_to(fail), pytest.raises(RuntimeError):
        end_link(database_cast.maya, now)
    assert couple_of(database_cast.maya).partner.name == "Jonas"


def test_an_ended_couple_can_be_locked_by_nobody_and_ends_once(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    end_link(database_cast.maya, now)
    for person_id in (database_cast.maya, database_cast.jonas):
        end_link(person_id, now + timedelta(hours=1))
        couple = db.session.get(Couple, database_cast.couple)
        assert couple and couple.ended_at == now
    with pytest.raises(NotLinked), transaction():
        lock_couple(database_cast.couple)
    with pytest.raises(NotLinked):
        end_link(database_cast.ines, now)


def test_L6_linking_again_starts_from_zero(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    end_link(database_cast.maya, now)
    make_invite(database_cast.maya, now)
    again = accept(open_invites(database_cast.maya, now)[0].code or "", database_cast.jonas, now)
    assert again != database_cast.couple
    couple = db.session.get(Couple, again)
    assert couple and couple.opened_at is None


def test_L6_the_other_sees_the_neutral_line_once(
    app: Flask, client: FlaskClient, cast: Cast
) -> None:
    sign_in(client, cast.maya, clock.now())
    page = client.get("/settings/link/end").text
    for words in (LINE, "No mail goes out", "You can leave alone", 'href="/help"', "keep your own"):
        assert words in page
    assert couple_or_none(cast.maya)
    assert client.post("/settings/link/end").location == "/settings/link"
    assert LINE not in client.get("/settings/link").text
    other = app.test_client()
    sign_in(other, cast.jonas, clock.now())
    assert LINE in other.get("/settings").text
    assert LINE not in other.get("/settings").text
    assert other.get("/settings/link/end").status_code == 404


def test_C5_the_page_says_what_will_be_seen_what_it_may_raise_and_the_quieter_way(
    client: FlaskClient, cast: Cast
) -> None:
    sign_in(client, cast.maya, clock.now())
    page = client.get("/settings/link/end").text
    for words in (
        LINE,
        "It is shown when these pages are next opened. No mail goes out.",
        "an end they notice can raise the danger",
        "Pause your emails, and keep your answers to yourself.",
        "leave later, from a device nobody else looks at",
    ):
        assert words in page
    assert 'href="/settings#pause"' in page
    assert 'id="pause"' in client.get("/settings").text
    assert "a quieter way than ending the link" in client.get("/help").text


def test_the_line_is_for_the_one_who_did_not_end_it(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    end_link(database_cast.maya, now)
    assert (
        standing_of(database_cast.jonas).to_be_told
        and not standing_of(database_cast.maya).to_be_told
    )
    tell(database_cast.jonas, now)
    assert not standing_of(database_cast.jonas).to_be_told


def test_a_person_linked_to_nobody_finds_no_link_to_end(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.ines, clock.now())
    assert client.get("/settings/link/end").status_code == 404
    assert client.post("/settings/link/end").status_code == 404
