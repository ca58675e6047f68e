import html
import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from flask import Flask, render_template
from flask_babel import Babel

from couples import formats
from couples.dashboard import words
from couples.dashboard.overview import LatestRound, Overview, RoundNow, State
from couples.dashboard.picture import inline
from tests.dashboard.weeks import JONAS, MAYA, OVERALL, UPDATED, alone, both, strips

NEXT = datetime(2026, 10, 15, 16, tzinfo=UTC)
CLOSES = datetime(2026, 10, 18, 18, tzinfo=UTC)

NORMAL = Overview(
    me=MAYA,
    partner=JONAS,
    rounds=12,
    overall=both(*OVERALL),
    marks=(UPDATED,),
    strips=strips(),
    latest=LatestRound(date(2026, 10, 8), opened=True, answered_by_me=True),
    next_opening=NEXT,
    in_force_since=date(2026, 8, 16),
)
OPEN = RoundNow(CLOSES, answered_by_me=False)
ANSWERED = RoundNow(CLOSES, answered_by_me=True)
LEFT_OUT = RoundNow(CLOSES, answered_by_me=False, skipped_by_me=True)
ONE_SIDED = LatestRound(date(2026, 10, 8), opened=False, answered_by_me=True)
SILENT = LatestRound(date(2026, 10, 8), opened=False, answered_by_me=False)
STATES = {
    State.BEGIN: Overview(me=MAYA, partner=JONAS),
    State.PLANNED: Overview(me=MAYA, partner=JONAS, next_opening=NEXT),
    State.OPEN: replace(NORMAL, open_round=OPEN, next_opening=None),
    State.ANSWERED: replace(NORMAL, open_round=ANSWERED, next_opening=None),
    State.LEFT_OUT: replace(NORMAL, open_round=LEFT_OUT, next_opening=None),
    State.TOGETHER: NORMAL,
    State.NOTHING_OPENED: replace(NORMAL, latest=ONE_SIDED),
    State.QUIET: replace(NORMAL, latest=SILENT),
    State.ENDED: replace(
        NORMAL, partner=None, overall=alone(OVERALL[0]), next_opening=None, strips=()
    ),
}


@pytest.fixture(scope="module")
def pages() -> Flask:
    """An application with the templates and the calendar, and no people in it."""
    app = Flask("pages", root_path=".", template_folder="templates")
    Babel(app, default_timezone="Europe/Berlin")
    formats.prepare(app)
    app.jinja_env.globals.update(asset=lambda name: f"/static/{name}", short_name="Pages")
    app.jinja_env.globals.update(next_talk=lambda: None, drawn=inline)
    app.add_url_rule("/talks/plan", "talks.plan")
    return app


def rendered(pages: Flask, overview: Overview) -> str:
    with pages.test_request_context("/overview"):
        picture = words.picture(overview)
        return render_template(
            "dashboard/overview.html", overview=overview, picture=picture, me=overview.me
        )


