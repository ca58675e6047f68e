"""The pages of planning: what each reads in every state, by their own clock."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from flask import Flask, g, render_template
from flask.testing import FlaskClient

from couples.accounts.models import Person
from couples.db import db, transaction
from couples.pairing.services_leaving import end_link
from couples.talks.planning.rules import held
from couples.talks.planning.services import call_off, propose, say_yes
from tests.cast import Cast, sign_in
from tests.pages import forms_of, readable, without_tokens
from tests.surveys.agreed import at
from tests.talks.test_planning import DAY, agree, seen

EMPTY = {f"{name}_{number}": "" for number in (1, 2, 3) for name in ("day", "clock")}
# The cast's noon is 14:00 in Berlin on Tuesday 1 September 2026.
FIRST = {"day_1": "2026-09-04", "clock_1": "19:30", "minutes": "30"}
SEEN_ALIKE = ("Talks", "What you each bring", "One thing that felt good", "Past talks")


@pytest.fixture
def browse(app: Flask, cast: Cast, now: datetime) -> Callable[[str], FlaskClient]:
    """Return a function that opens a browser signed in as this person."""
    app.config["WTF_CSRF_ENABLED"] = False

    def browser(person_id: str) -> FlaskClient:
        client = app.test_client()
        sign_in(client, person_id, now)
        return client

    return browser


def said(page: str) -> str:
    """Return what a page says, without its tags."""
    return readable(re.sub(r"<[^>]+>", " ", page)).replace(" :", ":").replace(" .", ".")


def read(client: FlaskClient, moment: datetime, path: str = "/talks") -> str:
    with at(moment):
        return said(client.get(path).text)


def move_to(person_id: str, zone: str) -> None:
    with transaction():
        db.session.get_one(Person, person_id).zone = zone


def test_what_each_reads_from_the_first_time_to_the_day_after(
    browse: Callable[[str], FlaskClient], cast: Cast, now: datetime
) -> None:
    maya, jonas = browse(cast.maya), browse(cast.jonas)
    nothing = read(maya, now)
    for words in (*SEEN_ALIKE, "No talk is planned", "Plan a talk"):
        assert words in nothing
    propose(cast.maya, [now + 2 * DAY, now + 3 * DAY], 30, now)
    mine, theirs = read(maya, now), read(jonas, now)
    assert "Waiting for a yes. No reply is due." in mine
    assert mine.count("Take back: Thursday 3 September at 14:00, about 30 minutes") == 1
    assert "Maya proposes some times. No reply is due." in theirs
    assert "Yes, this one: Friday 4 September at 14:00, about 30 minutes" in theirs
    say_yes(cast.jonas, seen(cast.jonas, now).theirs[0].id, now)
    propose(cast.jonas, [now + 4 * DAY], 60, now)
    holds = "Thursday 3 September at 14:00, about 30 minutes. You both said yes."
    mine, theirs = read(maya, now), read(jonas, now)
    assert holds in mine
    assert holds in theirs
    assert "Jonas proposes another time. The one above holds until you say yes." in mine
    assert "You’ve proposed another time. The one above holds until Maya says yes." in theirs
    day = now + 2 * DAY
    assert "Today at 14:00, about 30 minutes. You both said yes." in read(maya, day)
    after = read(maya, day + timedelta(hours=1))
    for words in ("Did you talk?", "It was planned for Thursday 3 September at 14:00."):
        assert words in after
    assert "Jonas proposes another time." in after
    assert "Pick another time" in after
    for page in (nothing, mine, theirs, after):
        assert "!" not in page


def test_times_that_have_all_passed_are_said_to_have(
    browse: Callable[[str], FlaskClient], cast: Cast, now: datetime
) -> None:
    propose(cast.maya, [now + DAY], 30, now)
    for person in (cast.maya, cast.jonas):
        page = read(browse(person), now + 2 * DAY)
        assert "The times that were proposed have passed. Pick another time?" in page
        assert "Yes, this one" not in page


def test_each_reads_and_types_times_by_their_own_clock(
    browse: Callable[[str], FlaskClient], cast: Cast, now: datetime
) -> None:
    maya, jonas = browse(cast.maya), browse(cast.jonas)
    with at(now):
        assert maya.post("/talks/plan", data=EMPTY | FIRST).status_code == 303
    read(maya, now)  # says once that it was proposed
    before = read(maya, now)
    assert before.count("All times are by your own clock, in Berlin.") == 1
    move_to(cast.jonas, "America/New_York")
    theirs = read(jonas, now)
    assert "Friday 4 September at 13:30" in theirs
    assert theirs.count("All times are by your own clock, in New York.") == 1
    assert "Friday 4 September at 19:30" in before
    assert read(maya, now) == before, "where the other's clock stands is theirs alone (S2)"
    with at(now):
        page = jonas.post("/talks/plan", data=EMPTY | FIRST | {"clock_1": "13:30"})
        assert page.headers["Location"] == "/talks"
    assert "Maya had proposed this time, too. You’ve both said yes to it." in read(jonas, now)


def test_a_time_the_clock_leaves_out_moves_forward(
    browse: Callable[[str], FlaskClient], cast: Cast, now: datetime
) -> None:
    maya = browse(cast.maya)
    with at(now):
        maya.post(
            "/talks/plan", data=EMPTY | {"day_1": "2027-03-28", "clock_1": "02:30", "minutes": "15"}
        )
    assert "Sunday 28 March at 03:30, about 15 minutes" in read(maya, now)


WRONG = {
    "nothing": ({}, "Write one day and time at least"),
    "no time": ({"day_2": "2026-09-05"}, "Write the time, too"),
    "no day": ({"clock_3": "19:30"}, "Write the day, too"),
    "no date": ({"day_1": "2026-02-30", "clock_1": "19:30"}, "Write a day, a month and a year"),
    "no clock": ({"day_1": "2026-09-05", "clock_1": "25:61"}, "Write an hour and minutes"),
    "past": ({"day_1": "2026-09-01", "clock_1": "13:59"}, "Choose a time from now on"),
    "too far": ({"day_1": "2027-09-02", "clock_1": "19:30"}, "Choose a time from now on"),
    "end of time": ({"day_1": "9999-12-31", "clock_1": "23:59"}, "Choose a time from now on"),
    "long ago": ({"day_1": "0001-01-01", "clock_1": "00:00"}, "Choose a time from now on"),
    "one is wrong": (FIRST | {"day_2": "2026-08-05", "clock_2": "10:00"}, "Choose a time from now"),
    "length": (FIRST | {"minutes": "7"}, "Choose how long from the list"),
}


def test_what_is_wrong_is_said_and_everything_typed_stays(
    browse: Callable[[str], FlaskClient], cast: Cast, now: datetime
) -> None:
    maya, jonas = browse(cast.maya), browse(cast.jonas)
    with at(now):
        before = without_tokens(jonas.get("/talks").data)
    for case, (typed, sentence) in WRONG.items():
        with at(now):
            page = maya.post("/talks/plan", data=EMPTY | {"minutes": "30"} | typed)
        assert page.status_code == 422, case
        assert sentence in page.text, case
        assert "<title>Error: Plan a talk" in page.text
        for name, value in typed.items():
            kept = re.search(rf'<input[^>]*name="{name}"[^>]*value="{value}"', page.text)
            assert kept or name == "minutes", (case, name)
    # S2: what was typed and not proposed changes no byte of the partner's page.
    with at(now):
        assert without_tokens(jonas.get("/talks").data) == before


def test_the_page_begins_with_what_one_proposes_already(
    browse: Callable[[str], FlaskClient], cast: Cast, now: datetime
) -> None:
    maya = browse(cast.maya)
    with at(now):
        maya.post("/talks/plan", data=EMPTY | FIRST | {"minutes": "60"})
        page = maya.get("/talks/plan").text
        theirs = said(browse(cast.jonas).get("/talks/plan").text)
    for value in ('value="2026-09-04"', 'value="19:30"', '<option selected value="60"'):
        assert page.count(value) == 1
    assert "Maya proposes Friday 4 September at 19:30, about 60 minutes" in theirs


def test_O5_a_page_from_before_the_yes_asks_again_with_everything_typed(
    browse: Callable[[str], FlaskClient], cast: Cast, now: datetime
) -> None:
    maya = browse(cast.maya)
    with at(now):
        (form,) = (one for one in forms_of(maya.get("/talks/plan").text) if one.named("day_1"))
        agree(cast, now + DAY, now)
        typed = dict(form.values()) | FIRST | {"minutes": "45"}
        page = maya.post("/talks/plan", data=typed)
        assert page.status_code == 409
        assert 'role="alert"' in page.text and "<title>Error: Plan a talk" in page.text
        assert "You’ve both said yes to a time in the meantime." in said(page.text)
        assert "Wednesday 2 September at 14:00 holds until" in said(page.text)
        (form,) = (one for one in forms_of(page.text) if one.named("day_1"))
        again = dict(form.values())
        assert again == typed | {"holds": held(now + DAY, 30), "csrf_token": again["csrf_token"]}
        assert maya.post("/talks/plan", data=again).status_code == 303
    assert seen(cast.jonas, now).starts_at == now + DAY
    (move,) = seen(cast.jonas, now).theirs
    assert move.minutes == 45


def test_O5_yes_pressed_twice_without_a_script_is_one_yes(
    browse: Callable[[str], FlaskClient], cast: Cast, now: datetime
) -> None:
    propose(cast.maya, [now + DAY], 30, now)
    jonas = browse(cast.jonas)
    with at(now):
        (form,) = (one for one in forms_of(jonas.get("/talks").text) if one.action.endswith("/yes"))
        for _twice in range(2):
            assert jonas.post(form.action, data=dict(form.values())).location == "/talks"
        call_off(cast.maya, seen(cast.maya, now).id, now)
        gone = jonas.post(form.action, data=dict(form.values()))
    assert gone.status_code == 404
    assert "+00:00" not in gone.text, "no mark of the form is shown as words that were typed"


def test_pressing_what_is_gone_leads_back_to_the_talks(
    browse: Callable[[str], FlaskClient], cast: Cast, now: datetime
) -> None:
    propose(cast.maya, [now + DAY], 30, now)
    (time,) = seen(cast.jonas, now).theirs
    jonas = browse(cast.jonas)
    with at(now):
        assert jonas.post(f"/talks/times/{time.id}/yes").headers["Location"] == "/talks"
        again = jonas.post(f"/talks/times/{time.id}/yes")
    assert again.status_code == 404
    assert "This time is no longer proposed. Look at your talks again." in again.text
    assert "Back to your talks" in again.text
    talk_id = seen(cast.maya, now).id
    with at(now):
        assert jonas.post(f"/talks/{talk_id}/off").headers["Location"] == "/talks"
    page = read(jonas, now)
    assert "Called off. What you each brought stays for the next talk." in page
    assert "No talk is planned" in page


def test_who_is_linked_with_nobody_is_told_so(
    browse: Callable[[str], FlaskClient], cast: Cast, now: datetime
) -> None:
    agree(cast, now + DAY, now)
    end_link(cast.jonas, now)
    for person in (cast.ines, cast.maya):
        client = browse(person)
        page = read(client, now)
        assert "Talks are for two" in page
        assert "Nobody is linked with you." in page
        assert "What you each bring" not in page
        with at(now):
            assert client.get("/talks/plan").status_code == 404


def test_the_overview_tells_of_the_next_talk(app: Flask, cast: Cast, now: datetime) -> None:
    def told(moment: datetime) -> str:
        with app.test_request_context(), at(moment):
            g._login_user = SimpleNamespace(
                person_id=cast.jonas, name="Jonas", zone="Europe/Berlin", language="en",
                is_authenticated=True,
            )  # fmt: skip
            return said(render_template("talks/_next.html"))

    assert told(now) == "Next talk No talk is planned. Plan a talk"
    propose(cast.maya, [now + DAY], 30, now)
    each = "M Maya: One thing that felt good J Jonas: One thing that felt good"
    assert told(now) == f"Next talk Maya proposes a time. No reply is due. {each} See the times"
    assert told(now + DAY).endswith("have passed. Pick another time? " + each + " Plan a talk")
    say_yes(cast.jonas, seen(cast.jonas, now).theirs[0].id, now)
    holds = "Wed 2 Sept Next talk Wednesday 2 September at 14:00, about 30 minutes."
    assert told(now) == f"{holds} You both said yes. {each} Open the talk page"
    assert told(now + 2 * DAY) == (
        "Wed 2 Sept Did you talk? It was planned for Wednesday 2 September at 14:00."
        " Open the talk page"
    )
