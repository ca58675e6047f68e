"""What my partner sees: what their own pages show of mine, no more and no less (S2, S5, B2)."""

from __future__ import annotations

import html
import re
from datetime import datetime
from random import Random

import pytest
from flask import Flask
from flask.testing import FlaskClient

from couples.agreement.unsent.models import Unsent
from couples.db import db, transaction
from couples.pairing.services_leaving import end_link
from couples.preparing import services_airing
from couples.preparing.models import Reflection
from couples.privacy.models import Note
from couples.privacy.seen.services import seen
from couples.surveys.models import Response, Round
from tests import histories
from tests.cast import Cast, sign_in
from tests.dashboard.half_a_year import after
from tests.pages import without_tokens
from tests.privacy.erasing_world import fill
from tests.surveys.agreed import at
from tests.test_noninterference import ROUNDS, STARTS, Couple, surface

# Her name stands in many sentences of ours; what she wrote is told apart from it.
CANARY = re.compile(r"Maya's (?!name)[a-z ]+[a-z]")
# Where the topics' pages are led to, and what both signed.
MORE = ("/doc/versions", "/doc/sign", "/doc/rhythm", "/doc/air", "/overview/back")


@transaction()
def keep_private(cast: Cast) -> None:
    """Put words that nobody else ever reads into everything that is Maya's alone."""
    for note in db.session.scalars(db.select(Note).where(Note.person_id == cast.maya)):
        note.words = "Maya's secret note"
    for row in db.session.scalars(db.select(Reflection).where(Reflection.person_id == cast.maya)):
        row.motives = row.own_part = "Maya's secret motive"
    for typed in db.session.scalars(db.select(Unsent).where(Unsent.person_id == cast.maya)):
        typed.fields = {"words": "Maya's secret draft"}
    (round_,) = db.session.scalars(db.select(Round))
    for response in db.session.scalars(db.select(Response)):
        name = "Maya" if response.person_id == cast.maya else "Jonas"
        numbers = {"overall": 3, "x": 6}
        response.draft = {"words": f"{name}'s secret answer"}
        response.payload = {
            "answers": numbers, "words": f"{name}'s secret words", "words_shared": False,
            "shared": True, "kept": ["x"] if name == "Maya" else [],
        }  # fmt: skip
    round_.settled_at = round_.closes_at


def canaries(client: FlaskClient, paths: tuple[str, ...]) -> set[str]:
    """Return the words of Maya's within reach of these pages, as far as they can be told."""
    found = surface(client, paths, files=False)
    text = "\n".join(map(str, found.values())).replace("\\'", "'")
    return set(CANARY.findall(html.unescape(text)))


def test_S5_it_is_exactly_what_the_partners_pages_show(
    app: Flask, client: FlaskClient, cast: Cast, now: datetime
) -> None:
    fill(cast, now)
    keep_private(cast)
    theirs = app.test_client()
    with at(now):
        sign_in(client, cast.maya, now)
        sign_in(theirs, cast.jonas, now)
        own = client.get("/settings/seen").text
        shown = canaries(theirs, (*STARTS, *MORE))
    mine = set(CANARY.findall(html.unescape(own)))
    assert shown - mine == set(), "their pages show more"
    assert mine - shown == set(), "their pages do not show this"
    assert not any("secret" in one for one in mine | shown)
    assert {"Maya's request", "Maya's signature", "Maya's thing", "Maya's step"} <= mine
    assert re.findall(r"Jonas's (?!name|own topic|merged topic)[a-z ]+", html.unescape(own)) == []
    assert "Overall: 3 of 7" in own
    assert "6 of 7" not in own


@pytest.mark.parametrize("seed", range(3))
def test_C5_the_rounds_on_it_are_those_that_opened(app: Flask, cast: Cast, seed: int) -> None:
    couple, random, now = Couple(cast), Random(seed), after(ROUNDS)
    maya, jonas = couple.draw(random, "Maya"), couple.draw(random, "Jonas")
    histories.store(cast.maya, maya)
    histories.store(cast.jonas, jonas)
    page = seen(cast.maya, "UTC", now)
    assert page is not None
    wanted = []
    for round_id in reversed(couple.round_ids):
        opened = histories.opened(maya[round_id], jonas[round_id], couple.questions[round_id])
        given = maya[round_id]
        if opened and given:
            numbers = [given.numbers[one] for one in opened - {"words", "csi4"}]
            total = sum(each or 0 for each in given.scale.values()) if "csi4" in opened else None
            words = given.words if "words" in opened else ""
            wanted.append((sorted(filter(None, numbers)), total, words))
    found = [(sorted(number for _name, number in one.answers), one.total, one.words)
             for one in page.rounds]  # fmt: skip
    assert found == wanted
    assert found


def test_S2_what_the_partner_does_alone_changes_nothing_on_it(
    app: Flask, client: FlaskClient, cast: Cast, now: datetime
) -> None:
    with at(now):
        sign_in(client, cast.maya, now)
        assert "clear the air" not in client.get("/settings/seen").text
        services_airing.want(cast.maya, now)
        asked = without_tokens(client.get("/settings/seen").data)
        assert b"would like to clear the air" in asked
        services_airing.put_away(cast.jonas, now)
        assert without_tokens(client.get("/settings/seen").data) == asked
        services_airing.want(cast.jonas, now)
        for person_id in (cast.maya, cast.jonas):
            services_airing.save_words(person_id, f"{person_id} went quiet.", 0, now)
            assert "went quiet" not in client.get("/settings/seen").text
            services_airing.say_ready(person_id, now)
        opened = without_tokens(client.get("/settings/seen").data)
        assert f"{cast.maya} went quiet.".encode() in opened
        assert f"{cast.jonas} went quiet.".encode() not in opened
        services_airing.close(cast.jonas, now)
        assert without_tokens(client.get("/settings/seen").data) == opened


def test_L6_without_a_link_nobody_sees_anything(
    app: Flask, client: FlaskClient, cast: Cast, now: datetime
) -> None:
    end_link(cast.jonas, now)
    assert seen(cast.maya, "UTC", now) is None
    with at(now):
        sign_in(client, cast.maya, now)
        page = client.get("/settings/seen").text
        assert "nobody sees anything" in page
        assert "Jonas" not in page
        assert "What a partner would see of you" in client.get("/settings").text
