"""The page of one topic, and its numbers as a file."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from couples import clock
from couples.accounts.door import is_proved, leads_back, way_through
from couples.dashboard import numbers, words
from couples.dashboard.blueprint import pages
from couples.dashboard.one_topic import services as services_topic
from couples.dashboard.one_topic.shapes import TopicPage


@pages.get("/overview/topics/<topic_id>")
@leads_back
def topic(topic_id: str) -> ResponseReturnValue:
    """Show one topic over all the rounds that asked about it."""
    page = _page(topic_id)
    sentence = words.say(page.sentence, weekly=page.weekly)
    way = way_through()
    return render_template("dashboard/topic.html", page=page, sentence=sentence, way=way)


@pages.get("/overview/topics/<topic_id>/numbers.csv")
def topic_numbers(topic_id: str) -> ResponseReturnValue:
    """Give the numbers of the strip to keep."""
    page = _page(topic_id)
    said = words.say(page.sentence, weekly=page.weekly)
    says = {"weekly": page.weekly, "hides_own": page.hides_own}
    return numbers.as_file(numbers.table_as_csv(page.table, page.people, said, **says))


def _page(topic_id: str) -> TopicPage:
    zone, person_id = current_user.zone, current_user.person_id
    return services_topic.topic_page(person_id, topic_id, clock.now(), zone, with_own=is_proved())
