"""The published scale on both pages of a round, and what opens of it (C2, C4, C5, C6)."""

from __future__ import annotations

import html
from dataclasses import replace
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from couples import tokens
from couples.accounts.services_profile import change_profile
from couples.surveys.answering.services import Answers, Stored, save_answers, stored_of
from couples.surveys.answering.services_link import save_by_link
from couples.surveys.rounds.services_clock import open_due_rounds
from couples.surveys.scales.items import scale
from couples.surveys.services import RoundView
from couples.surveys.terms import scale_of
from tests.cast import Cast, prove, sign_in
from tests.pages import without_tokens
from tests.surveys.agreed import (
    AFTER,
    INSIDE,
    WEEK,
    at,
    opened,
    post_by_link,
    response_of,
    round_of,
    rounds_for,
    rounds_of,
)

KEYS = ("1", "12", "19", "22")
CSI = scale("csi4")


def points(*given: int | None) -> dict[str, int | None]:
    return dict(zip(KEYS, given, strict=False))


ALL = points(3, 4, 3, 4)


@pytest.fixture
def round_id(cast: Cast, now: datetime) -> str:
    return opened(cast.couple, now).id


@pytest.fixture
def maya(client: FlaskClient, cast: Cast, round_id: str) -> FlaskClient:
    sign_in(client, cast.maya, INSIDE)
    return client


def signed_in(person: str, round_id: str, share: bool, given: dict[str, int | None]) -> None:
    assert save_answers(person, round_id, Answers({}, share, scale=given), INSIDE) is None


def by_link(person: str, round_id: str, share: bool, given: dict[str, int | None]) -> None:
    response = response_of(round_id, person)
    token = tokens.make("week", response.id, response.generation)
    save_by_link(token, Answers({}, share, scale=given), INSIDE)


def mine(cast: Cast) -> Stored:
    return stored_of(response_of(round_of(cast.couple).id, cast.maya))


def view(person: str) -> RoundView:
    (found,) = rounds_for(person, AFTER)
    return found


def test_C2_rounds_one_five_and_nine_ask_it(cast: Cast, now: datetime) -> None:
    opened(cast.couple, now)
    for week in range(1, 10):
        open_due_rounds(INSIDE + week * WEEK)
    asked = [one.number for one in rounds_of(cast.couple) if scale_of(one.questions)]
    assert asked == [1, 5, 9]


def test_the_operators_switch_counts_when_the_round_opens(
    app: Flask, cast: Cast, now: datetime
) -> None:
    on = app.extensions["settings"]
    app.extensions["settings"] = replace(on, scales=False)
    opened(cast.couple, now)
    app.extensions["settings"] = on
    assert scale_of(round_of(cast.couple).questions) is None


def test_both_pages_ask_word_for_word_and_choose_nothing(
    app: Flask, maya: FlaskClient, cast: Cast, round_id: str
) -> None:
    token = tokens.make("week", response_of(round_id, cast.maya).id, 0)
    # Switched off meanwhile: what this round asks was fixed when it opened.
    app.extensions["settings"] = replace(app.extensions["settings"], scales=False)
    with at(INSIDE):
        pages = [html.unescape(maya.get(path).text) for path in ("/week", f"/week/{token}")]
    for page in pages:
        for item in CSI.items:
            assert f"<legend><span>{item.words}</span></legend>" in page
            for label, worth in item.choices:
                assert f'value="{worth}"><span>{label}</span>' in page
        assert CSI.citation in page and CSI.notice in page
        part = page.partition("The two of you, as a whole")[2].partition("</section>")[0]
        assert "checked" not in part and "this week" not in part
        assert part.count('value="skip"') == 4
    assert "was_s1" not in pages[1]


@pytest.mark.parametrize("language", ["de", "ar"])
def test_it_is_not_asked_in_another_language(
    maya: FlaskClient, cast: Cast, round_id: str, language: str
) -> None:
    change_profile(cast.maya, name="Maya", language=language, zone="UTC", now=INSIDE)
    token = tokens.make("week", response_of(round_id, cast.maya).id, 0)
    with at(INSIDE):
        pages = [maya.get(path).text for path in ("/week", f"/week/{token}")]
        sent = maya.post("/week", data={"q0": "5", "decision": "share"})
    assert not any("s12" in page or "Satisfaction Index" in page for page in pages)
    assert sent.status_code == 303 and mine(cast).scale == {}


