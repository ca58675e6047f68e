"""From where the matrix looks: who asks, in which state of the couple, and what they can reach."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from html import unescape

from flask.testing import FlaskClient

from couples.db import db
from couples.pairing.services_leaving import end_link
from couples.privacy import services_erasing
from couples.surveys.letters.services import pause
from tests.matrix.canaries import Canary, put
from tests.routes import TABLE
from tests.stage import Stage
from tests.test_noninterference import STARTS, surface
from tests.tries import forget_tries
from tests.world import NOW, World

# The state of the couple, and who looks; the names are those of the table's columns.
VIEWS: dict[str, tuple[str, str | None]] = {
    "author": ("linked", "Maya"),
    "author, parted": ("parted", "Maya"),
    "partner": ("linked", "Jonas"),
    "partner, author paused": ("paused", "Jonas"),
    "former partner": ("parted", "Jonas"),
    "partner, author erased": ("erased", "Jonas"),
    "stranger": ("linked", "Ines"),
    "another couple": ("linked", "Noor"),
    "nobody": ("linked", None),
    "link holder": ("linked", None),
    "operator, by screens": ("linked", None),
}
STATES: dict[str, Callable[[World], object]] = {
    "linked": lambda _world: None,
    "paused": lambda world: pause(world.people["Maya"], "open", NOW),
    "parted": lambda world: end_link(world.people["Maya"], NOW),
    "erased": lambda world: services_erasing.erase(world.people["Maya"], NOW),
}
# What an operator has beside a shell: no screen of the product shows them anything else.
SCREENS = ("/healthz", "/healthz/letters")


class Gallery:
    """The stage with canaries in it, once in each state."""

    def __init__(self, stage: Stage) -> None:
        """Put the canaries, and keep one file for each state."""
        self.stage = stage
        stage.reset()
        self.canaries: dict[str, Canary] = put(stage.world)
        self._keep("linked")
        for state, change in STATES.items():
            self.show("linked")
            change(stage.world)
            self._keep(state)

    def _keep(self, state: str) -> None:
        db.session.remove()
        with db.engine.connect() as database:
            database.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        self.stage.close()
        shutil.copy(self.stage.path, self.stage.folder / f"{state}.db")

    def show(self, state: str) -> None:
        """Let the couple be in this state, at the world's moment."""
        self.stage.close()
        for name in ("pages.db-wal", "pages.db-shm"):
            (self.stage.folder / name).unlink(missing_ok=True)
        shutil.copy(self.stage.folder / f"{state}.db", self.stage.path)
        forget_tries()
        self.stage.set_clock()

    def reached(self, view: str) -> str:
        """Return everything that can be read from this viewpoint: pages, files, headers."""
        state, who = VIEWS[view]
        self.show(state)
        client = self.stage.browser(who)
        if view == "operator, by screens":
            return "".join(client.get(path).text for path in SCREENS)
        starts = (*STARTS, *self._addresses(held=view == "link holder"))
        found = surface(client, starts, files=False)
        return unescape("".join(map(str, found.values())))

    def _addresses(self, held: bool) -> list[str]:
        """Return every address of a thing; letters' links only for who holds Maya's."""
        things, found = self.stage.world.things, []
        for line in TABLE.strip().splitlines():
            method, rule, *rest = line.split()
            kind = rest[0].replace("_", " ")
            is_link = kind in {"confirm", "reset", "stop", "calendar"} or (
                kind == "week" and not held
            )
            if method == "GET" and "<" in rule and not is_link:
                found.append(
                    rule.partition("<")[0] + things.get(kind, "") + rule.rpartition(">")[2]
                )
        own = (canary.page for canary in self.canaries.values() if canary.page)
        return [*found, *own]

    def browser(self, view: str) -> FlaskClient:
        """Return the browser of this viewpoint."""
        return self.stage.browser(VIEWS[view][1])
