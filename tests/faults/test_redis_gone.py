"""The queue goes and comes back in the middle of a dispatch; the pages never notice."""

from __future__ import annotations

import http.cookiejar
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from datetime import timedelta

import pytest
from sqlalchemy import select

from couples import clock, tokens
from couples.accounts.models import Person
from couples.db import db
from couples.surveys.models import Response
from couples.surveys.rounds.services_clock import open_due_rounds
from tests.cast import PASSWORD
from tests.faults.conftest import MakeService
from tests.faults.mailing import all_settled, check_each_once, move_half, seed
from tests.faults.service import wait_until

COUPLES = 150
LATER = timedelta(hours=2)
NEWCOMER = "newcomer@example.org"
# As long as a page may take on a busy machine, where a password alone takes a second; of its own
# it asks the queue twice at most, half a second each.
PATIENCE = 10.0

pytestmark = [pytest.mark.faults, pytest.mark.timeout(240)]


class Visitor:
    """Somebody at a browser, who follows redirects and has a watch."""

    def __init__(self, address: str) -> None:
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.address, self.opener = address, urllib.request.build_opener(cookies)

    def get(self, path: str) -> tuple[int, str]:
        """Open a page; return its status and itself."""
        return self._open(path, None)

    def send(self, path: str, **fields: str) -> tuple[int, str]:
        """Open a page and send its form, with what stands hidden in it."""
        _status, page = self.get(path)
        hidden = dict(re.findall(r'name="(csrf_token|shown)"[^>]* value="([^"]*)"', page))
        # Nobody presses as fast as a crawler does: such a press would not count.
        time.sleep(1.1 if "shown" in hidden else 0)
        return self._open(path, urllib.parse.urlencode({**hidden, **fields}).encode())

    def _open(self, path: str, data: bytes | None) -> tuple[int, str]:
        began = time.monotonic()
        try:
            with self.opener.open(self.address + path, data, timeout=PATIENCE) as answer:
                status, page = answer.status, answer.read().decode()
        except urllib.error.HTTPError as problem:
            with problem:
                status, page = problem.code, problem.read().decode()
        assert time.monotonic() - began < PATIENCE, path
        return status, page


def response_of(address: str) -> Response:
    """Return the response of the person with this address."""
    db.session.rollback()
    person = next(one for one in db.session.scalars(select(Person)) if one.address == address)
    return db.session.scalars(select(Response).where(Response.person_id == person.id)).one()


def use_pages(address: str) -> None:
    """Do what counts tries, stores answers and posts letters."""
    visitor = Visitor(address)
    assert visitor.get("/")[0] == 200
    answered = response_of("p0-1@example.org")
    token = tokens.make("week", answered.id, answered.generation)
    assert visitor.get(f"/week/{token}")[0] == 200
    assert visitor.send(f"/week/{token}", q0="7", decision="share")[0] == 200
    assert response_of("p0-1@example.org").payload["answers"]
    assert visitor.send("/signup", address=NEWCOMER, password=PASSWORD, name="New")[0] == 200
    assert visitor.send("/signin", address="p1-1@example.org", password="wrong")[0] == 422
    assert visitor.send("/signin", address="p1-1@example.org", password=PASSWORD)[0] == 200
    assert visitor.get("/settings")[0] == 200


def test_C8_a_queue_that_goes_and_comes_back(postgres_url: str, service_for: MakeService) -> None:
    service = service_for(postgres_url, MAIL_PER_MINUTE="100000", LEASE_SECONDS="20")
    addresses = seed(clock.now(), COUPLES)
    open_due_rounds(clock.now())
    address = service.start_web()
    move_half(clock.now() + LATER)
    for name in ("worker1", "worker2"):
        service.start_worker(name)
    service.start_clock("clock")
    wait_until(lambda: len(service.recipients()) >= 30, 90, "30 letters")
    assert len(service.recipients()) < len(addresses), "it goes after the work"
    service.stop_queue()
    move_half(clock.now())
    use_pages(address)
    service.start_queue()
    wait_until(lambda: all_settled(addresses), 120, "every fate on record")
    wait_until(lambda: NEWCOMER in service.recipients(), 60, "the letter posted meanwhile")

    asked = [one for one in service.recipients() if one in addresses]
    check_each_once(addresses, asked, unknown=0)
    assert service.recipients().count(NEWCOMER) == 1
