"""The exact text that is signed, and its hash (rule A7)."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from couples.agreement.document.content import (
    Clause,
    Content,
    NeedText,
    Signer,
    canonical,
    content_hash,
    from_plain,
    to_plain,
)
from couples.agreement.rhythm import Rhythm

CLAUSE = Clause(
    "t1", "time", "", (NeedText("m", "Evenings.", "I say which."),), None, "Two evenings.",
    "Both happened.", "We name another.", "Weekly",
)  # fmt: skip
CONTENT = Content(
    (Signer("m", "Maya", "disc"), Signer("j", "Jonas", "diamond")),
    (CLAUSE,),
    Rhythm(1, 3, 18, 6, 20, "Europe/Berlin"),
    "Sundays.",
    date(2026, 12, 1),
)


def test_a_text_comes_back_from_json_as_it_was() -> None:
    assert from_plain(json.loads(json.dumps(to_plain(CONTENT)))) == CONTENT


def test_A7_the_same_text_has_one_writing() -> None:
    assert canonical(CONTENT) == canonical(from_plain(json.loads(json.dumps(to_plain(CONTENT)))))


@pytest.mark.parametrize(
    "changed",
    [
        replace(CONTENT, talk_plan="Sundays"),
        replace(CONTENT, review_on=date(2026, 12, 2)),
        replace(CONTENT, rhythm=Rhythm(2, 3, 18, 6, 20, "Europe/Berlin")),
        replace(CONTENT, clauses=()),
        replace(CONTENT, clauses=(replace(CLAUSE, owner_id="m"),)),
        replace(CONTENT, clauses=(replace(CLAUSE, words="Three evenings."),)),
        replace(CONTENT, clauses=(replace(CLAUSE, kept_when=""),)),
        replace(CONTENT, clauses=(replace(CLAUSE, otherwise=""),)),
        replace(CONTENT, clauses=(replace(CLAUSE, how_often=""),)),
        replace(CONTENT, clauses=(replace(CLAUSE, needs=()),)),
        replace(CONTENT, people=tuple(reversed(CONTENT.people))),
    ],
)
def test_A7_any_other_text_has_another_hash(changed: Content) -> None:
    assert content_hash("salt", changed) != content_hash("salt", CONTENT)


def test_A7_names_stand_in_the_text_and_not_in_its_hash() -> None:
    renamed = replace(CONTENT, people=(CONTENT.people[0], Signer("j", "Jon", "diamond")))
    assert content_hash("salt", renamed) == content_hash("salt", CONTENT)
    assert from_plain(to_plain(renamed)).people[1].name == "Jon"


def test_A7_another_salt_gives_another_hash_of_the_same_text() -> None:
    assert content_hash("one", CONTENT) != content_hash("other", CONTENT)


def test_S1_no_word_of_the_text_shows_in_a_traceback() -> None:
    assert "evenings" not in repr(CONTENT).lower()
