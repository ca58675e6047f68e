from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import jinja2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from couples.dashboard.picture import fitting, inline
from couples.dashboard.picture.chart import draw
from couples.dashboard.picture.drawing import NARROW, WIDE, Chart, Size, Text
from couples.dashboard.rules import AgreementMark, Answered, PersonMark, Series, Strip, series
from tests.dashboard.weeks import ENGLISH, FIRST, MAYA, OVERALL, UPDATED, alone, both, years

MARKS = ("disc", "diamond")
GOLDEN = Path(__file__).parent / "golden"


def marks(days: Sequence[tuple[int, int]]) -> list[AgreementMark]:
    return [AgreementMark(FIRST + timedelta(days=offset), version) for offset, version in days]


CASES: dict[str, tuple[Series, list[AgreementMark]]] = {
    "no_round": (Series(), []),
    "one": (both([4], [5]), []),
    "two": (both([4, 3], [5, 5]), []),
    "three": (both([4, 3, 5], [5, 5, 6]), []),
    "gaps": (both([4, 3, None, 5, 6, 4, 5], [5, None, None, 6, 4, 4, None]), []),
    "equal_answers": (both([4, 5, 5, 7], [4, 5, 6, 7]), []),
    "twelve": (both(*OVERALL), [UPDATED]),
    "twenty_six": (years(26), marks([(-3, 1), (75, 2)])),
    "five_years": (years(260), marks([(-3, 1), *((200 * n, n + 1) for n in range(1, 9))])),
    "one_person": (alone([3, 4, 4, None, 5, 6]), []),
    "signed_and_updated": (
        both([3, 4, 4, 5, 4, 5], [4, 4, 5, 6, 6, 6]),
        marks([(-5, 1), (24, 2)]),
    ),
    "marks_close_together": (
        both(*OVERALL),
        marks([(17, 2), (20, 3), (24, 4), (60, 5)]),
    ),
}


def svg(chart: Chart) -> str:
    """The drawing as the page has it."""
    return str(template("dashboard/_chart.html").trend(chart))


def template(name: str) -> Any:
    """The macros of a template, with English words."""
    loader = jinja2.FileSystemLoader("templates")
    env = jinja2.Environment(loader=loader, extensions=["jinja2.ext.i18n"], autoescape=True)
    env.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    env.globals.update(drawn=inline)
    return env.get_template(name).module


def test_S1_what_somebody_calls_themselves_is_no_markup_in_a_drawing_or_a_strip() -> None:
    name = "<b>&\"'"
    shown = series(PersonMark(name, "disc", "<"), None, [Answered(FIRST, 4), Answered(FIRST, None)])
    drawing = svg(draw(shown, [], NARROW, ENGLISH))
    said = inline.cells(shown.lines[0], True, name, name) + inline.dates(2, True, name, name)
    with_page = inline.strips([Strip(name, shown, "home")], name, name)
    own = inline.strips([Strip(name, shown)], name, name)
    for markup in (drawing, said, with_page, own, inline.rows(shown, False, name, name)):
        assert "<b>" not in markup
        assert "&lt;b&gt;&amp;&#34;&#39;" in markup


@pytest.mark.parametrize("person", [MAYA, PersonMark("<b>", "diamond", "<")])
def test_whose_row_of_a_strip_it_is_is_marked_as_everywhere(person: PersonMark) -> None:
    shown = series(person, None, [Answered(FIRST, 4)])
    assert str(template("_macros.html").mark(person)) in inline.rows(shown, True, "", "")


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=lambda size: size.name)
@pytest.mark.parametrize("case", CASES)
def test_the_drawing_is_the_one_we_looked_at(case: str, size: Size) -> None:
    """Written anew, after looking at them, by `python -m tests.dashboard.test_chart`."""
    drawn = svg(draw(*CASES[case], size, ENGLISH))

    assert drawn == (GOLDEN / f"{case}_{size.name}.svg").read_text()


def test_the_drawing_has_nothing_a_strict_policy_refuses() -> None:
    drawn = svg(draw(*CASES["twelve"], WIDE, ENGLISH))

    assert "style" not in drawn and "url(" not in drawn and "<script" not in drawn
    assert '<g aria-hidden="true">' in drawn and 'direction="ltr"' in drawn


def test_a_name_cannot_leave_its_place_in_the_drawing() -> None:
    rude = PersonMark('<b>"&', "disc", "<")
    drawn = svg(draw(series(rude, None, [Answered(FIRST, 4)]), [], NARROW, ENGLISH))

    assert "<b>" not in drawn


def test_the_name_stands_without_a_number_where_the_latest_round_has_no_answer() -> None:
    chart = draw(both([4, 5, 6], [5, 5, None]), [], NARROW, ENGLISH)

    assert [text.words for text in chart.texts if text.kind in MARKS] == ["Maya 6", "Jonas"]


def test_the_same_answer_is_a_disc_inside_a_diamond() -> None:
    diamond, disc = draw(both([4], [4]), [], NARROW, ENGLISH).spots

    assert (diamond.mark, disc.mark) == ("diamond", "disc")
    assert (diamond.x, diamond.y) == (disc.x, disc.y) and diamond.r > disc.r + 4


