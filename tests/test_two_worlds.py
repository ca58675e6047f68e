"""Two worlds that differ only in what one does in private are one world to the other (rule S2)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.routes import FORMS
from tests.stage import Stage
from tests.two_worlds.filling import rules_of
from tests.two_worlds.machine import ALONE, PAIRS, Machine
from tests.two_worlds.routes import MACHINES, PRIVATE, PUBLIC
from tests.two_worlds.twins import Twins

# How many lives of how many acts: in every run, and by `./run soak` (about ten minutes).
LIVES, ACTS = (6, 60), (9, 12)
# After so many private acts the other looks.
AT_ONCE = 12
# How often a form is filled in by chance until it is taken.
TRIES = 4
PARTNERS = dict(PAIRS)
# Over the close, with the letter of that morning; and over the next opening.
UNTIL_LETTERS = (timedelta(days=3), timedelta(days=4))
# Tried and refused here, because somebody of a couple may not, or a key, a code, a file or a letter
# would be needed, which the tests of those bring.
ONLY_REFUSED = frozenset(
    """
    /join /join/<code> /settings/address/<token> /settings/codes/app /settings/import
    /settings/link/<invite_id>/withdraw /settings/link/mail /settings/link/new
    /settings/passkeys /settings/passkeys/options /settings/prove/passkey /signin/passkey
    """.split()
)
# Done after everything else, because it takes away what other forms need.
LAST = re.compile("delete|lock|off|/private/o")


@pytest.fixture
def twins(whole_stage: Stage, tmp_path: Path) -> Iterator[Twins]:
    """Return two worlds on copies of the stage's file."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    with pytest.MonkeyPatch.context() as patch:
        yield Twins(whole_stage, tmp_path, patch)


def test_S2_whatever_one_does_in_private_the_other_lives_in_the_same_world(
    twins: Twins, request: pytest.FixtureRequest
) -> None:
    is_long = request.config.getoption("--soak")
    Machine.twins, Machine.done, Machine.every = twins, Counter(), 1 if is_long else 3
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=LIVES[is_long],
            stateful_step_count=ACTS[is_long],
            deadline=None,
            derandomize=not is_long,
            phases=(Phase.generate, Phase.shrink) if is_long else (Phase.generate,),
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
            print_blob=True,
        ),
    )
    assert Machine.done.total() > LIVES[is_long]


def test_S2_each_thing_one_can_do_alone_goes_unnoticed(twins: Twins) -> None:
    """Every private form there is, by somebody who has it."""
    Machine.twins, Machine.done, Machine.every = twins, Counter(), AT_ONCE
    for author, acts in by_author().items():
        life = Machine()
        life.begin(pair=(author, PARTNERS[author]))
        for start in range(0, len(acts), AT_ONCE):
            for what in acts[start : start + AT_ONCE]:
                for seed in range(TRIES):
                    if not Machine.done[what]:
                        life.alone(what=what, seed=seed)
            life.the_other_sees_the_same()
        for how_long in UNTIL_LETTERS if author == "Maya" else ():
            life.time_passes(how_long=how_long, seed=0)
            life.the_other_sees_the_same()
            assert twins.plain.letters_to(life.watcher)
    not_done = {what for what in ALONE if not Machine.done[what]}
    assert not_done == ONLY_REFUSED, "a private act is never done in this test"


def by_author() -> dict[str, list[str]]:
    """Return the private forms by who of the world has them on a page; Maya tries all others."""
    found: dict[str, list[str]] = {}
    for what in ALONE:
        who, _page = FORMS.get(what, ("Maya", ""))
        found.setdefault(who if who in PARTNERS else "Maya", []).append(what)
    return {
        who: sorted(acts, key=lambda one: bool(LAST.search(one))) for who, acts in found.items()
    }


def test_every_form_is_private_or_public_for_a_reason(whole_stage: Stage) -> None:
    there = set(rules_of(whole_stage.app.url_map))
    named = [*PRIVATE, *PUBLIC, *MACHINES]
    assert len(named) == len(set(named))
    assert there - set(named) == set(), "new forms: say whether the other may notice"
    assert set(named) - there == set(), "these forms are gone"
