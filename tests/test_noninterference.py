"""No value a person can reach depends on what the partner did not share (rules C5, O1, S2).

Answers and sharing are random. Then everything of Jonas's that did not open to Maya is replaced by
something else at random, and every page, file and calendar Maya can reach must be the same, byte
for byte.
"""

from __future__ import annotations

from dataclasses import replace
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
from tests.dashboard.half_a_year import after, during, write
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
    "/private", "/settings", "/settings/prove", "/settings/address/sent", "/start",
)  # fmt: skip
# Doors before one's own pages, pages of letters, files; then pages of needs, steps and old links,
# which show no answer. Each is named, so that a new page cannot be left out unseen.
NOT_WALKED = frozenset(
    """
    accounts.confirm accounts.forgot accounts.leave_now accounts.new_address
    accounts.reset accounts.reset_sent
    accounts.sign_in accounts.sign_in_code accounts.codes_app accounts.codes_recovery
    accounts.codes_off accounts.passkey accounts.sign_up accounts.sign_up_sent healthz
    healthz_letters help_page how letters.html letters.index letters.show manifest
    pairing.declined
    pairing.enter_code pairing.invite
    privacy readyz privacy.delete_locked privacy.erased privacy.open_older privacy.unlock
    robots static surveys.by_link surveys.done_by_link surveys.stop_page
    agreement.hear agreement.kept agreement.kept_file agreement.order agreement.read_one
    agreement.read_through agreement.write talks.step
    """.split()
)
# A request's own name is random, and stands on the answers an operator may be asked about.
VOLATILE = ("Set-Cookie", "Date", "X-Request-ID")
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
        self, random: Random, seer: dict[str, Answer], writer: dict[str, Answer], is_open: bool
    ) -> dict[str, Answer]:
        """Return other responses of the writer's that open the same to the seer.

        Of the last round, where it is open, everything is drawn anew: nothing has opened.
        """
        others = {
            one: histories.otherwise(
                random, seer[one], writer[one], self.questions[one], self.has_scale(one), "Other"
            )
            for one in self.round_ids
        }
        return {**others, **self.last_of(random)} if is_open else others

    def last_of(self, random: Random) -> dict[str, Answer]:
        """Return a random response to the last round, and never none."""
        last = self.round_ids[-1]
        drawn = None
        while drawn is None:
            drawn = histories.random_answer(random, self.questions[last], False, "Now")
        return {last: replace(drawn, shared=True, words_shared=True, kept=frozenset())}

    def talk_id(self) -> str:
        """Return the talk that is behind them."""
        found: str = db.session.scalars(db.select(Step.talk_id)).one()
        return found

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


def check(
    couple: Couple, client: FlaskClient, seed: int, is_open: bool = False, of_jonas: bool = False
) -> None:
    """Exchange what did not open, and find the seer's whole surface the same."""
    seer_id, writer_id = couple.cast.maya, couple.cast.jonas
    if of_jonas:
        seer_id, writer_id = writer_id, seer_id
    random = Random(seed)
    mine, theirs = couple.draw(random, "Maya"), couple.draw(random, "Jonas")
    if is_open:
        theirs |= couple.last_of(random)
    other = couple.otherwise(random, mine, theirs, is_open)
    known = ROUNDS - 1 if is_open else ROUNDS
    assert couple.opened(mine, theirs)[:known] == couple.opened(mine, other)[:known]
    assert theirs != other
    histories.store(seer_id, mine)
    seen = []
    for each in (theirs, other):
        histories.store(writer_id, each)
        seen.append(surface(client, starts(seer_id), files=seed == FILE_SEED))
    assert seen[0].keys() == seen[1].keys()
    assert [path for path in seen[0] if seen[0][path] != seen[1][path]] == []