# The machine is shared: how long an example takes says nothing about it.
UNHURRIED = settings(deadline=None, max_examples=60)
ANSWER = st.none() | st.integers(1, 7)
DAYS = st.lists(st.integers(0, 800), unique=True, max_size=14).map(sorted)
NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40)
SIZES = st.sampled_from([NARROW, WIDE])


@st.composite
def shown(draw_from: st.DrawFn) -> Series:
    """Any weeks of any two people, one of them perhaps gone."""
    rounds = [
        Answered(FIRST + timedelta(days=day), *draw_from(st.tuples(ANSWER, ANSWER, st.booleans())))
        for day in draw_from(DAYS)
    ]
    me = PersonMark(draw_from(NAMES), "disc", "A")
    other = PersonMark(draw_from(NAMES), "diamond", "B")
    partner = draw_from(st.sampled_from([other, None]))
    return series(me, partner, rounds, my_leaf_first=draw_from(st.booleans()))


VERSIONS = st.lists(
    st.builds(
        AgreementMark,
        st.integers(-100, 900).map(lambda day: FIRST + timedelta(days=day)),
        st.integers(1, 9),
    ),
    max_size=6,
)


@UNHURRIED
@given(shown(), VERSIONS, SIZES)
def test_O2_no_line_crosses_a_round_without_answer(
    weeks: Series, versions: list[AgreementMark], size: Size
) -> None:
    chart = draw(weeks, versions, size, ENGLISH)

    for stroke in chart.strokes:
        gaps = [spot.x for spot in chart.spots if spot.missing and spot.mark == stroke.mark]
        begin, end = stroke.points[0][0], stroke.points[-1][0]
        assert not [x for x in gaps if begin < x < end]


@UNHURRIED
@given(shown(), VERSIONS, SIZES)
def test_every_answer_stands_on_its_own_row_and_every_missing_one_in_the_lane(
    weeks: Series, versions: list[AgreementMark], size: Size
) -> None:
    chart = draw(weeks, versions, size, ENGLISH)
    rows = {row.value: row.y for row in chart.grid}

    for line in weeks.lines:
        expected = sorted(size.lane if p.value is None else rows[p.value] for p in line.points)
        assert expected == sorted(s.y for s in chart.spots if s.mark == line.person.mark)


@UNHURRIED
@given(st.lists(st.integers(1, 30), min_size=1, max_size=11), SIZES)
def test_neighbouring_rounds_never_fall_on_one_place(apart: list[int], size: Size) -> None:
    day, rounds = FIRST, [Answered(FIRST, 4)]
    for days in apart:
        day += timedelta(days=days)
        rounds.append(Answered(day, 4))

    xs = [spot.x for spot in draw(series(MAYA, None, rounds), [], size, ENGLISH).spots]

    assert all(left < right for left, right in pairwise(xs))


@UNHURRIED
@given(shown(), VERSIONS, SIZES)
def test_labels_keep_their_distance(
    weeks: Series, versions: list[AgreementMark], size: Size
) -> None:
    texts = draw(weeks, versions, size, ENGLISH).texts
    column = sorted(text.y for text in texts if text.kind in ("disc", "diamond") or is_lane(text))

    assert all(lower - upper >= 16 for upper, lower in pairwise(column))
    for row in (size.event, size.dates):
        boxes = sorted(box(text) for text in texts if text.y == row)
        assert all(a[1] < b[0] for a, b in pairwise(boxes))


@UNHURRIED
@given(shown(), VERSIONS, SIZES)
def test_everything_is_inside_the_viewbox(
    weeks: Series, versions: list[AgreementMark], size: Size
) -> None:
    chart = draw(weeks, versions, size, ENGLISH)

    for spot in chart.spots:
        assert spot.r <= spot.x <= size.width - spot.r and spot.r <= spot.y <= size.height - spot.r
    assert all(size.left <= x <= chart.right for x in chart.events)
    for text in chart.texts:
        begin, end = box(text)
        assert begin >= -0.5 and end <= size.width + 0.5 and 10 <= text.y <= size.height


def is_lane(text: Text) -> bool:
    return text.words == ENGLISH.no_answer


def box(text: Text) -> tuple[float, float]:
    kinds = {"disc": fitting.BOLD, "diamond": fitting.BOLD}
    each = fitting.LANE if is_lane(text) else kinds.get(text.kind, fitting.SMALL)
    return fitting.span(text.x, fitting.width(text.words, each), text.anchor)


def test_dates_are_at_most_five_and_the_first_and_last_are_among_them() -> None:
    for weeks in range(2, 13):
        chart = draw(both([4] * weeks, [5] * weeks), [], WIDE, ENGLISH)
        dates = [text.words for text in chart.texts if text.y == WIDE.dates]
        last = date(2026, 7, 23) + timedelta(weeks=weeks - 1)
        assert dates[0] == "23 Jul" and dates[-1] == ENGLISH.day(last, "day") and len(dates) <= 5


if __name__ == "__main__":
    for case, values in CASES.items():
        for size in (NARROW, WIDE):
            (GOLDEN / f"{case}_{size.name}.svg").write_text(svg(draw(*values, size, ENGLISH)))
