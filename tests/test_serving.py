"""The web server: several processes on one socket, and an end without broken answers."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from flask import Flask

from couples import serving
from couples.embedded import free_port
from couples.sealing import KeyRing
from couples.settings import new_secret_key
from tests.test_run import HOME, environ, until

Server = tuple[subprocess.Popen[bytes], str]


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[[int], Server]]:
    started = []

    def start(processes: int) -> Server:
        port = free_port()
        settings = environ(
            tmp_path,
            WEB_PORT=str(port),
            WEB_PROCESSES=str(processes),
            SECRET_KEY=new_secret_key(),
            SEALING_KEYS=KeyRing.new().text(),
        )
        command = [sys.executable, "-m", "couples", "web", "--app", "tests.slow_app:app"]
        started.append(subprocess.Popen(command, cwd=HOME, env=settings))
        address = f"http://127.0.0.1:{port}"
        assert until(lambda: answers(address))
        return started[-1], address

    yield start
    for process in started:
        process.kill()
        process.wait()


def answers(address: str) -> bool:
    try:
        return bool(get(address))
    except OSError:
        return False


def get(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=10) as answer:
        return bytes(answer.read())


def children(process: subprocess.Popen[bytes]) -> list[psutil.Process]:
    found: list[psutil.Process] = psutil.Process(process.pid).children()
    return found


def herd(process: subprocess.Popen[bytes]) -> list[psutil.Process]:
    """Return both members: the first may answer before the second is born."""
    assert until(lambda: len(children(process)) == 2)
    return children(process)


@pytest.mark.parametrize("processes", [1, 2])
def test_what_has_begun_is_finished_before_the_end(
    serve: Callable[[int], Server], processes: int
) -> None:
    process, address = serve(processes)
    got: list[bytes] = []
    asking = threading.Thread(target=lambda: got.append(get(f"{address}/slow")))
    asking.start()
    time.sleep(0.5)
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 0
    asking.join(10)
    assert len(got) == 1
    assert got[0].isdigit()
    assert not answers(address)


def test_what_has_come_and_still_waits_for_a_thread_is_answered_too(
    serve: Callable[[int], Server],
) -> None:
    process, address = serve(1)
    got: list[bytes] = []
    asking = [threading.Thread(target=lambda: got.append(get(f"{address}/slow"))) for _ in "123456"]
    for one in asking:
        one.start()
    time.sleep(1)
    process.send_signal(signal.SIGTERM)
    assert process.wait(12) == 0
    for one in asking:
        one.join(10)
    assert [answer.isdigit() for answer in got] == [True] * 6


@pytest.mark.parametrize("processes", [1, 2])
def test_the_application_is_set_aside_before_anything_is_served(
    serve: Callable[[int], Server], processes: int
) -> None:
    _process, address = serve(processes)
    assert int(get(f"{address}/aside")) > 1000


def test_a_killed_member_is_replaced(serve: Callable[[int], Server]) -> None:
    process, address = serve(2)
    members = herd(process)
    members[0].kill()
    assert until(lambda: len(set(children(process)) - set(members)) == 1)
    assert answers(address)


@pytest.mark.parametrize("pause", [0.1, 0.3, 0.5])
def test_an_end_that_comes_while_a_member_is_replaced_is_an_end(
    serve: Callable[[int], Server], pause: float
) -> None:
    process, address = serve(2)
    members = herd(process)
    members[0].kill()
    time.sleep(pause)
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 0
    assert psutil.wait_procs(members, timeout=2)[1] == []
    assert not answers(address)


def test_what_is_too_much_for_a_page_is_answered_by_a_page_and_not_by_the_server(
    serve: Callable[[int], Server], app: Flask
) -> None:
    rooms = [getattr(view, "most_bytes", 0) for view in app.view_functions.values()]
    assert max(rooms) > 2 * 1024 * 1024
    assert max(rooms) + 512 * 1024 < serving.MOST_BYTES
    _process, address = serve(1)
    with urllib.request.urlopen(address, data=b"x" * (max(rooms) + 1), timeout=10) as answer:
        assert answer.status == 200
