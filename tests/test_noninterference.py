"""No value a person can reach depends on what the partner did not share (rules C5, O1, S2).

Answers and sharing are random. Then everything of Jonas's that did not open to Maya is replaced by
something else at random, and every page, file and calendar Maya can reach must be the same, byte
for byte.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from couples.db import db, transaction
from couples.pairing.services_leaving import end_link
from couples.privacy.services import save_note
from couples.talks.calendar.services import address_token, make_address
from couples.talks.models import AgendaItem, Step, Talk
from tests import histories
from tests.cast import Cast, sign_in
from tests.dashboard.half_a_year import after, write
from tests.histories import Answer
from tests.pages import forms_of, without_tokens
from tests.privacy.crawling import HREF
from tests.surveys.agreed import at

ROUNDS = 30  # half a year and a little, so that there is a page to look back on
STARTS = (
    "/overview", "/overview?rounds=26", "/overview?rounds=all", "/overview/numbers.csv",
    "/overview/numbers.csv?rounds=all", "/overview/mine", "/overview/back", "/talks", "/talks/past",
    "/talks/calendar", "/talks/prompts", "/talks/plan", "/talks/add?about=overall", "/doc",
    "/doc/review", "/doc/versions", "/week", "/week/done", "/week/past", "/week/questions",
    "/private", "/settings", "/start",
)  # fmt: skip
# Doors before one's own pages, pages of letters, files; then pages of needs, steps and old links,
# which show no answer. Each is named, so that a new page cannot be left out unseen.
NOT_WALKED = frozenset(
    """
    accounts.confirm accounts.forgot accounts.leave_now accounts.reset accounts.reset_sent
    accounts.sign_in accounts.sign_up accounts.sign_up_sent healthz healthz_letters help_page how
    letters.html letters.index letters.show pairing.declined pairing.enter_code pairing.invite
    privacy privacy.erased robots static surveys.by_link surveys.done_by_link surveys.stop_page
    agreement.hear agreement.kept agreement.kept_file agreement.order agreement.read_one
    agreement.read_through agreement.write talks.step
    """.split()
)
VOLATILE = ("Set-Cookie", "Date")
ELSEWHERE = ("/static/", "/letters", "/exit", "/help", "/how", "/privacy")
# Setting a file takes a second, so only one of the random histories looks at them.
FILE_SEED = 7


def starts(person_id: str) -> tuple[str, ...]:
    """Return where somebody begins to look around, their own calendar included."""
    token = address_token(person_id)
    return (*STARTS, f"/talks/calendar/{token}.ics") if token else STARTS


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
        self.step_id = talks(cast, after(13), after(ROUNDS))
        self.questions: dict[str, list[str]] = {}
        for number, round_id in enumerate(self.round_ids, start=1):
            own = {"q-own": "How rested are you?"} if number > 3 else {}
            step = {self.step_id: "Laptops away at nine."} if number == 14 else {}
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


@transaction()
def talks(cast: Cast, behind: datetime, now: datetime) -> str:
    """Let them have talked once, with a step, and plan another; return the step's id."""
    times = {"minutes": 30, "made_at": behind, "agreed_at": behind}
    past = Talk(couple_id=cast.couple, starts_at=behind, talked_at=behind, **times)
    ahead = Talk(couple_id=cast.couple, starts_at=now + timedelta(days=2), **times)
    db.session.add_all([past, ahead])
    db.session.flush()
    step = Step(
        couple_id=cast.couple, talk_id=past.id, author_id=cast.jonas,
        words="Laptops away at nine.", made_at=behind,
    )  # fmt: skip
    items = [
        AgendaItem(couple_id=cast.couple, author_id=one, words="The spare room.", added_at=behind)
        for one in (cast.maya, cast.jonas)
    ]
    db.session.add_all([step, *items])
    make_address(cast.maya, now)
    save_note(cast.maya, "n" * 22, "Only mine.", revision=0, may_begin=True, now=now)
    return step.id


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
        seen.append(surface(client, starts(couple.cast.maya), files=seed == FILE_SEED))
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


def test_every_page_there_is_was_looked_at(app: Flask, couple: Couple, client: FlaskClient) -> None:
    now = after(ROUNDS)
    with at(now):
        sign_in(client, couple.cast.maya, now)
        histories.store(couple.cast.maya, couple.draw(Random(2), "Maya"))
        paths = surface(client, starts(couple.cast.maya), files=True)
    adapter = app.url_map.bind("localhost")
    seen = {adapter.match(path.partition("?")[0])[0] for path in paths}
    pages = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert pages - seen == NOT_WALKED
    assert not seen & NOT_WALKED


PRIVATE_ACTS: tuple[tuple[str, dict[str, str]], ...] = (
    ("/overview/mine/usual", {"about": "overall"}),
    ("/overview/mine/usual", {"about": "scale"}),
    ("/overview/mine/usual", {"about": "overall", "then": "back"}),
    ("/talks/calendar", {}),
    ("/talks/calendar/replace", {}),
    ("/talks/calendar/remove", {}),
    ("/talks/add", {"about": "overall", "words": "Only being thought about."}),
    ("/week/slower/away", {}),
)


def test_S2_nothing_done_in_private_is_noticed(
    app: Flask, couple: Couple, client: FlaskClient
) -> None:
    now = after(ROUNDS)
    random = Random(5)
    histories.store(couple.cast.maya, couple.draw(random, "Maya"))
    histories.store(couple.cast.jonas, couple.draw(random, "Jonas"))
    theirs = app.test_client()
    with at(now):
        sign_in(client, couple.cast.maya, now)
        sign_in(theirs, couple.cast.jonas, now)
        before = surface(client, starts(couple.cast.maya), files=False)
        surface(theirs, starts(couple.cast.jonas), files=False)
        for path, typed in (*PRIVATE_ACTS, card_away(theirs)):
            assert theirs.post(path, data=typed).status_code < 400, path
        assert surface(client, starts(couple.cast.maya), files=False) == before


def card_away(client: FlaskClient) -> tuple[str, dict[str, str]]:
    """Return how the card on somebody's overview is put away."""
    forms = forms_of(client.get("/overview").text)
    (form,) = [one for one in forms if one.action == "/overview/cards/away"]
    return form.action, dict(form.values())
