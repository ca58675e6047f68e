"""Both at the same instant, on both databases (rules A1, A2, A5, A7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from flask import Flask

from couples.agreement.models import Need, Suggestion
from couples.agreement.needs.services import Heading, begin_need
from couples.agreement.needs.services_opening import say_ready, take_back
from couples.agreement.promises.services import suggest, use, withdraw
from couples.agreement.signing import services as services_signing
from couples.agreement.signing import services_terms
from couples.agreement.signing.models import Signature, Version
from couples.mail.models import OutboxLetter
from couples.pairing.services import couple_of
from tests.agreement import road
from tests.agreement.road import choose, open_both, wording, write
from tests.cast import Cast
from tests.races import rows, together


def test_A7_both_signing_at_once_make_exactly_one_version(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    for turn in range(3):
        terms = replace(road.TERMS, talk_plan=f"Plan {turn}.")
        choose(cast.maya, now, terms)
        read = services_signing.sign_page(cast.maya).read_hash
        acts = [
            lambda who=who, read=read: services_signing.sign(who, "Name", read, now)
            for who in (cast.maya, cast.jonas, cast.maya, cast.jonas)
        ]
        results = together(database_app, *acts)
        assert set(results) <= {"signed", "in_force"}
        assert "in_force" in results
        assert len(rows(Version)) == turn + 1
        assert len(rows(Signature)) == 2 * (turn + 1)
    reviews = [row for row in rows(OutboxLetter) if row.kind == "review"]
    assert len(reviews) == 6


def test_A7_signing_while_the_text_changes_never_puts_unread_words_in_force(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    choose(cast.maya, now)
    read = services_signing.sign_page(cast.maya).read_hash
    road.sign(cast.maya, now)
    changed = replace(road.TERMS, talk_plan="Other.")
    together(
        database_app,
        lambda: services_signing.sign(cast.jonas, "Jonas", read, now),
        lambda: services_terms.save_terms(cast.maya, changed, 1, now),
    )
    for version in rows(Version):
        assert version.content["talk_plan"] == road.TERMS.talk_plan


def test_A2_both_ready_at_once_open_once(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    for person_id in (cast.maya, cast.jonas):
        write(person_id, now)
    together(
        database_app,
        *[lambda who=who: say_ready(who, now) for who in (cast.maya, cast.jonas, cast.maya)],
    )
    assert couple_of(cast.maya).opened_at == now
    assert len(road.topic_ids(cast.maya)) == 1
    assert all(need.opened_at == now for need in rows(Need))


def test_A2_ready_against_taking_back_ends_open_or_folded_and_never_between(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    for person_id in (cast.maya, cast.jonas):
        write(person_id, now)
    say_ready(cast.maya, now)
    together(database_app, lambda: take_back(cast.maya), lambda: say_ready(cast.jonas, now))
    opened = couple_of(cast.maya).opened_at is not None
    assert all((need.opened_at is not None) is opened for need in rows(Need))


def test_A1_many_tabs_begin_six_needs_at_most(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    acts = [
        lambda n=n: begin_need(database_cast.maya, Heading(own_words=f"Topic {n}"), now)
        for n in range(8)
    ]
    results = together(database_app, *acts)
    assert results.count("EnoughNeeds") == 2
    assert len(rows(Need)) == 6


def test_A5_using_and_withdrawing_at_once_has_one_winner(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    topic_id = open_both(cast, now)
    suggestion_id = road.suggest(cast.maya, topic_id, now)
    results = together(
        database_app,
        lambda: use(cast.jonas, suggestion_id, now),
        lambda: withdraw(cast.maya, suggestion_id, now),
    )
    assert sorted(map(str, results)) == sorted([topic_id, "SuggestionGone"])


def test_A9_two_first_suggestions_at_once_lose_no_words(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    topic_id = open_both(cast, now)
    results = together(
        database_app,
        lambda: suggest(cast.maya, topic_id, wording("Hers."), now),
        lambda: suggest(cast.jonas, topic_id, wording("His."), now),
    )
    assert sorted(result is None for result in results) == [False, True]
    assert len(rows(Suggestion)) == 1
