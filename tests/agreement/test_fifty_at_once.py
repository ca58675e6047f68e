"""Fifty presses at the same instant, on both databases: signs, suggestions, readies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from functools import partial
from itertools import product
from typing import Any

from flask import Flask

from couples.accounts.services_erasing import sweep_erased
from couples.agreement.models import Need, Readiness, Suggestion, Topic
from couples.agreement.needs.services import Heading, begin_need
from couples.agreement.needs.services_opening import say_ready, take_back
from couples.agreement.promises import services_begun
from couples.agreement.promises.services import suggest, use
from couples.agreement.shapes import Side
from couples.agreement.signing import services as services_signing
from couples.agreement.signing.models import Signature, Version
from couples.agreement.topics import services as services_topics
from couples.agreement.unsent.models import Unsent
from couples.mail.models import OutboxLetter
from couples.pairing.services import couple_of, couple_or_none
from couples.privacy.services_erasing import erase
from couples.surveys.models import Plan
from tests.agreement import road
from tests.agreement.road import choose, open_both, wording, write
from tests.agreement.test_topics import open_topics, waiting
from tests.cast import Cast
from tests.races import Act, rows, together

FIFTY = range(50)


def test_A7_fifty_signs_at_once_make_one_version_with_two_signatures_and_one_plan(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    both = (cast.maya, cast.jonas)
    choose(cast.maya, now)
    read = services_signing.sign_page(cast.maya).read_hash
    results = together(
        database_app,
        *[lambda n=n: services_signing.sign(both[n % 2], "Name", read, now) for n in FIFTY],
    )
    assert set(results) == {"signed", "in_force"}
    (version,) = rows(Version)
    signatures = rows(Signature)
    assert {row.person_id for row in signatures} == set(both)
    assert len(signatures) == 2
    assert {row.version_id for row in signatures} == {version.id}
    assert {row.content_hash for row in signatures} == {version.content_hash}
    assert len(rows(Plan)) == 1
    reviews = Counter(row.person_id for row in rows(OutboxLetter) if row.kind == "review")
    assert reviews == dict.fromkeys(both, 1)


def test_A9_fifty_suggestions_at_once_leave_one_and_show_it_to_the_other_forty_nine(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    both = (cast.maya, cast.jonas)
    topic_id = open_both(cast, now)
    results = together(
        database_app,
        *[lambda n=n: suggest(both[n % 2], topic_id, wording(f"Way {n}."), now) for n in FIFTY],
    )
    (kept,) = rows(Suggestion)
    assert results.count(None) == 1
    others = [result for result in results if isinstance(result, Side)]
    assert len(others) == 49
    assert {side.suggestion.words.words for side in others if side.suggestion} == {kept.words}
    assert kept.words == f"Way {results.index(None)}."


def test_A5_fifty_presses_of_send_and_of_use_make_one_suggestion_and_one_promise(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    topic_id = open_both(cast, now)
    sent = together(
        database_app, *[lambda: suggest(cast.maya, topic_id, wording(), now) for _ in FIFTY]
    )
    assert sent == [None] * 50
    (row,) = rows(Suggestion)
    used = together(database_app, *[lambda: use(cast.jonas, row.id, now) for _ in FIFTY])
    assert used == [topic_id] * 50
    assert [line.state for line in road.lines(cast.maya)] == ["agreed"]


def test_A2_fifty_readies_at_once_open_once_and_for_both(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    both = (cast.maya, cast.jonas)
    for person_id in both:
        write(person_id, now)
    results = together(database_app, *[lambda n=n: say_ready(both[n % 2], now) for n in FIFTY])
    assert set(results) == {None, "AlreadyOpen"}
    assert couple_of(cast.maya).opened_at == now
    assert len(rows(Topic)) == 1
    assert len(rows(Readiness)) == 2
    assert {need.topic_id for need in rows(Need)} == {rows(Topic)[0].id}


def test_A2_fifty_readies_and_take_backs_end_open_for_both_or_for_neither(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    for person_id in (cast.maya, cast.jonas):
        write(person_id, now)
    acts = (
        lambda: say_ready(cast.maya, now),
        lambda: take_back(cast.maya),
        lambda: say_ready(cast.jonas, now),
        lambda: take_back(cast.jonas),
    )
    results = together(database_app, *[acts[n % 4] for n in FIFTY])
    assert set(results) <= {None, "AlreadyOpen"}
    opened = couple_of(cast.maya).opened_at is not None
    assert {need.opened_at is not None for need in rows(Need)} == {opened}
    assert len(rows(Topic)) == int(opened)


def merging(cast: Cast, now: datetime) -> list[Act]:
    """Return yes to two merges, and what both may do meanwhile on the topics that move."""
    topics = open_topics(cast, now, "time", "money", "home", "heard")
    uses = []
    for place in (0, 2):
        wanted = services_topics.Proposal("merge", topics[place + 1])
        assert services_topics.propose(cast.maya, topics[place], wanted, now) is None
        uses.append(partial(services_topics.use, cast.jonas, waiting(cast.jonas, topics[place])))
    both = (cast.maya, cast.jonas)
    acts: list[Callable[..., Any]] = []
    acts += [partial(begin_need, who, Heading(own_words="Garden")) for who in both]
    for topic_id, who in product(topics, both):
        acts.append(partial(begin_need, who, Heading(topic_id=topic_id)))
        acts.append(partial(suggest, who, topic_id, wording()))
        acts.append(partial(services_begun.keep_words, who, topic_id, wording()))
    return [partial(act, now=now) for n in range(25) for act in (uses[n % 2], acts[n])]


def test_A5_fifty_acts_while_topics_merge_wait_for_each_other_and_not_for_ever(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    together(database_app, *merging(cast, now))
    living = road.topic_ids(cast.maya)
    # Where either's words came first under both, the merge waits for an answer to one.
    gone = [topic for topic in rows(Topic) if topic.merged_into_id]
    assert len(living) + len(gone) == 4
    assert {topic.merged_into_id for topic in gone} <= set(living)
    places = [(row.person_id, row.about) for row in rows(Unsent)]
    assert len(places) == len(set(places))


def test_A10_fifty_acts_while_topics_merge_and_one_erases_end_with_nothing_of_theirs(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    acts = merging(cast, now)
    gone, *_others = together(database_app, lambda: erase(cast.maya, now), *acts[1:])
    assert gone is True
    assert couple_or_none(cast.jonas) is None
    sweep_erased(now)
    assert all(row.person_id == cast.jonas for row in rows(Unsent))
