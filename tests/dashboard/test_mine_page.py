"""One's own view: one's answers kept or not, the usual, the scale; and nothing of the other's."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from couples import clock
from couples.accounts.services_profile import change_profile
from couples.dashboard.cards.models import CardChoices
from couples.dashboard.cards.rules import SCALE, Usual
from couples.dashboard.cards.services import begin_usual_anew, let_first_usual_count
from couples.dashboard.mine.rules import LastThree, Slope, Where
from couples.dashboard.mine.services import mine_page
from couples.dashboard.mine.shapes import OwnLine
from couples.dashboard.mine.wording import say_last_three, say_slope, say_usual
from couples.db import db
from couples.pairing.models import Couple
from couples.pairing.services_leaving import end_link
from couples.surveys.longer_look.services import LONG_SCALE, finish_look
from couples.surveys.rules import OVERALL
from tests.cast import Cast, link, sign_in
from tests.dashboard.half_a_year import FIRST, Answer, Week, after, answer, write
from tests.pages import without_tokens

PATHS = ("/overview/mine", "/overview/mine/numbers.csv")
THEIRS = Answer(5, 6)
WHERE: tuple[Where, ...] = ("near", "lower", "higher")
# What the four items come to: 14, 12, 18 and, with one left out, nothing.
SCALES = {14: (3, 4, 3, 4), 12: (3, 3, 3, 3), 18: (6, 4, 4, 4), None: (3, 4, None, 4)}


def weeks(*values: int | None) -> list[Week]:
    """Maya's overall answers, every second one kept to herself."""
    return [(Answer(one, shared=at % 2 == 0), THEIRS) for at, one in enumerate(values)]


def scaled(*totals: int | None) -> list[Week]:
    """Every fourth week has the scale."""
    found: list[Week] = []
    for total in totals:
        found += [(Answer(4, scale=SCALES[total]), THEIRS), *weeks(4, 4, 4)]
    return found


def values(line: OwnLine) -> list[int | None]:
    return [point.value for each in line.series.lines for point in each.points]


def test_O1_all_ones_own_answers_stand_there_and_nothing_of_the_others(
    database_app: Flask, database_cast: Cast
) -> None:
    write(database_cast, weeks(3, 4, None, 5))

    page = mine_page(database_cast.maya, after(4))

    assert values(page.overall) == [3, 4, None, 5]
    assert [line.person.name for line in page.overall.series.lines] == ["Maya"]
    assert not page.overall.series.has_only_me
    assert (page.overall.usual, page.overall.last_three, page.overall.slope) == (None, None, None)


def test_the_usual_comes_with_six_answers_and_words_with_nine(app: Flask, cast: Cast) -> None:
    write(cast, weeks(5, 6, 5, 7, 2, 5, 5, 4, 5))

    five, six, nine = (mine_page(cast.maya, after(week)).overall for week in (5, 6, 9))

    assert [five.until_usual, six.until_usual] == [1, 0]
    assert [five.band, six.band, nine.band] == [None, (5, 6), (5, 6)]
    assert [six.last_three, nine.last_three] == [None, LastThree("near", 5)]
    assert [six.slope is None, nine.slope is None] == [True, False]


def test_a_new_usual_begins_now_and_the_first_can_count_again(
    database_app: Flask, database_cast: Cast
) -> None:
    cast = database_cast
    write(cast, weeks(*[5] * 6, *[2] * 7))
    begin_usual_anew(cast.maya, OVERALL, after(6))

    anew = mine_page(cast.maya, after(13)).overall
    assert (anew.answers, anew.band, anew.since) == (7, (2, 2), after(6).date())
    assert mine_page(cast.jonas, after(13)).overall.since is None

    let_first_usual_count(cast.maya, OVERALL, after(13))
    back = mine_page(cast.maya, after(13)).overall
    assert (back.answers, back.band, back.since) == (13, (5, 5), None)


def test_the_scale_stands_apart_with_gaps_where_it_was_not_answered_in_full(
    database_app: Flask, database_cast: Cast
) -> None:
    write(database_cast, scaled(14, None, 12))

    page = mine_page(database_cast.maya, after(12))

    assert values(page.totals) == [14, None, 12]
    assert page.totals.series.days[0] == date(2026, 3, 5)
    assert page.said == "below" and page.totals.slope is None


@pytest.mark.parametrize(
    ("totals", "said"), [((18,), ""), ((14, 18), ""), ((18, 18), "high"), ((12,), "below")]
)
def test_what_is_said_of_a_total(app: Flask, cast: Cast, totals: Any, said: str) -> None:
    write(cast, scaled(*totals))

    assert mine_page(cast.maya, after(4 * len(totals))).said == said


