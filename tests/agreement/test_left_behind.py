"""What one hears, typed and not sent when there is nothing to say any more: not lost (rule A9)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from flask.testing import FlaskClient

from couples.agreement.needs.services import my_needs
from couples.agreement.needs.services_hearing import Heard, answer, hear, keep_hearing
from couples.agreement.topics import services as services_topics
from couples.agreement.topics.services import Proposal
from couples.agreement.unsent import services as services_unsent
from tests.agreement.road import open_both, text
from tests.cast import Cast

TYPED = "You long for quiet mornings."
LEFT = "Words you typed and didn’t send"


def answered_yes(cast: Cast, _topic_id: str, need_id: str, now: datetime) -> None:
    """Let Maya say that what Jonas said before is it."""
    answer(cast.maya, need_id, "yes", 1, now)


def put_aside(cast: Cast, topic_id: str, _need_id: str, now: datetime) -> None:
    """Let both put the topic aside."""
    services_topics.propose(cast.maya, topic_id, Proposal("retire"), now)
    waiting = services_topics.moves(cast.jonas, topic_id).waiting
    assert waiting is not None
    services_topics.use(cast.jonas, waiting.id, now)


@pytest.mark.parametrize("end", [answered_yes, put_aside])
def test_A9_their_writer_alone_reads_them_on_the_topics_page_and_can_let_them_go(
    maya: FlaskClient,
    jonas: FlaskClient,
    cast: Cast,
    now: datetime,
    end: Callable[[Cast, str, str, datetime], None],
) -> None:
    topic_id = open_both(cast, now)
    need_id = my_needs(cast.maya).opened[0].id
    hear(cast.jonas, need_id, Heard("You want evenings."), now)
    keep_hearing(cast.jonas, need_id, Heard(TYPED, seen=1), now)
    page, form = f"/doc/side/{topic_id}", f"/doc/hear/{need_id}"
    assert TYPED not in text(jonas, page), "they are in the form"
    assert TYPED in text(jonas, form)
    end(cast, topic_id, need_id, now)
    shown = text(jonas, page)
    assert LEFT in shown and TYPED in shown and "Let these words go" in shown
    assert LEFT not in text(maya, page) and TYPED not in text(maya, page)
    old = jonas.post(form, data={"then": "afresh", "revision": "0"})
    assert old.status_code == 303 and TYPED in text(jonas, page), "another tab's words stay"
    gone = jonas.post(form, data={"then": "afresh", "revision": "1"})
    assert gone.headers["Location"] == page
    assert LEFT not in text(jonas, page)
    assert services_unsent.begun(cast.jonas) == frozenset()


def test_A9_they_are_in_the_form_again_when_the_answer_changes(
    jonas: FlaskClient, cast: Cast, now: datetime
) -> None:
    topic_id = open_both(cast, now)
    need_id = my_needs(cast.maya).opened[0].id
    hear(cast.jonas, need_id, Heard("You want evenings."), now)
    keep_hearing(cast.jonas, need_id, Heard(TYPED, seen=1), now)
    answer(cast.maya, need_id, "yes", 1, now)
    answer(cast.maya, need_id, "not_quite", 1, now)
    assert LEFT not in text(jonas, f"/doc/side/{topic_id}")
    assert TYPED in text(jonas, f"/doc/hear/{need_id}")
