"""Asking servers for pages in turn, so that what disturbs one disturbs all alike."""

from __future__ import annotations

import http.client
import logging
import multiprocessing
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from flask import Flask

# Pages are asked for a few at a time, and the servers take turns.
BLOCK = 5
UNMEASURED = 10


@dataclass(frozen=True)
class Page:
    """One page of one server, asked for with one cookie."""

    name: str
    port: int
    path: str
    cookie: str


def serve(make: Callable[[], Flask], tell: Any) -> None:
    """Serve an application from this process, which was started for it, as the product does."""
    from waitress.server import create_server

    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    server = create_server(make(), host="127.0.0.1", port=0, threads=1)
    tell.send(server.effective_port)
    server.run()


@contextmanager
def served(make: Callable[[], Flask]) -> Iterator[int]:
    """Serve an application in a process of its own; give its port."""
    context = multiprocessing.get_context("spawn")
    hear, tell = context.Pipe(duplex=False)
    process = context.Process(target=serve, args=(make, tell), daemon=True)
    process.start()
    try:
        yield hear.recv()
    finally:
        process.terminate()
        process.join()


def medians(pages: list[Page], times: int) -> dict[str, float]:
    """Return the median of each page in milliseconds."""
    connections = {page: http.client.HTTPConnection("127.0.0.1", page.port) for page in pages}
    for page, connection in connections.items():
        for _time in range(UNMEASURED):
            ask(connection, page)
    found: dict[str, list[float]] = {page.name: [] for page in pages}
    for _round in range(times // BLOCK):
        for page, connection in connections.items():
            found[page.name] += [ask(connection, page) for _time in range(BLOCK)]
    return {name: statistics.median(each) for name, each in found.items()}


def ask(connection: http.client.HTTPConnection, page: Page) -> float:
    """Ask for a page once; return how long it took, in milliseconds."""
    began = time.perf_counter()
    connection.request("GET", page.path, headers={"Cookie": page.cookie} if page.cookie else {})
    answer = connection.getresponse()
    answer.read()
    took = (time.perf_counter() - began) * 1000
    if answer.status != 200:
        raise RuntimeError(f"{page.name}: {answer.status}")
    return took
