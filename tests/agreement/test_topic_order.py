"""What comes first: one's own needs to oneself, and topics in the text (rules A1, A7, A9)."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from couples.agreement.needs import services as services_needs
from couples.agreement.needs import services_opening
from couples.agreement.promises.wordings import to_plain
from couples.agreement.refusals import NeedIsOpen, PageFolded
from couples.agreement.rules import NeedWords
from couples.agreement.shapes import NeedClash
from couples.agreement.signing import services as services_signing
from couples.agreement.topics import services as services_topics
from couples.agreement.topics.services import Proposal
from couples.agreement.topics.services_order import move, order, set_matters
from couples.agreement.unsent.models import Unsent
from couples.db import db
from couples.errors import NotFound
from tests.agreement import road
from tests.agreement.road import WORDS, choose, promise, sign, text, topic_ids, write
from tests.agreement.test_topics import open_topics, put_aside
from tests.cast import Cast
from tests.races import together


def names(person_id: str) -> list[str]:
    return [need.name for need in services_needs.my_needs(person_id).drafts]


def unweighed(person_id: str, now: datetime, own: str) -> str:
    return write(person_id, now, own=own, words=NeedWords(request="Something."))


# ---------- one's own needs ----------


def test_A1_what_matters_most_stands_first_and_ties_as_written(
    database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    ids = [
        unweighed(cast.maya, now + timedelta(seconds=number), name)
        for number, name in enumerate(("One", "Two", "Three"))
    ]
    assert names(cast.maya) == ["One", "Two", "Three"]
    set_matters(cast.maya, ids[2], 4, now)
    assert names(cast.maya) == ["Three", "One", "Two"]
    set_matters(cast.maya, ids[1], 4, now)
    assert names(cast.maya) == ["Two", "Three", "One"]


def test_A9_a_page_open_elsewhere_notices_that_the_weight_has_changed(
    database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    need_id = unweighed(cast.maya, now, "One")
    seen = services_needs.need_page(cast.maya, need_id).need.revision
    set_matters(cast.maya, need_id, 5, now)
    set_matters(cast.maya, need_id, 5, now)
    stale = services_needs.save_need(cast.maya, need_id, NeedWords("Other."), seen, now)
    assert isinstance(stale, NeedClash)
    assert stale.need.words == NeedWords(request="Something.", matters=5)
    assert stale.need.revision == seen + 1


def test_A1_only_ones_own_and_only_what_can_change_is_weighed(cast: Cast, now: datetime) -> None:
    need_id = write(cast.maya, now)
    with pytest.raises(NotFound):
        set_matters(cast.jonas, need_id, 1, now)
    services_opening.say_ready(cast.maya, now)
    with pytest.raises(PageFolded):
        set_matters(cast.maya, need_id, 1, now)
    write(cast.jonas, now)
    services_opening.say_ready(cast.jonas, now)
    with pytest.raises(NeedIsOpen):
        set_matters(cast.maya, need_id, 1, now)
    assert services_needs.my_needs(cast.maya).opened[0].words == WORDS


def test_A1_one_press_in_the_list_weighs_a_need(
    maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    need_id = unweighed(cast.maya, now, "One")
    unweighed(cast.maya, now, "Two")
    page = text(maya, "/doc/mine")
    assert page.count('name="matters"') == 10
    answer = maya.post(f"/doc/mine/{need_id}/matters", data={"matters": "4"})
    assert answer.headers["Location"] == f"/doc/mine#m-{need_id}"
    pressed = re.findall(r'value="(\d)" aria-pressed="true"', text(maya, "/doc/mine"))
    assert pressed == ["4"]
    for nonsense in ("9", "", "x"):
        path = f"/doc/mine/{need_id}/matters"
        assert maya.post(path, data={"matters": nonsense}).status_code == 303
    assert services_needs.need_page(cast.maya, need_id).need.words.matters == 4


# ---------- topics in the text ----------


def test_A7_either_moves_a_topic_and_both_see_it(database_cast: Cast, now: datetime) -> None:
    cast = database_cast
    one, two, three = open_topics(cast, now)
    assert move(cast.maya, one, 1, order(cast.maya).seen) is None
    assert move(cast.jonas, three, -1, order(cast.jonas).seen) is None
    assert topic_ids(cast.maya) == topic_ids(cast.jonas) == [two, three, one]
    assert [topic.position for topic in order(cast.maya).topics] == [1, 2, 3]
    for topic_id, step in ((two, -1), (one, 1)):
        assert move(cast.maya, topic_id, step, order(cast.maya).seen) is None
    assert topic_ids(cast.maya) == [two, three, one]


def test_A9_a_move_in_an_order_that_has_changed_moves_nothing(
    database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    one, two, three = open_topics(cast, now)
    seen = order(cast.maya).seen
    assert move(cast.maya, one, 1, seen) is None
    newer = move(cast.jonas, one, 1, seen)
    assert newer is not None
    assert [topic.id for topic in newer.topics] == topic_ids(cast.maya) == [two, one, three]


def test_A7_a_signature_stops_counting_exactly_where_clauses_change_places(
    database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    one, two, three = open_topics(cast, now)
    promise(cast, one, now)
    promise(cast, three, now)
    choose(cast.maya, now)
    sign(cast.maya, now)
    move(cast.jonas, two, -1, order(cast.jonas).seen)
    assert services_signing.sign_page(cast.maya).signing == "i_signed"
    move(cast.jonas, two, 1, order(cast.jonas).seen)
    move(cast.jonas, three, -1, order(cast.jonas).seen)
    assert services_signing.sign_page(cast.maya).signing == "i_signed"
    move(cast.jonas, three, -1, order(cast.jonas).seen)
    page = services_signing.sign_page(cast.maya)
    assert (page.signing, page.void) == ("to_sign", True)
    assert [clause.topic_id for clause in page.document.content.clauses] == [three, one]
    move(cast.jonas, three, 1, order(cast.jonas).seen)
    assert services_signing.sign_page(cast.maya).signing == "to_sign"


def test_A7_topics_that_went_are_not_in_the_way_of_the_order(
    database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    one, two, three = open_topics(cast, now)
    put_aside(cast, two, now)
    seen = order(cast.maya).seen
    newer = move(cast.maya, two, 1, seen)
    assert newer is not None
    assert newer.seen == seen
    assert move(cast.maya, three, -1, seen) is None
    assert topic_ids(cast.maya) == [three, one]
    back = write(cast.jonas, now, "money")
    assert services_opening.open_need(cast.jonas, back, now) == two
    assert topic_ids(cast.jonas) == [three, one, two]


def test_A9_many_moves_at_once_move_one(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    one, two, three = open_topics(cast, now)
    seen = order(cast.maya).seen
    results = together(
        database_app,
        lambda: move(cast.maya, one, 1, seen),
        lambda: move(cast.jonas, three, -1, seen),
        lambda: move(cast.maya, two, 1, seen),
    )
    assert [result is None for result in results].count(True) == 1
    assert topic_ids(cast.maya) in ([two, one, three], [one, three, two])


def test_A7_moving_while_a_topic_goes_leaves_a_whole_order(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    one, two, three = open_topics(cast, now)
    services_topics.propose(cast.maya, two, Proposal("retire"), now)
    found = services_topics.moves(cast.jonas, two).waiting
    assert found is not None
    seen = order(cast.maya).seen
    together(
        database_app,
        lambda: services_topics.use(cast.jonas, found.id, now),
        lambda: move(cast.maya, one, 1, seen),
    )
    assert set(topic_ids(cast.maya)) == {one, three}
    assert [topic.position for topic in order(cast.maya).topics] == [1, 2]


def test_A2_there_is_no_order_before_both_pages_are_open(cast: Cast, now: datetime) -> None:
    write(cast.maya, now)
    for person_id in (cast.maya, cast.ines):
        with pytest.raises(NotFound):
            order(person_id)


# ---------- pages ----------


def test_A9_the_page_of_the_order_moves_by_a_button_and_says_when_it_was_late(
    maya: FlaskClient, jonas: FlaskClient, cast: Cast, now: datetime
) -> None:
    one, two, _three = open_topics(cast, now)
    page = text(maya, "/doc/order")
    seen = re.findall(r'name="seen" value="([^"]+)"', page)[0]
    assert (page.count('name="up"'), page.count('name="down"')) == (2, 2)
    answer = maya.post("/doc/order", data={"down": one, "seen": seen})
    assert answer.headers["Location"] == f"/doc/order#down-{one}"
    assert "Moved. You both see this order." in text(maya, "/doc/order")
    late = jonas.post("/doc/order", data={"up": two, "seen": seen})
    assert late.status_code == 409
    assert "The order has changed in the meantime." in late.text
    assert topic_ids(cast.maya)[:2] == [two, one]
    # The pressed button keeps the focus, or at an end the one that is left.
    assert f'id="up-{two}" name="down"' in late.text


def test_A5_pages_cope_with_no_topic_left(maya: FlaskClient, cast: Cast, now: datetime) -> None:
    (only,) = open_topics(cast, now, "time")
    promise(cast, only, now)
    choose(cast.maya, now)
    put_aside(cast, only, now)
    services_opening.open_pages(cast.maya)
    for path in ("/doc", "/doc/open", "/doc/order", "/doc/sign", "/doc/mine", "/doc/mine/new"):
        assert maya.get(path).status_code == 200, path
    assert "No topics now" in text(maya, "/doc/open")
    aside = text(maya, f"/doc/side/{only}")
    assert "You both put this topic aside on" in aside
    assert WORDS.request in aside
    assert "/move" not in aside


def test_S2_words_begun_under_a_topic_that_went_are_shown_to_their_writer_alone(
    maya: FlaskClient, jonas: FlaskClient, cast: Cast, now: datetime
) -> None:
    first, *_others = open_topics(cast, now)
    fields = to_plain(road.wording("Begun."))
    row = Unsent(person_id=cast.jonas, about=f"words:{first}", fields=fields, saved_at=now)
    db.session.add(row)
    db.session.commit()
    put_aside(cast, first, now)
    assert "Begun." in text(jonas, f"/doc/side/{first}")
    assert "Begun." not in text(maya, f"/doc/side/{first}")


def test_A5_a_suggestion_about_a_topic_is_made_seen_and_answered_on_pages(
    maya: FlaskClient, jonas: FlaskClient, cast: Cast, now: datetime
) -> None:
    one, two, _three = open_topics(cast, now)
    assert f"/doc/side/{one}/move?kind=merge" in text(maya, f"/doc/side/{one}")
    path = f"/doc/side/{one}/move"
    assert "Choose one of the two" in maya.post(path, data={"note": "Mine."}).text
    missing = maya.post(path, data={"kind": "merge", "note": "Mine."})
    assert missing.status_code == 422
    assert "Mine." in missing.text
    wanted = {"kind": "merge", "into": two, "note": "They belong together."}
    assert maya.post(path, data=wanted).headers["Location"] == f"/doc/side/{one}"
    seen = text(jonas, f"/doc/side/{one}")
    for words in ("Maya suggests a change to this topic", "They belong together.", "Yes, do this"):
        assert words in seen
    assert "Maya suggests a change to this topic" in text(jonas, "/doc/open")
    late = jonas.post(path, data={"kind": "retire", "note": "Or this."})
    assert late.status_code == 409
    assert "They belong together." in late.text
    assert "Or this." in late.text
    (move_id,) = re.findall(r"/doc/moves/([^/]+)/use", late.text)
    answer = jonas.post(f"/doc/moves/{move_id}/use")
    assert answer.headers["Location"] == f"/doc/side/{two}"
    assert "This topic is part of another one by now." in text(maya, f"/doc/side/{one}")
    typed = maya.post(path, data={"kind": "retire", "note": "Typed late."})
    assert typed.status_code == 409
    assert "Typed late." in typed.text
