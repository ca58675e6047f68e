"""What opens to whom at the close, and that nothing unshared ever shines through."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from couples.surveys import rules
from couples.surveys.rules import NO_RESPONSE, ResponseView

MAYA = ResponseView({"overall": 6, "time": 3, "money": 2}, True, "Thank you", words_shared=True)
JONAS = ResponseView({"overall": 4, "time": None, "home": 5}, True, "Long days", words_shared=True)


def test_C5_it_opens_question_by_question_where_both_shared_a_number() -> None:
    assert rules.opened(MAYA, JONAS, closed=True) == {"overall": (6, 4)}
    assert rules.opened(JONAS, MAYA, closed=True) == {"overall": (4, 6)}


def test_C5_nothing_opens_before_the_close() -> None:
    assert rules.opened(MAYA, JONAS, closed=False) == {}
    assert rules.opened_words(MAYA, JONAS, closed=False) == ""


def test_C5_kept_skipped_withdrawn_and_never_written_look_the_same() -> None:
    kept_or_withdrawn = replace(JONAS, shared=False)
    skipped = ResponseView({"overall": None, "time": None}, True)
    elsewhere = ResponseView({"home": 5}, True)
    for nothing in (kept_or_withdrawn, skipped, elsewhere, NO_RESPONSE):
        assert rules.opened(MAYA, nothing, closed=True) == {}
        assert rules.opened_words(MAYA, nothing, closed=True) == ""


def test_C5_who_kept_or_withdrew_their_own_sees_nothing_either() -> None:
    for viewer in (replace(MAYA, shared=False), NO_RESPONSE):
        assert rules.opened(viewer, JONAS, closed=True) == {}
        assert rules.opened_words(viewer, JONAS, closed=True) == ""


@pytest.mark.parametrize(
    ("viewer", "words"),
    [
        (MAYA, "Long days"),
        (replace(MAYA, words_shared=False), ""),  # a number is another question
        (replace(MAYA, answers={}), "Long days"),  # words for words
        (replace(MAYA, answers={"time": None}, words="  "), ""),  # a skip and blanks are not
        (replace(MAYA, answers={}, words_shared=False), ""),
        (replace(MAYA, shared=False), ""),  # the response's own choice counts for its words
    ],
)
def test_C5_words_open_to_who_shared_words_of_the_round(viewer: ResponseView, words: str) -> None:
    assert rules.opened_words(viewer, JONAS, closed=True) == words


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, "Long days"),
        ({"words_shared": False}, ""),
        ({"shared": False}, ""),
        ({"words": " "}, ""),
        ({"words": " so so \n"}, "so so"),
    ],
)
def test_C4_words_have_their_own_choice(change: dict[str, bool | str], words: str) -> None:
    assert rules.opened_words(MAYA, replace(JONAS, **change), closed=True) == words  # type: ignore[arg-type]


def test_S1_a_response_in_a_traceback_shows_no_answer() -> None:
    assert "Thank you" not in repr(MAYA) and "overall" not in repr(MAYA)


# Properties

QUESTIONS = ["overall", "time", "money", "home"]
answers = st.dictionaries(st.sampled_from(QUESTIONS), st.none() | st.integers(1, 7))
responses = st.builds(
    ResponseView,
    answers=answers,
    shared=st.booleans(),
    words=st.sampled_from(["", " ", "one", "two"]),
    words_shared=st.booleans(),
)
some = settings(max_examples=200, deadline=None)


@some
@given(one=responses, other=responses, closed=st.booleans())
def test_C5_both_see_the_same_questions_with_the_numbers_exchanged(
    one: ResponseView, other: ResponseView, closed: bool
) -> None:
    mine, theirs = rules.opened(one, other, closed), rules.opened(other, one, closed)
    assert mine == {question: (a, b) for question, (b, a) in theirs.items()}
    for question, pair in mine.items():
        assert closed and one.shared and other.shared
        assert pair == (one.answers[question], other.answers[question])


@some
@given(viewer=responses, partner=responses, swapped=responses)
def test_S2_before_the_close_nothing_depends_on_the_partner(
    viewer: ResponseView, partner: ResponseView, swapped: ResponseView
) -> None:
    assert rules.opened(viewer, partner, False) == rules.opened(viewer, swapped, False)
    assert rules.opened_words(viewer, partner, False) == rules.opened_words(viewer, swapped, False)


@some
@given(viewer=responses, partner=responses, unshared=responses)
def test_S2_nothing_that_was_not_shared_changes_what_opens(
    viewer: ResponseView, partner: ResponseView, unshared: ResponseView
) -> None:
    """Two partners who differ only in what C5 keeps from this viewer look exactly alike."""
    visible = {q for q, a in viewer.answers.items() if viewer.shared and a is not None}
    hidden = {q: a for q, a in unshared.answers.items() if q not in visible}
    same_in_sight = {q: a for q, a in partner.answers.items() if q in visible}
    other = replace(partner, answers=hidden | same_in_sight)
    if not partner.shared:
        other = replace(unshared, shared=False)
    elif not partner.words_shared:
        other = replace(other, words=unshared.words)
    assert rules.opened(viewer, partner, True) == rules.opened(viewer, other, True)
    assert rules.opened_words(viewer, partner, True) == rules.opened_words(viewer, other, True)


@some
@given(viewer=responses, partner=responses)
def test_C3_withdrawing_is_like_never_having_shared(
    viewer: ResponseView, partner: ResponseView
) -> None:
    withdrawn = replace(partner, shared=False)
    assert rules.opened(viewer, withdrawn, True) == rules.opened(viewer, NO_RESPONSE, True) == {}
    assert rules.opened_words(viewer, withdrawn, True) == ""
