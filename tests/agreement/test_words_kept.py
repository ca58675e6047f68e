"""What was typed comes back when its place is gone, and what was signed stays (rule L6)."""

from __future__ import annotations

from datetime import datetime

import pytest
from flask.testing import FlaskClient

from couples.agreement.needs.services import delete_need, my_needs
from couples.agreement.needs.services_opening import say_ready
from couples.agreement.services import version_in_force
from couples.pairing.services_leaving import end_link
from tests.agreement.road import choose, open_both, promise, sign, sign_both, text, write
from tests.cast import Cast, link, sign_in

LONG = "Words typed\nfor a long time."


def test_L6_a_copy_and_ones_words_are_found_after_linking_and_signing_again(
    maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    promise(cast, open_both(cast, now), now)
    choose(cast.maya, now)
    sign_both(cast, now)
    found = version_in_force(cast.couple)
    (own,) = my_needs(cast.maya).opened
    assert found is not None
    assert "From a link that has ended" not in text(maya, "/doc/mine")
    end_link(cast.jonas, now)
    link(cast.maya, cast.ines, now)
    choose(cast.maya, now)
    sign(cast.maya, now)
    sign(cast.ines, now)
    assert 'href="/doc/mine"' in text(maya, "/doc")
    page = text(maya, "/doc/mine")
    assert "From a link that has ended" in page
    assert f"/doc/kept/{found.id}" in page
    assert f"/doc/mine/{own.id}" in page
    assert "This link has ended." in text(maya, f"/doc/kept/{found.id}")


def test_L6_the_copy_is_found_from_a_folded_page_too(
    maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    choose(cast.maya, now)
    sign_both(cast, now)
    end_link(cast.jonas, now)
    link(cast.maya, cast.ines, now)
    write(cast.maya, now)
    say_ready(cast.maya, now)
    assert 'href="/doc/mine"' in text(maya, "/doc")
    assert "/doc/kept/" in text(maya, "/doc/mine")


def test_L6_saving_a_draft_after_parting_says_why_and_keeps_what_was_typed(
    maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    need_id = write(cast.maya, now)
    end_link(cast.jonas, now)
    answer = maya.post(f"/doc/mine/{need_id}", data={"before": LONG, "revision": "1"})
    assert answer.status_code == 409
    assert "This belongs to a link that has ended." in answer.text
    assert "is open" not in answer.text
    assert LONG in answer.text


@pytest.mark.parametrize("field", ["words", "talk_plan"])
def test_L6_words_for_a_couple_that_has_just_ended_come_back(
    maya: FlaskClient, cast: Cast, now: datetime, field: str
) -> None:
    topic_id = open_both(cast, now)
    end_link(cast.jonas, now)
    path = f"/doc/side/{topic_id}/words" if field == "words" else "/doc/rhythm"
    answer = maya.post(path, data={field: LONG})
    assert answer.status_code == 404
    assert LONG in answer.text


def test_A9_words_for_a_need_that_another_tab_took_away_come_back(
    maya: FlaskClient, jonas: FlaskClient, cast: Cast, now: datetime
) -> None:
    need_id = write(cast.maya, now)
    delete_need(cast.maya, need_id)
    data = {"before": LONG, "own_part": "そ" * 90, "revision": "1"}
    answer = maya.post(f"/doc/mine/{need_id}", data=data)
    assert answer.status_code == 404
    assert "This need was taken away in another tab." in answer.text
    assert LONG in answer.text
    assert "そ" * 90 in answer.text
    assert maya.get(f"/doc/mine/{need_id}").status_code == 404


def test_S7_writing_on_a_strangers_need_answers_as_on_a_missing_one(
    client: FlaskClient, cast: Cast, now: datetime
) -> None:
    need_id = write(cast.maya, now)
    sign_in(client, cast.other, now)
    theirs = client.post(f"/doc/mine/{need_id}", data={"before": LONG})
    none = client.post(f"/doc/mine/{'x' * 22}", data={"before": LONG})
    assert theirs.status_code == none.status_code == 404
    assert theirs.data == none.data
