"""Everything the other one can observe in one of the two worlds, and where two observations part.

Pages by links, every route that can be addressed (with things that are somebody else's too),
files, copies, headers, sizes, redirects, letters and their minute.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.pages import without_tokens
from tests.routes import TABLE
from tests.test_noninterference import VOLATILE, surface
from tests.two_worlds.twins import Twin

Surface = dict[str, Any]
# Not looked at: what ends the session, and the page of letters kept on this machine, which exists
# only while no mail server is set and shows everybody's to whoever sits at it (rule S6).
# What tells an operator how things stand is looked at signed out alone.
LEFT_OUT = ("/exit", "/letters", "/static/", "/healthz/letters", "/readyz")
# Random names that the two worlds need not share, compared by the order in which they appear: of
# things, of links and sessions; and what a letter has of its own id, its envelope and its border.
# The author's letter of the same hour, where it is switched on, draws before the other's.
RANDOM = re.compile(
    r"(?<![\w-])(?:[\w-]{43}|[\w-]{22})(?![\w-])|(?<=\+)[a-z2-7]{42}(?=@)|(?<==_)[0-9a-f]{32}",
    re.ASCII,
)
# Asked for by somebody who is not signed in: the same holds for whoever only knows the address.
FRONT = (
    "/", "/signin", "/signup", "/reset", "/join", "/help", "/how", "/privacy", "/healthz",
    "/healthz/letters", "/readyz",
)  # fmt: skip
# Links that only the letter's reader holds; what they show to others is what C6 says of them.
HANDED = frozenset({"address", "calendar", "confirm", "letter", "reset", "stop", "week"})
SHOWN = 30
THINGS = re.compile(r"<[^>]+>")


def plain_addresses(twin: Twin) -> list[str]:
    """Return every page that takes no argument."""
    rules = (one for one in twin.app.url_map.iter_rules() if "GET" in (one.methods or ()))
    return sorted(one.rule for one in rules if not one.arguments and is_watched(one.rule))


def is_watched(path: str) -> bool:
    """Whether this address belongs to what is observed."""
    return not path.startswith(LEFT_OUT)


def things_addresses(twin: Twin) -> list[str]:
    """Return every route that names a thing, with the world's own thing in it."""
    found = []
    for line in TABLE.strip().splitlines():
        method, rule, *rest = line.split()
        kind = rest[0].replace("_", " ")
        if method == "GET" and "<" in rule and is_watched(rule) and kind not in HANDED:
            found.append(THINGS.sub(twin.stage.world.things.get(kind, ""), rule))
    return found


def look(twin: Twin, name: str, more: Iterable[str] = (), files: bool = False) -> Surface:
    """Return all of it, as this person finds it in this world."""
    client = twin.browser(name)
    starts = (*plain_addresses(twin), *things_addresses(twin), *more)
    found: Surface = dict(surface(client, starts, files=files))
    found |= {f"out {path}": _outside(twin.app.test_client(), path) for path in FRONT}
    if files:
        found |= {f"copy {kind}": answered(_copy(client, kind)) for kind in ("json", "html")}
    found["letters"] = twin.letters_to(name)
    return found


def _copy(client: FlaskClient, kind: str) -> TestResponse:
    return client.post("/settings/export", data={"kind": kind})


def answered(answer: TestResponse) -> object:
    """Return everything one was answered, without what is random in each answer."""
    names: dict[str, str] = {}
    kept = [(name, value) for name, value in answer.headers if name not in VOLATILE]
    return answer.status_code, _bare(repr((kept, without_tokens(answer.data))), names)


def _outside(client: FlaskClient, path: str) -> object:
    answer = client.get(path)
    kept = [(name, value) for name, value in answer.headers if name not in VOLATILE]
    return answer.status_code, kept, re.sub(rb'value="[^"]{40,}"', b"", answer.data)


def parted(one: Surface, other: Surface) -> list[str]:
    """Return at which addresses two observations differ."""
    if one == other:
        return []
    ours, theirs = _named(one), _named(other)
    return [path for path in sorted({*ours, *theirs}) if ours.get(path) != theirs.get(path)]


def first_difference(one: Surface, other: Surface) -> str:
    """Return a few lines around the first thing that differs, for whoever mends it."""
    ours, theirs = _named(one), _named(other)
    path = parted(one, other)[0]
    was, now = (found.get(path, "").split(r"\n") for found in (ours, theirs))
    lines = list(difflib.unified_diff(was, now, "plain", "other", n=1, lineterm=""))
    return "\n".join([path, *lines[:SHOWN]])


def _named(found: Surface) -> dict[str, str]:
    names: dict[str, str] = {}
    return {_bare(path, names): _bare(text_of(found[path]), names) for path in found}


def _bare(text: str, names: dict[str, str]) -> str:
    """Return a text with its random names numbered in the order in which they appear."""
    return RANDOM.sub(lambda hit: names.setdefault(hit[0], f"name {len(names)}"), text)


def text_of(observed: object) -> str:
    """Return anything observed as text, bytes as they are."""
    return repr(observed)