def text(page: str) -> str:
    """What stands on the page, without the markup."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


@pytest.mark.parametrize("state", STATES)
def test_each_state_is_found_and_has_its_page(pages: Flask, state: State) -> None:
    overview = STATES[state]

    page = rendered(pages, overview)

    assert overview.state is state
    assert page.count("<h1") == 1 and "<title>Overview · Pages</title>" in page
    assert not re.search(r"<[^>]* style=|<script(?! src)", page)


@pytest.mark.parametrize("state", STATES)
def test_no_state_praises_blames_or_alarms(pages: Flask, state: State) -> None:
    said = text(rendered(pages, STATES[state])).lower()

    for word in ("missed", "streak", "score", "improv", "worse", "fail", "still hasn", "!"):
        assert word not in said


def test_the_heading_says_both_answered_only_where_something_opened(pages: Flask) -> None:
    with_heading = [
        state for state, overview in STATES.items() if "You’ve both" in heading(pages, overview)
    ]

    assert with_heading == [State.TOGETHER]


def heading(pages: Flask, overview: Overview) -> str:
    found = re.search(r"<h1>(.*?)</h1>", rendered(pages, overview))
    assert found
    return html.unescape(found[1])


def test_the_first_page_is_announced_with_its_day(pages: Flask) -> None:
    assert heading(pages, STATES[State.PLANNED]) == "Your first page opens on Thursday 15 October"


def test_an_open_round_asks_for_an_answer_and_then_offers_to_change_it(pages: Flask) -> None:
    asks, offers = (text(rendered(pages, STATES[s])) for s in (State.OPEN, State.ANSWERED))

    assert "Answer" in asks and "Change my answers" not in asks
    assert "Change my answers" in offers
    assert "You’ll see the week together on Sunday 18 October" in offers


def test_nothing_opened_leaves_what_i_wrote_with_me(pages: Flask) -> None:
    page = rendered(pages, STATES[State.NOTHING_OPENED])

    assert "Nothing opened this week" in page
    assert "What you wrote is still with you." in page


def test_a_week_without_an_answer_of_ones_own_says_so_and_when_the_next_is(pages: Flask) -> None:
    quiet = STATES[State.QUIET]

    assert heading(pages, quiet) == "No answer this week"
    assert "No answer this week The next one is on" in text(rendered(pages, quiet))
    assert heading(pages, replace(quiet, weekly=False)) == "No answer this time"


def test_other_rhythms_say_this_time(pages: Flask) -> None:
    for state, overview in STATES.items():
        if state in (State.BEGIN, State.ENDED):
            continue
        said = text(rendered(pages, replace(overview, weekly=False)))
        assert "this week" not in said.lower() and "the week of" not in said


def test_O2_two_rounds_are_points_and_the_page_says_when_lines_come(pages: Flask) -> None:
    page = rendered(pages, replace(NORMAL, overall=both([4, 3], [5, 5])))

    assert "polyline" not in page and "Lines appear after three weeks." in page


def test_O4_the_picture_has_a_sentence_and_a_real_table(pages: Flask) -> None:
    page = rendered(pages, NORMAL)
    table = text(page[page.index("<table") : page.index("</table>")])

    assert "<b>Maya</b> went from 3 to 5, <b>Jonas</b> from 4 to 6." in page
    assert "You were furthest apart in the week of 20 August." in page
    assert "16 Aug Agreement updated, version 2 20 Aug 3 6" in table
    assert "3 Sep no answer no answer" in table
    first = page[page.index("<table") : page.index("</table>")]
    assert first.count('scope="row"') == 13 and first.count('scope="col"') == 3


def test_O4_strips_that_have_no_page_of_their_own_have_a_table_here(pages: Flask) -> None:
    page = rendered(pages, NORMAL)
    _before, _caption, found = page.partition('<caption class="vh">Need by need: from 1')
    for strip in NORMAL.strips:
        said = text(found.partition(f'dir="auto">{strip.topic}</th></tr>')[2])
        days = [strip.series.days[0], strip.series.days[-1]]
        numbers = [[line.points[at].value for line in strip.series.lines] for at in (0, -1)]
        for day, both_said in zip(days, numbers, strict=True):
            row = " ".join("no answer" if one is None else str(one) for one in both_said)
            assert f"{day.day} {day:%b} {row}" in said.partition("</tbody>")[0]

    paged = tuple(replace(one, topic_id="page") for one in NORMAL.strips)
    assert "Need by need: from 1" not in rendered(pages, replace(NORMAL, strips=paged))


def test_O1_what_only_i_see_is_said_in_words(pages: Flask) -> None:
    page = rendered(pages, NORMAL)
    table = text(page[page.index("<table") : page.index("</table>")])

    assert "17 Sep 4, only you see this no answer" in table
    assert "A dashed box: only you see this." in page


def test_without_a_link_no_partner_is_on_the_page(pages: Flask) -> None:
    page = rendered(pages, STATES[State.ENDED])

    assert "Jonas" not in page and "diamond" not in page
    assert "This link has ended." in page


def test_names_are_shown_as_they_are_and_never_as_markup(pages: Flask) -> None:
    rude = replace(MAYA, name="<i>%(x)s")
    page = rendered(pages, replace(NORMAL, me=rude, overall=both([4], [4])))

    assert "<i>%" not in page