def test_a_chosen_nought_is_stored_and_comes_back(maya: FlaskClient, cast: Cast) -> None:
    fields = {"s1": "0", "s12": "5", "s22": "skip", "decision": "share"}
    with at(INSIDE):
        assert maya.post("/week", data=fields).status_code == 303
        page = maya.get("/week").text
    assert mine(cast).scale == {"1": 0, "12": 5, "22": None} and mine(cast).total is None
    assert 'id="s1-0" value="0" checked' in page and 'id="s12-5" value="5" checked' in page
    assert 'name="s22" value="skip" checked' in page and "checked" in page


def test_a_nought_alone_is_a_response_and_skips_alone_are_none(
    maya: FlaskClient, cast: Cast
) -> None:
    with at(INSIDE):
        only = maya.post("/week", data={"s1": "skip", "s12": "skip", "decision": "share"})
        assert only.status_code == 422 and not mine(cast).answered
        assert maya.post("/week", data={"s19": "0", "decision": "keep"}).status_code == 303
    assert mine(cast).scale == {"19": 0}


@pytest.mark.parametrize("fields", [{"s1": "7"}, {"s12": "6"}, {"s12": "-1"}, {"s1": "Happy"}])
def test_points_that_an_item_has_not_come_back_with_a_sentence(
    maya: FlaskClient, cast: Cast, fields: dict[str, str]
) -> None:
    with at(INSIDE):
        answer = maya.post("/week", data={**fields, "decision": "share"})
    assert answer.status_code == 422 and "Pick an answer, or skip this one" in answer.text
    assert f'href="#{next(iter(fields))}-0"' in answer.text and not mine(cast).answered


def test_C3_what_was_left_untouched_keeps_what_was_stored(maya: FlaskClient, cast: Cast) -> None:
    signed_in(cast.maya, round_of(cast.couple).id, True, ALL)
    with at(INSIDE):
        stale = {"s1": "5", "was_s1": "3", "s12": "2", "was_s12": "2", "decision": "share"}
        maya.post("/week", data=stale)
    assert mine(cast).scale == {**ALL, "1": 5}


def test_C6_the_mailed_page_merges_and_shows_nothing_stored(
    client: FlaskClient, cast: Cast, round_id: str
) -> None:
    signed_in(cast.maya, round_id, True, ALL)
    token = tokens.make("week", response_of(round_id, cast.maya).id, 0)
    assert post_by_link(client, token, INSIDE, s1="0", decision="share")[0] == 303
    assert mine(cast).scale == {**ALL, "1": 0}
    with at(INSIDE):
        assert "checked" not in client.get(f"/week/{token}").text


Press = tuple[bool, bool, dict[str, int | None]]  # by link?, share?, what


@pytest.mark.parametrize(
    ("presses", "total"),
    [
        ([(False, True, ALL)], 14),
        ([(False, False, ALL)], None),
        ([(False, True, points(3, 4, 3))], None),
        ([(False, True, points(3, 4, 3, None))], None),
        ([(False, True, points(0, 0, 0, 0))], 0),
        ([(True, True, ALL)], 14),
        # Kept before: the link decides for all four, or for nothing.
        ([(False, False, ALL), (True, True, points(6))], None),
        ([(False, False, ALL), (True, True, points(6, 5, 5, 5))], 21),
        ([(False, False, points(3, 4)), (True, True, {"19": 3, "22": 4})], None),
        # Nothing was ever kept: two halves make a whole.
        ([(True, True, points(3, 4)), (True, True, {"19": 3, "22": 4})], 14),
        ([(False, True, ALL), (True, True, points(6))], 17),
        ([(False, True, ALL), (True, False, points(6))], None),
        ([(False, False, ALL), (True, True, points(6)), (False, True, {})], 17),
    ],
)
def test_C4_C5_the_total_opens_where_all_of_it_is_shared(
    cast: Cast, round_id: str, presses: list[Press], total: int | None
) -> None:
    signed_in(cast.jonas, round_id, True, points(2, 2, 2, 2))
    for is_link, share, given in presses:
        (by_link if is_link else signed_in)(cast.maya, round_id, share, given or {})
    theirs, own = view(cast.jonas), view(cast.maya)
    assert theirs.opened_total == (None if total is None else (8, total))
    assert own.opened_total == (None if total is None else (total, 8))
    assert theirs.total == 8
    (before,) = rounds_for(cast.jonas, INSIDE)
    assert before.opened_total is None


