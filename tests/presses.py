"""One press of each form, as a person could make it, and what is there before and after it."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from couples.db import Base, db
from couples.privacy.export.services import own_words
from tests import world as worlds
from tests.cast import PASSWORD
from tests.pages import Form
from tests.stage import Stage
from tests.test_bad_input import Pairs, form_at, send
from tests.world_trust import SECRET

Snapshot = dict[str, list[tuple[Any, ...]]]
WORDS, ADDRESS, NEW = "Quite other words.", "somebody@new.example", "lanterns over the canal"


def code_now(_stage: Stage) -> str:
    """Return the code that an app shows at the world's moment."""
    from pyotp import TOTP

    return str(TOTP(SECRET).at(worlds.NOW))


def own_file(stage: Stage) -> str:
    """Return Jonas's words as his file holds them."""
    return json.dumps(own_words(stage.world.people["Jonas"], worlds.NOW))


# What is typed or chosen where usual words and first choices would not do.
TYPED: dict[str, dict[str, str | Callable[[Stage], str]]] = {
    "/confirm/<token>": {"password": NEW},
    "/join": {"code": lambda stage: stage.world.things["code"]},
    "/join/<code>/decline": {"decision": "all"},
    "/reset/<token>": {"password": NEW},
    "/settings/codes/app": {"code": code_now},
    "/settings/import": {"file": own_file},
    "/settings/keeping": {"length": "24"},
    "/settings/password": {"password": NEW},
    "/signin": {"address": "maya@example.org"},
    "/signin/code": {"code": code_now, "recovery": ""},
    "/talks/add": {"then": "add"},
    "/talks/items/<item_id>": {"then": "add"},
    "/talks/plan": {"day_1": "2026-09-17"},
}


@dataclass(frozen=True)
class Press:
    """One form, filled in: whose cookies, where to, what."""

    client: FlaskClient
    target: str
    pairs: Pairs
    file: str = ""

    def once(self) -> TestResponse:
        """Send it from another browser with the same cookies, as a second click would."""
        client = self.client.application.test_client()
        client._cookies = dict(self.client._cookies or {})
        if not self.file:
            return send(client, self.target, self.pairs)
        fields: dict[str, Any] = {name: value.decode() for name, value in self.pairs}
        content = BytesIO(fields[self.file].encode())
        return client.post(self.target, data={**fields, self.file: (content, "own.json")})


def press_of(stage: Stage, rule: str) -> Press:
    """Load the page of a form once, and fill the form in."""
    client, target, form = form_at(stage, rule)
    # A mailed page that comes back at once was sent by a program.
    (stage.folder / "clock").write_text(f"{worlds.NOW.timestamp() - time.time() + 30:.3f}")
    typed = {
        name: value if isinstance(value, str) else value(stage)
        for name, value in TYPED.get(rule, {}).items()
    }
    pairs = [(name, typed.get(name, usual).encode()) for name, usual in _usual(form)]
    file = next((one.name for one in form.fields if one.kind == "file"), "")
    return Press(client, target, pairs, file)


def _usual(form: Form) -> list[tuple[str, str]]:
    """Return every choice made, and every text written anew."""
    made = []
    for name, value in form.values():
        found = form.named(name)
        kind = found.kind if found is not None and found.is_text else ""
        usual = {"email": ADDRESS, "password": PASSWORD}.get(kind, WORDS)
        made.append((name, usual if kind else value))
    return made


def snapshot() -> Snapshot:
    """Return every row of every table."""
    with db.engine.connect() as database:
        tables = Base.metadata.sorted_tables
        return {one.name: [tuple(row) for row in database.execute(select(one))] for one in tables}


# What is drawn by lot, or counts presses; by table, the columns.
SET_ASIDE = {
    # Leaf and mark are drawn for each of the two (L5).
    "memberships": {"leaf", "mark"},
    # How often a page was sent or its link replaced: any other number makes earlier pages stale.
    "responses": {"draft_revision", "generation"},
}


def alike(found: Snapshot, before: Snapshot) -> dict[str, Counter[str]]:
    """Return rows without what is drawn, sealed or of the moment: the same act, the same rows."""
    kept = (value for rows in before.values() for row in rows for value in row)
    known = {value for value in kept if isinstance(value, str)}

    def shown(value: Any) -> Any:
        if isinstance(value, (bytes, datetime)):
            return type(value).__name__
        drawn = isinstance(value, str) and len(value) >= 22 and " " not in value
        return "drawn" if drawn and value not in known else value

    def told(table: str, row: tuple[Any, ...]) -> str:
        names, aside = Base.metadata.tables[table].columns.keys(), SET_ASIDE.get(table, set())
        return repr([shown(one) for name, one in zip(names, row, strict=True) if name not in aside])

    return {table: Counter(told(table, row) for row in rows) for table, rows in found.items()}


def more(found: Snapshot, before: Snapshot) -> set[str]:
    """Return the tables that have more rows than before."""
    return {table for table, rows in found.items() if len(rows) > len(before[table])}
