"""The pages to somebody who hears them: whose words, which button, what is a heading."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from couples.agreement.needs import services_opening
from couples.agreement.needs.services import my_needs
from couples.agreement.needs.services_hearing import Heard, answer, hear
from couples.agreement.topics.services import Proposal, moves, propose, use
from tests.agreement.road import choose, open_both, promise, suggest, text, topic_ids, write
from tests.agreement.test_pages_of_signing import TERMS
from tests.cast import Cast

TEMPLATES = Path(__file__).parents[2] / "templates"
FORM = re.compile(r"<form[^>]*data-autosave=.*?</form>", re.DOTALL)
SAVES_ITSELF = sorted(one for one in TEMPLATES.rglob("*.html") if FORM.search(one.read_text()))
SILENT = re.compile(r'<span [^>]*aria-hidden="true"[^>]*>[^<]*</span>|<[^>]+>')


def heard(inside: str) -> str:
    """Return words as they are heard, without their tags and marks."""
    return " ".join(unescape(SILENT.sub("", inside)).split())


def named(page: str, tag: str) -> list[str]:
    """Return what is heard of each element of this tag in the page's content."""
    content = page.split("<main", 1)[1]
    return [heard(one) for one in re.findall(rf"<{tag}\b[^>]*>(.*?)</{tag}>", content, re.DOTALL)]


def described_by(page: str, attribute: str, name: str) -> str:
    """Return the words an element's attribute leads to, each id being there once."""
    (control,) = re.findall(rf"<(?:select|button)\b[^>]*\b{name}[^>]*>", page)
    ids = re.findall(rf'{attribute}="([^"]+)"', control)[0].split()
    found = [re.findall(rf'id="{one}"[^>]*>(.*?)</', page, re.DOTALL) for one in ids]
    assert all(len(words) == 1 for words in found), ids
    return " ".join(heard(words[0]) for words in found)


@pytest.mark.parametrize("template", SAVES_ITSELF, ids=lambda one: one.stem)
def test_A9_a_page_that_saves_itself_says_so_once_and_beside_what_is_typed(template: Path) -> None:
    (form,) = FORM.findall(template.read_text())
    assert len(re.findall(r'<p [^>]*role="status" data-saved>', form)) == 1
    beside = template.read_text().replace(form, "")
    assert not re.search(r'data-saved(?<!aria-hidden="true" data-saved)', beside)


def test_A9_a_draft_says_when_it_was_saved(maya: FlaskClient, cast: Cast, now: datetime) -> None:
    begun = maya.post("/doc/mine/new", data={"listed": "money"}).headers["Location"]
    assert 'role="status" data-saved>Only you can see it.</p>' in text(maya, begun)
    page = text(maya, f"/doc/mine/{write(cast.maya, now)}")
    assert re.search(r'role="status" data-saved>Saved at [\d:]+\. Only you can see it\.</p>', page)
    assert "From 1, a little, to 5, very much." in named(page, "legend")[0]


def merged(cast: Cast, now: datetime) -> str:
    """Let both open two needs and merge their topics; Jonas says what he hears in Maya's."""
    for person_id in (cast.maya, cast.jonas):
        write(person_id, now)
        write(person_id, now + timedelta(seconds=1), "money")
    for person_id in (cast.maya, cast.jonas):
        services_opening.say_ready(person_id, now)
    first, second = topic_ids(cast.maya)
    propose(cast.maya, second, Proposal("merge", first), now)
    waiting = moves(cast.jonas, second).waiting
    assert waiting
    use(cast.jonas, waiting.id, now)
    for need in my_needs(cast.maya).opened:
        assert hear(cast.jonas, need.id, Heard("That you miss me."), now) is None
    return first


@pytest.mark.parametrize("answered", [False, True])
def test_A4_where_two_needs_stand_on_one_page_each_answer_names_its_need(
    maya: FlaskClient, cast: Cast, now: datetime, answered: bool
) -> None:
    topic_id = merged(cast, now)
    for need in my_needs(cast.maya).opened if answered else ():
        assert answer(cast.maya, need.id, "yes", 1, now).recorded
    said = "Change to “Not quite”" if answered else "Not quite"
    names = [one for one in named(text(maya, f"/doc/side/{topic_id}"), "button") if said in one]
    assert names == [f"{said}: Unhurried time together", f"{said}: Money"]


def test_A5_words_and_a_topics_change_are_told_apart_by_their_buttons(
    maya: FlaskClient, jonas: FlaskClient, cast: Cast, now: datetime
) -> None:
    topic_id = open_both(cast, now)
    suggest(cast.maya, topic_id, now)
    propose(cast.maya, topic_id, Proposal("retire"), now)
    for browser, does in ((maya, "Withdraw"), (jonas, "Talk about it first")):
        names = named(text(browser, f"/doc/side/{topic_id}"), "button")
        assert {f"{does}: these words", f"{does}: this change to the topic"} <= set(names)


def test_A4_an_answer_is_heard_with_whose_it_is(
    maya: FlaskClient, jonas: FlaskClient, cast: Cast, now: datetime
) -> None:
    page = f"/doc/side/{open_both(cast, now)}"
    (need,) = my_needs(cast.maya).opened
    hear(cast.jonas, need.id, Heard("That you miss me."), now)
    answer(cast.maya, need.id, "not_quite", 1, now)
    assert "You say: Not quite" in heard(text(maya, page))
    assert "Maya says: Not quite" in heard(text(jonas, page))


def test_the_two_leaves_are_reached_by_their_headings(
    maya: FlaskClient, jonas: FlaskClient, cast: Cast, now: datetime
) -> None:
    for person_id in (cast.maya, cast.jonas):
        write(person_id, now)
    services_opening.say_ready(cast.maya, now)
    assert named(text(maya, "/doc"), "h2") == ["You’re ready", "Jonas’s page"]
    services_opening.say_ready(cast.jonas, now)
    assert named(text(maya, "/doc"), "h2") == ["Maya", "Jonas"]
    page = text(maya, f"/doc/side/{topic_ids(cast.maya)[0]}")
    assert named(page, "h2")[:2] == ["Maya", "Jonas"]
    assert 'aria-labelledby="verso"' in page and '<h2 id="verso" class="who' in page
    (need,) = my_needs(cast.maya).opened
    assert named(text(jonas, f"/doc/hear/{need.id}"), "h2") == ["Maya"]


def test_A6_what_is_promised_is_a_heading_and_nothing_unsigned_is_an_empty_line(
    maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    promise(cast, open_both(cast, now), now)
    choose(cast.maya, now)
    page = text(maya, "/doc/sign")
    assert named(page, "h3") == ["We both promise"]
    assert "" not in named(page, "p")


def test_an_example_and_a_bound_are_told_beside_what_they_belong_to(
    maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    page = text(maya, "/doc/mine/new")
    assert described_by(page, "aria-labelledby", 'value="money"') == "Money"
    assert described_by(page, "aria-describedby", 'value="money"').startswith("One look at")
    topic_id = open_both(cast, now)
    page = text(maya, "/doc/rhythm")
    for name in ('id="closes_weekday"', 'id="closes_hour"'):
        assert described_by(page, "aria-describedby", name).startswith("Open for one to six days")
    assert '<ul class="starters" aria-label="Ways to begin">' in text(
        maya, f"/doc/side/{topic_id}/words"
    )
    wrong = maya.post("/doc/rhythm", data={**TERMS, "closes_weekday": "3", "closes_hour": "18"})
    assert 'aria-describedby="closes_weekday-err closes-open"' in wrong.text
