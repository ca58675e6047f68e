"""The pages: needs, opening, suggestions, and odd input."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from flask.testing import FlaskClient

from couples.agreement.needs import services_opening
from couples.agreement.needs.services import my_needs
from couples.agreement.promises.services_side import side
from couples.agreement.services_home import home
from tests.agreement import road
from tests.agreement.road import choose, open_both, promise, text, write
from tests.cast import Cast, sign_in

PATHS = (
    "/doc", "/doc/mine", "/doc/mine/new", "/doc/mine/x", "/doc/read", "/doc/open", "/doc/side/x",
    "/doc/side/x/words", "/doc/rhythm", "/doc/sign", "/doc/versions", "/doc/versions/1",
    "/doc/kept/x",
)  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_S7_without_a_session_every_page_leads_to_signing_in(
    client: FlaskClient, cast: Cast, path: str
) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/signin")


def test_L4_one_can_write_before_being_linked(
    client: FlaskClient, cast: Cast, now: datetime
) -> None:
    sign_in(client, cast.ines, now)
    assert "One line is enough to begin" in text(client, "/doc")
    assert "Unhurried time together" in text(client, "/doc/mine")
    answer = client.post("/doc/mine/new", data={"own_words": "  My\n garden "})
    assert answer.status_code == 303
    page = text(client, answer.headers["Location"])
    assert "My garden" in page
    client.post(answer.headers["Location"], data={"before": "Less", "revision": "0"})
    assert "Link with someone" in text(client, "/doc/read")
    assert client.get("/doc/rhythm").status_code == 404


def test_a_need_is_written_without_javascript(maya: FlaskClient, cast: Cast) -> None:
    where = maya.post("/doc/mine/new", data={"listed": "notice"}).headers["Location"]
    page = text(maya, where)
    assert "Only you can see this page." in page
    assert "What Jonas would read" in page
    data = {"before": "I sat\r\nwaiting", "request": "Five hours", "matters": "5", "revision": "0"}
    answer = maya.post(where, data={**data, "own_part": "", "then": "leave"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/doc/mine")
    (need,) = my_needs(cast.maya).drafts
    assert (need.words.before, need.words.matters) == ("I sat\nwaiting", 5)
    assert "I’m ready to open our pages" in text(maya, "/doc/read")


def test_a_draft_saves_by_itself_and_counts_its_saves(maya: FlaskClient, cast: Cast) -> None:
    where = maya.post("/doc/mine/new", data={"listed": "time"}).headers["Location"]
    answer = maya.post(f"{where}/save", data={"before": "One", "revision": "0"})
    assert answer.json is not None
    assert answer.json["revision"] == 1
    assert "Only you can see it." in answer.json["saved"]
    late = maya.post(f"{where}/save", data={"before": "Two", "revision": "0"})
    assert late.status_code == 409
    assert my_needs(cast.maya).drafts[0].words.before == "One"


def test_A9_the_later_tab_chooses_between_both_texts(maya: FlaskClient, cast: Cast) -> None:
    where = maya.post("/doc/mine/new", data={"listed": "time"}).headers["Location"]
    maya.post(where, data={"before": "Words of the first tab", "revision": "0"})
    answer = maya.post(where, data={"before": "Words of the second tab", "revision": "0"})
    assert answer.status_code == 409
    assert "Words of the first tab" in answer.text
    assert "Words of the second tab" in answer.text
    revision = re.search(r'name="revision" value="(\d+)"', answer.text)
    assert revision is not None
    maya.post(where, data={"before": "Words of the second tab", "revision": revision[1]})
    assert my_needs(cast.maya).drafts[0].words.before == "Words of the second tab"


def test_text_over_the_limit_comes_back_with_everything_typed(
    maya: FlaskClient, cast: Cast
) -> None:
    where = maya.post("/doc/mine/new", data={"listed": "time"}).headers["Location"]
    long = "ä" * 2001
    answer = maya.post(where, data={"before": long, "request": "Kept too", "revision": "0"})
    assert answer.status_code == 422
    assert long in answer.text
    assert "Kept too" in answer.text
    assert "Yours is one longer." in answer.text
    assert maya.post(f"{where}/save", data={"before": long, "revision": "0"}).status_code == 422
    assert maya.post("/doc/mine/new", data={"own_words": "x" * 81}).status_code == 422
    assert maya.post("/doc/mine/new", data={}).status_code == 422


@pytest.mark.parametrize("odd", ["\0", "\ud800", "👩‍👩‍👧", "שלום", "x" * 10000, "10" * 30])
def test_odd_input_is_never_an_error_page(
    maya: FlaskClient, cast: Cast, now: datetime, odd: str
) -> None:
    need_id, topic_id = write(cast.maya, now, "money"), open_both(cast, now)
    odd = odd.encode("utf-8", "replace").decode()
    fields = (
        "before request own_part matters revision then listed own_words topic words owner kept_when"
        " otherwise how_often note seen wanted every_weeks opens_weekday opens_hour closes_weekday"
        " closes_hour zone talk_plan review_on typed_name read_hash"
    ).split()
    choose(cast.maya, now)
    for path in (
        "/doc/mine/new", f"/doc/mine/{need_id}", f"/doc/mine/{need_id}/save",
        f"/doc/side/{topic_id}/words", f"/doc/side/{topic_id}/review", "/doc/rhythm", "/doc/sign",
    ):  # fmt: skip
        for data in (dict.fromkeys(fields, odd), {}, {name: [odd, odd] for name in fields}):
            assert maya.post(path, data=data).status_code in {200, 303, 404, 409, 413, 422}
    assert maya.get(f"/doc/versions/{10**30}").status_code == 404
    assert maya.get("/doc/versions/compare?first=1&second=x").status_code == 404


def test_what_was_typed_on_an_opened_need_is_not_lost(
    maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    open_both(cast, now)
    (need,) = my_needs(cast.maya).opened
    data = {"before": "Typed in a forgotten tab", "revision": "1"}
    answer = maya.post(f"/doc/mine/{need.id}", data=data)
    assert answer.status_code == 409
    assert "Typed in a forgotten tab" in answer.text
    assert "This need is open." in text(maya, f"/doc/mine/{need.id}")


def test_A2_the_way_from_ready_to_both_pages(
    maya: FlaskClient, jonas: FlaskClient, cast: Cast, now: datetime
) -> None:
    for person_id in (cast.maya, cast.jonas):
        write(person_id, now)
    maya.post("/doc/ready")
    assert "Your page is folded" in text(maya, "/doc")
    assert "Your page is folded" in text(maya, f"/doc/mine/{my_needs(cast.maya).drafts[0].id}")
    maya.post("/doc/ready/back")
    assert "Read it through" in text(maya, "/doc")
    maya.post("/doc/ready")
    jonas.post("/doc/ready")
    for browser in (maya, jonas):
        assert "Both pages are ready" in text(browser, "/doc")
        where = browser.post("/doc/open").headers["Location"]
        assert "Nothing needs deciding tonight" in text(browser, where)
        assert "Working out promises" in text(browser, "/doc")


def test_A3_A5_side_by_side_and_a_suggestion(
    maya: FlaskClient, jonas: FlaskClient, cast: Cast, now: datetime
) -> None:
    write(cast.maya, now, own="The garden")
    topic_id = next(
        i for i in [open_both(cast, now), *road.topic_ids(cast.maya)]
        if side(cast.maya, i).topic.name == "The garden"
    )  # fmt: skip
    assert "Jonas didn’t write about this one. You could ask" in text(maya, f"/doc/side/{topic_id}")
    assert "Write about this one" in text(jonas, f"/doc/side/{topic_id}")
    data = {"words": "We water it on Sunday.", "owner": "both", "seen": ""}
    assert maya.post(f"/doc/side/{topic_id}/words", data=data).status_code == 303
    assert "No reply is due." in text(maya, f"/doc/side/{topic_id}")
    page = text(jonas, f"/doc/side/{topic_id}")
    assert "Use this wording" in page
    late = {"words": "We water it on Monday.", "owner": "me", "seen": ""}
    clash = jonas.post(f"/doc/side/{topic_id}/words", data=late)
    assert clash.status_code == 409
    assert "We water it on Sunday." in clash.text
    assert "We water it on Monday." in clash.text
    seen = side(cast.jonas, topic_id).seen
    assert jonas.post(f"/doc/words/{seen}/talk").status_code == 303
    assert jonas.post(f"/doc/words/{seen}/use").status_code == 303
    assert "Agreed by both" in text(maya, f"/doc/side/{topic_id}")
    maya.post(f"/doc/side/{topic_id}/review", data={"wanted": "yes"})
    assert "Under review" in text(jonas, "/doc/open")
    assert jonas.post(f"/doc/side/{topic_id}/words", data={"words": " "}).status_code == 422


def test_a_change_shows_what_goes_and_what_comes(
    maya: FlaskClient, jonas: FlaskClient, cast: Cast, now: datetime
) -> None:
    topic_id = open_both(cast, now)
    promise(cast, topic_id, now)
    road.suggest(cast.jonas, topic_id, now, "Three evenings a week are ours.")
    page = text(maya, f"/doc/side/{topic_id}")
    assert '<del><span class="vh">removed: </span>Two</del>' in page
    assert '<ins><span class="vh">added: </span>Three</ins>' in page
    assert "diff--diamond" in page


def test_a_later_need_is_read_before_it_opens(maya: FlaskClient, cast: Cast, now: datetime) -> None:
    open_both(cast, now)
    where = maya.post("/doc/mine/new", data={"listed": "money"}).headers["Location"]
    data = {"before": "Bills", "revision": "0", "then": "read"}
    read = maya.post(where, data=data).headers["Location"]
    assert "Once it is open, Jonas can read it" in text(maya, read)
    answer = maya.post(read)
    assert "/doc/side/" in answer.headers["Location"]
    assert "Money" in {need.name for need in my_needs(cast.maya).opened}


def test_A1_another_need_is_offered_only_while_one_more_may_be_written(
    maya: FlaskClient, jonas: FlaskClient, cast: Cast, now: datetime
) -> None:
    for listed in ("time", "notice", "home", "heard", "money", "alone"):
        write(cast.maya, now, listed)
    assert "Take one away to write another." in text(maya, "/doc/mine")
    write(cast.jonas, now, "trust")
    for person_id in (cast.maya, cast.jonas):
        services_opening.say_ready(person_id, now)
    for person_id in (cast.maya, cast.jonas):
        services_opening.open_pages(person_id)
    topics = {line.topic.listed: line.topic.id for line in home(cast.maya).topics}
    assert "Write about this one" not in text(maya, f"/doc/side/{topics['trust']}")
    assert "Write about this one" in text(jonas, f"/doc/side/{topics['time']}")
    assert "Write another need" not in text(maya, "/doc/open")
    assert "Write another need" in text(jonas, "/doc/open")
    sentence = "Your six needs are open, which is the most there can be."
    assert sentence in text(maya, "/doc/mine")
    answer = maya.post("/doc/mine/new", data={"topic": topics["trust"]})
    assert sentence in answer.text


def test_A2_the_folded_page_says_nothing_of_the_other_being_ready(
    maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    write(cast.maya, now)
    services_opening.say_ready(cast.maya, now)
    page = text(maya, "/doc")
    assert "Jonas’s page" in page
    assert "Folded." not in page
    assert "You’ll open both at the same moment." in page
