"""A pair of worlds that differ only in what one of the two partners does in private (rule S2).

Author and watcher are drawn from the couples of the world, either way round. Whatever is public
is done in both worlds, whatever the author does alone only in one; after every act the watcher's
whole surface is the same in both, byte for byte.
"""

from __future__ import annotations

from datetime import timedelta
from random import Random

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.routes import FORMS
from tests.two_worlds import answering, awaiting
from tests.two_worlds.alone import Alone
from tests.two_worlds.filling import Found, filled, found_by, pages_of, send
from tests.two_worlds.life import SEED
from tests.two_worlds.routes import NOT_BY_THE_OTHER, PRIVATE, PUBLIC
from tests.two_worlds.watching import answered

TOGETHER = sorted(PUBLIC.keys() - {"/settings/erase", "/settings/link/end"})
THE_OTHERS = sorted(one for one in PRIVATE | PUBLIC.keys() if not one.startswith(NOT_BY_THE_OTHER))
PAUSES = (timedelta(minutes=11), timedelta(hours=5), timedelta(days=1), timedelta(days=3))
# Longer than anybody lets their answers be kept who lets them go at all.
MONTHS = timedelta(days=800)
MINUTE = timedelta(minutes=1)


class Machine(Alone):
    """Two lives in two worlds."""

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
                answers.append(answered(answer))
            self.done[f"both {what}"] += 1
            self.is_parted |= answers[0] != answers[1]
            return answers

    def _one_of(self, found: list[Found], seed: int) -> Found | None:
        ordered = sorted(found, key=lambda one: (one.target, repr(_sent(one))))
        return Random(seed).choice(ordered) if ordered else None

    @rule(how_long=st.sampled_from(PAUSES), seed=SEED)
    def time_passes(self, how_long: timedelta, seed: int) -> None:
        self._before(how_long, seed)
        self.twins.pass_time(how_long)
        self.done["time"] += 1

    @rule(seed=SEED)
    def the_server_was_off(self, seed: int) -> None:
        """For so long that whoever lets their answers go after a time has lost them."""
        self._before(MONTHS, seed)
        self.twins.tick_at(self.twins.now + MONTHS)
        self.done["off"] += 1

    @rule(seed=SEED)
    def the_clock_is_late(self, seed: int) -> None:
        """Something is due and nothing has ticked; the author looks at everything before it does.

        Whoever looks first makes the round: that is nothing the other may find out.
        """
        due = [at for twin in self.twins.both for at in twin.next_due()]
        if not due:
            return
        late = min(due) + MINUTE
        self._before(late - self.twins.now, seed)
        self.twins.now = late
        self.look_at_everything()
        if seed % 2:
            self.the_other_sees_the_same()
        self.twins.tick_at(late + MINUTE)
        self.done["late"] += 1

    def _before(self, how_long: timedelta, seed: int) -> None:
        """Let what would open at a close between be the same in both worlds."""
        self.seen = None
        awaiting.stay(self.twins.other, self.author, self.twins.now)
        answering.settle(self.twins, self.author, self.watcher, how_long, Random(seed))


def _sent(one: Found) -> object:
    return one.target, [field.name for field in one.form.fields], one.form.buttons
