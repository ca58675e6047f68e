"""A life of two partners in two worlds: who they are, and when the other looks at everything."""

from __future__ import annotations

from collections import Counter
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant

from tests.test_noninterference import starts, surface
from tests.tries import forget_tries
from tests.two_worlds import awaiting
from tests.two_worlds.routes import PRIVATE, UNSENT
from tests.two_worlds.twins import Twin, Twins
from tests.two_worlds.watching import Surface, first_difference, look, parted
from tests.world import COUPLES

PAIRS = [pair for one, two in COUPLES if one != "Ada" for pair in ((one, two), (two, one))]
ALONE = sorted(PRIVATE | UNSENT.keys())
SEED = st.integers(0, 2**20)


class Life(RuleBasedStateMachine):
    """Two lives in two worlds."""

    # Both are set by whoever runs the machine.
    twins: Twins
    done: Counter[str]
    # After how many acts the other looks.
    every: int
    # Whether they look at what is made into files in the end, too: that takes a while.
    files = False
    # Whether the other one does anything, for which their own pages have to be known.
    both_act = True
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
        walking = pair if self.both_act else pair[:1]
        self.pages = {name: self._pages_of(name) for name in walking}
        for twin in self.twins.in_both():
            twin.want_letters(self.watcher)

    def _pages_of(self, name: str) -> list[str]:
        """Return the pages somebody has in the beginning; looked for once."""
        if name not in self.known:
            self.known[name] = sorted(self._walk(self.twins.plain, name))
            self.twins.begin()
        return self.known[name]

    def _walk(self, twin: Twin, name: str) -> Surface:
        """Let somebody look at every page of theirs."""
        return dict(surface(twin.browser(name), starts_of(twin, name), files=False))

    @invariant()
    def now_and_then_the_other_looks(self) -> None:
        self.steps += 1
        if self.steps % self.every == 0:
            self.the_other_sees_the_same()

    def teardown(self) -> None:
        """In the end too."""
        self.the_other_sees_the_same(files=self.files)

    def the_other_sees_the_same(self, *, files: bool = False) -> None:
        """Look at everything in both worlds, unless the author has parted them in public.

        Files are noted in one's own log, so that both worlds have to be asked for them.
        """
        if self.is_parted:
            return
        with self.twins.act():
            now = self.look_in(self.twins.other, files=files)
            if files or self.seen is None or parted(self.seen, now):
                # The plain world has moved on, or is looked at with other addresses.
                self.seen = self.look_in(self.twins.plain, files=files)
            different = parted(self.seen, now)
            where = first_difference(self.seen, now) if different else ""
            assert not different, f"{self.watcher} can tell, by {different}: {where}"
        if files:
            self.seen = None

    def look_in(self, twin: Twin, *, files: bool = False) -> Surface:
        """Let the other look at everything in this world, addresses of the author's included."""
        self.twins.chance.begin(self.twins.acts)
        # The other's own copies are counted, and both worlds count in the same place: one world
        # would be refused what the other was just given.
        forget_tries()
        return look(twin, self.watcher, awaiting.addresses(self.twins.other, self.author), files)


def starts_of(twin: Twin, name: str) -> tuple[str, ...]:
    """Return where somebody begins to look at their own pages."""
    with twin.app.app_context():
        return starts(twin.person(name))