@settings(
    max_examples=3, deadline=None, derandomize=True,
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
        check(couple, client, seed)


@pytest.mark.parametrize("of_jonas", [False, True])
def test_S2_nor_on_what_was_answered_in_a_round_that_is_open(
    couple: Couple, client: FlaskClient, of_jonas: bool
) -> None:
    """The second draw is seen by the one with the right leaf."""
    now = during(ROUNDS)
    with at(now):
        sign_in(client, couple.cast.jonas if of_jonas else couple.cast.maya, now)
        check(couple, client, 11, is_open=True, of_jonas=of_jonas)


def test_L6_nor_does_anything_after_the_link_has_ended(couple: Couple, client: FlaskClient) -> None:
    now = after(ROUNDS)
    with at(now):
        end_link(couple.cast.jonas, now)
        sign_in(client, couple.cast.maya, now)
        client.get("/settings")  # says once that the link has ended
        check(couple, client, 3)


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


# Pages that show whether a round is open, and make none by being looked at.
NOT_THE_FIRST_TO_LOOK = ("/overview", "/overview/mine", "/talks", "/doc", "/private", "/settings")
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
    """The card Jonas puts away is the very one that Maya has."""
    now, last = after(ROUNDS), couple.round_ids[-1]
    random = Random(5)
    for person_id, number in ((couple.cast.maya, 2), (couple.cast.jonas, 7)):
        drawn = {one: level(each, 4) for one, each in couple.draw(random, "Who").items()}
        drawn[last] = level(couple.last_of(random)[last], number)
        histories.store(person_id, drawn)
    theirs = app.test_client()
    with at(now):
        sign_in(client, couple.cast.maya, now)
        sign_in(theirs, couple.cast.jonas, now)
        assert card_away(client) == card_away(theirs)
        before = surface(client, starts(couple.cast.maya), files=False)
        surface(theirs, starts(couple.cast.jonas), files=False)
        for path, typed in (*PRIVATE_ACTS, card_away(theirs)):
            assert theirs.post(path, data=typed).status_code < 400, path
        for path in ("/private/new", f"/talks/{couple.talk_id()}/step/promise"):
            fill(theirs, path)
        assert card_away(client) != card_away(theirs)
        assert surface(client, starts(couple.cast.maya), files=False) == before


def level(given: Answer, number: int) -> Answer:
    """Return a response with the same number everywhere, so that nothing changes over time."""
    if given is None:
        return None
    numbers: dict[str, int | None] = {**dict.fromkeys(given.numbers, 4), "overall": number}
    return replace(given, numbers=numbers, scale=dict.fromkeys(given.scale))


def card_away(client: FlaskClient) -> tuple[str, dict[str, str]]:
    """Return how the card on somebody's overview is put away; nothing where there is none."""
    forms = forms_of(client.get("/overview").text)
    found = [one for one in forms if one.action == "/overview/cards/away"]
    shown = [dict(one.values())["shown"] for one in found]
    return ("/overview/cards/away", {"shown": shown[0]}) if shown else ("", {})


def fill(client: FlaskClient, path: str) -> None:
    """Fill in the first form of a page with anything it takes, and send it."""
    form = next(one for one in forms_of(client.get(path).text) if one.fields)
    typed = {one.name: one.value or (one.offers or ["Only mine."])[0] for one in form.fields}
    typed |= dict(form.buttons[:1])
    assert client.post(form.action or path, data=typed).status_code < 400, path


def test_S2_nor_is_it_while_a_round_is_due_or_open(
    app: Flask, couple: Couple, client: FlaskClient
) -> None:
    """Between the hour it is due and the next tick, whoever looks first makes the round."""
    maya, jonas, theirs = couple.cast.maya, couple.cast.jonas, app.test_client()
    random = Random(6)
    histories.store(maya, couple.draw(random, "Maya"))
    histories.store(jonas, couple.draw(random, "Jonas"))
    now = during(ROUNDS + 1)
    with at(now):
        sign_in(client, maya, now)
        sign_in(theirs, jonas, now)
        due = [without_tokens(client.get(path).data) for path in NOT_THE_FIRST_TO_LOOK]
        theirs.get("/week")
        assert [without_tokens(client.get(path).data) for path in NOT_THE_FIRST_TO_LOOK] == due
        before = surface(client, starts(maya), files=False)
        fill(theirs, "/week")
        assert surface(client, starts(maya), files=False) == before
