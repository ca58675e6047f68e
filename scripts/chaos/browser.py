"""One person's browser: it keeps cookies, and knows when nobody has answered."""

from __future__ import annotations

import http.client
from dataclasses import dataclass, field
from urllib.parse import urlencode

from chaos.journal import Outcome
from tests.pages import Form, forms_of

Pairs = list[tuple[str, str]]
PATIENCE = 30.0


class Lost(Exception):
    """Nobody answered, or only that something is wrong: what was sent may count or not."""


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    location: str
    text: str

    @property
    def outcome(self) -> Outcome:
        """What became of a press, by its answer: the pages say saved by leading elsewhere."""
        return "saved" if self.status == 303 else "refused"

    def form(self, action: str, button: tuple[str, str] | None = None) -> Form | None:
        """Return the page's form that is sent there: the one with the button, else the first."""
        there = [one for one in forms_of(self.text) if one.action == action]
        return next((one for one in there if button in one.buttons), next(iter(there), None))


@dataclass
class Browser:
    """Talks to the service from an address of its own."""

    port: int
    source: str = "127.0.0.1"
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> Answer:
        """Look at a page."""
        return self._ask("GET", path, None)

    def post(self, path: str, pairs: Pairs) -> Answer:
        """Send a form."""
        return self._ask("POST", path, urlencode(pairs).encode())

    def _ask(self, method: str, path: str, body: bytes | None) -> Answer:
        wire = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=PATIENCE, source_address=(self.source, 0)
        )
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if body is not None else {}
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            wire.request(method, path, body, {**kind, "Cookie": cookie})
            got = wire.getresponse()
            text = got.read().decode("utf-8", "replace")
        except (OSError, http.client.HTTPException) as problem:
            raise Lost(type(problem).__name__) from problem
        finally:
            wire.close()
        if got.status >= 500:
            raise Lost(str(got.status))
        self._keep_cookies(got.getheaders())
        return Answer(got.status, got.getheader("Location") or "", text)

    def _keep_cookies(self, headers: list[tuple[str, str]]) -> None:
        for name, value in headers:
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]


def filled(form: Form, typed: dict[str, str], button: tuple[str, str] | None = None) -> Pairs:
    """Return what a browser would send: what stands there, what is typed over it, the button."""
    sent = [
        (one.name, typed.get(one.name, one.value))
        for one in form.fields
        if one.name in typed or one.value or one.is_text or one.kind == "hidden"
    ]
    return sent + ([button] if button else [])
