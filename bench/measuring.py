"""Asking servers for pages in turn, each in a process of its own as the product serves."""

from __future__ import annotations

import http.client
import itertools
import logging
import multiprocessing
import statistics
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from ipaddress import IPv4Address
from typing import Any

from flask import Flask

from bench.ground import Size
from bench.samples import Samples, in_turn

UNMEASURED = 10
FIRST_ADDRESS = IPv4Address("10.0.0.1")


@dataclass(frozen=True)
class Page:
    """One page of one server; one with a body is posted."""

    name: str
    port: int
    path: str
    cookie: str = ""
    body: str = ""
    status: int = 200
    # Whether it comes from another address each time: limits count by address.
    from_many: bool = False


def serve(make: Callable[[], Flask], tell: Any) -> None:
    """Serve an application from this process, which was started for it, as the product does."""
    from waitress.server import create_server

    from couples.serving import set_aside

    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    app = make()
    set_aside()
    server = create_server(
        app, host="127.0.0.1", port=0, threads=1, clear_untrusted_proxy_headers=False
    )
    tell.send(server.effective_port)
    server.run()


@contextmanager
def served(make: Callable[[], Flask], size: Size) -> Iterator[int]:
    """Serve an application in a process of its own, or in a thread for the tests; give its port."""
    if not size.apart:
        with _served_here(make) as port:
            yield port
        return
    context = multiprocessing.get_context("spawn")
    hear, tell = context.Pipe(duplex=False)
    process = context.Process(target=serve, args=(make, tell), daemon=True)
    process.start()
    try:
        yield hear.recv()
    finally:
        process.terminate()
        process.join()


@contextmanager
def _served_here(make: Callable[[], Flask]) -> Iterator[int]:
    from werkzeug.serving import make_server

    app = make()
    server = make_server("127.0.0.1", 0, app)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        with app.app_context():
            app.extensions["sqlalchemy"].engine.dispose()


@dataclass
class Asker:
    """One kept connection to one server, asked for one page."""

    page: Page
    numbers: Iterator[int] = field(default_factory=itertools.count)

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.page.port)

    def ask(self) -> float:
        """Ask once; return how long it took, in milliseconds."""
        page, headers = self.page, self._headers()
        began = time.perf_counter()
        self.connection.request("POST" if page.body else "GET", page.path, page.body, headers)
        answer = self.connection.getresponse()
        answer.read()
        took = (time.perf_counter() - began) * 1000
        if answer.status != page.status:
            raise RuntimeError(f"{page.name}: {answer.status}")
        return took

    def _headers(self) -> Mapping[str, str]:
        headers = {"Cookie": self.page.cookie} if self.page.cookie else {}
        if self.page.body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        if self.page.from_many:
            headers["X-Forwarded-For"] = str(FIRST_ADDRESS + next(self.numbers))
        return headers

    def median(self, times: int) -> float:
        """Return the median of so many times, in milliseconds."""
        return statistics.median([self.ask() for _time in range(times)])

    def rate(self, times: int) -> float:
        """Return how many a second are answered, one after the other."""
        return 1000 * times / sum(self.ask() for _time in range(times))


def medians(pages: list[Page], size: Size) -> Samples:
    """Return the median milliseconds of each page, round by round."""
    return _asked(pages, size, Asker.median)


def rates(pages: list[Page], size: Size) -> Samples:
    """Return how many requests a second each page answers, round by round."""
    return _asked(pages, size, Asker.rate)


def _asked(pages: list[Page], size: Size, take: Callable[[Asker, int], float]) -> Samples:
    askers = [Asker(page) for page in pages]
    for asker in askers:
        asker.median(min(UNMEASURED, size.pages_a_round))
    takes = {one.page.name: partial(take, one, size.pages_a_round) for one in askers}
    try:
        return in_turn(takes, size.rounds)
    finally:
        for asker in askers:
            asker.connection.close()
