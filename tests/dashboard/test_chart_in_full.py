"""The drawing over years, read round by round, on another axis, and as a file of its own."""

from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from couples.dashboard.picture import thinning
from couples.dashboard.picture.chart import draw
from couples.dashboard.picture.drawing import NARROW, SCALE_SUMS, WIDE, Size
from couples.dashboard.picture.standalone import svg_of
from couples.dashboard.rules import Series
from tests.dashboard.test_chart import CASES, MARKS, SIZES, UNHURRIED, marks, svg
from tests.dashboard.weeks import ENGLISH, OVERALL, alone, both, years

MANY = st.builds(
    years, st.sampled_from([14, 26, 60, 156, 260]), st.integers(0, 9), st.sampled_from([0.3, 0.9])
)


@UNHURRIED
@given(MANY, SIZES)
def test_O4_over_years_every_answer_is_in_a_line_or_has_a_mark(weeks: Series, size: Size) -> None:
    chart = draw(weeks, [], size, ENGLISH)
    rows = {row.value: row.y for row in chart.grid}

    for line in weeks.lines:
        drawn = {(s.x, s.y) for s in chart.spots if s.mark == line.person.mark and not s.missing}
        for stroke in chart.strokes:
            if stroke.mark == line.person.mark:
                (first, y), (last, _) = stroke.points[0], stroke.points[-1]
                drawn |= {*stroke.points, (round((first + last) / 2, 1), y)}
        ys = [rows[point.value] for point in line.points if point.value is not None]
        assert sorted({y for _x, y in drawn}) == sorted(set(ys))
        assert len(drawn) >= len(ys)


@UNHURRIED
@given(MANY, SIZES)
def test_over_years_no_mark_touches_another_and_both_have_theirs_in_the_same_rounds(
    weeks: Series, size: Size
) -> None:
    chart = draw(weeks, [], size, ENGLISH)
    rounds = sorted({spot.x for spot in chart.spots if not spot.missing})
    widest = {x: max(spot.r for spot in chart.spots if spot.x == x) for x in rounds}

    assert all(b - a > widest[a] + widest[b] + 1 for a, b in pairwise(rounds))
    assert chart.places[-1].on == weeks.days[-1] and rounds[-1] <= chart.right
    assert len(chart.places) < len(weeks.days) if len(weeks.days) > 60 else True
    for mark in MARKS:
        lane = sorted((one.begin, one.end) for one in chart.empties if one.mark == mark)
        assert all(a[1] + 2 * thinning.SMALL < b[0] for a, b in pairwise(lane))


def test_each_round_shown_can_be_read_and_the_wide_places_are_wide_enough() -> None:
    chart = draw(both(*OVERALL), marks([(-5, 1), (24, 2)]), WIDE, ENGLISH)

    assert [place.on for place in chart.places] == list(both(*OVERALL).days)
    assert all(place.end - place.begin >= 24 for place in chart.places)
    assert all(a.end == b.begin for a, b in pairwise(chart.places))
    said = [place.spoken.name for place in chart.places]
    assert said[0] == "23 July: Maya 3, Jonas 4. Version 1 of your agreement held then."
    # Heard where it changes, and at both ends; seen at every round.
    told = [number for number, one in enumerate(said) if "of your agreement held then." in one]
    assert told == [0, 4, len(said) - 1] and "Version 2" in said[4]
    assert all(", version " in place.spoken.lines[0] for place in chart.places)


def test_without_an_agreement_on_the_day_no_version_is_named() -> None:
    place = draw(both([4], [5]), marks([(9, 1)]), NARROW, ENGLISH).places[0]

    assert place.spoken.name == "23 July: Maya 4, Jonas 5."
    assert 'href="#d2026-07-23"' in svg(draw(both([4], [5]), [], NARROW, ENGLISH))


def test_sums_stand_on_their_own_axis_and_the_usual_range_behind_the_line() -> None:
    sums = alone([0, 7, 14, 21, 10, 11])
    chart = draw(sums, [], WIDE, ENGLISH, band=(10, 10), axis=SCALE_SUMS)

    assert [row.value for row in chart.grid] == [0, 7, 14, 21]
    assert [spot.y for spot in chart.spots[:4]] == [row.y for row in chart.grid]
    assert chart.band and chart.band.height == 8
    assert ENGLISH.usual in [text.words for text in chart.texts]


@pytest.mark.parametrize("case", CASES)
def test_the_file_of_a_drawing_is_black_on_white_and_needs_no_stylesheet(case: str) -> None:
    chart = draw(*CASES[case], WIDE, ENGLISH, band=(3, 4))
    root = ElementTree.fromstring(svg_of(chart))
    paints = {one.get(name) for one in root.iter() for name in ("fill", "stroke")}

    assert paints <= {None, "none", "#000", "#666", "#fff", "#eee"}
    assert not [one for one in root.iter() if one.get("class") or one.get("style")]
    assert len(list(root)) == 2 * len(chart.grid) + 1 + len(chart.events) + len(chart.strokes) + (
        len(chart.empties) + len(chart.spots) + len(chart.texts)
    ) + len([spot for spot in chart.spots if spot.only_me])
