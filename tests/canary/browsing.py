"""A browser that keeps the edges of every page: what histories, logs and others' eyes may catch."""

from __future__ import annotations

import base64
import http.client
import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlencode

from tests.canary.finding import Place

# Whatever of a page becomes part of a request, a history or a window's name.
SHOWN = re.compile(
    r"<title>.*?</title>|\b(?:href|src|action|formaction|content|data-autosave|id|class)=\"[^\"]*\"",
    re.DOTALL,
)
# What calendars fetch and keep, without anybody signed in.
FETCHED = ("text/calendar", "text/plain")
Pairs = list[tuple[str, str]]


@dataclass
class Answer:
    """What came back."""

    status_code: int
    headers: list[tuple[str, str]]
    data: bytes

    @property
    def text(self) -> str:
        """The page."""
        return self.data.decode("utf-8", "replace")

    def header(self, name: str) -> str:
        """Return one header; empty where there is none."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")


@dataclass
class Browser:
    """One person's browser, talking to the service over a socket."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    observed: list[Place] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.wire = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)

    def close(self) -> None:
        """Hang up."""
        self.wire.close()

    def get(self, path: str) -> Answer:
        """Look at a page."""
        return self._ask("GET", path)

    def post(self, path: str, pairs: Pairs) -> Answer:
        """Send a form."""
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", path, urlencode(pairs).encode(), kind)

    def hand_in(self, path: str, pairs: Pairs, name: str, file: bytes) -> Answer:
        """Send a form with a file."""
        head = '--x-x\r\nContent-Disposition: form-data; name="{}"{}\r\n\r\n'
        parts = [f"{head.format(key, '')}{value}\r\n".encode() for key, value in pairs]
        last = head.format(name, '; filename="pages.json"').encode() + file + b"\r\n--x-x--\r\n"
        kind = {"Content-Type": "multipart/form-data; boundary=x-x"}
        return self._ask("POST", path, b"".join(parts) + last, kind)

    def _ask(
        self, method: str, path: str, body: bytes | None = None, kind: dict[str, str] | None = None
    ) -> Answer:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        # The name that passkeys are bound to; by its number their forms are not there.
        here = {"Host": f"localhost:{self.port}", "Origin": f"http://localhost:{self.port}"}
        self.wire.request(method, path, body, {**here, **(kind or {}), "Cookie": cookie})
        got = self.wire.getresponse()
        answer = Answer(got.status, got.getheaders(), got.read())
        self._keep_cookies(answer)
        self.observed.append((f"{method} {path}", edges(path, answer, self.cookies.values())))
        return answer

    def _keep_cookies(self, answer: Answer) -> None:
        for name, value in answer.headers:
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]


def edges(path: str, answer: Answer, cookies: Iterable[str]) -> bytes:
    """Return what of a page's address, headers, title, links and cookies is anybody's to read."""
    heads = [f"{name}: {value}" for name, value in answer.headers]
    kind = answer.header("Content-Type")
    shown = SHOWN.findall(answer.text) if kind.startswith("text/html") else []
    fetched = [answer.data] if kind.startswith(FETCHED) else []
    texts = [path, *heads, *shown]
    return b"\n".join([*(text.encode() for text in texts), *map(readable, cookies), *fetched])


def readable(cookie: str) -> bytes:
    """Return what a cookie of ours says: signed, and not sealed; a dot before it: packed."""
    payload = cookie.lstrip(".").partition(".")[0]
    try:
        plain = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
        return zlib.decompress(plain) if cookie.startswith(".") else plain
    except (ValueError, zlib.error):
        return cookie.encode()
