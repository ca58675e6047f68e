"""What stands once: one banner on a page, one primary button, one column for each of two."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from flask import Flask
from flask.testing import FlaskClient

from couples.agreement.document.sheet import sheet_of
from couples.agreement.needs import services as services_needs
from couples.agreement.needs import services_opening
from couples.agreement.needs.services import Heading
from couples.agreement.signing import services as services_signing
from couples.agreement.topics import services as services_topics
from couples.agreement.topics.services import Proposal
from tests.agreement import road
from tests.cast import Cast
from tests.surveys.agreed import at

TO_READ_AGAIN = datetime(2026, 9, 15, 7, tzinfo=UTC)


def opened(cast: Cast, now: datetime) -> str:
    """Let both open their pages, look at them, and return their topic."""
    topic_id = road.open_both(cast, now)
    for person_id in (cast.maya, cast.jonas):
        services_opening.open_pages(person_id)
    return topic_id


def test_a_review_that_is_due_stands_alone_and_the_changed_text_is_a_link_below(
    maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    topic_id = opened(cast, now)
    road.promise(cast, topic_id, now)
    road.choose(cast.maya, now, replace(road.TERMS, review_on=TO_READ_AGAIN.date()))
    road.sign_both(cast, now)
    road.promise(cast, topic_id, now, "Three evenings a week are ours.")
    with at(now):
        shown = road.text(maya, "/doc")
        assert shown.count('class="note"') == 1
        assert "A change is being worked out." in shown
    with at(TO_READ_AGAIN):
        shown = road.text(maya, "/doc")
        assert shown.count('class="note"') == 1
        assert "It’s time to read this again." in shown
        assert "Read the changed text" in shown


def test_of_two_things_that_wait_for_a_yes_one_has_the_primary_button(
    maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    topic_id = opened(cast, now)
    services_topics.propose(cast.jonas, topic_id, Proposal("retire"), now)
    shown = road.text(maya, f"/doc/side/{topic_id}")
    assert shown.count("btn--p") == 1
    assert "Yes, do this" in shown.partition("btn--p")[2][:60]
    road.suggest(cast.jonas, topic_id, now)
    shown = road.text(maya, f"/doc/side/{topic_id}")
    assert shown.count("btn--p") == 1
    assert "Use this wording" in shown.partition("btn--p")[2][:60]


def test_two_needs_of_one_person_stand_in_that_persons_column(
    app: Flask, cast: Cast, now: datetime
) -> None:
    topic_id = opened(cast, now)
    need_id = services_needs.begin_need(cast.maya, Heading(topic_id=topic_id), now)
    services_needs.save_need(cast.maya, need_id, road.WORDS, 0, now)
    services_opening.open_need(cast.maya, need_id, now)
    road.promise(cast, topic_id, now)
    road.choose(cast.maya, now)
    with app.test_request_context():
        document = services_signing.sign_page(cast.maya).document
        (part,) = sheet_of(document).parts
        by_name = {cell.person.name: len(cell.lines) for cell in part.cells}
    assert by_name == {"Maya": 4, "Jonas": 2}
    assert len(part.cells) == 2
