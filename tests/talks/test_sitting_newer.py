"""What came between a page and its press stays in sight until somebody chooses (rule A9)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, event
from werkzeug.test import TestResponse

from couples.talks.agenda.services import add
from couples.talks.models import Step
from couples.talks.sitting import services_steps
from couples.talks.sitting.services import page_to_write
from couples.talks.sitting.services_after import write_down
from couples.talks.sitting.shapes import Written
from tests.agreement.road import text
from tests.cast import Cast, sign_in
from tests.pages import forms_of
from tests.races import rows
from tests.surveys.agreed import at
from tests.talks.sittings import WALK, ZONE, page, plan, step_under, talked, typed

STAY = "Stay with this"
STEP = {"then": "save", "words": "We cook.", "owner": "both", "when": ""}
AFTER = {**STEP, "wanted": "one"}
# Presses that choose nothing yet, and how the page answers them.
NOT_YET = (({"owner": ""}, 422), ({"when": "2020-01-01"}, 422), ({"then": "look"}, 200))


@pytest.fixture
def maya(client: FlaskClient, cast: Cast, now: datetime) -> Iterator[FlaskClient]:
    with at(now):
        sign_in(client, cast.maya, now)
        yield client


def again(answer: TestResponse, **fields: str) -> dict[str, str]:
    """Return what the form of a page sends, with these fields changed."""
    (form,) = forms_of(answer.text)
    return {**dict(form.values()), "then": "save", **fields}


def test_A9_a_step_taken_away_meanwhile_is_not_put_back_unseen(
    maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    talk_id = talked(cast.maya, cast.couple, now, WALK)
    path = f"/talks/{talk_id}/step"
    (form,) = forms_of(text(maya, path))
    assert write_down(cast.jonas, talk_id, Written(), now, seen=1)
    answer = maya.post(path, data={**dict(form.values()), **STEP})
    assert answer.status_code == 409 and rows(Step) == []
    assert "No next step." in answer.text and STAY in answer.text and "We cook." in answer.text
    assert maya.post(path, data=again(answer)).status_code == 303
    assert step_under(talk_id).words == "We cook."
    # Where it can be changed no more, the words that were typed are shown, and no flag with them.
    services_steps.done(cast.jonas, talk_id, now)
    settled = maya.post(path, data=again(answer, words="Late."))
    assert settled.status_code == 409
    assert re.findall(r"<textarea[^>]*>\s*(.*?)<", settled.text) == ["Late."]


def test_A9_another_step_in_the_place_of_the_one_seen_is_not_replaced_unseen(
    cast: Cast, now: datetime
) -> None:
    talk_id = talked(cast.maya, cast.couple, now, WALK)
    seen = step_under(talk_id).revision
    assert write_down(cast.jonas, talk_id, Written(), now, seen=1)
    assert services_steps.change(cast.jonas, talk_id, typed("I cook.", mine=True), 0, now)
    assert not services_steps.change(cast.maya, talk_id, typed(), seen, now)
    assert step_under(talk_id).words == "I cook."


@pytest.mark.parametrize("came", ["before the press", "before the next press"])
def test_A9_the_others_step_stays_in_sight_until_somebody_chooses(
    maya: FlaskClient, cast: Cast, now: datetime, came: str
) -> None:
    talk_id = talked(cast.maya, cast.couple, now, WALK)
    path = f"/talks/{talk_id}/step"
    (form,) = forms_of(text(maya, path))
    sent = {**dict(form.values()), **STEP}
    assert STAY not in maya.post(path, data={**sent, "owner": ""}).text
    assert services_steps.change(cast.jonas, talk_id, typed("I cook.", mine=True), 1, now)
    if came == "before the press":
        answer = maya.post(path, data=sent)
        assert answer.status_code == 409
        sent = again(answer)
    for wrong, status in NOT_YET:
        answer = maya.post(path, data={**sent, **wrong})
        assert answer.status_code == status
        assert "I cook." in answer.text and STAY in answer.text and "We cook." in answer.text
        sent = again(answer, **STEP)
    # What is in sight is what the next press replaces, and no newer one.
    assert services_steps.change(cast.jonas, talk_id, typed("I bake.", mine=True), 2, now)
    answer = maya.post(path, data=sent)
    assert answer.status_code == 409 and "I bake." in answer.text
    assert maya.post(path, data=again(answer)).status_code == 303
    assert step_under(talk_id).words == "We cook."


@pytest.mark.parametrize("seen", [True, False])
def test_A9_what_was_written_down_stays_in_sight_until_somebody_chooses(
    maya: FlaskClient, cast: Cast, now: datetime, seen: bool
) -> None:
    talk_id = plan(cast.couple, now)
    path = f"/talks/{talk_id}/after"
    sent: dict[str, str] = dict(AFTER)
    assert STAY not in maya.post(path, data={**sent, "owner": ""}).text
    assert write_down(cast.jonas, talk_id, Written({}, typed()), now)
    if seen:
        answer = maya.post(path, data=sent)
        assert answer.status_code == 409
        sent = again(answer)
    for wrong, status in NOT_YET:
        answer = maya.post(path, data={**sent, **wrong})
        assert answer.status_code == status
        assert WALK in answer.text and STAY in answer.text and "We cook." in answer.text
        assert "Use mine instead" in answer.text and "This ends the talk" not in answer.text
        sent = again(answer, **AFTER)
    assert sent["revision"] == "1"
    assert maya.post(path, data=sent).status_code == 303
    assert step_under(talk_id).words == "We cook."


def test_no_more_is_looked_up_than_the_couple_has(cast: Cast, now: datetime) -> None:
    item = add(cast.maya, "Time just us.", "", now)
    talk_id = plan(cast.couple, now)
    assert write_down(cast.jonas, talk_id, Written(), now)
    most = [0]

    def count(*args: object) -> None:
        values = args[3]
        assert isinstance(values, tuple | dict)
        most[0] = max(most[0], len(values))

    event.listen(Engine, "before_cursor_execute", count)
    try:
        ids = [*(f"{n}" for n in range(5000)), item]
        found = page_to_write(cast.jonas, talk_id, ZONE, now, ids)
    finally:
        event.remove(Engine, "before_cursor_execute", count)
    assert [each.id for each in found.items] == [item] and most[0] < 20


def test_a_step_is_as_old_as_its_words(cast: Cast, now: datetime) -> None:
    talk_id, later = talked(cast.maya, cast.couple, now, WALK), now + timedelta(days=1)
    until = later.date()
    assert services_steps.change(cast.jonas, talk_id, typed(until=until), 1, later)
    assert step_under(talk_id).made_at == now
    assert services_steps.change(cast.jonas, talk_id, typed("We cook."), 2, later)
    assert step_under(talk_id).made_at == later
    assert page(cast.maya, talk_id, later).step
