"""Working out promises by suggestions (rules A5, A8, A9)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient

from couples.agreement.promises.services import keep_for_talk, review, suggest, use, withdraw
from couples.agreement.promises.services_side import side, topic_lines
from couples.agreement.refusals import (
    NoPromiseYet,
    NotYours,
    OwnSuggestion,
    SuggestionGone,
    TopicAside,
)
from couples.agreement.rows import topic_of
from couples.agreement.signing.services import sign_page
from couples.db import transaction
from couples.errors import NotFound
from couples.pairing.services import couple_of
from tests.agreement import road
from tests.agreement.road import EVENINGS, open_both, promise, text, wording, write
from tests.cast import Cast

LATER = timedelta(minutes=5)


def state(person_id: str) -> str:
    return topic_lines(couple_of(person_id))[0].state


def test_A5_only_words_both_said_yes_to_become_the_promise(
    database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    topic_id = open_both(cast, now)
    assert (state(cast.maya), state(cast.jonas)) == ("nothing", "nothing")
    suggestion_id = road.suggest(cast.maya, topic_id, now)
    assert (state(cast.maya), state(cast.jonas)) == ("mine", "theirs")
    assert side(cast.jonas, topic_id).promise is None
    with pytest.raises(OwnSuggestion):
        use(cast.maya, suggestion_id, now)
    assert use(cast.jonas, suggestion_id, now) == topic_id
    found = side(cast.maya, topic_id)
    assert found.suggestion is None
    assert found.promise is not None
    assert found.promise.words == EVENINGS
    assert found.promise.owner is None
    assert state(cast.jonas) == "agreed"


def test_A5_me_names_the_author_and_never_the_other(cast: Cast, now: datetime) -> None:
    topic_id = open_both(cast, now)
    suggestion_id = road.suggest(cast.maya, topic_id, now, mine=True)
    use(cast.jonas, suggestion_id, now)
    found = side(cast.jonas, topic_id).promise
    assert found is not None
    assert found.owner is not None
    assert found.owner.person_id == cast.maya


def test_pressing_use_twice_is_pressing_it_once(database_cast: Cast, now: datetime) -> None:
    topic_id = open_both(database_cast, now)
    suggestion_id = road.suggest(database_cast.maya, topic_id, now)
    for _press in range(2):
        use(database_cast.jonas, suggestion_id, now)
    assert side(database_cast.jonas, topic_id).promise is not None


def test_A5_different_words_replace_what_lay_there(database_cast: Cast, now: datetime) -> None:
    cast = database_cast
    topic_id = open_both(cast, now)
    first = road.suggest(cast.maya, topic_id, now)
    second = road.suggest(cast.jonas, topic_id, now + LATER, "Sundays are ours.")
    for act in (use, keep_for_talk):
        with pytest.raises(SuggestionGone):
            act(cast.jonas, first, now)
    with pytest.raises(SuggestionGone):
        withdraw(cast.maya, first, now)
    found = side(cast.maya, topic_id).suggestion
    assert found is not None
    assert found.id == second
    assert found.before == EVENINGS


def test_A5_a_suggestion_can_be_kept_for_a_talk_and_used_after(cast: Cast, now: datetime) -> None:
    topic_id = open_both(cast, now)
    suggestion_id = road.suggest(cast.maya, topic_id, now)
    keep_for_talk(cast.jonas, suggestion_id, now)
    assert (state(cast.maya), state(cast.jonas)) == ("talk", "talk")
    use(cast.jonas, suggestion_id, now)
    assert state(cast.maya) == "agreed"


def test_A5_its_author_withdraws_a_suggestion_until_it_is_answered(
    database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    topic_id = open_both(cast, now)
    suggestion_id = road.suggest(cast.maya, topic_id, now)
    with pytest.raises(NotYours):
        withdraw(cast.jonas, suggestion_id, now)
    withdraw(cast.maya, suggestion_id, now)
    withdraw(cast.maya, suggestion_id, now)
    assert side(cast.jonas, topic_id).suggestion is None
    with pytest.raises(SuggestionGone):
        use(cast.jonas, suggestion_id, now)


def test_A9_words_over_newer_words_show_both_and_lose_none(
    database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    topic_id = open_both(cast, now)
    road.suggest(cast.maya, topic_id, now)
    newer = suggest(cast.jonas, topic_id, wording("Sundays are ours."), now + LATER)
    assert newer is not None
    assert newer.suggestion is not None
    assert newer.suggestion.words == EVENINGS
    chosen = wording("Sundays are ours.", seen=newer.seen)
    assert suggest(cast.jonas, topic_id, chosen, now + LATER) is None
    found = side(cast.maya, topic_id).suggestion
    assert found is not None
    assert found.words.words == "Sundays are ours."


def test_A9_words_over_a_promise_made_meanwhile_show_both(cast: Cast, now: datetime) -> None:
    topic_id = open_both(cast, now)
    seen = road.suggest(cast.maya, topic_id, now)
    use(cast.jonas, seen, now)
    # Those very words are what was seen: nothing newer.
    assert suggest(cast.maya, topic_id, wording("More.", seen), now + LATER) is None
    newest = side(cast.jonas, topic_id).seen
    use(cast.jonas, newest, now + LATER)
    newer = suggest(cast.jonas, topic_id, wording("Less.", seen), now + 2 * LATER)
    assert newer is not None
    assert newer.promise is not None
    assert newer.promise.words.words == "More."


def test_words_on_top_of_withdrawn_ones_find_nothing_newer(cast: Cast, now: datetime) -> None:
    topic_id = open_both(cast, now)
    promise(cast, topic_id, now)
    seen = road.suggest(cast.maya, topic_id, now + LATER, "Sundays.")
    withdraw(cast.maya, seen, now + LATER)
    assert suggest(cast.jonas, topic_id, wording("Mondays.", seen), now + 2 * LATER) is None


def test_A9_two_suggestions_meet_whatever_became_of_the_first_in_between(
    cast: Cast, now: datetime
) -> None:
    topic_id = open_both(cast, now)
    # Both begin on an empty page; Maya's words are used, withdrawn, replaced before Jonas sends.
    first = road.suggest(cast.maya, topic_id, now)
    withdraw(cast.maya, first, now + LATER)
    assert suggest(cast.jonas, topic_id, wording("Mondays."), now + LATER) is None
    seen = side(cast.maya, topic_id).seen
    assert suggest(cast.maya, topic_id, wording("Tuesdays.", seen), now + 2 * LATER) is None
    use(cast.jonas, side(cast.jonas, topic_id).seen, now + 2 * LATER)
    newer = suggest(cast.jonas, topic_id, wording("Fridays.", seen), now + 3 * LATER)
    assert newer is not None
    assert newer.promise is not None
    assert newer.promise.words.words == "Tuesdays."
    # While Jonas looks at both, Maya suggests again: the next press meets those words.
    assert suggest(cast.maya, topic_id, wording("Weekends.", newer.seen), now + 4 * LATER) is None
    again = suggest(cast.jonas, topic_id, wording("Fridays.", newer.seen), now + 5 * LATER)
    assert again is not None
    assert again.suggestion is not None
    assert again.suggestion.words.words == "Weekends."


def test_A9_both_texts_stand_whole_on_the_page_where_they_meet(
    jonas: FlaskClient, cast: Cast, now: datetime
) -> None:
    topic_id = open_both(cast, now)
    until = (now + timedelta(days=9)).date()
    tried = replace(wording(), words=replace(EVENINGS, trial_until=until))
    suggest(cast.maya, topic_id, tried, now)
    theirs = side(cast.jonas, topic_id).seen
    mine = {"words": "Mondays.", "note": "Mine.", "kept_when": "We were there."}
    day = (now + timedelta(days=5)).date().isoformat()
    data = {**mine, "seen": "", "on_trial": "y", "trial_until": day}
    for _became in ("open", "used"):
        clash = jonas.post(f"/doc/side/{topic_id}/words", data=data)
        assert clash.status_code == 409
        page = clash.text
        for words in (EVENINGS.words, EVENINGS.kept_when, "A note.", "On trial until"):
            assert words in page
        for words in (*mine.values(), day):
            assert words in page
        use(cast.jonas, theirs, now)


def test_no_wording_is_lost_the_history_says_what_became_of_each(
    database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    topic_id = open_both(cast, now)
    road.suggest(cast.maya, topic_id, now, "One.")
    two = road.suggest(cast.jonas, topic_id, now + LATER, "Two.", mine=True)
    use(cast.maya, two, now + 2 * LATER)
    three = road.suggest(cast.maya, topic_id, now + 3 * LATER, "Three.")
    withdraw(cast.maya, three, now + 4 * LATER)
    road.suggest(cast.maya, topic_id, now + 5 * LATER, "Four.")
    for person_id in (cast.maya, cast.jonas):
        past = side(person_id, topic_id).history
        assert [(one.words.words, one.author.name, one.became) for one in past] == [
            ("Three.", "Maya", "withdrawn"),
            ("Two.", "Jonas", "used"),
            ("One.", "Maya", "replaced"),
        ]
        assert past[0].became_at == now + 4 * LATER
        assert past[1].owner is not None
        assert past[1].owner.name == "Jonas"
        assert past[2].note == "A note."


def test_a_topic_put_aside_offers_nothing_and_keeps_its_words_to_read(
    maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    write(cast.maya, now, "money")
    topic_id = open_both(cast, now)
    waiting = road.suggest(cast.jonas, topic_id, now)
    numbers = {side(cast.maya, one).number for one in road.topic_ids(cast.maya)}
    assert numbers == {1, 2}
    with transaction():
        topic_of(cast.couple, topic_id).retired_at = now
    page = side(cast.maya, topic_id)
    assert (page.number, page.of, page.retired) == (0, 1, True)
    (living,) = road.topic_ids(cast.maya)
    assert side(cast.maya, living).number == 1
    shown = text(maya, f"/doc/side/{topic_id}")
    for words in ("/use", "/words", "/doc/hear/", "Need 0"):
        assert words not in shown
    assert "You both put this topic aside" in shown
    with pytest.raises(TopicAside):
        suggest(cast.maya, topic_id, wording(), now)
    with pytest.raises(TopicAside):
        use(cast.maya, waiting, now)
    answer = maya.post(f"/doc/side/{topic_id}/words", data={"words": "Typed long ago."})
    assert answer.status_code == 409
    assert "Typed long ago." in answer.text


def test_the_pages_of_wordings(
    maya: FlaskClient, jonas: FlaskClient, cast: Cast, now: datetime
) -> None:
    topic_id = open_both(cast, now)
    page = f"/doc/side/{topic_id}"
    assert "How the words came about" not in text(maya, page)
    promise(cast, topic_id, now)
    shown = text(jonas, page)
    assert "How the words came about" in shown
    assert "You both said yes to it on" in shown
    assert "A note." in shown


def test_sending_the_same_words_twice_lays_them_there_once(cast: Cast, now: datetime) -> None:
    topic_id = open_both(cast, now)
    for _press in range(2):
        assert suggest(cast.maya, topic_id, wording(), now) is None


def test_A8_either_puts_a_promise_under_review_alone_and_at_once(
    database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    topic_id = open_both(cast, now)
    with pytest.raises(NoPromiseYet):
        review(cast.jonas, topic_id, True, now)
    promise(cast, topic_id, now)
    review(cast.jonas, topic_id, True, now)
    review(cast.jonas, topic_id, True, now + LATER)
    for person_id in (cast.maya, cast.jonas):
        found = side(person_id, topic_id).promise
        assert found is not None
        assert found.under_review_at == now
        assert state(person_id) == "review"
    review(cast.maya, topic_id, False, now)
    assert state(cast.jonas) == "agreed"


def test_S7_suggestions_belong_to_their_couple(database_cast: Cast, now: datetime) -> None:
    cast = database_cast
    topic_id = open_both(cast, now)
    suggestion_id = road.suggest(cast.maya, topic_id, now)
    for stranger in (cast.other, cast.ines):
        for act in (use, keep_for_talk, withdraw):
            with pytest.raises(NotFound):
                act(stranger, suggestion_id, now)
        with pytest.raises(NotFound):
            suggest(stranger, topic_id, wording(), now)
        with pytest.raises(NotFound):
            review(stranger, topic_id, True, now)


def test_A7_a_yes_to_the_same_words_voids_no_signature(database_cast: Cast, now: datetime) -> None:
    cast = database_cast
    topic_id = open_both(cast, now)
    promise(cast, topic_id, now)
    road.choose(cast.maya, now)
    assert road.sign(cast.maya, now) == "signed"
    use(cast.maya, road.suggest(cast.jonas, topic_id, now + LATER), now + LATER)
    assert sign_page(cast.maya).signing == "i_signed"
    use(cast.maya, road.suggest(cast.jonas, topic_id, now + LATER, "Others."), now + LATER)
    assert sign_page(cast.maya).signing == "to_sign"
