"""The whole service on a disk that is really full: nobody dies of it, and it goes on by itself."""

from __future__ import annotations

import http.client
import re
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.faults.disks import Disk, disk_in
from tests.journeys.service import Service, descendants, until
from tests.servers import SmtpPeer

# Tables, the queue and what is counted for the operator have room in it, and nothing else.
SIZE = 12 * 1024 * 1024
# Enough that every web process meets it, and its ticks the worker.
OFTEN = 12
RECOVERS_WITHIN = 30.0

pytestmark = [pytest.mark.faults, pytest.mark.timeout(240)]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    with disk_in(tmp_path / "var", SIZE) as found:
        if not found.is_own:
            pytest.skip("no small disk can be mounted here (root may), so none can be filled")
        yield found


@pytest.fixture
def service(tmp_path: Path, disk: Disk, smtp_peer: SmtpPeer) -> Iterator[Service]:
    found = Service(tmp_path, smtp_peer.url)
    found.environ["WEB_PROCESSES"] = "2"
    found.start()
    yield found
    found.stop()


def test_nobody_dies_of_a_full_disk_pages_say_so_and_all_recovers(
    service: Service, disk: Disk, smtp_peer: SmtpPeer
) -> None:
    assert sign_up(service, "first@example.org")[0] in {200, 303}
    until(lambda: "first@example.org" in smtp_peer.recipients, "the first letter")
    until(lambda: len(running(service)) >= 4, "web, its two, the queue")
    before = running(service)
    disk.fill()
    for number in range(OFTEN):
        assert ask(service, "GET", "/help")[0] == 200
        assert ask(service, "GET", "/signin")[0] == 200
        status, page = sign_up(service, f"full{number}@example.org")
        assert status == 503, page
        assert "may not be stored yet" in page and f"full{number}@example.org" in page
    assert running(service) == before, service.log()
    disk.make_room()
    until(lambda: sign_up(service, "last@example.org")[0] in {200, 303}, "room", RECOVERS_WITHIN)
    arrived = "the letter that was asked for once there was room"
    until(lambda: "last@example.org" in smtp_peer.recipients, arrived, RECOVERS_WITHIN)
    assert running(service) == before
    assert len(smtp_peer.recipients) == len(set(smtp_peer.recipients)) == 2
    assert "Traceback" not in service.log()
    # A negative status is a signal's: nobody touches memory that the disk has no room for.
    assert set(re.findall(r'"status": (-?\d+)', service.log())) <= {"1"}


def running(service: Service) -> set[int]:
    """Return the ids of its processes but the worker's: a queue that refuses everything ends it."""
    assert service.process is not None
    found = map(psutil.Process, descendants(service.process.pid))
    return {one.pid for one in found if "tasks" not in one.cmdline()}


def ask(service: Service, method: str, path: str, **fields: str) -> tuple[int, str]:
    """Ask for a page, or send a form with the token and cookie of a fresh one."""
    body, heads = None, {}
    wire = http.client.HTTPConnection("127.0.0.1", service.port, timeout=30)
    try:
        if method == "POST":
            wire.request("GET", path)
            got = wire.getresponse()
            token = re.search(r'name="csrf_token"[^>]* value="([^"]*)"', got.read().decode())
            assert token is not None
            cookie = (got.getheader("Set-Cookie") or "").partition(";")[0]
            heads = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
            body = urllib.parse.urlencode({"csrf_token": token[1], **fields})
        wire.request(method, path, body, heads)
        got = wire.getresponse()
        return got.status, got.read().decode()
    finally:
        wire.close()


def sign_up(service: Service, address: str) -> tuple[int, str]:
    """Ask for an account."""
    return ask(service, "POST", "/signup", address=address)
