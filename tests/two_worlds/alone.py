"""What one of the two does in private, in one of the two worlds only."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from flask.testing import FlaskClient
from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.routes import FORMS
from tests.two_worlds import awaiting
from tests.two_worlds.filling import addresses_of, filled, found_by, pages_of, send
from tests.two_worlds.life import ALONE, SEED, Life
from tests.two_worlds.routes import LOCAL, NEEDS, UNSENT, reveals
from tests.two_worlds.ways import WAYS

READING = timedelta(seconds=6)
# Quick exit, the lines that help, and a page that is none; the doors somebody may knock at.
AWAY = ("/exit", "/help", "/privacy", "/how", "/nothing-there")
DOORS = ("/reset", "/signin", "/signup")
# Links in letters are known for these two of the world.
HELD = {"Maya": ("/confirm/", "/reset/", "/stop/", "/week/"), "Jonas": ()}


class Alone(Life):
    """Private acts of the author."""

    @rule(what=st.sampled_from(ALONE), seed=SEED)
    def alone(self, what: str, seed: int) -> None:
        if not awaiting.is_private(self.twins.other, self.author, self.watcher, what):
            return
        with self.twins.act():
            twin, random = self.twins.other, Random(seed)
            self.twins.chance.begin(self.twins.acts)
            client, pages = self._hand(what)
            found = list(found_by(client, what, pages))
            if found:
                chosen = random.choice(found)
                self.twins.now += READING  # a mailed page is not believed before
                pairs = filled(chosen.form, random, self.twins.now, UNSENT.get(what, ()))
                answer = send(client, chosen.target, pairs)
            elif what in UNSENT:
                return
            else:
                answer = send(client, addresses_of(twin, what), [])
            self.done[what] += answer.status_code < 400
            self.hidden |= reveals(what)
            twin.sat_down.pop(self.author, None)

    def _hand(self, what: str) -> tuple[FlaskClient, list[str]]:
        """Return the browser in which this is done, and the pages to look for its form."""
        who, page = FORMS.get(what, ("", ""))
        if who != "nobody":
            return self.twins.other.browser(self.author), pages_of(
                what, self.pages[self.author]
            ) if page else []
        outside = self.twins.other.app.test_client()
        held = not page.count("<") or page.startswith(HELD.get(self.author, ()))
        return outside, [addresses_of(self.twins.other, page)] if held else []

    @rule()
    def look_at_everything(self) -> None:
        with self.twins.act():
            self.twins.chance.begin(self.twins.acts)
            self._walk(self.twins.other, self.author)

    @rule(way=st.sampled_from(AWAY))
    def go_elsewhere(self, way: str) -> None:
        with self.twins.act():
            self.twins.chance.begin(self.twins.acts)
            self.twins.other.browser(self.author).get(way)
            self.twins.other.sat_down.pop(self.author, None)

    @rule(seed=SEED)
    def move_to_another_zone(self, seed: int) -> None:
        """The name stays; times typed afterwards would be those of another place."""
        with self.twins.act():
            self.twins.chance.begin(self.twins.acts)
            client = self.twins.other.browser(self.author)
            zone = Random(seed).choice(("Europe/Berlin", "Pacific/Apia", "America/Santiago"))
            pairs = [("name", self.author), ("language", "en"), ("zone", zone)]
            assert send(client, "/settings/about", pairs).status_code == 303
            self.hidden |= LOCAL

    @rule()
    def plan_to_be_gone(self) -> None:
        """The account would be erased in seven days; it is taken back before time passes."""
        with self.twins.act():
            self.twins.chance.begin(self.twins.acts)
            client = self.twins.other.browser(self.author)
            assert send(client, "/settings/erase", [("when", "later")]).status_code == 303
            self.done["erasing planned"] += 1

    @rule(address=st.sampled_from(DOORS))
    def at_the_door(self, address: str) -> None:
        """Ask for a new password, type a wrong one, sign up with an address that has an account."""
        with self.twins.act():
            self.twins.chance.begin(self.twins.acts)
            mine = f"{self.author.lower()}@example.org"
            pairs = [("address", mine), ("password", "another word entirely")]
            send(self.twins.other.app.test_client(), address, pairs)
            self.done[f"door {address}"] += 1

    @rule(way=st.sampled_from(sorted(WAYS)))
    def with_a_key_a_code_or_a_file(self, way: str) -> None:
        """What no form alone can do: its routes count as done where they took it."""
        with self.twins.act():
            self.twins.chance.begin(self.twins.acts)
            self.twins.other.sat_down.pop(self.author, None)
            self.done.update(WAYS[way](self.twins.other, self.author))
            self.done[way] += 1
            # What is taken in are needs and a zone; the browser is not who it was.
            self.hidden |= NEEDS | LOCAL
            self.twins.other.sat_down.pop(self.author, None)
