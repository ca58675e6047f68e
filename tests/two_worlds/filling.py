"""Finding the form of a route in somebody's browser and filling it in with anything it takes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from flask.testing import FlaskClient
from werkzeug.routing import Map
from werkzeug.test import TestResponse

from tests.cast import PASSWORD
from tests.pages import Field, Form, forms_of
from tests.routes import AUTOSAVED, FORMS
from tests.two_worlds.twins import Twin

Pairs = list[tuple[str, str]]
THING = re.compile(r"<[^>]+>")
SELDOM = 0.3


@dataclass(frozen=True)
class Found:
    """A form, where it was found, and where it is sent."""

    page: str
    target: str
    form: Form


def pattern(rule: str) -> re.Pattern[str]:
    """Return what addresses of a route look like."""
    parts = [re.escape(part) for part in THING.split(rule)]
    return re.compile(r"[^/]+".join(parts))


def found_by(client: FlaskClient, rule: str, paths: Iterable[str]) -> Iterator[Found]:
    """Give every form of this route on these pages, as they are now."""
    wanted = pattern(rule.removesuffix("/save") if rule in AUTOSAVED else rule)
    for path in paths:
        answer = client.get(path)
        if answer.status_code != 200 or answer.mimetype != "text/html":
            continue
        for form in forms_of(answer.text):
            target = (form.action or path).partition("?")[0]
            if wanted.fullmatch(target):
                yield Found(path, target + ("/save" if rule in AUTOSAVED else ""), form)


def pages_of(rule: str, known: Iterable[str]) -> list[str]:
    """Return the pages on which a route's form may stand, of those that somebody has."""
    _who, page = FORMS[rule]
    plain = [] if "<" in page else [page]
    like = pattern(page)
    return plain + sorted(path for path in known if like.fullmatch(path) and path not in plain)


def addresses_of(twin: Twin, rule: str) -> str:
    """Return a route's address with the world's own thing in it."""
    things = twin.stage.world.things

    def thing(hit: re.Match[str]) -> str:
        kind = hit[0].strip("<>").rpartition(":")[2].removesuffix("_id").replace("_", " ")
        return things.get(kind, "AAAAAAAAAAAAAAAAAAAAAA")

    return THING.sub(thing, rule)


def filled(form: Form, random: Random, now: datetime, buttons: Iterable[str] = ()) -> Pairs:
    """Return anything a person could send by this form, by one of these buttons or by any."""
    sent: Pairs = []
    for one in form.fields:
        value = _value(one, random, now)
        if value is not None:
            sent.append((one.name, value))
    allowed = [pair for pair in form.buttons if not buttons or pair[1] in buttons]
    return [*sent, random.choice(allowed)] if allowed else sent


def _value(field: Field, random: Random, now: datetime) -> str | None:
    """Return what is put into one field, None where it is left out."""
    if field.kind == "hidden":
        return field.value
    if "password" in field.name:
        return PASSWORD if random.random() > SELDOM else "another word entirely"
    if field.kind in {"radio", "select", "checkbox"}:
        left_out = field.kind != "select" and random.random() < SELDOM
        return None if left_out or not field.offers else random.choice(field.offers)
    return _typed(field, random, now)


def _typed(field: Field, random: Random, now: datetime) -> str:
    number = random.randrange(10**9)
    if field.kind == "date":
        return (now + timedelta(days=2 + number % 40)).date().isoformat()
    if field.kind == "time":
        return f"{8 + number % 12:02}:30"
    if field.kind == "email":
        # Never the other's: account letters go to whatever address is typed (P3).
        return random.choice(("ines@example.org", "nobody@example.org"))
    return "" if random.random() < SELDOM / 3 else f"Words {number}."


def send(client: FlaskClient, target: str, pairs: Pairs) -> TestResponse:
    """Send it; nothing anybody can send is an error of ours."""
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    answer = client.post(target, data=values)
    assert answer.status_code < 500, f"{target}: {answer.status_code}"
    return answer


def rules_of(rules: Map, method: str = "POST") -> list[str]:
    """Return every route that takes this method."""
    return sorted({one.rule for one in rules.iter_rules() if method in (one.methods or ())})


def rule_of(target: str, rules: Iterable[str]) -> str:
    """Return the route of an address; the one with the fewest things in it, as Flask chooses."""
    found = [rule for rule in rules if pattern(rule).fullmatch(target)]
    return min(found, key=lambda rule: rule.count("<"), default="")
