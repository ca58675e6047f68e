"""Words that are typed and not sent yet: kept, their writer's alone, gone once sent (A9, S2)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from couples.agreement.needs import services_hearing
from couples.agreement.needs.services import my_needs
from couples.agreement.needs.services_hearing import Heard, hear_page, keep_hearing
from couples.agreement.promises import services_begun
from couples.agreement.promises.services import suggest, withdraw
from couples.agreement.promises.services_begun import begin, keep_words, start_afresh
from couples.agreement.promises.services_side import side
from couples.agreement.rows import topic_of
from couples.agreement.unsent.models import Unsent
from couples.agreement.unsent.services import TypedElsewhere
from couples.db import db, transaction
from couples.errors import NotFound
from tests.agreement import road
from tests.agreement.road import EVENINGS, open_both, text, wording
from tests.agreement.test_non_interference import PAGES, seen
from tests.cast import Cast
from tests.races import together

LATER = timedelta(minutes=5)
TYPED = "Saturdays are ours."
OTHER = "Sundays are ours."


def rows() -> list[Unsent]:
    db.session.rollback()
    return list(db.session.scalars(db.select(Unsent)).all())


def test_typed_words_are_there_when_one_comes_back_and_gone_once_sent(
    database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    topic_id = open_both(cast, now)
    assert begin(cast.maya, topic_id).wording.words.words == ""
    revision = keep_words(cast.maya, topic_id, wording(TYPED, mine=True), now)
    begun = begin(cast.maya, topic_id)
    assert begun.wording.words == replace(EVENINGS, words=TYPED)
    assert begun.wording.mine
    assert begun.wording.note == "A note."
    assert begun.wording.revision == revision
    assert not begun.is_stale
    assert suggest(cast.maya, topic_id, begun.wording, now) is None
    assert rows() == []
    assert begin(cast.maya, topic_id).saved_at is None


def test_A9_a_second_tab_never_overwrites_what_the_first_kept(
    database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    topic_id = open_both(cast, now)
    keep_words(cast.maya, topic_id, wording(TYPED), now)
    second = wording(OTHER)
    with pytest.raises(TypedElsewhere) as other:
        keep_words(cast.maya, topic_id, second, now)
    assert other.value.kept.fields["words"] == TYPED
    with pytest.raises(TypedElsewhere):
        suggest(cast.maya, topic_id, second, now)
    assert side(cast.jonas, topic_id).suggestion is None
    chosen = replace(second, revision=other.value.kept.revision)
    assert suggest(cast.maya, topic_id, chosen, now) is None
    assert rows() == []


def test_A9_typing_on_after_another_tab_has_sent_begins_anew(cast: Cast, now: datetime) -> None:
    topic_id = open_both(cast, now)
    revision = keep_words(cast.maya, topic_id, wording(TYPED), now)
    suggest(cast.maya, topic_id, replace(wording(TYPED), revision=revision), now)
    kept = keep_words(cast.maya, topic_id, replace(wording(OTHER), revision=revision), now)
    assert kept == revision + 1
    assert begin(cast.maya, topic_id).wording.words.words == OTHER


def test_sending_twice_keeps_what_another_tab_has_typed_since(cast: Cast, now: datetime) -> None:
    topic_id = open_both(cast, now)
    suggest(cast.maya, topic_id, wording(TYPED), now)
    keep_words(cast.maya, topic_id, wording(OTHER), now)
    with pytest.raises(TypedElsewhere):
        suggest(cast.maya, topic_id, wording(TYPED), now)
    assert begin(cast.maya, topic_id).wording.words.words == OTHER


def test_A9_coming_back_to_words_that_others_have_overtaken_shows_both(
    database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    topic_id = open_both(cast, now)
    keep_words(cast.maya, topic_id, wording(TYPED), now)
    theirs = road.suggest(cast.jonas, topic_id, now + LATER)
    begun = begin(cast.maya, topic_id)
    assert begun.is_stale
    assert begun.wording.seen == theirs
    withdraw(cast.jonas, theirs, now + LATER)
    assert not begin(cast.maya, topic_id).is_stale


def test_start_afresh_forgets_what_was_typed_but_not_another_tabs_words(
    database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    topic_id = open_both(cast, now)
    first = keep_words(cast.maya, topic_id, wording(TYPED), now)
    second = keep_words(cast.maya, topic_id, replace(wording(OTHER), revision=first), now)
    start_afresh(cast.maya, topic_id, first)
    assert begin(cast.maya, topic_id).wording.words.words == OTHER
    start_afresh(cast.maya, topic_id, second)
    assert rows() == []


def test_A9_tabs_that_keep_and_send_at_the_same_instant_lose_no_words(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    topic_id = open_both(cast, now)
    texts = [f"Evening {number}." for number in range(6)]

    def keep(typed: str) -> str:
        try:
            keep_words(cast.maya, topic_id, wording(typed), now)
        except TypedElsewhere:
            return "shown both"
        return "kept"

    acts = [lambda typed=typed: keep(typed) for typed in texts]
    results = together(database_app, *acts)
    assert sorted(results) == ["kept", *["shown both"] * 5]
    need_id = my_needs(cast.jonas).opened[0].id
    heard = [
        lambda typed=typed: services_hearing.hear(cast.maya, need_id, Heard(typed), now)
        for typed in texts
    ]
    results = together(database_app, *heard)
    said = side(cast.jonas, topic_id).hearings[need_id]
    assert said.revision == 1
    assert [newer.words for newer in results if newer] == [said.words] * 5


def test_words_taken_out_again_are_not_kept(cast: Cast, now: datetime) -> None:
    topic_id = open_both(cast, now)
    blank = replace(wording(""), words=replace(EVENINGS, words="", kept_when=""), note="")
    blank = replace(blank, words=replace(blank.words, otherwise="", how_often=""))
    assert keep_words(cast.maya, topic_id, blank, now) == 0
    revision = keep_words(cast.maya, topic_id, wording(TYPED), now)
    keep_words(cast.maya, topic_id, replace(blank, revision=revision), now)
    assert rows() == []


def test_what_is_heard_is_kept_in_the_same_way(database_cast: Cast, now: datetime) -> None:
    cast = database_cast
    open_both(cast, now)
    need_id = my_needs(cast.maya).opened[0].id
    revision = keep_hearing(cast.jonas, need_id, Heard(TYPED), now)
    assert hear_page(cast.jonas, need_id).heard == Heard(TYPED, 0, revision)
    with pytest.raises(TypedElsewhere):
        services_hearing.hear(cast.jonas, need_id, Heard(OTHER), now)
    services_hearing.start_afresh(cast.jonas, need_id, revision)
    services_hearing.hear(cast.jonas, need_id, Heard(OTHER), now)
    assert rows() == []


def test_S7_nobody_keeps_words_about_a_strangers_topic(database_cast: Cast, now: datetime) -> None:
    cast = database_cast
    topic_id = open_both(cast, now)
    need_id = my_needs(cast.maya).opened[0].id
    for stranger in (cast.other, cast.ines):
        with pytest.raises(NotFound):
            keep_words(stranger, topic_id, wording(), now)
        with pytest.raises(NotFound):
            services_begun.start_afresh(stranger, topic_id, 1)
        with pytest.raises(NotFound):
            keep_hearing(stranger, need_id, Heard(TYPED), now)
    with pytest.raises(NotFound):
        keep_hearing(cast.maya, need_id, Heard(TYPED), now)


def test_S2_what_one_types_and_does_not_send_changes_no_byte_for_the_other(
    maya: FlaskClient, jonas: FlaskClient, cast: Cast, now: datetime
) -> None:
    topic_id = open_both(cast, now)
    mayas, jonass = (my_needs(who).opened[0].id for who in (cast.maya, cast.jonas))
    road.suggest(cast.maya, topic_id, now)
    page = f"/doc/side/{topic_id}"
    pages = (*PAGES, "/doc/open", page, f"{page}/words", f"/doc/hear/{mayas}")
    before = seen(jonas, pages)
    mine = maya.get(page).text
    assert maya.post(f"{page}/words/save", data={"words": TYPED}).status_code == 200
    assert maya.post(f"/doc/hear/{jonass}/save", data={"words": OTHER}).status_code == 200
    assert "Keep writing" in maya.get(page).text != mine
    assert seen(jonas, pages) == before
    assert maya.post(f"{page}/words", data={"then": "keep", "revision": "1"}).status_code == 303
    assert seen(jonas, pages) == before
    assert len(rows()) == 2


def test_words_save_themselves_and_two_tabs_are_shown_both_texts(
    maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    path = f"/doc/side/{open_both(cast, now)}/words"
    saved = maya.post(f"{path}/save", data={"note": "Half a note", "revision": "0"})
    assert saved.status_code == 200
    assert "Only you can see it." in saved.get_json()["saved"]
    assert "Half a note" in text(maya, path)
    revision = saved.get_json()["revision"]
    again = {"words": TYPED, "note": "Half a note", "revision": str(revision)}
    assert maya.post(f"{path}/save", data=again).get_json()["revision"] == revision + 1
    late = {"words": OTHER, "revision": "0", "seen": ""}
    assert maya.post(f"{path}/save", data=late).status_code == 409
    for button in ({}, {"then": "keep"}):
        clash = maya.post(path, data={**late, **button})
        assert clash.status_code == 409
        assert TYPED in clash.text
        assert OTHER in clash.text
        assert "data-autosave" not in clash.text
    current = re.search(r'name="revision" value="(\d+)"', clash.text)
    assert current is not None
    assert maya.post(path, data={**late, "revision": current[1]}).status_code == 303
    assert rows() == []


def test_too_long_words_are_not_kept_and_it_says_why(
    maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    topic_id = open_both(cast, now)
    need_id = my_needs(cast.jonas).opened[0].id
    for path in (f"/doc/side/{topic_id}/words", f"/doc/hear/{need_id}"):
        answer = maya.post(f"{path}/save", data={"words": "x" * 601})
        assert answer.status_code == 422
        assert "This holds 600 characters." in answer.get_json()["saved"]
        assert maya.post(path, data={"words": "x" * 601, "then": "keep"}).status_code == 422


def test_without_javascript_words_are_kept_by_a_press_and_started_afresh_by_another(
    maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    topic_id = open_both(cast, now)
    need_id = my_needs(cast.jonas).opened[0].id
    for path in (f"/doc/side/{topic_id}/words", f"/doc/hear/{need_id}"):
        data = {"words": TYPED, "revision": "0", "then": "keep"}
        assert maya.post(path, data=data).headers["Location"] == f"/doc/side/{topic_id}"
        page = text(maya, path)
        assert TYPED in page
        assert "Start afresh" in page
        afresh = {"words": TYPED, "revision": "1", "then": "afresh"}
        assert maya.post(path, data=afresh).headers["Location"] == path
        assert TYPED not in text(maya, path)


def test_words_left_under_a_topic_put_aside_are_there_to_read_for_their_writer_alone(
    maya: FlaskClient, jonas: FlaskClient, cast: Cast, now: datetime
) -> None:
    topic_id = open_both(cast, now)
    keep_words(cast.maya, topic_id, wording(TYPED), now)
    with transaction():
        topic_of(cast.couple, topic_id).retired_at = now
    assert TYPED in text(maya, f"/doc/side/{topic_id}")
    assert TYPED not in text(jonas, f"/doc/side/{topic_id}")


def test_A9_two_tabs_of_what_is_heard_are_shown_both_texts(
    maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    open_both(cast, now)
    path = f"/doc/hear/{my_needs(cast.jonas).opened[0].id}"
    assert maya.post(f"{path}/save", data={"words": TYPED}).status_code == 200
    assert maya.post(f"{path}/save", data={"words": OTHER, "revision": "0"}).status_code == 409
    clash = maya.post(path, data={"words": OTHER, "revision": "0", "seen": "0"})
    assert clash.status_code == 409
    assert TYPED in clash.text
    assert OTHER in clash.text
    data = {"words": OTHER, "revision": "1", "seen": "0"}
    assert maya.post(path, data=data).status_code == 303
    said = maya.post(path, data={"words": TYPED, "revision": "0", "seen": "0"})
    assert said.status_code == 409
    assert TYPED in said.text
    assert OTHER in said.text
