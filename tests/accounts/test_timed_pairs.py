"""How long an answer takes does not tell whether an address has an account (B8).

Pairs for each form that asks for an address, one known and the other not, in turns: what else the
machine does meets both alike, and the medians show what is left. `./run soak` takes two hundred
pairs by the clock on the wall; otherwise there are fewer, and what is measured is how long the
processor works for each, which other work on the same machine does not change.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from statistics import median

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete

from couples import clock
from couples.accounts.models import AddressChange, AddressedLetter, Person, Reset, SignUp
from couples.accounts.passwords import hash_password
from couples.accounts.services_passwords import sign_in as check_password
from couples.db import db, transaction
from couples.mail.models import OutboxLetter
from couples.pairing.models import Invite
from tests.cast import Cast, prove, sign_in
from tests.tries import forget_tries

PAIRS, FEWER, WARM = 200, 40, 5
# Of the answer that takes longer, and in any case.
SHARE, MOST = 0.10, 0.005
# As long as each other; the one has an account, with a partner, the other has none.
KNOWN, UNKNOWN = "jonas@example.org", "johan@example.org"


@dataclass(frozen=True)
class Asking:
    """A form that asks for an address: where it goes, what else it holds, who sends it."""

    path: str
    more: tuple[tuple[str, str], ...] = ()
    by: str = ""

    def __str__(self) -> str:
        return self.path


FORMS = (
    Asking("/signup"),
    Asking("/reset"),
    Asking("/signin", (("password", "not the one that it is"),)),
    Asking("/settings/address", by="ines"),
    Asking("/settings/link/mail", by="ines"),
)


@transaction()
def forget() -> None:
    """Let nothing be there that an earlier press has made."""
    for model in (AddressedLetter, AddressChange, SignUp, Reset, Invite, OutboxLetter):
        db.session.execute(delete(model))


@contextmanager
def quiet() -> Iterator[None]:
    """Collect no garbage meanwhile: it would be the one's or the other's by chance."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@dataclass(frozen=True)
class Measure:
    """How many pairs, and by which clock."""

    pairs: int
    clock: Callable[[], float]


@pytest.fixture
def measure(request: pytest.FixtureRequest) -> Measure:
    """Return what is measured in this run."""
    if request.config.getoption("--soak"):
        return Measure(PAIRS, time.perf_counter)
    return Measure(FEWER, time.thread_time)


def medians(press: Callable[[str], None], by: Measure) -> tuple[float, float]:
    """Return how long it takes for the known address and for the other, in seconds."""
    took: dict[str, list[float]] = {KNOWN: [], UNKNOWN: []}
    with quiet():
        for turn in range(WARM + by.pairs):
            for address in (KNOWN, UNKNOWN) if turn % 2 else (UNKNOWN, KNOWN):
                forget()
                forget_tries()
                begun = by.clock()
                press(address)
                took[address].append(by.clock() - begun)
    return median(took[KNOWN][WARM:]), median(took[UNKNOWN][WARM:])


def assert_alike(press: Callable[[str], None], by: Measure) -> None:
    """Fail where the medians differ by more than the limit, twice in a row.

    Once is let pass: half a minute of somebody else's work on the same two cores can do it.
    """
    for _try in range(2):
        known, unknown = medians(press, by)
        if abs(known - unknown) < min(MOST, SHARE * max(known, unknown)):
            return
    raise AssertionError(f"known {known * 1000:.2f} ms, unknown {unknown * 1000:.2f} ms")


def browser_of(client: FlaskClient, cast: Cast, asking: Asking) -> FlaskClient:
    """Return a browser that may send the form."""
    if asking.by:
        sign_in(client, cast.ines, clock.now())
        prove(client, clock.now())
    return client


@pytest.mark.parametrize("asking", FORMS, ids=str)
def test_B8_known_and_unknown_addresses_take_as_long(
    client: FlaskClient, cast: Cast, asking: Asking, measure: Measure
) -> None:
    browser, statuses = browser_of(client, cast, asking), set()

    def press(address: str) -> None:
        answer = browser.post(asking.path, data={"address": address, **dict(asking.more)})
        statuses.add(answer.status_code)

    assert_alike(press, measure)
    assert len(statuses) == 1, statuses
    assert statuses <= {303, 422}


def test_B8_a_password_is_checked_at_full_cost_whoever_it_is_for(
    app: Flask, cast: Cast, now: datetime, measure: Measure
) -> None:
    """With the hash that installations use."""
    app.config.pop("ARGON2")
    strong = hash_password("tulips on the landing")
    with transaction():
        for person in db.session.scalars(db.select(Person)):
            person.password_hash = strong

    def press(address: str) -> None:
        assert check_password(address, "not the one that it is", keep=False, now=now) is None

    few = Measure(FEWER // 4, measure.clock)
    assert_alike(press, measure if measure.pairs == PAIRS else few)
