"""Topics put aside or made part of others, by suggestion and the other's yes (rules A5, A9)."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from flask import Flask

from couples.agreement.models import Need, Promise, Suggestion, Topic, TopicSuggestion
from couples.agreement.needs import services as services_needs
from couples.agreement.needs import services_opening
from couples.agreement.needs.services import Heading
from couples.agreement.promises import services as services_wording
from couples.agreement.promises.services_side import side
from couples.agreement.refusals import (
    MoveGone,
    NotYourMove,
    OwnMove,
    SuggestionGone,
    TopicAside,
    TwoWordings,
)
from couples.agreement.rules import NeedWords
from couples.agreement.services_home import home
from couples.agreement.signing import services as services_signing
from couples.agreement.signing.services_versions import document_in_force
from couples.agreement.topics import services as services_topics
from couples.agreement.topics.services import Proposal, moves, propose, use, withdraw
from couples.agreement.unsent import services as services_unsent
from couples.agreement.unsent.models import Unsent
from couples.db import db
from couples.errors import NotFound
from couples.pairing.services import couple_of
from tests.agreement import road
from tests.agreement.road import choose, promise, sign, suggest, topic_ids, write
from tests.cast import Cast
from tests.races import together

ASIDE = Proposal("retire", note="It is settled.")
LATER = timedelta(minutes=5)


def open_topics(cast: Cast, now: datetime, *listed: str) -> list[str]:
    """Let both write about each of these and open; return the topics' ids in this order."""
    for number, key in enumerate(listed or ("time", "money", "home")):
        for person_id in (cast.maya, cast.jonas):
            write(person_id, now + timedelta(seconds=number), key)
    for person_id in (cast.maya, cast.jonas):
        services_opening.say_ready(person_id, now)
    return topic_ids(cast.maya)


def waiting(person_id: str, topic_id: str) -> str:
    """Return the id of what is suggested about a topic."""
    found = moves(person_id, topic_id).waiting
    assert found is not None
    return found.id


def put_aside(cast: Cast, topic_id: str, now: datetime) -> None:
    """Let Maya suggest it and Jonas say yes."""
    assert propose(cast.maya, topic_id, ASIDE, now) is None
    use(cast.jonas, waiting(cast.jonas, topic_id), now)


def merge(cast: Cast, topic_id: str, into: str, now: datetime) -> None:
    """Let Maya suggest it and Jonas say yes."""
    assert propose(cast.maya, topic_id, Proposal("merge", into), now) is None
    assert use(cast.jonas, waiting(cast.jonas, topic_id), now) == into


def words_of(needs: Any) -> list[str]:
    return [need.words.request for need in needs]


def count(model: type[Any], **values: Any) -> int:
    return len(db.session.scalars(db.select(model).filter_by(**values)).all())


def test_A5_a_topic_is_put_aside_only_by_the_others_yes(database_cast: Cast, now: datetime) -> None:
    cast = database_cast
    first, *others = open_topics(cast, now)
    assert propose(cast.maya, first, ASIDE, now) is None
    assert len(topic_ids(cast.jonas)) == 3
    with pytest.raises(OwnMove):
        use(cast.maya, waiting(cast.maya, first), now)
    found = moves(cast.jonas, first).waiting
    assert found is not None
    assert (found.author.name, found.note, found.made_at) == ("Maya", "It is settled.", now)
    use(cast.jonas, found.id, now)
    assert topic_ids(cast.maya) == topic_ids(cast.jonas) == others
    assert [topic.id for topic in services_topics.aside(cast.jonas)] == [first]


def test_A5_a_yes_pressed_twice_does_it_once(database_cast: Cast, now: datetime) -> None:
    cast = database_cast
    first, second, _third = open_topics(cast, now)
    assert propose(cast.maya, first, Proposal("merge", second), now) is None
    move_id = waiting(cast.jonas, first)
    assert use(cast.jonas, move_id, now) == use(cast.jonas, move_id, now + LATER) == second
    assert db.session.get_one(Topic, first).retired_at == now


def test_A5_the_list_marks_what_is_suggested_for_each_reader(cast: Cast, now: datetime) -> None:
    first, *_others = open_topics(cast, now)
    propose(cast.maya, first, ASIDE, now)
    assert [line.moving for line in home(cast.maya).topics] == ["mine", "", ""]
    assert [line.moving for line in home(cast.jonas).topics] == ["theirs", "", ""]
    services_topics.keep_for_talk(cast.jonas, waiting(cast.jonas, first), now)
    assert home(cast.jonas).topics[0].moving == "talk"


