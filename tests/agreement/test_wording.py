"""Working out promises by suggestions (rules A5, A8, A9)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from couples.agreement.refusals import NoPromiseYet, NotYours, OwnSuggestion, SuggestionGone
from couples.agreement.services_side import side, topic_lines
from couples.agreement.services_wording import keep_for_talk, review, suggest, use, withdraw
from couples.errors import NotFound
from couples.pairing.services import couple_of
from tests.agreement import road
from tests.agreement.road import EVENINGS, open_both, promise, wording
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
