"""What I hear: said by a press, answered by the need's author, never enforced (rule A4)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient

from couples.agreement.needs.services import my_needs
from couples.agreement.needs.services_hearing import Heard, answer, hear, hear_page
from couples.agreement.promises.services_side import side
from couples.agreement.promises.shapes import HearingView
from couples.agreement.refusals import HeardRight, TopicAside
from couples.agreement.rows import topic_of
from couples.db import db, transaction
from couples.errors import NotFound
from couples.pairing.services_leaving import end_link
from tests.agreement.road import open_both, text, write
from tests.cast import Cast

LATER = timedelta(minutes=5)
WORDS = "You would like evenings that are ours."
OTHERS = "You miss me in the evenings."


def opened(cast: Cast, now: datetime) -> tuple[str, str, str]:
    """Let both open; return the topic's id, Maya's need and Jonas's need."""
    topic_id = open_both(cast, now)
    return topic_id, my_needs(cast.maya).opened[0].id, my_needs(cast.jonas).opened[0].id


def heard(person_id: str, topic_id: str, need_id: str) -> HearingView:
    return side(person_id, topic_id).hearings[need_id]


def test_A4_one_says_what_one_hears_and_the_needs_author_answers(
    database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    topic_id, mayas, jonass = opened(cast, now)
    assert hear(cast.jonas, mayas, Heard(WORDS), now) is None
    found = heard(cast.maya, topic_id, mayas)
    assert (found.words, found.answer, found.author.name) == (WORDS, None, "Jonas")
    assert jonass not in side(cast.maya, topic_id).hearings
    assert answer(cast.maya, mayas, "not_quite", 1, now).recorded
    assert heard(cast.jonas, topic_id, mayas).answer == "not_quite"
    assert hear(cast.jonas, mayas, Heard(OTHERS, seen=1), now + LATER) is None
    found = heard(cast.maya, topic_id, mayas)
    assert (found.words, found.answer, found.revision) == (OTHERS, None, 2)
    assert answer(cast.maya, mayas, "yes", 2, now).recorded
    assert heard(cast.jonas, topic_id, mayas).answer == "yes"


def test_A4_an_answer_can_be_changed_and_the_words_wait_while_it_is_yes(
    database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    topic_id, mayas, _jonass = opened(cast, now)
    hear(cast.jonas, mayas, Heard(WORDS), now)
    answer(cast.maya, mayas, "yes", 1, now)
    with pytest.raises(HeardRight):
        hear(cast.jonas, mayas, Heard(OTHERS, seen=1), now)
    with pytest.raises(HeardRight):
        hear_page(cast.jonas, mayas)
    # The same press twice is one press.
    assert hear(cast.jonas, mayas, Heard(WORDS), now) is None
    assert heard(cast.maya, topic_id, mayas).answer == "yes"
    answer(cast.maya, mayas, "not_quite", 1, now)
    assert hear(cast.jonas, mayas, Heard(OTHERS, seen=1), now) is None


def test_A9_an_answer_belongs_to_the_words_it_was_read_to(
    database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    topic_id, mayas, _jonass = opened(cast, now)
    hear(cast.jonas, mayas, Heard(WORDS), now)
    hear(cast.jonas, mayas, Heard(OTHERS, seen=1), now)
    late = answer(cast.maya, mayas, "yes", 1, now)
    assert (late.topic_id, late.recorded) == (topic_id, False)
    assert heard(cast.maya, topic_id, mayas).answer is None


def test_A9_a_second_tab_that_says_something_else_is_shown_both(
    database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    topic_id, mayas, _jonass = opened(cast, now)
    hear(cast.jonas, mayas, Heard(WORDS), now)
    newer = hear(cast.jonas, mayas, Heard(OTHERS, seen=0), now)
    assert newer is not None
    assert newer.words == WORDS
    assert hear(cast.jonas, mayas, Heard(OTHERS, seen=newer.revision), now) is None
    assert heard(cast.maya, topic_id, mayas).words == OTHERS


def test_A4_only_the_partner_hears_and_only_the_author_answers(
    database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    _topic_id, mayas, _jonass = opened(cast, now)
    for person_id in (cast.maya, cast.other, cast.ines):
        with pytest.raises(NotFound):
            hear(person_id, mayas, Heard(WORDS), now)
    with pytest.raises(NotFound):
        answer(cast.maya, mayas, "yes", 0, now)
    hear(cast.jonas, mayas, Heard(WORDS), now)
    for person_id in (cast.jonas, cast.other, cast.ines):
        with pytest.raises(NotFound):
            answer(person_id, mayas, "yes", 1, now)
    with pytest.raises(NotFound):
        answer(cast.maya, mayas, "maybe", 1, now)


def test_A1_nobody_hears_a_need_that_is_not_open(cast: Cast, now: datetime) -> None:
    opened(cast, now)
    draft = write(cast.maya, now, "money")
    with pytest.raises(NotFound):
        hear_page(cast.jonas, draft)
    with pytest.raises(NotFound):
        hear(cast.jonas, draft, Heard(WORDS), now)


def test_L6_after_the_link_has_ended_nothing_is_heard_or_answered(
    cast: Cast, now: datetime
) -> None:
    _topic_id, mayas, jonass = opened(cast, now)
    hear(cast.jonas, mayas, Heard(WORDS), now)
    end_link(cast.jonas, now)
    with pytest.raises(NotFound):
        answer(cast.maya, mayas, "yes", 1, now)
    with pytest.raises(NotFound):
        hear(cast.maya, jonass, Heard(WORDS), now)


def test_a_topic_put_aside_is_read_and_not_written_under(cast: Cast, now: datetime) -> None:
    topic_id, mayas, _jonass = opened(cast, now)
    hear(cast.jonas, mayas, Heard(WORDS), now)
    with transaction():
        topic_of(cast.couple, topic_id).retired_at = now
    with pytest.raises(TopicAside):
        hear(cast.jonas, mayas, Heard(OTHERS, seen=1), now)
    with pytest.raises(TopicAside):
        answer(cast.maya, mayas, "yes", 1, now)
    assert heard(cast.maya, topic_id, mayas).words == WORDS


def test_A4_the_way_on_the_pages(
    maya: FlaskClient, jonas: FlaskClient, cast: Cast, now: datetime
) -> None:
    topic_id, mayas, jonass = opened(cast, now)
    page = f"/doc/side/{topic_id}"
    assert f"/doc/hear/{mayas}" in text(jonas, page)
    assert f"/doc/hear/{jonass}" not in text(jonas, page)
    assert "Say it to Maya" in text(jonas, f"/doc/hear/{mayas}")
    assert jonas.post(f"/doc/hear/{mayas}", data={"words": " ", "seen": "0"}).status_code == 422
    sent = jonas.post(f"/doc/hear/{mayas}", data={"words": WORDS, "seen": "0", "revision": "0"})
    assert sent.headers["Location"] == page
    assert "Maya can read it. No reply is due." in text(jonas, page)
    shown = text(maya, page)
    assert "What Jonas hears" in shown
    assert WORDS in shown
    answers = f"/doc/hear/{mayas}/answer"
    assert maya.post(answers, data={"answer": "not_quite", "revision": "1"}).status_code == 303
    assert "Put it another way" in text(jonas, page)
    data = {"words": OTHERS, "seen": "1", "revision": "0"}
    assert jonas.post(f"/doc/hear/{mayas}", data=data).status_code == 303
    late = maya.post(answers, data={"answer": "yes", "revision": "1"})
    assert late.status_code == 409
    assert OTHERS in late.text
    assert "Your answer wasn’t kept." in late.text
    assert maya.post(answers, data={"answer": "yes", "revision": "2"}).status_code == 303
    assert "Yes, that’s it" in text(jonas, page)
    assert "Put it another way" not in text(jonas, page)
    refused = jonas.post(f"/doc/hear/{mayas}", data=data)
    assert refused.status_code == 409
    assert OTHERS in refused.text


def test_A4_nothing_is_shown_to_the_author_before_it_is_said(
    maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    topic_id, mayas, _jonass = opened(cast, now)
    shown = text(maya, f"/doc/side/{topic_id}")
    for words in ("hears", "Not quite", f"/doc/hear/{mayas}"):
        assert words not in shown


def test_S7_a_need_that_is_ones_own_or_a_strangers_is_a_missing_one(
    maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    _topic_id, mayas, _jonass = opened(cast, now)
    db.session.rollback()
    for need_id in (mayas, "x" * 22):
        assert maya.get(f"/doc/hear/{need_id}").status_code == 404
        kept = maya.post(f"/doc/hear/{need_id}", data={"words": WORDS})
        assert kept.status_code == 404
        assert WORDS in kept.text
