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
from tests.two_worlds import leaks
from tests.two_worlds.alone import AWAY, DOORS
from tests.two_worlds.filling import rules_of
from tests.two_worlds.life import ALONE, PAIRS
from tests.two_worlds.machine import Machine
from tests.two_worlds.routes import MACHINES, PRIVATE, PUBLIC
from tests.two_worlds.twins import Twins
from tests.two_worlds.watching import parted
from tests.two_worlds.ways import WAYS

# How many lives of how many acts: in every run, and by `./run soak` (about ten minutes).
LIVES, ACTS = (3, 30), (8, 12)
# After so many private acts the other looks.
AT_ONCE = 20
# How often a form is filled in by chance until it is taken.
TRIES = 4
PARTNERS = dict(PAIRS)
# Over the close, with the letter of that morning; and over the next opening.
UNTIL_LETTERS = (timedelta(days=3), timedelta(days=4))
# Tried and refused here, because somebody of a couple may not.
ONLY_REFUSED = frozenset(
    """
    /join /join/<code> /settings/link/<invite_id>/withdraw /settings/link/mail /settings/link/new
    """.split()
)
# What goes by the clock in the week that is lived through, to whoever wants all of it.
KINDS = {"open", "reminder", "closed", "look_in"}
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
    Machine.twins, Machine.done, Machine.every = twins, Counter(), 2 if is_long else 4
    Machine.files = is_long
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
        life.both_act = False
        life.begin(pair=(author, PARTNERS[author]))
        early = [what for what in acts if not LAST.search(what)]
        try_all(life, early)
        if author == "Maya":
            do_what_no_form_does(life)
        try_all(life, acts[len(early) :])
        assert not life.is_parted
        if author == "Maya":
            let_time_pass(life)
            life.the_other_sees_the_same(files=True)
    not_done = {what for what in ALONE if not Machine.done[what]}
    assert not_done == ONLY_REFUSED, "a private act is never done in this test"


def try_all(life: Machine, acts: list[str]) -> None:
    """Let the author fill in each form until it is taken; now and then the other looks."""
    for start in range(0, len(acts), AT_ONCE):
        for what in acts[start : start + AT_ONCE]:
            for seed in range(TRIES):
                if not Machine.done[what]:
                    life.alone(what=what, seed=seed)
        life.the_other_sees_the_same()


def do_what_no_form_does(life: Machine) -> None:
    """Let the author do what takes a key, a code, a file or a letter, and what leads away.

    After the forms, since another address ends links and a file may fill all six needs; before
    notes are locked, since nothing can be taken in beside them.
    """
    for way in WAYS:
        life.with_a_key_a_code_or_a_file(way=way)
    for place in AWAY:
        life.go_elsewhere(way=place)
    for door in DOORS:
        life.at_the_door(address=door)
    life.plan_to_be_gone()
    life.move_to_another_zone(seed=1)
    life.the_other_sees_the_same()


def let_time_pass(life: Machine) -> None:
    """Live over a close and an opening, with a late clock, and long after that."""
    for how_long in UNTIL_LETTERS:
        life.time_passes(how_long=how_long, seed=0)
        life.the_other_sees_the_same()
    assert set(life.twins.plain.kinds_to(life.watcher)) >= KINDS
    life.the_clock_is_late(seed=1)
    life.the_server_was_off(seed=0)


def by_author() -> dict[str, list[str]]:
    """Return the private forms by who of the world has them on a page; Maya tries all others."""
    found: dict[str, list[str]] = {}
    for what in ALONE:
        who, _page = FORMS.get(what, ("Maya", ""))
        found.setdefault(who if who in PARTNERS else "Maya", []).append(what)
    return {
        who: sorted(acts, key=lambda one: bool(LAST.search(one))) for who, acts in found.items()
    }


def test_B1_leaks_put_in_on_purpose_are_found_and_nothing_else_is(twins: Twins) -> None:
    """The machine is no blind witness: each of them tells how many notes the author has."""
    Machine.twins, Machine.done, Machine.every = twins, Counter(), AT_ONCE
    life = Machine()
    life.both_act = False
    life.begin(pair=("Maya", "Jonas"))
    life.alone(what="/private/new", seed=1)
    assert Machine.done["/private/new"]
    with pytest.MonkeyPatch.context() as patch:
        leaks.spring(twins, patch)
        leaks.a_minute_later(twins)
        twins.pass_time(UNTIL_LETTERS[0])
        found = [life.look_in(twin, files=True) for twin in twins.in_both()]
    assert parted(*found) == leaks.FOUND


def test_every_form_is_private_or_public_for_a_reason(whole_stage: Stage) -> None:
    there = set(rules_of(whole_stage.app.url_map))
    named = [*PRIVATE, *PUBLIC, *MACHINES]
    assert len(named) == len(set(named))
    assert there - set(named) == set(), "new forms: say whether the other may notice"
    assert set(named) - there == set(), "these forms are gone"
