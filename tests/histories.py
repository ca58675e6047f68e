"""Random answers, random sharing, and all that may differ without the partner having shared it.

What opens is decided here once more, in one line and not with the product's rules: a question opens
where both have a number (words, a full scale) there and both share it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random
from typing import Any

from couples.db import db, transaction
from couples.surveys.models import Response, Round

SCALE_ITEMS = ("1", "12", "19", "22")
WORDS, SCALE = "words", "csi4"


@dataclass(frozen=True)
class Given:
    """One person's response as random as it gets; `kept` are questions held back one by one."""

    numbers: dict[str, int | None]
    scale: dict[str, int | None]
    words: str
    words_shared: bool
    shared: bool
    withdrawn: bool
    kept: frozenset[str]

    def shares(self, question: str) -> bool:
        """Whether there is something, and it may be seen by the other."""
        if not self.shared or self.withdrawn or question in self.kept:
            return False
        if question == WORDS:
            return self.words_shared and bool(self.words)
        if question == SCALE:
            return len(self.scale) == len(SCALE_ITEMS) and None not in self.scale.values()
        return self.numbers.get(question) is not None

    def payload(self) -> dict[str, Any]:
        """Return what a response keeps of it."""
        return {
            "answers": self.numbers,
            "scale": self.scale,
            "words": self.words,
            "words_shared": self.words_shared,
            "shared": self.shared,
            "withdrawn": self.withdrawn,
            "kept": sorted(self.kept),
        }


Answer = Given | None


def random_answer(random: Random, questions: list[str], scale: bool, name: str) -> Answer:
    """Return any response there can be, or none."""
    if random.random() < 0.15:
        return None
    numbers = {one: random.choice([None, 1, 2, 3, 4, 5, 6, 7]) for one in questions}
    most = {"1": 6}
    points: dict[str, int | None] = {
        item: random.choice([None, *range(most.get(item, 5) + 1)] if random.random() < 0.3
                            else [*range(most.get(item, 5) + 1)])
        for item in (SCALE_ITEMS if scale else ())
    }  # fmt: skip
    return Given(
        numbers,
        points,
        words=random.choice(["", f"{name} says {random.randrange(10**9)}."]),
        words_shared=random.random() < 0.6,
        shared=random.random() < 0.75,
        withdrawn=random.random() < 0.1,
        kept=frozenset(one for one in [*questions, WORDS, SCALE] if random.random() < 0.15),
    )


def opened(one: Answer, other: Answer, questions: list[str]) -> frozenset[str]:
    """Return what opens between two responses."""
    if one is None or other is None:
        return frozenset()
    asked = [*questions, WORDS, SCALE]
    return frozenset(each for each in asked if one.shares(each) and other.shares(each))


def otherwise(
    random: Random, seer: Answer, writer: Answer, questions: list[str], scale: bool, name: str
) -> Answer:
    """Return another response of the writer's of which the seer may notice nothing.

    What opened stays as it is; everything else is drawn anew, and held back where it would open.
    """
    fixed = opened(seer, writer, questions)
    drawn = random_answer(random, questions, scale, name)
    if not fixed:
        return drawn if not opened(seer, drawn, questions) else _held_back(drawn, seer, questions)
    assert writer is not None
    drawn = drawn or writer
    merged = replace(
        drawn,
        numbers={
            one: writer.numbers[one] if one in fixed else drawn.numbers.get(one)
            for one in questions
        },
        scale=writer.scale if SCALE in fixed else drawn.scale,
        words=writer.words if WORDS in fixed else drawn.words,
        words_shared=True if WORDS in fixed else drawn.words_shared,
        shared=True,
        withdrawn=False,
        kept=drawn.kept - fixed,
    )
    new = opened(seer, merged, questions) - fixed
    return replace(merged, kept=merged.kept | new)


def _held_back(drawn: Answer, seer: Answer, questions: list[str]) -> Answer:
    assert drawn is not None
    return replace(drawn, kept=drawn.kept | opened(seer, drawn, questions))


@transaction()
def store(person_id: str, answers: dict[str, Answer]) -> None:
    """Put these responses of one person in the place of whatever is there, by round."""
    rows = db.session.scalars(db.select(Response).where(Response.person_id == person_id))
    for row in rows:
        if row.round_id in answers:
            given = answers[row.round_id]
            row.payload = given.payload() if given else None


@transaction()
def ask(round_id: str, own: dict[str, str], scale: bool, step: dict[str, str]) -> list[str]:
    """Let a round ask own questions, the step and the scale too; return all its questions."""
    row = db.session.get_one(Round, round_id)
    topics = [dict(one) for one in row.questions]
    more = [{"id": key, "listed": None, "name": name, "promise": "", "own": True}
            for key, name in own.items()]  # fmt: skip
    steps = [{"id": key, "listed": None, "name": name, "promise": "", "step": True}
             for key, name in step.items()]  # fmt: skip
    row.questions = [*topics, *more, *steps, *([{"scale": SCALE}] if scale else [])]
    return ["overall", *(one["id"] for one in [*topics, *more, *steps])]
