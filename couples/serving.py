"""The web server: waitress, as many forked processes on one socket as the settings say."""

from __future__ import annotations

import gc
import logging
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from importlib import import_module
from typing import Any

from waitress import wasyncore
from waitress.server import TcpWSGIServer, create_server

from couples.processes import die_with_parent
from couples.settings import Settings

Application = Callable[..., Any]
# How long a process that was asked to end still works on what it has begun.
LAST_SECONDS = 8.0
IMPATIENCE = 0.2
# More than any page takes (`uploads.with_room`): what is too much for one is answered by a page.
MOST_BYTES = 3 * 1024 * 1024


def serve(place: str, settings: Settings, listener: socket.socket) -> None:
    """Serve the application named `module:attribute` on a listening socket until SIGTERM."""
    module, _, attribute = place.partition(":")
    application = getattr(import_module(module), attribute)
    set_aside()
    if settings.web_processes == 1:
        serve_here(application, settings, listener)
    else:
        Herd(application, settings, listener).run()


def set_aside() -> None:
    """Leave what the application consists of out of every later collection of garbage.

    It is never garbage, and looking through all of it keeps the page that is just being made
    waiting for a tenth of a second. It is done before processes are forked: what no collection
    touches they go on sharing.
    """
    gc.collect()
    gc.freeze()


def serve_here(application: Application, settings: Settings, listener: socket.socket) -> None:
    """Serve in this process; after SIGTERM finish what has begun, then return."""
    listener.setblocking(False)
    # A request that waits for a free thread is no news.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    server = create_server(
        application,
        sockets=[listener],
        threads=settings.web_threads,
        ident=None,
        connection_limit=1000,
        channel_timeout=60,
        max_request_body_size=MOST_BYTES,
        # All of it in memory: what is sent is private, and never touches the disk (rule S1).
        inbuf_overflow=MOST_BYTES,
        asyncore_use_poll=True,
        # ProxyFix counts the hops; without a proxy nobody may claim to be one.
        clear_untrusted_proxy_headers=settings.proxy_hops == 0,
    )
    assert isinstance(server, TcpWSGIServer)
    _loop(server)


def _loop(server: TcpWSGIServer) -> None:
    stopping: list[float] = []

    def stop(*_: object) -> None:
        stopping.append(time.monotonic())
        server.pull_trigger()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    while not stopping:
        wasyncore.loop(timeout=5, use_poll=True, map=server._map, count=1)
    server.accepting = False
    while _is_busy(server) and time.monotonic() < stopping[0] + LAST_SECONDS:
        wasyncore.loop(timeout=IMPATIENCE, use_poll=True, map=server._map, count=1)


def _is_busy(server: TcpWSGIServer) -> bool:
    """Whether a request is being answered, or an answer not yet sent."""
    return any(
        channel.requests or channel.total_outbufs_len
        for channel in list(server.active_channels.values())
    )


class Herd:
    """Several processes forked from one that has loaded the application, so they share memory.

    Signals are never handled, only waited for, one after the other: so none can come between a
    fork and its bookkeeping, or just before we fall asleep.
    """

    WATCHED = frozenset({signal.SIGTERM, signal.SIGINT, signal.SIGCHLD})

    def __init__(
        self, application: Application, settings: Settings, listener: socket.socket
    ) -> None:
        """Remember what each process serves."""
        self.application, self.settings, self.listener = application, settings, listener
        self.members: set[int] = set()
        self.stopping = False

    def run(self) -> None:
        """Keep the processes running until SIGTERM, then wait for them."""
        signal.pthread_sigmask(signal.SIG_BLOCK, self.WATCHED)
        # Some systems forget a signal that nobody handles even while it is blocked.
        signal.signal(signal.SIGCHLD, lambda *_: None)
        for _ in range(self.settings.web_processes):
            self._fork()
        while self.members:
            if signal.sigwait(self.WATCHED) == signal.SIGCHLD:
                self._replace()
            else:
                self._stop()

    def _replace(self) -> None:
        """Bury the dead and, unless all shall end, start others in their places."""
        found = [os.waitpid(member, os.WNOHANG) for member in self.members]
        dead = {member: status for member, status in found if member}
        self.members -= dead.keys()
        if self.stopping:
            return
        time.sleep(0.5 if any(dead.values()) else 0)
        for _ in dead:
            self._fork()

    def _stop(self) -> None:
        self.stopping = True
        for member in self.members:
            os.kill(member, signal.SIGTERM)

    def _fork(self) -> None:
        tie = die_with_parent(os.getpid())
        member = os.fork()
        if member == 0:
            self._serve_as_member(tie)
        self.members.add(member)

    def _serve_as_member(self, tie: Callable[[], None]) -> None:
        code = 1
        try:
            tie()
            signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, self.WATCHED)
            serve_here(self.application, self.settings, self.listener)
            code = 0
        except SystemExit:
            code = 0
        finally:
            sys.stderr.flush()
            os._exit(code)
