"""Whoever writes a talk down second loses nothing: both texts stand there, and they choose (A9)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient

from couples.agreement.review.services_topics import left_over, put_away
from couples.pairing.services import couple_of
from couples.surveys.models import StepQuestion
from couples.surveys.rounds.services_clock import open_due_rounds
from couples.talks.agenda.services import add, agenda_of
from couples.talks.models import Step
from couples.talks.sitting import services_steps
from couples.talks.sitting.refusals import StepFixed, TalkFixed
from couples.talks.sitting.rules import DONE, LET_GO, OPEN, TALKED
from couples.talks.sitting.services_after import write_down
from couples.talks.sitting.shapes import Written
from tests.agreement.road import text
from tests.cast import Cast, sign_in
from tests.pages import forms_of
from tests.races import rows
from tests.surveys.agreed import OPENS, at, sign
from tests.talks.sittings import WALK, page, plan, step_under, talked, typed, waits_for_review

DAY = timedelta(days=1)


def returned_by(person_id: str) -> dict[str, int]:
    """Return how often each open thing has come back, by its words."""
    found = agenda_of(couple_of(person_id))
    return {item.words: item.returned for item in (*found.items, *found.more)}


def test_A9_another_answer_of_the_other_is_not_there_already(cast: Cast, now: datetime) -> None:
    item = add(cast.maya, "Time just us.", "", now)
    talk_id = plan(cast.couple, now)
    assert write_down(cast.maya, talk_id, Written({item: TALKED}), now)
    open_ = Written({item: OPEN})
    assert not write_down(cast.jonas, talk_id, open_, now)
    assert not write_down(cast.maya, talk_id, open_, now)
    # The very same from either is there.
    for person_id in (cast.maya, cast.jonas):
        assert write_down(person_id, talk_id, Written({item: TALKED}), now)
    assert returned_by(cast.maya) == {} and page(cast.jonas, talk_id, now).revision == 1
    # Both texts were read: the press says which revision.
    assert write_down(cast.jonas, talk_id, open_, now + DAY, seen=1)
    assert returned_by(cast.maya) == {"Time just us.": 1}
    assert page(cast.maya, talk_id, now).talked == ()
    assert not write_down(cast.maya, talk_id, Written({item: TALKED}), now, seen=1)
    assert write_down(cast.maya, talk_id, Written({item: TALKED}), now, seen=2)
    assert returned_by(cast.maya) == {}
    assert [each.words for each in page(cast.jonas, talk_id, now).talked] == ["Time just us."]


@pytest.mark.parametrize("is_put_away", [False, True])
def test_A9_a_line_that_went_to_the_review_comes_back_from_it(
    cast: Cast, now: datetime, is_put_away: bool
) -> None:
    item = add(cast.jonas, "The spare room.", "", now)
    for days in range(2):
        talked(cast.maya, cast.couple, now + days * DAY)
    talk_id = talked(cast.maya, cast.couple, now + 2 * DAY)
    (topic,) = left_over(couple_of(cast.maya))
    if is_put_away:
        put_away(cast.maya, topic.id, now)
    assert write_down(cast.jonas, talk_id, Written({item: TALKED}), now, seen=1)
    assert waits_for_review(cast.maya) == []
    about = [each.words for each in page(cast.maya, talk_id, now).talked]
    # What somebody has put away since is not fetched back.
    assert about == ([] if is_put_away else ["The spare room."])
    if not is_put_away:
        assert write_down(cast.jonas, talk_id, Written({item: OPEN}), now, seen=2)
        assert waits_for_review(cast.maya) == ["The spare room."]


def test_A9_the_step_and_earlier_steps_follow_the_one_who_chose(cast: Cast, now: datetime) -> None:
    sign(cast.couple, now)
    first = talked(cast.maya, cast.couple, now, WALK)
    earlier = step_under(first).id
    talk_id = plan(cast.couple, now)
    assert write_down(cast.maya, talk_id, Written({earlier: DONE}, typed("New.")), now + DAY)
    kept = Written({earlier: OPEN})
    assert write_down(cast.jonas, talk_id, kept, now + DAY, seen=1)
    assert [step.words for step in rows(Step)] == [WALK]
    assert step_under(first).returned == 1 and step_under(first).done_at is None
    assert [each.words for each in rows(StepQuestion)] == [WALK]
    let_go = Written({earlier: LET_GO}, typed("His.", mine=True))
    assert write_down(cast.jonas, talk_id, let_go, now + DAY, seen=2)
    assert step_under(first).returned == 0 and step_under(first).let_go_at
    assert [each.words for each in rows(StepQuestion)] == ["His."]
    mine = Written({earlier: LET_GO}, typed("Hers.", mine=True))
    assert write_down(cast.maya, talk_id, mine, now + DAY, seen=3)
    found = step_under(talk_id)
    assert (found.words, found.author_id, found.revision) == ("Hers.", cast.maya, 4)
    # Words that changed meanwhile are seen first.
    assert services_steps.change(cast.jonas, talk_id, typed("Ours."), 4, now)
    assert not write_down(cast.maya, talk_id, Written({earlier: LET_GO}), now, seen=4)
    open_due_rounds(OPENS)
    with pytest.raises(StepFixed):
        write_down(cast.maya, talk_id, Written({earlier: LET_GO}), OPENS, seen=5)
    assert step_under(talk_id).words == "Ours."


def test_A9_a_talk_before_the_last_one_stays_as_it_was_written(cast: Cast, now: datetime) -> None:
    item = add(cast.maya, "Time just us.", "", now)
    talk_id = talked(cast.maya, cast.couple, now)
    talked(cast.maya, cast.couple, now + DAY)
    with pytest.raises(TalkFixed):
        write_down(cast.jonas, talk_id, Written({item: TALKED}), now + DAY, seen=1)
    assert returned_by(cast.maya) == {"Time just us.": 2}


@pytest.fixture
def browsers(client: FlaskClient, cast: Cast, now: datetime) -> Iterator[tuple[FlaskClient, ...]]:
    other = client.application.test_client()
    with at(now):
        sign_in(client, cast.maya, now)
        sign_in(other, cast.jonas, now)
        yield client, other


def test_A9_the_second_reads_of_each_line_what_stands_and_what_they_chose(
    browsers: tuple[FlaskClient, ...], cast: Cast, now: datetime
) -> None:
    maya, jonas = browsers
    hers, his = add(cast.maya, "Time just us.", "", now), add(cast.jonas, "The car.", "", now)
    path = f"/talks/{plan(cast.couple, now)}"
    fields = {"then": "save", "wanted": "none", f"q-{hers}": "talked", f"q-{his}": "open"}
    assert maya.post(f"{path}/after", data=fields).location == path
    other = {**fields, f"q-{hers}": "open", "wanted": "one", "words": WALK, "owner": "me"}
    answer = jonas.post(f"{path}/after", data=other)
    assert answer.status_code == 409 and "<title>Error: " in answer.text
    there, _, mine = answer.text.partition("What you chose")
    assert there.count("Time just us.") == mine.count("Time just us.") == 1
    assert "Talked about" in there and "Left open" in there and "No next step" in there
    (form,) = forms_of(answer.text)
    sent = dict(form.values())
    assert {**sent, **other} == {**sent, "then": "save"} and sent["revision"] == "1"
    # Nothing is replaced before the press, and what stands is one press away.
    assert returned_by(cast.jonas) == {"The car.": 1} and f'href="{path}"' in there
    assert jonas.post(form.action, data=sent).location == path
    assert returned_by(cast.maya) == {"Time just us.": 1, "The car.": 1}
    assert WALK in text(maya, path)


def test_A9_a_line_that_only_the_second_had_before_them_is_not_lost(
    browsers: tuple[FlaskClient, ...], cast: Cast, now: datetime
) -> None:
    maya, jonas = browsers
    talk_id = plan(cast.couple, now)
    path = f"/talks/{talk_id}"
    assert maya.post(f"{path}/after", data={"then": "save", "wanted": "none"}).location == path
    late = add(cast.jonas, "Brought meanwhile.", "", now)
    fields = {"then": "save", "wanted": "none", f"q-{late}": "talked"}
    answer = jonas.post(f"{path}/after", data=fields)
    assert answer.status_code == 409 and answer.text.count("Brought meanwhile.") == 1
    (form,) = forms_of(answer.text)
    assert jonas.post(form.action, data=dict(form.values())).location == path
    assert [each.words for each in page(cast.maya, talk_id, now).talked] == ["Brought meanwhile."]
