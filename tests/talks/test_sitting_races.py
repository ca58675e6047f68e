"""Both act on one talk at the same instant: nothing twice, nothing lost, every answer named."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from flask import Flask

from couples.pairing.services import couple_of
from couples.surveys.models import StepQuestion
from couples.surveys.rounds.services_clock import open_due_rounds
from couples.surveys.terms import from_rows
from couples.talks.agenda.services import add, agenda_of, take_back
from couples.talks.models import Step
from couples.talks.planning.services import call_off
from couples.talks.sitting import services_steps
from couples.talks.sitting.rules import OPEN, TALKED
from couples.talks.sitting.services_after import write_down
from couples.talks.sitting.shapes import Written
from tests.cast import Cast
from tests.races import rows, together
from tests.surveys.agreed import OPENS, rounds_of, sign
from tests.talks.sittings import WALK, page, plan, step_under, talked, typed

# Who comes first is chance: each race is run a few times.
TIMES = range(4)


def test_A9_both_write_a_talk_down_at_once(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    for n in TIMES:
        item = add(cast.maya, f"{n}", "", now)
        talk_id = plan(cast.couple, now)
        acts = [
            partial(write_down, who, talk_id, Written({item: said}, typed(f"{n} by {who}")), now)
            for who, said in ((cast.maya, TALKED), (cast.jonas, OPEN))
        ]
        found = together(database_app, *acts)
        assert sorted(found) == [False, True]
        first = (cast.maya, cast.jonas)[found.index(True)]
        assert (step_under(talk_id).author_id, step_under(talk_id).revision) == (first, 1)
        shown = page(cast.maya, talk_id, now)
        (waiting,) = rows(StepQuestion)
        assert shown.step and (waiting.step_id, waiting.words) == (shown.step.id, f"{n} by {first}")
        assert bool(shown.talked) == (first == cast.maya)
        for left in agenda_of(couple_of(cast.maya)).items:
            assert left.returned == 1
            take_back(cast.maya, left.id, now)
        # The other one has read both and chooses theirs: the step's next revision.
        other = cast.jonas if first == cast.maya else cast.maya
        assert services_steps.change(other, talk_id, typed("Both read."), 1, now)
        assert step_under(talk_id).revision == 2
        services_steps.done(other, talk_id, now)


def test_a_double_press_writes_it_down_once(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    item = add(cast.jonas, "The car.", "", now)
    talk_id = plan(cast.couple, now)
    act = partial(write_down, cast.jonas, talk_id, Written({item: OPEN}, typed()), now)
    assert together(database_app, act, act, act) == [True] * 3
    assert len(rows(Step)) == len(rows(StepQuestion)) == 1
    assert agenda_of(couple_of(cast.jonas)).items[0].returned == 1


def test_A9_a_step_changed_by_both_at_once_keeps_the_first(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    talk_id = talked(cast.maya, cast.couple, now, WALK)
    for n in TIMES:
        acts = [
            partial(services_steps.change, who, talk_id, typed(f"{n} by {who}"), n + 1, now)
            for who in (cast.maya, cast.jonas)
        ]
        found = together(database_app, *acts)
        assert sorted(found) == [False, True]
        first = (cast.maya, cast.jonas)[found.index(True)]
        step = step_under(talk_id)
        assert (step.words, step.revision) == (f"{n} by {first}", n + 2)
        (waiting,) = rows(StepQuestion)
        assert waiting.words == step.words


def test_called_off_against_written_down(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    for n in TIMES:
        talk_id = plan(cast.couple, now)
        acts = (
            partial(call_off, cast.maya, talk_id, now),
            partial(write_down, cast.jonas, talk_id, Written({}, typed(f"{n}")), now),
        )
        found = together(database_app, *acts)
        assert found in (["TalkOver", True], [None, "TalkCalledOff"])
        state = page(cast.maya, talk_id, now).state
        assert state == ("called_off" if found[0] is None else "over")
        if state == "over":
            services_steps.let_go(cast.maya, talk_id, now)


def test_C2_a_round_opening_against_a_change_of_the_step(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    sign(cast.couple, now)
    talk_id = talked(cast.maya, cast.couple, now, WALK)
    # The change was pressed just before the round opens, and the clock ticks just after.
    before = OPENS - timedelta(seconds=1)
    change = partial(services_steps.change, cast.jonas, talk_id, typed("We cook."), 1, before)
    found = together(database_app, change, partial(open_due_rounds, OPENS))[0]
    (round_,) = rounds_of(cast.couple)
    (asked,) = (one.own_name for one in from_rows(round_.questions) if one.step)
    assert (found, asked) in ((True, "We cook."), ("StepFixed", WALK))
    assert step_under(talk_id).words == asked and rows(StepQuestion) == []


def test_done_against_a_change_and_against_let_go(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    for _n in TIMES:
        talk_id = talked(cast.maya, cast.couple, now, WALK)
        acts = (
            partial(services_steps.done, cast.maya, talk_id, now),
            partial(services_steps.let_go, cast.jonas, talk_id, now),
            partial(services_steps.change, cast.jonas, talk_id, typed("Other."), 1, now),
        )
        done, let_go, changed = together(database_app, *acts)
        assert {done, let_go} == {None, "StepSettled"} and changed in {True, "StepSettled"}
        step = page(cast.maya, talk_id, now).step
        assert step and step.state == ("done" if done is None else "let_go")
        assert step.words == ("Other." if changed is True else WALK)
        assert rows(StepQuestion) == []
