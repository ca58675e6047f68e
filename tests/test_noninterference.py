"""No value a person can reach depends on what the partner did not share (rules C5, O1, S2).

Answers and sharing are random. Then everything of Jonas's that did not open to Maya is replaced by
something else at random, and every page, file and calendar Maya can reach must be the same, byte
for byte.
"""

from __future__ import annotations

from datetime import datetime
from random import Random

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from couples.pairing.services_leaving import end_link
from tests import histories
from tests.cast import Cast, sign_in
from tests.dashboard.half_a_year import after, write
from tests.histories import Answer
from tests.pages import without_tokens
from tests.privacy.crawling import HREF
from tests.surveys.agreed import at

ROUNDS = 30  # half a year and a little, so that there is a page to look back on
STARTS = (
    "/overview", "/overview?rounds=26", "/overview?rounds=all", "/overview/numbers.csv",
    "/overview/numbers.csv?rounds=all", "/overview/mine", "/overview/back", "/talks", "/talks/past",
    "/talks/calendar", "/talks/prompts", "/talks/plan", "/talks/add?about=overall", "/doc",
    "/doc/review", "/doc/versions", "/week", "/week/past", "/week/questions", "/private",
    "/settings",
)  # fmt: skip
VOLATILE = ("Set-Cookie", "Date")
ELSEWHERE = ("/static/", "/letters", "/exit", "/help", "/how", "/privacy")
# Setting a file takes a second, so only one of the random histories looks at them.
FILE_SEED = 7


def surface(client: FlaskClient, starts: tuple[str, ...], files: bool) -> dict[str, object]:
    """Return everything somebody can reach by links from these pages: status, headers, bytes."""
    waiting, found = list(starts), dict[str, object]()
    while waiting:
        path = waiting.pop()
        if path in found or path.startswith(ELSEWHERE) or (path.endswith(".pdf") and not files):
            continue
        answer = client.get(path)
        assert answer.status_code < 500, path
        body = answer.data if answer.mimetype == "application/pdf" else without_tokens(answer.data)
        kept = {name: value for name, value in answer.headers.items() if name not in VOLATILE}
        found[path] = (answer.status_code, sorted(kept.items()), body)
        if answer.mimetype == "text/html":
            waiting += HREF.findall(answer.text)
    return found


class Couple:
    """Maya and Jonas with a random history, and what of Jonas's may be exchanged for anything."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.round_ids = write(cast, [(None, None)] * ROUNDS, versions=2)
        self.questions: dict[str, list[str]] = {}
        for number, round_id in enumerate(self.round_ids, start=1):
            own = {"q-own": "How rested are you?"} if number > 3 else {}
            step = {"s-step": "Laptops away at nine."} if number == 12 else {}
            asked = histories.ask(round_id, own, self.has_scale(round_id), step)
            self.questions[round_id] = asked

    def has_scale(self, round_id: str) -> bool:
        """Whether this round asks the published scale."""
        return self.round_ids.index(round_id) % 4 == 0

    def draw(self, random: Random, name: str) -> dict[str, Answer]:
        """Return random responses to every round."""
        return {
            one: histories.random_answer(random, self.questions[one], self.has_scale(one), name)
            for one in self.round_ids
        }

    def otherwise(
        self, random: Random, seer: dict[str, Answer], writer: dict[str, Answer]
    ) -> dict[str, Answer]:
        """Return other responses of the writer's that open the same to the seer."""
        return {
            one: histories.otherwise(
                random, seer[one], writer[one], self.questions[one], self.has_scale(one), "Jonas"
            )
            for one in self.round_ids
        }

    def opened(self, seer: dict[str, Answer], writer: dict[str, Answer]) -> list[frozenset[str]]:
        """Return what opens, round by round."""
        return [histories.opened(seer[one], writer[one], self.questions[one]) for one in seer]


@pytest.fixture
def couple(app: Flask, cast: Cast) -> Couple:
    return Couple(cast)


def check(couple: Couple, client: FlaskClient, seed: int, now: datetime) -> None:
    """Exchange what did not open, and find Maya's whole surface the same."""
    random = Random(seed)
    maya, jonas = couple.draw(random, "Maya"), couple.draw(random, "Jonas")
    other = couple.otherwise(random, maya, jonas)
    assert couple.opened(maya, jonas) == couple.opened(maya, other)
    assert jonas != other
    histories.store(couple.cast.maya, maya)
    seen = []
    for theirs in (jonas, other):
        histories.store(couple.cast.jonas, theirs)
        seen.append(surface(client, STARTS, files=seed == FILE_SEED))
    assert seen[0].keys() == seen[1].keys()
    assert [path for path in seen[0] if seen[0][path] != seen[1][path]] == []


@settings(
    max_examples=4, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@example(FILE_SEED)
@given(st.integers(0, 10**9))
def test_O1_nothing_within_reach_depends_on_what_was_not_shared(
    couple: Couple, client: FlaskClient, seed: int
) -> None:
    now = after(ROUNDS)
    with at(now):
        sign_in(client, couple.cast.maya, now)
        check(couple, client, seed, now)


def test_L6_nor_does_anything_after_the_link_has_ended(couple: Couple, client: FlaskClient) -> None:
    now = after(ROUNDS)
    with at(now):
        end_link(couple.cast.jonas, now)
        sign_in(client, couple.cast.maya, now)
        client.get("/settings")  # says once that the link has ended
        check(couple, client, 3, now)


def test_what_did_open_is_seen(couple: Couple, client: FlaskClient) -> None:
    """The test can fail: where something opened is exchanged, pages differ."""
    now = after(ROUNDS)
    random = Random(1)
    maya, jonas = couple.draw(random, "Maya"), couple.draw(random, "Jonas")
    histories.store(couple.cast.maya, maya)
    with at(now):
        sign_in(client, couple.cast.maya, now)
        seen = []
        for theirs in (jonas, dict.fromkeys(jonas)):
            histories.store(couple.cast.jonas, theirs)
            seen.append(surface(client, ("/overview", "/overview/numbers.csv"), files=False))
    assert all(seen[0][path] != seen[1][path] for path in ("/overview", "/overview/numbers.csv"))
