"""A proxy with a certificate, as it stands in front of a real installation, and another site."""

from __future__ import annotations

import http.client
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Site:
    """What a server has been asked: the path and the headers of each request."""

    port: int
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)


class _Handler(BaseHTTPRequestHandler):
    """One request; `behind` is the port of the service, 0 where there is none."""

    behind = 0
    site: Site
    page = b""

    def do_GET(self) -> None:
        """Remember what was asked, and answer or pass it on."""
        self.site.asked.append((self.path, dict(self.headers.items())))
        if not self.behind:
            self._answer(200, [("Content-Type", "text/html; charset=utf-8")], self.page)
            return
        connection = http.client.HTTPConnection("127.0.0.1", self.behind, timeout=30)
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        connection.request(self.command, self.path, body, self._forwarded())
        found = connection.getresponse()
        self._answer(found.status, found.getheaders(), found.read())
        connection.close()

    def do_POST(self) -> None:
        """Pass it on the same way."""
        self.do_GET()

    def _forwarded(self) -> dict[str, str]:
        return {
            **dict(self.headers.items()),
            "X-Forwarded-For": self.client_address[0],
            "X-Forwarded-Proto": "https",
            "X-Forwarded-Host": self.headers["Host"],
            "Connection": "close",
        }

    def _answer(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() not in {"connection", "transfer-encoding", "content-length"}:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *_values: Any) -> None:
        """Say nothing: what was asked is remembered."""


@contextmanager
def serving(
    *, port: int = 0, behind: int = 0, page: bytes = b"", context: ssl.SSLContext | None = None
) -> Iterator[Site]:
    """Serve a page of another site, or what stands behind, as long as this lasts."""
    site = Site(port)
    handler = type("Handler", (_Handler,), {"behind": behind, "site": site, "page": page})
    server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    server.daemon_threads = True
    if context is not None:
        server.socket = context.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
    site.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)
