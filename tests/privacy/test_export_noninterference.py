"""Nothing the partner does in private changes a byte of one's copy, or shows that it was made."""

from __future__ import annotations

from io import BytesIO
from random import Random

import pytest
from flask import Flask
from flask.testing import FlaskClient

from couples.privacy.export.services import own_words
from tests import histories
from tests.cast import Cast, sign_in
from tests.dashboard.half_a_year import after, during
from tests.pages import without_tokens
from tests.surveys.agreed import at
from tests.test_noninterference import (
    PRIVATE_ACTS,
    ROUNDS,
    Couple,
    card_away,
    fill,
    starts,
)


@pytest.fixture
def couple(app: Flask, cast: Cast) -> Couple:
    return Couple(cast)


def copy(client: FlaskClient, kind: str = "json") -> bytes:
    """Return a copy as it is downloaded."""
    answer = client.post("/settings/export", data={"kind": kind})
    assert answer.status_code == 200
    return bytes(answer.data)


def test_B1_a_copy_depends_on_nothing_the_partner_answered_or_did(
    app: Flask, couple: Couple, client: FlaskClient
) -> None:
    """Opened or not: what the partner answered is theirs, so the copy never depends on it."""
    now, random, theirs = after(ROUNDS), Random(4), app.test_client()
    maya, jonas = couple.cast.maya, couple.cast.jonas
    histories.store(maya, couple.draw(random, "Maya"))
    with at(now):
        sign_in(theirs, jonas, now)
        histories.store(jonas, couple.draw(random, "Jonas"))
        before = own_words(maya, now)
        histories.store(jonas, couple.draw(random, "Jonas"))
        for path, typed in (*PRIVATE_ACTS, card_away(theirs)):
            assert not path or theirs.post(path, data=typed).status_code < 400, path
        fill(theirs, "/private/new")
        assert theirs.get("/settings/seen").status_code == 200
        copy(theirs)
        assert own_words(maya, now) == before
        histories.store(jonas, dict.fromkeys(couple.round_ids))
        assert own_words(maya, now) == before
        assert len(before["rounds"]) == ROUNDS
        sign_in(client, maya, now)
        pages = {kind: copy(client, kind) for kind in ("json", "html")}
        assert b"Jonas says" not in b"".join(pages.values())


def test_B1_the_partner_looks_or_not_while_a_round_is_due(
    app: Flask, couple: Couple, client: FlaskClient
) -> None:
    """Between the hour it is due and the next tick, whoever looks first makes the round."""
    now, theirs = during(ROUNDS + 1), app.test_client()
    with at(now):
        sign_in(theirs, couple.cast.jonas, now)
        before = own_words(couple.cast.maya, now)
        theirs.get("/week")
        fill(theirs, "/week")
        assert own_words(couple.cast.maya, now) == before
        assert len(before["rounds"]) == ROUNDS + 1


def pages_of(client: FlaskClient, person_id: str) -> list[bytes]:
    """Return everything there is without following links."""
    return [without_tokens(client.get(path).data) for path in starts(person_id)]


def test_S2_taking_a_copy_and_taking_one_in_change_nothing_of_the_partners(
    app: Flask, couple: Couple, client: FlaskClient
) -> None:
    now, theirs = after(ROUNDS), app.test_client()
    maya, jonas = couple.cast.maya, couple.cast.jonas
    with at(now):
        sign_in(client, maya, now)
        sign_in(theirs, jonas, now)
        pages_of(theirs, jonas)
        before = pages_of(client, maya)
        for kind in ("json", "html"):
            copy(theirs, kind)
        file = (BytesIO(copy(theirs)), "pages.json")
        taken = theirs.post("/settings/import", data={"file": file, "settings": "y"})
        assert taken.status_code == 200
        theirs.get("/settings/seen")
        assert pages_of(client, maya) == before
