"""What follows from what, without a database (rules A1, A2, A5, A6)."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from couples.agreement import rules
from couples.agreement.document.differences import word_difference
from couples.agreement.rules import NeedWords, Wish

TODAY = date(2026, 9, 1)


def test_A1_six_needs_are_the_most() -> None:
    assert rules.may_write_more(5)
    assert not rules.may_write_more(6)


def test_A1_a_need_of_blanks_has_no_part_written() -> None:
    assert NeedWords(" ", "\n", "", 3).parts == 0
    assert NeedWords("a", "b", "").parts == 2


def test_A3_the_same_listed_topic_becomes_one_and_own_words_stay_apart() -> None:
    left = [Wish("a", "time", 1), Wish("b", None, 1)]
    right = [Wish("c", None, 1), Wish("d", "time", 1)]
    assert rules.topics_to_open(left, right) == [["a", "d"], ["c"], ["b"]]


def test_A2_topics_take_turns_between_the_leaves_by_what_matters_to_each() -> None:
    left = [Wish("a", "time", None), Wish("b", "home", 5), Wish("c", "work", 3)]
    right = [Wish("d", "money", 1)]
    assert rules.topics_to_open(left, right) == [["b"], ["d"], ["c"], ["a"]]


@given(
    st.lists(st.tuples(st.sampled_from(["time", "home", None]), st.integers(1, 5)), max_size=6),
    st.lists(st.tuples(st.sampled_from(["time", "home", None]), st.integers(1, 5)), max_size=6),
)
def test_A2_every_need_opens_exactly_once(
    left: list[tuple[str | None, int]], right: list[tuple[str | None, int]]
) -> None:
    wishes = [
        [Wish(f"{side}{n}", listed, matters) for n, (listed, matters) in enumerate(needs)]
        for side, needs in (("l", left), ("r", right))
    ]
    opened = [need for topic in rules.topics_to_open(*wishes) for need in topic]
    assert sorted(opened) == sorted(wish.need_id for side in wishes for wish in side)


def test_A5_a_suggestion_binds_its_author_or_both_and_never_the_other_alone() -> None:
    assert rules.owner_of("maya", mine=True) == "maya"
    assert rules.owner_of("maya", mine=False) is None


def test_A6_the_usual_terms_can_be_kept_and_lie_twelve_weeks_ahead() -> None:
    terms = rules.usual_terms("Europe/Berlin", TODAY)
    terms.rhythm.check()
    assert terms.review_on == date(2026, 11, 24)
    assert rules.may_review_on(terms.review_on, TODAY)


@pytest.mark.parametrize(
    ("day", "may"),
    [
        (TODAY, False),
        (date(2026, 9, 2), True),
        (date(2028, 9, 1), True),
        (date(2028, 9, 2), False),
        (date(1, 1, 1), False),
        (date(9999, 12, 31), False),
    ],
)
def test_A6_the_review_date_lies_ahead_by_two_years_at_most(day: date, may: bool) -> None:
    assert rules.may_review_on(day, TODAY) is may


def test_two_years_after_29_february_is_28_february() -> None:
    assert rules.years_after(date(2028, 2, 29), 2) == date(2030, 2, 28)


@pytest.mark.parametrize(
    ("hour", "zone", "may"),
    [
        (7, "Europe/Berlin", True),
        (8, "Europe/Berlin", False),
        (0, "Asia/Tokyo", False),
        (8, "America/New_York", True),
    ],
)
def test_S3_terms_are_signed_before_nine_in_ones_own_morning_of_the_review(
    hour: int, zone: str, may: bool
) -> None:
    now = datetime(2026, 12, 1, hour, tzinfo=UTC)
    assert rules.may_sign_for(date(2026, 12, 1), zone, now) is may


def shown(old: str, new: str) -> list[tuple[str, str]]:
    return [(piece.kind, piece.text) for piece in word_difference(old, new)]


def test_the_difference_of_two_wordings_reads_in_phrases() -> None:
    old = "Two evenings a week are ours, with laptops shut by eight."
    new = "Tuesday and Sunday evenings are ours, with laptops shut by half past seven."
    assert shown(old, new)[-3:] == [
        ("removed", "eight"),
        ("added", "half past seven"),
        ("same", "."),
    ]
    assert shown("same words", "same words") == [("same", "same words")]
    assert shown("", "new") == [("added", "new")]
    assert shown("a x c", "a y c") == [
        ("same", "a "),
        ("removed", "x"),
        ("added", "y"),
        ("same", " c"),
    ]


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_difference_holds_both_texts_entirely(old: str, new: str) -> None:
    found = word_difference(old, new)
    assert "".join(piece.text for piece in found if piece.kind != "added") == old
    assert "".join(piece.text for piece in found if piece.kind != "removed") == new


words = st.lists(st.sampled_from(["we", "both", "talk", "on", "Sunday", ","]), max_size=12)


@given(words, words)
def test_a_difference_of_sentences_holds_both_entirely(old: list[str], new: list[str]) -> None:
    found = word_difference(" ".join(old), " ".join(new))
    assert "".join(piece.text for piece in found if piece.kind != "added") == " ".join(old)
    assert "".join(piece.text for piece in found if piece.kind != "removed") == " ".join(new)
