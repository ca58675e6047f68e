"""Whether a round is open, what it asks, and what a submission leaves stored."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from couples.surveys import rules

OPENS = datetime(2026, 6, 4, 16, tzinfo=UTC)
CLOSES = datetime(2026, 6, 7, 18, tzinfo=UTC)
INSTANT = timedelta.resolution


# Open and closed (C1, L6)


@pytest.mark.parametrize(
    ("now", "is_open", "has_closed"),
    [
        (OPENS - INSTANT, False, False),
        (OPENS, True, False),
        (CLOSES - INSTANT, True, False),
        (CLOSES, False, True),
        (CLOSES + timedelta(days=400), False, True),
    ],
)
def test_C1_open_and_closed_are_decided_by_comparing_times(
    now: datetime, is_open: bool, has_closed: bool
) -> None:
    assert rules.is_open(OPENS, CLOSES, now, None) is is_open
    assert rules.has_closed(CLOSES, now, None) is has_closed


def test_L6_a_cancelled_round_is_not_open_and_never_opens_its_pages() -> None:
    ended = CLOSES - timedelta(hours=5)
    assert not rules.is_open(OPENS, CLOSES, ended, ended)
    assert not rules.has_closed(CLOSES, CLOSES + timedelta(days=1), ended)


def test_a_round_that_closed_before_the_link_ended_has_closed() -> None:
    assert rules.has_closed(CLOSES, CLOSES + timedelta(days=9), CLOSES + timedelta(days=7))


# Questions (C2)


@pytest.mark.parametrize(
    ("topics", "asked_last", "picked"),
    [
        ("", {}, ""),
        ("abc", {}, "abc"),
        ("fedcba", {"a": 1}, "fedcba"),  # six or fewer: all of them, whenever asked
        ("abcdefgh", {}, "abcdef"),  # none asked yet: the agreement's order decides
        ("abcdefgh", dict.fromkeys("abcdef", 1), "abcdgh"),  # never asked come first
        ("abcdefgh", dict.fromkeys("abcdef", 1) | {"g": None}, "abcdgh"),  # None is never
        ("abcdefgh", dict.fromkeys("abcdgh", 2) | dict.fromkeys("ef", 1), "abcdef"),
        ("abcdefgh", {t: 9 - n for n, t in enumerate("abcdefgh")}, "cdefgh"),  # longest ago
        ("abcdefg", {"x": 1, "y": None}, "abcdef"),  # topics no longer in force do not count
        ("aabbcdefg", {}, "abcdef"),
    ],
)
def test_C2_at_most_six_topics_those_asked_longest_ago_in_the_agreements_order(
    topics: str, asked_last: Mapping[str, int | None], picked: str
) -> None:
    assert "".join(rules.pick_topics(list(topics), asked_last)) == picked


@given(
    topics=st.lists(st.sampled_from("abcdefghijklmnop"), unique=True),
    most=st.integers(1, 6),
)
@settings(max_examples=100, deadline=None)
def test_C2_every_topic_gets_its_turn(topics: list[str], most: int) -> None:
    asked_last: dict[str, int | None] = {}
    turns = -(-len(topics) // most)
    for number in range(1, turns + 1):
        picked = rules.pick_topics(topics, asked_last, most)
        assert list(picked) == [topic for topic in topics if topic in picked]
        assert len(picked) == min(most, len(topics))
        asked_last.update(dict.fromkeys(picked, number))
    assert set(asked_last) == set(topics)


# Answers (C2, C6)


@pytest.mark.parametrize(
    ("stored", "given", "kept"),
    [
        ({}, {}, {}),
        ({}, {"overall": 5}, {"overall": 5}),
        ({"overall": 5, "time": 2}, {}, {"overall": 5, "time": 2}),  # left untouched
        ({"overall": 5, "time": 2}, {"time": 4}, {"overall": 5, "time": 4}),  # a chosen number
        ({"overall": 5, "time": 2}, {"time": None}, {"overall": 5, "time": None}),  # a chosen skip
        ({"time": None}, {"time": 1}, {"time": 1}),
        ({"time": None}, {}, {"time": None}),
    ],
)
def test_C6_what_is_left_untouched_keeps_what_was_stored(
    stored: dict[str, int | None], given: dict[str, int | None], kept: dict[str, int | None]
) -> None:
    before = dict(stored)
    assert rules.merge_answers(stored, given) == kept
    assert stored == before


@pytest.mark.parametrize(
    ("answers", "words", "any_answer"),
    [
        ({}, "", False),
        ({}, " \n\t ", False),
        ({"overall": None, "time": None}, "", False),  # skips alone are no answer
        ({"overall": None, "time": 1}, "", True),
        ({}, "a quiet week", True),
    ],
)
def test_C2_a_submission_without_any_answer_is_told_apart(
    answers: dict[str, int | None], words: str, any_answer: bool
) -> None:
    assert rules.has_any_answer(answers, words) is any_answer