def test_O3_a_change_of_the_scale_is_said_from_nine_totals_and_four_points_on(
    app: Flask, cast: Cast
) -> None:
    write(cast, scaled(*[14] * 6, *[18] * 3))

    eight, nine = (mine_page(cast.maya, after(week)).totals.last_three for week in (32, 36))

    assert eight is None and nine == LastThree("higher", 18)


def test_L6_after_the_end_ones_own_view_stays(app: Flask, cast: Cast) -> None:
    write(cast, scaled(14, 12))
    end_link(cast.jonas, after(8))

    page = mine_page(cast.maya, after(9))

    assert len(values(page.overall)) == 8 and values(page.totals) == [14, 12]
    assert not page.linked and page.overall.marks == ()


def test_totals_of_longer_looks_stand_in_a_table_and_go_with_the_link(
    client: FlaskClient, cast: Cast, at: Any
) -> None:
    write(cast, weeks(4, 4))
    db.session.get_one(Couple, cast.couple).linked_at = FIRST
    db.session.commit()
    points = {item.key: min(item.points) for item in LONG_SCALE.items}
    finish_look(cast.maya, points, 0, after(1))
    finish_look(cast.jonas, dict(list(points.items())[:3]), 0, after(1))
    at(after(2))
    sign_in(client, cast.maya, after(2))

    assert [one.total for one in mine_page(cast.maya, after(2)).longer] == [0]
    assert mine_page(cast.jonas, after(2)).longer == ()
    assert "0 of 81" in read(client)

    end_link(cast.jonas, after(2))
    link(cast.maya, cast.ines, after(3))
    assert mine_page(cast.maya, after(3)).longer == ()


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Any:
    def move(now: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: now)

    return move


def read(client: FlaskClient, path: str = PATHS[0]) -> str:
    answered = client.get(path)
    assert answered.status_code == 200
    return without_tokens(answered.data).decode()


def test_O2_the_slope_is_told_with_its_interval_and_foretells_nothing(
    client: FlaskClient, cast: Cast, at: Any
) -> None:
    write(cast, weeks(7, 7, 6, 6, 5, 5, 4, 4, 3))
    at(after(9))
    sign_in(client, cast.maya, after(9))

    page = read(client)

    assert "your answers went down by about 2 in four weeks." in page
    assert "Anything from 1.6 to 2.4 fits them as well." in page
    assert "Your last three answers lie lower than your usual; the middle one is 4." not in page
    assert "Only you see this page." in page
    for word in ("distressed", "healthy", "score", "will be", "should", "improve", "worse"):
        assert word not in page.partition("<main")[2].partition("</main")[0].replace(
            "Scores in this range", ""
        ), word


@pytest.mark.parametrize(
    ("slope", "ends"),
    [
        (Slope(9, -2, -2.3, -1.8), "down by about 2 in four weeks. Anything from 1.8 to 2.3 fits"),
        (Slope(9, 0.4, 0.1, 0.7), "up by about 0.4 in four weeks. Anything from 0.1 to 0.7 fits"),
        (Slope(9, 2, 2, 2), "up by about 2 in four weeks."),
        (Slope(9, 0, -1, 0.2), "anything from 1 down to 0.2 up in four weeks fits them."),
        (Slope(9, 0.2, 0.0, 0.5), "anything from no change to 0.5 up in four weeks fits them."),
        (Slope(9, -0.2, -0.5, 0.0), "anything from no change to 0.5 down in four weeks fits them."),
    ],
)
def test_a_slope_is_said_with_its_range_where_it_has_one(
    app: Flask, slope: Slope, ends: str
) -> None:
    with app.test_request_context():
        said = say_slope(slope)
    assert said.endswith(ends) if ends.endswith(".") else f"{ends} them as well." in said


def test_acts_of_the_two_charts_are_told_apart_by_their_names(
    client: FlaskClient, cast: Cast, at: Any
) -> None:
    write(cast, scaled(14, 18))
    at(after(8))
    sign_in(client, cast.maya, after(8))
    assert press(client, about=OVERALL) == press(client, about=SCALE) == 303
    at(after(8) + timedelta(seconds=1))
    page = read(client).partition("<main")[2].partition("</main>")[0]
    parts = re.findall(r"<(button|summary|a class=\"btn)[^>]*>(.*?)</", page, re.DOTALL)
    names = [re.sub(r"<[^>]+>", "", inside) for _kind, inside in parts]
    assert len(names) == len(set(names)) >= 6
    assert re.findall(r'<figure class="fig" aria-labelledby="(\w+)"', page) == ["said", "wsaid"]
    assert page.count('id="said"') == page.count('id="wsaid"') == 1