def test_C4_a_page_left_open_shares_no_scale_kept_in_another_window(
    cast: Cast, round_id: str
) -> None:
    signed_in(cast.jonas, round_id, True, ALL)
    signed_in(cast.maya, round_id, False, ALL)
    stale = Answers({"overall": 5}, True, before={})
    assert save_answers(cast.maya, round_id, stale, INSIDE) is None
    assert view(cast.jonas).opened_total is None
    seen = Answers({"overall": 5}, True, before={"overall": 5}, scale_before=ALL)
    assert save_answers(cast.maya, round_id, seen, INSIDE) is None
    assert view(cast.jonas).opened_total == (14, 14)


PAGES = ("/overview", "/overview/numbers.csv", "/week", "/week/past", "/settings", "/doc")


def test_S2_the_partners_pages_are_the_same_whatever_the_items_are(
    client: FlaskClient, cast: Cast, round_id: str
) -> None:
    signed_in(cast.jonas, round_id, True, ALL)
    sign_in(client, cast.jonas, INSIDE)

    def observed() -> list[bytes]:
        found = []
        for moment in (INSIDE, AFTER):
            with at(moment):
                found += [without_tokens(client.get(path).data) for path in PAGES]
        with at(AFTER):
            return [*found, without_tokens(client.get(f"/week/past/{round_id}").data)]

    signed_in(cast.maya, round_id, True, points(6, 0, 0, 5))
    first = observed()
    signed_in(cast.maya, round_id, True, points(1, 4, 5, 1))
    assert observed() == first, "the same total from other items"


def test_ones_own_past_page_shows_words_and_total(maya: FlaskClient, cast: Cast) -> None:
    path = f"/week/past/{round_of(cast.couple).id}"
    cases = {(3, 4, 3, 3): (13, True), (3, 4, 3, 4): (14, False), (4, 4, 4, 4): (16, False)}
    for given, (total, below) in cases.items():
        signed_in(cast.maya, round_of(cast.couple).id, True, points(*given))
        prove(maya, AFTER)
        with at(AFTER):
            page = maya.get(path).text
        assert f"{total} of 21" in page and "Almost Completely TRUE" in page
        assert ("often reported by people who feel unhappy" in page) is below
        assert "High and steady." not in page, "nothing is steady the first time"
        assert "distress" not in page and "healthy" not in page
    sign_in(maya, cast.jonas, AFTER)
    with at(AFTER):
        assert "of 21" not in maya.get(path).text


HIGH, LOW = (4, 4, 4, 4), (3, 4, 4, 4)


@pytest.mark.parametrize(
    ("first", "fifth", "ninth", "steady"),
    [
        (HIGH, HIGH, HIGH, [False, True, True]),
        (HIGH, LOW, HIGH, [False, False, False]),
        (LOW, HIGH, HIGH, [False, False, True]),
        (HIGH, (4, 4, 4), HIGH, [False, False, True]),
        (HIGH, None, HIGH, [False, False, True]),
    ],
)
def test_steady_is_said_where_ones_own_total_before_was_high_too(
    maya: FlaskClient,
    cast: Cast,
    first: tuple[int, ...],
    fifth: tuple[int, ...] | None,
    ninth: tuple[int, ...],
    steady: list[bool],
) -> None:
    """A total that is not complete is none, shared or kept; the partner's are another's."""
    for week in range(9):
        open_due_rounds(INSIDE + week * WEEK)
    asked = [one for one in rounds_of(cast.couple) if scale_of(one.questions)]
    for week, round_, given in zip((0, 4, 8), asked, (first, fifth, ninth), strict=True):
        moment = INSIDE + week * WEEK
        theirs = Answers({}, True, scale=points(*HIGH))
        assert save_answers(cast.jonas, round_.id, theirs, moment) is None
        if given:
            mine = Answers({}, week != 0, scale=points(*given))
            assert save_answers(cast.maya, round_.id, mine, moment) is None
    later = AFTER + 8 * WEEK
    sign_in(maya, cast.maya, later)
    with at(later):
        pages = [maya.get(f"/week/past/{round_.id}").text for round_ in asked]
    assert ["High and steady." in page for page in pages] == steady


def test_C3_items_that_came_too_late_are_shown_once_more(maya: FlaskClient, cast: Cast) -> None:
    fields = {"round": round_of(cast.couple).id, "s1": "0", "s12": "9", "decision": "share"}
    with at(AFTER):
        answer = maya.post("/week", data=fields)
    assert answer.status_code == 409
    assert "Extremely Unhappy</li>" in answer.text and answer.text.count("<li><span dir") == 1
