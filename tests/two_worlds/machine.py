"""A pair of worlds that differ only in what one of the two partners does in private (rule S2).

Author and watcher are drawn from the couples of the world, either way round. Whatever is public
is done in both worlds, whatever the author does alone only in one; after every act the watcher's
whole surface is the same in both, byte for byte.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from random import Random
from typing import ClassVar

from flask.testing import FlaskClient
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.routes import FORMS
from tests.test_noninterference import starts, surface
from tests.two_worlds import answering, awaiting
from tests.two_worlds.filling import (
    Found,
    addresses_of,
    filled,
    found_by,
    pages_of,
    send,
)
from tests.two_worlds.routes import LOCAL, NOT_BY_THE_OTHER, PRIVATE, PUBLIC, UNSENT, reveals
from tests.two_worlds.twins import Twin, Twins
from tests.two_worlds.watching import Surface, look, parted
from tests.world import COUPLES

PAIRS = [pair for one, two in COUPLES if one != "Ada" for pair in ((one, two), (two, one))]
ALONE = sorted(PRIVATE | UNSENT.keys())
TOGETHER = sorted(PUBLIC.keys() - {"/settings/erase", "/settings/link/end"})
THE_OTHERS = sorted(one for one in PRIVATE | PUBLIC.keys() if not one.startswith(NOT_BY_THE_OTHER))
SEED = st.integers(0, 2**20)
READING = timedelta(seconds=6)
PAUSES = (timedelta(minutes=11), timedelta(hours=5), timedelta(days=1), timedelta(days=3))
# Links in letters are known for these two of the world.
HELD = {"Maya": ("/confirm/", "/reset/", "/stop/", "/week/"), "Jonas": ()}


class Machine(RuleBasedStateMachine):
    """Two lives in two worlds."""

    # Both are set by whoever runs the machine.
    twins: Twins
    done: Counter[str]
    # After how many acts the other looks.
    every: int
    known: ClassVar[dict[str, list[str]]] = {}
    steps = 0
    is_parted = True

    @initialize(pair=st.sampled_from(PAIRS))
    def begin(self, pair: tuple[str, str]) -> None:
        self.author, self.watcher = pair
        self.twins.begin()
        self.hidden: set[str] = set()  # public acts that would rightly reveal private ones
        self.is_parted = False
        self.seen: Surface | None = None  # what the other sees in the plain world, still true
        self.pages = {name: self._pages_of(name) for name in pair}

    def _pages_of(self, name: str) -> list[str]:
        """Return the pages somebody has in the beginning; looked for once."""
        if name not in self.known:
            self.known[name] = sorted(self._walk(self.twins.plain, name))
            self.twins.begin()
        return self.known[name]

    def _walk(self, twin: Twin, name: str) -> Surface:
        """Let somebody look at every page of theirs."""
        return dict(surface(twin.browser(name), starts_of(twin, name), files=False))

    # ---------- what the author does alone ----------

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

    @rule(way=st.sampled_from(("/exit", "/help", "/privacy", "/how", "/nothing-there")))
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

    @rule(address=st.sampled_from(("/reset", "/signin", "/signup")))
    def at_the_door(self, address: str) -> None:
        """Ask for a new password, type a wrong one, sign up with an address that has an account."""
        with self.twins.act():
            self.twins.chance.begin(self.twins.acts)
            mine = f"{self.author.lower()}@example.org"
            pairs = [("address", mine), ("password", "another word entirely")]
            send(self.twins.other.app.test_client(), address, pairs)
            self.done[f"door {address}"] += 1

    # ---------- what is done in both worlds ----------

    @rule(what=st.sampled_from(TOGETHER), seed=SEED)
    def author_in_public(self, what: str, seed: int) -> None:
        if what not in self.hidden:
            self._in_both(self.author, what, seed)

    @rule(what=st.sampled_from(THE_OTHERS), seed=SEED)
    def the_other(self, what: str, seed: int) -> None:
        if what in self.hidden:
            return
        answers = self._in_both(self.watcher, what, seed)
        assert len(answers) < 2 or answers[0] == answers[1], f"{what} was answered differently"

    def _in_both(self, name: str, what: str, seed: int) -> list[object]:
        """Do the same in both worlds, if it can be done in both; return what was answered."""
        if FORMS.get(what, ("nobody",))[0] == "nobody":
            return []
        self.seen = None
        with self.twins.act():
            at = pages_of(what, self.pages[name])
            forms = [list(found_by(t.browser(name), what, at)) for t in self.twins.in_both()]
            chosen = [self._one_of(found, seed) for found in forms]
            one, other = chosen
            if one is None or other is None or _sent(one) != _sent(other):
                return []
            answers: list[object] = []
            for twin, form in zip(self.twins.in_both(), (one, other), strict=True):
                pairs = filled(form.form, Random(seed), self.twins.now)
                answer = send(twin.browser(name), form.target, pairs)
                answers.append((answer.status_code, answer.headers.get("Location")))
            self.done[f"both {what}"] += 1
            self.is_parted |= answers[0] != answers[1]
            return answers

    def _one_of(self, found: list[Found], seed: int) -> Found | None:
        ordered = sorted(found, key=lambda one: (one.target, repr(_sent(one))))
        return Random(seed).choice(ordered) if ordered else None

    @rule(how_long=st.sampled_from(PAUSES), seed=SEED)
    def time_passes(self, how_long: timedelta, seed: int) -> None:
        """What would open at a close between is the same in both worlds before that."""
        self.seen = None
        awaiting.stay(self.twins.other, self.author, self.twins.now)
        answering.settle(self.twins, self.author, self.watcher, how_long, Random(seed))
        self.twins.pass_time(how_long)
        self.done["time"] += 1

    @invariant()
    def now_and_then_the_other_looks(self) -> None:
        self.steps += 1
        if self.steps % self.every == 0:
            self.the_other_sees_the_same()

    def teardown(self) -> None:
        """In the end too."""
        self.the_other_sees_the_same()

    def the_other_sees_the_same(self) -> None:
        """Look at everything in both worlds, unless the author has parted them in public."""
        if self.is_parted:
            return
        more = awaiting.addresses(self.twins.other, self.author)
        with self.twins.act():
            now = self._look(self.twins.other, more)
            if self.seen is None or parted(self.seen, now):
                # The plain world has moved on, or is looked at with other addresses.
                self.seen = self._look(self.twins.plain, more)
            different = parted(self.seen, now)
            assert not different, f"{self.watcher} can tell, by {different}"

    def _look(self, twin: Twin, more: tuple[str, ...]) -> Surface:
        self.twins.chance.begin(self.twins.acts)
        return look(twin, self.watcher, more)


def starts_of(twin: Twin, name: str) -> tuple[str, ...]:
    """Return where somebody begins to look at their own pages."""
    with twin.app.app_context():
        return starts(twin.person(name))


def _sent(one: Found) -> object:
    return one.target, [field.name for field in one.form.fields], one.form.buttons