def test_totals_are_never_called_answers(app: Flask) -> None:
    with app.test_request_context():
        said = [say_usual(Usual(14, low, 15), SCALE) for low in (13, 15)]
        said += [say_last_three(LastThree(where, 14), SCALE) for where in WHERE]
        answers = [say_last_three(LastThree(where, 4), OVERALL) for where in WHERE]
    assert all("totals" in one and "answer" not in one for one in said)
    assert all("answers" in one and "total" not in one for one in answers)


def test_the_page_says_what_may_be_said_of_the_scale(
    client: FlaskClient, cast: Cast, at: Any
) -> None:
    write(cast, scaled(14, 12))
    at(after(8))
    sign_in(client, cast.maya, after(8))

    page = read(client)

    assert "Your total of 2 April: 12 of 21." in page
    assert "/talks/add?about=overall" in page and "/talks/add?about=scale" in page
    assert "Scores in this range are often reported by people who feel unhappy" in page
    assert "doi.org" in page or "21(4)" in page
    assert "Jonas" not in page.partition("<main")[2]


def test_where_the_scale_is_not_asked_it_is_hidden_while_there_is_nothing(
    app: Flask, client: FlaskClient, cast: Cast, at: Any
) -> None:
    write(cast, weeks(4))
    at(after(1))
    sign_in(client, cast.maya, after(1))
    assert "You, in four questions" in read(client)

    on = app.extensions["settings"]
    app.extensions["settings"] = replace(on, scales=False)
    assert "You, in four questions" not in read(client)
    app.extensions["settings"] = on
    change_profile(cast.maya, name="Maya", language="de", zone="UTC", now=after(1))

    assert "You, in four questions" not in read(client)


def press(client: FlaskClient, **fields: str) -> int:
    return client.post("/overview/mine/usual", data=fields).status_code


@pytest.fixture
def both(app: Flask, cast: Cast, at: Any) -> tuple[FlaskClient, FlaskClient]:
    """Maya's browser and Jonas's, nine weeks on."""
    write(cast, [*scaled(14, 18), (Answer(2), THEIRS)])
    at(after(9))
    app.config["WTF_CSRF_ENABLED"] = False
    browsers = (app.test_client(), app.test_client())
    for browser, person_id in zip(browsers, (cast.maya, cast.jonas), strict=True):
        sign_in(browser, person_id, after(9))
    return browsers


def test_S2_looking_and_beginning_anew_change_no_byte_of_the_others_pages(
    both: tuple[FlaskClient, FlaskClient],
) -> None:
    maya, jonas = both
    before = [read(jonas, path) for path in (*PATHS, "/overview", "/overview/numbers.csv")]
    shared = read(maya, "/overview")

    for question in (OVERALL, SCALE):
        assert press(maya, about=question) == 303
    first = read(maya)
    assert press(maya, about="topic") == 422

    after_it = [read(jonas, path) for path in (*PATHS, "/overview", "/overview/numbers.csv")]
    assert after_it == before
    assert "It counts from" in first and "It counts from" not in shared
    assert press(maya, about=OVERALL, then="back") == 303
    choices = db.session.scalars(db.select(CardChoices)).one().choices
    assert list(choices["usual_since"]) == [SCALE]


@pytest.mark.parametrize(
    "theirs", [None, Answer(7, 7, scale=(6, 5, 5, 5)), Answer(1, shared=False)]
)
def test_S2_nothing_of_the_others_changes_a_byte(
    client: FlaskClient, cast: Cast, at: Any, theirs: Answer | None
) -> None:
    round_ids = write(cast, scaled(14, 18))
    at(after(8))
    sign_in(client, cast.maya, after(8))
    before = [read(client, path) for path in PATHS]

    for round_id in round_ids:
        answer(round_id, cast.jonas, theirs)

    assert [read(client, path) for path in PATHS] == before


def test_O4_the_file_holds_every_round_of_ones_own(
    client: FlaskClient, cast: Cast, at: Any
) -> None:
    write(cast, [*scaled(14), (replace(THEIRS, overall=None), None)])
    at(after(5))
    sign_in(client, cast.maya, after(5))

    rows = list(csv.reader(io.StringIO(read(client, PATHS[1]).lstrip("\ufeff"))))

    assert rows[0] == ["Week of", "Overall", "Four questions"]
    assert rows[1] == ["2026-03-05", "4", "14"] and rows[-1] == ["2026-04-02", "", ""]


def test_somebody_who_never_answered_has_an_empty_page(
    client: FlaskClient, cast: Cast, at: Any
) -> None:
    at(after(1) + timedelta(days=1))
    sign_in(client, cast.ines, after(1) + timedelta(days=1))

    assert "Your own line begins with your first page" in read(client)