def test_A5_its_author_alone_withdraws_it(database_cast: Cast, now: datetime) -> None:
    cast = database_cast
    first, *_others = open_topics(cast, now)
    propose(cast.maya, first, ASIDE, now)
    move_id = waiting(cast.maya, first)
    with pytest.raises(NotYourMove):
        withdraw(cast.jonas, move_id, now)
    assert withdraw(cast.maya, move_id, now) == withdraw(cast.maya, move_id, now) == first
    for act in (use, services_topics.keep_for_talk):
        with pytest.raises(MoveGone):
            act(cast.jonas, move_id, now)
    assert moves(cast.jonas, first).waiting is None
    assert len(topic_ids(cast.jonas)) == 3


def test_A5_a_promise_put_aside_leaves_the_draft_and_stays_in_force(
    database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    first, _second, _third = open_topics(cast, now)
    promise(cast, first, now)
    choose(cast.maya, now)
    road.sign_both(cast, now)
    suggest(cast.maya, first, now, "Other words.")
    put_aside(cast, first, now + LATER)
    document = document_in_force(cast.couple)
    assert document is not None
    assert [clause.topic_id for clause in document.content.clauses] == [first]
    assert services_signing.sign_page(cast.maya).document.content.clauses == ()
    page = side(cast.jonas, first)
    assert page.suggestion is None
    assert page.promise is None
    assert {past.words.words for past in page.history} == {road.EVENINGS.words, "Other words."}
    assert words_of(page.leaves[0].needs) == words_of(page.leaves[1].needs) == [road.WORDS.request]


def test_A7_a_signature_stops_counting_exactly_where_the_text_changes(
    database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    first, second, third = open_topics(cast, now)
    promise(cast, first, now)
    choose(cast.maya, now)
    sign(cast.maya, now)
    put_aside(cast, third, now)
    assert services_signing.sign_page(cast.maya).signing == "i_signed"
    merge(cast, second, first, now)
    page = services_signing.sign_page(cast.maya)
    assert (page.signing, page.void) == ("to_sign", True)
    assert len(page.document.content.clauses[0].needs) == 4


def test_A5_a_merge_moves_needs_and_wordings_and_the_only_promise(
    database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    first, second, third = open_topics(cast, now)
    promise(cast, first, now)
    suggest(cast.jonas, first, now + LATER, "Open words.")
    merge(cast, first, second, now + 2 * LATER)
    page = side(cast.maya, second)
    assert page.promise is not None
    assert page.promise.words == road.EVENINGS
    assert page.suggestion is not None
    assert page.suggestion.words.words == "Open words."
    assert [len(leaf.needs) for leaf in page.leaves] == [2, 2]
    assert topic_ids(cast.maya) == [second, third]
    gone = moves(cast.maya, first)
    assert gone.now_part_of is not None
    assert gone.now_part_of.id == second
    assert (gone.targets, gone.waiting) == ((), None)


def test_A9_of_two_promises_the_targets_stays_and_the_others_words_stay_readable(
    database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    first, second, _third = open_topics(cast, now)
    promise(cast, first, now, "Words of the first.")
    promise(cast, second, now, "Words of the second.")
    propose(cast.maya, first, Proposal("merge", second), now)
    outcome = moves(cast.jonas, first).outcome
    assert (outcome.promise, outcome.promise_there, outcome.possible) == (True, True, True)
    use(cast.jonas, waiting(cast.jonas, first), now)
    page = side(cast.jonas, second)
    assert page.promise is not None
    assert page.promise.words.words == "Words of the second."
    assert "Words of the first." in {past.words.words for past in page.history}
    assert count(Promise) == 1


def test_A9_two_open_wordings_do_not_merge_before_one_is_answered(
    database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    first, second, _third = open_topics(cast, now)
    suggest(cast.maya, first, now, "One.")
    other = suggest(cast.jonas, second, now, "Two.")
    propose(cast.maya, first, Proposal("merge", second), now)
    with pytest.raises(TwoWordings):
        use(cast.jonas, waiting(cast.jonas, first), now)
    assert len(topic_ids(cast.maya)) == 3
    assert not moves(cast.jonas, first).outcome.possible
    services_wording.withdraw(cast.jonas, other, now)
    use(cast.jonas, waiting(cast.jonas, first), now)
    suggested = side(cast.jonas, second).suggestion
    assert suggested is not None
    assert suggested.words.words == "One."


def test_A5_what_names_a_topic_that_goes_ends_with_it(database_cast: Cast, now: datetime) -> None:
    cast = database_cast
    first, second, third = open_topics(cast, now)
    propose(cast.maya, first, Proposal("merge", second), now)
    propose(cast.maya, third, Proposal("merge", first), now)
    naming = waiting(cast.jonas, third)
    put_aside(cast, second, now)
    assert moves(cast.jonas, first).waiting is None
    put_aside(cast, first, now)
    with pytest.raises(MoveGone):
        use(cast.jonas, naming, now)
    with pytest.raises(TopicAside):
        propose(cast.maya, third, Proposal("merge", first), now)
    with pytest.raises(TopicAside):
        propose(cast.maya, first, ASIDE, now)


def test_S7_a_topic_is_merged_into_another_of_the_same_couple_only(
    cast: Cast, now: datetime
) -> None:
    first, *_others = open_topics(cast, now)
    for person_id in (cast.other, cast.another):
        write(person_id, now)
        services_opening.say_ready(person_id, now)
    (theirs,) = topic_ids(cast.other)
    for into in (theirs, first, "x", ""):
        with pytest.raises(NotFound):
            propose(cast.maya, first, Proposal("merge", into), now)
    propose(cast.maya, first, ASIDE, now)
    for act in (use, withdraw, services_topics.keep_for_talk):
        with pytest.raises(NotFound):
            act(cast.other, waiting(cast.maya, first), now)


@pytest.mark.parametrize("gone", ["aside", "merged", "merged and aside"])
def test_A1_a_draft_about_a_topic_that_went_opens_in_the_right_place(
    database_cast: Cast, now: datetime, gone: str
) -> None:
    cast = database_cast
    write(cast.maya, now, own="Garden")
    write(cast.jonas, now, "money")
    for person_id in (cast.maya, cast.jonas):
        services_opening.say_ready(person_id, now)
    garden, money = topic_ids(cast.maya)
    draft = services_needs.begin_need(cast.jonas, Heading(topic_id=garden), now)
    services_needs.save_need(cast.jonas, draft, NeedWords(request="Roses."), 0, now)
    if gone != "aside":
        merge(cast, garden, money, now)
    if gone != "merged":
        put_aside(cast, garden if gone == "aside" else money, now)
    before = db.session.get_one(Need, draft)
    assert (before.topic_id, before.opened_at) == (garden, None)
    assert "Roses." not in repr(side(cast.maya, garden).leaves[1].needs)
    opened = services_opening.open_need(cast.jonas, draft, now)
    assert opened == (garden if gone == "aside" else money)
    assert opened in topic_ids(cast.maya)
    assert side(cast.maya, opened).promise is None
    assert "Roses." in words_of(side(cast.maya, opened).leaves[1].needs)
    (mine,) = [need for need in services_needs.my_needs(cast.jonas).opened if need.id == draft]
    assert mine.name == ("Garden" if gone == "aside" else "Money")


def test_A3_a_listed_topic_that_is_part_of_another_is_written_about_there(
    database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    first, second, third = open_topics(cast, now)
    merge(cast, first, second, now)
    later = write(cast.jonas, now, "time")
    assert side(cast.jonas, second).my_draft_id == later
    assert services_opening.open_need(cast.jonas, later, now) == second
    own = write(cast.jonas, now, own="Something new")
    newest = services_opening.open_need(cast.jonas, own, now)
    assert topic_ids(cast.maya) == [second, third, newest]
    assert [line.topic.position for line in home(cast.maya).topics] == [1, 2, 3]
    assert services_topics.headings(cast.maya).covered == {"time", "money", "home"}


def test_A9_words_not_sent_yet_go_along_unless_others_are_begun_there(
    database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    first, second, _third = open_topics(cast, now)
    for person_id, topic_id in ((cast.maya, first), (cast.jonas, first), (cast.jonas, second)):
        row = Unsent(
            person_id=person_id,
            about=services_unsent.WORDS + topic_id,
            fields={"words": "Typed."},
            saved_at=now,
        )
        db.session.add(row)
    db.session.commit()
    merge(cast, first, second, now)
    assert services_unsent.begun(cast.maya) == {f"words:{second}"}
    assert services_unsent.begun(cast.jonas) == {f"words:{first}", f"words:{second}"}


def test_A5_a_couple_may_end_with_no_topic_at_all(cast: Cast, now: datetime) -> None:
    (only,) = open_topics(cast, now, "time")
    promise(cast, only, now)
    choose(cast.maya, now)
    put_aside(cast, only, now)
    assert home(cast.maya).topics == ()
    assert services_signing.sign_page(cast.jonas).document.content.clauses == ()
    road.sign_both(cast, now)
    with pytest.raises(TopicAside):
        services_wording.suggest(cast.maya, only, road.wording(), now)


# ---------- both at the same instant ----------


def test_A9_a_double_press_is_one_suggestion(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    first, *_others = open_topics(cast, now)
    results = together(
        database_app, *[lambda: propose(cast.maya, first, ASIDE, now) for _press in range(4)]
    )
    assert results == [None] * 4
    assert count(TopicSuggestion) == 1


def test_A9_both_suggesting_at_once_meet_and_lose_no_words(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    first, second, _third = open_topics(cast, now)
    wanted = {
        cast.maya: Proposal("retire", note="Hers."),
        cast.jonas: Proposal("merge", second, note="His."),
    }
    acts = [partial(propose, who, first, wanted[who], now) for who in wanted]
    results = together(database_app, *acts)
    assert sorted(result is None for result in results) == [False, True]
    (met,) = [result for result in results if result is not None]
    late = list(wanted)[results.index(met)]
    assert not met.waiting.mine
    assert met.waiting.note in {"Hers.", "His."}
    instead = Proposal(
        wanted[late].kind, wanted[late].into_id, wanted[late].note, seen=met.waiting.id
    )
    assert propose(late, first, instead, now + LATER) is None
    shown = moves(cast.maya, first)
    assert shown.waiting is not None
    assert shown.before is not None
    assert {shown.waiting.note, shown.before.note} == {"Hers.", "His."}


def test_A5_yes_against_withdrawing_has_one_winner(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    first, *_others = open_topics(cast, now)
    propose(cast.maya, first, ASIDE, now)
    move_id = waiting(cast.maya, first)
    results = together(
        database_app,
        lambda: use(cast.jonas, move_id, now),
        lambda: withdraw(cast.maya, move_id, now),
    )
    assert sorted(map(str, results)) == sorted([first, "MoveGone"])
    done = results[0] == first
    assert (first not in topic_ids(cast.maya)) is done


def test_A5_two_topics_merging_into_each_other_become_one(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    first, second, third = open_topics(cast, now)
    propose(cast.maya, first, Proposal("merge", second), now)
    propose(cast.jonas, second, Proposal("merge", first), now)
    one, other = waiting(cast.jonas, first), waiting(cast.maya, second)
    results = together(
        database_app, lambda: use(cast.jonas, one, now), lambda: use(cast.maya, other, now)
    )
    assert results.count("MoveGone") == 1
    (kept,) = [topic_id for topic_id in topic_ids(cast.maya) if topic_id != third]
    assert [len(leaf.needs) for leaf in side(cast.maya, kept).leaves] == [2, 2]


def test_A9_suggesting_words_while_the_topic_goes_loses_none(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    first, *_others = open_topics(cast, now)
    propose(cast.maya, first, ASIDE, now)
    move_id = waiting(cast.jonas, first)
    results = together(
        database_app,
        lambda: use(cast.jonas, move_id, now),
        lambda: services_wording.suggest(cast.maya, first, road.wording("Hers."), now),
    )
    assert results in ([first, None], [first, "TopicAside"])
    rows = db.session.scalars(db.select(Suggestion)).all()
    assert [row.withdrawn_at for row in rows] == [now] * len(rows)


def test_A5_a_need_opening_while_its_topic_goes_stands_in_a_living_one(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    (only,) = open_topics(cast, now, "time")
    need_id = write(cast.maya, now, "time")
    propose(cast.maya, only, ASIDE, now)
    move_id = waiting(cast.jonas, only)
    together(
        database_app,
        lambda: use(cast.jonas, move_id, now),
        lambda: services_opening.open_need(cast.maya, need_id, now),
    )
    opened = db.session.get_one(Need, need_id)
    assert opened.topic_id == only
    # Whichever came first: put aside with the need in it, or back because of the need.
    assert topic_ids(cast.maya) in ([only], [])
    assert len(side(cast.maya, only).leaves[0].needs) == 2


def test_A5_answering_words_after_their_topic_went_says_so(cast: Cast, now: datetime) -> None:
    first, *_others = open_topics(cast, now)
    words = suggest(cast.maya, first, now)
    put_aside(cast, first, now)
    with pytest.raises(SuggestionGone):
        services_wording.use(cast.jonas, words, now)
    assert couple_of(cast.maya).opened_at is not None
