"""What my partner sees: what their own pages show of mine, no more and no less (S2, S5, B2)."""

from __future__ import annotations

import html
import re
from dataclasses import fields
from datetime import datetime, timedelta
from random import Random

import pytest
from flask import Flask
from flask.testing import FlaskClient

from couples.agreement.models import Suggestion, Topic, TopicSuggestion
from couples.agreement.promises.services_shared import shared_sides
from couples.agreement.promises.services_side import side
from couples.agreement.unsent.models import Unsent
from couples.db import db, transaction
from couples.pairing.services import couple_of
from couples.pairing.services_leaving import end_link
from couples.preparing import services_airing
from couples.preparing.models import Reflection
from couples.privacy.models import Note
from couples.privacy.seen.services import seen
from couples.surveys.models import Response, Round
from couples.talks.models import AgendaItem, Step, Talk
from couples.talks.sitting.services import past_talks, talk_page, what_came
from tests import histories
from tests.cast import Cast, sign_in
from tests.counting import asked
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
    assert '<li><span dir="auto">Overall</span>: 3 of 7</li>' in own, "one thing, one line"
    assert "6 of 7" not in own


@transaction()
def talk_more(cast: Cast, now: datetime, times: int) -> None:
    """Let some more talks be over, each with something brought and a step, and topics be aside."""
    for number in range(times):
        at_ = now - timedelta(days=number + 1)
        mine = {"couple_id": cast.couple}
        talk = Talk(**mine, made_at=at_, starts_at=at_, minutes=30, talked_at=at_)
        db.session.add(talk)
        db.session.flush()
        brought = {"talk_id": talk.id, "added_at": at_, "words": f"Maya's thing {number}"}
        step = {"talk_id": talk.id, "made_at": at_, "words": f"Maya's step {number}"}
        place = db.session.scalar(db.select(db.func.max(Topic.position))) or 0
        topic = Topic(**mine, own_words="Aside", position=place + 1, opened_at=at_, retired_at=at_)
        db.session.add_all(
            [AgendaItem(**mine, author_id=cast.maya, **brought), topic,
             Step(**mine, author_id=cast.maya, done_at=at_, **step)]
        )  # fmt: skip
        db.session.flush()
        for kind in (Suggestion, TopicSuggestion):
            shared = {"topic_id": topic.id, "author_id": cast.maya, "made_at": at_, "note": "Note."}
            words = {"words": "Words."} if kind is Suggestion else {"kind": "retire"}
            db.session.add(kind(**mine, **shared, **words, withdrawn_at=at_))


def test_what_is_asked_does_not_grow_with_talks_and_topics(
    app: Flask, cast: Cast, now: datetime
) -> None:
    fill(cast, now)
    counts = []
    for times in (1, 12):
        talk_more(cast, now, times)
        db.session.expire_all()
        with asked() as each:
            page = seen(cast.maya, now)
        assert page is not None and len(page.talks.steps) >= times
        counts.append(len(each.all))
    assert counts[0] == counts[1], counts


def test_S5_all_topics_at_once_are_what_each_of_their_pages_shows(
    app: Flask, cast: Cast, now: datetime
) -> None:
    fill(cast, now)
    talk_more(cast, now, 2)
    for person_id in (cast.maya, cast.jonas):
        found = shared_sides(couple_of(person_id))
        assert len(found) >= 6
        for one in found:
            page = side(person_id, one.topic.id)
            move = page.moves.waiting
            notes = [(move.author, move.note)] if move else []
            notes += [(past.author, past.note) for past in page.past_moves]
            assert one.moves == tuple(notes)
            alike = [field.name for field in fields(one) if field.name != "moves"]
            assert {name: getattr(one, name) for name in alike} == {
                name: getattr(page, name) for name in alike
            }


def test_S5_all_talks_at_once_are_what_each_of_their_pages_shows(
    app: Flask, cast: Cast, now: datetime
) -> None:
    fill(cast, now)
    talk_more(cast, now, 2)
    for person_id in (cast.maya, cast.jonas):
        pages = [talk_page(person_id, one.id, "UTC", now) for one in past_talks(person_id)]
        found = what_came(couple_of(person_id))
        assert [(one.talked, one.step) for one in found] == [
            (one.talked, one.step) for one in pages
        ]
        assert sum(len(one.talked) for one in found) >= 3


@pytest.mark.parametrize("seed", range(3))
def test_C5_the_rounds_on_it_are_those_that_opened(app: Flask, cast: Cast, seed: int) -> None:
    couple, random, now = Couple(cast), Random(seed), after(ROUNDS)
    maya, jonas = couple.draw(random, "Maya"), couple.draw(random, "Jonas")
    histories.store(cast.maya, maya)
    histories.store(cast.jonas, jonas)
    page = seen(cast.maya, now)
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
    assert seen(cast.maya, now) is None
    with at(now):
        sign_in(client, cast.maya, now)
        page = client.get("/settings/seen").text
        assert "nobody sees anything" in page
        assert "Jonas" not in page
        assert "What a partner would see of you" in client.get("/settings").text


def test_J4_who_parted_is_told_of_the_copy_the_other_keeps(
    app: Flask, cast: Cast, client: FlaskClient, now: datetime
) -> None:
    fill(cast, now)
    end_link(cast.jonas, now)
    with at(now):
        sign_in(client, cast.maya, now)
        page = client.get("/settings/seen").text
    assert "nobody sees what you write now" in page
    assert "keeps a copy of the last version you both signed" in page
    assert "nobody sees anything" not in page
