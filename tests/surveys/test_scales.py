"""The published scale, to the letter and to the point: measured as its authors published it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from couples.surveys import rules as surveys
from couples.surveys.rules import SCALE, ResponseView
from couples.surveys.scales import items, rules
from couples.surveys.scales.items import Name, Scale
from couples.surveys.scales.rules import BadPoints, Said

VECTORS: dict[str, Any] = json.loads((Path(__file__).parent / "vectors.json").read_text("utf-8"))
FOLDER = Path(items.__file__).parent
HASHES = {
    "csi4.json": "e1d9256f01e389c0b1f753efb8337011ff6096c1ad48418e3b771e2de8848ab1",
    "csi16.json": "6f9b0f18df11dab95ed2c401a3bc5eedcecd750394e6627abab8880d553a3498",
}
NAMES: tuple[Name, ...] = ("csi4", "csi16")
NUMBERS = {
    "csi4": "1 12 19 22".split(),
    "csi16": "1 5 9 11 12 17 19 20 21 22 26 27 28 30 31 32".split(),
}
SHORT, LONG = (items.scale(name) for name in NAMES)


def given(scale: Scale, points: list[Any]) -> dict[str, Any]:
    return dict(zip([item.key for item in scale.items], points, strict=False))


@pytest.mark.parametrize("name", sorted(HASHES))
def test_not_a_letter_of_the_wording_changes(name: str) -> None:
    assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == HASHES[name]


@pytest.mark.parametrize("name", NAMES)
def test_these_items_are_asked_and_no_others(name: Name) -> None:
    scale = items.scale(name)
    assert [item.key for item in scale.items] == NUMBERS[name]
    assert [scale.lowest, scale.highest] == VECTORS[name]["range"]
    assert scale.below == VECTORS[name]["below"]
    assert "10.1037/0893-3200.21.4.572" in scale.citation
    assert scale.notice in " ".join(
        (FOLDER / "NOTICE.md").read_text("utf-8").replace(">", " ").split()
    )
    assert not any("this week" in item.words for item in scale.items)


@pytest.mark.parametrize("name", NAMES)
def test_scoring_agrees_with_the_vectors(name: Name) -> None:
    scale = items.scale(name)
    for one in VECTORS[name]["vectors"]:
        reached = rules.total(scale, given(scale, one["points"]))
        assert reached == one["score"]
        assert rules.below_cut(scale, one["score"]) is one["below_cut"]


def test_points_are_stored_not_positions_and_reversed_once() -> None:
    for one in VECTORS["csi16"]["position_vectors"]:
        chosen = zip(LONG.items, one["left_to_right_index"], strict=True)
        points = [item.choices[place][1] for item, place in chosen]
        assert points == one["points"]
        assert rules.total(LONG, given(LONG, points)) == one["score"]
    falls = [
        place
        for place, item in enumerate(LONG.items, 1)
        if [points for _label, points in item.choices] != list(range(len(item.choices)))
    ]
    assert falls == VECTORS["csi16"]["descending_items"]


@pytest.mark.parametrize("points", VECTORS["csi4"]["invalid"])
def test_wrong_and_missing_points_make_no_total(points: list[int | None]) -> None:
    asked = given(SHORT, points)
    if None in points or len(points) < 4:
        assert rules.total(SHORT, asked) is None
    else:
        with pytest.raises(BadPoints):
            rules.total(SHORT, asked)


@pytest.mark.parametrize("points", [True, False, "3", 3.0, -1, 6, 99])
def test_what_is_no_point_of_an_item_is_refused(points: object) -> None:
    wrong: dict[str, Any] = {"12": points}
    with pytest.raises(BadPoints):
        rules.check(SHORT, wrong)


def test_an_item_the_scale_has_not_is_refused() -> None:
    with pytest.raises(BadPoints):
        rules.check(SHORT, {"5": 3})


def test_the_first_item_goes_to_six_and_a_nought_is_an_answer() -> None:
    assert rules.total(SHORT, {"1": 6, "12": 0, "19": 0, "22": 0}) == 6
    assert rules.total(SHORT, dict.fromkeys(NUMBERS["csi4"], 0)) == 0
    assert surveys.has_any_answer({"1": 0}, "")
    rules.check(SHORT, {"1": 6})


def test_no_more_is_said_than_may_be_said() -> None:
    said = {reached: rules.said_of(SHORT, reached) for reached in range(22)}
    assert {one for one, what in said.items() if what is Said.BELOW} == set(range(14))
    assert Said.HIGH not in said.values()
    long = {rules.said_of(LONG, reached, 81) for reached in range(52, 82)}
    assert long == {Said.NOTHING} and rules.said_of(LONG, 51) is Said.BELOW
    assert rules.said_of(SHORT, None) is Said.NOTHING


def test_high_and_steady_is_said_of_two_high_totals_in_a_row() -> None:
    both = [(reached, before) for reached in range(22) for before in (None, *range(22))]
    steady = {pair for pair in both if rules.said_of(SHORT, *pair) is Said.HIGH}
    assert steady == {(one, before) for one in range(16, 22) for before in range(16, 22)}
    assert rules.said_of(SHORT, 13, 21) is Said.BELOW


def test_C2_every_fourth_round_asks_it() -> None:
    assert [number for number in range(1, 14) if surveys.asks_scale(number)] == [1, 5, 9, 13]


@pytest.mark.parametrize(
    ("language", "asked"),
    [("en", True), ("en-GB", True), ("en_US", True), ("de", False), ("enm", False), ("", False)],
)
def test_nobody_is_asked_in_another_language(language: str, asked: bool) -> None:
    assert items.is_asked_in(language) is asked


FULL = ResponseView({}, True, scale={"1": 3}, total=14)


@pytest.mark.parametrize(
    ("partner", "closed", "opens"),
    [
        (FULL, True, (14, 14)),
        (FULL, False, None),
        (ResponseView({}, True, scale={"1": 0}, total=0), True, (14, 0)),
        (ResponseView({}, True, scale={"1": 3}), True, None),
        (ResponseView({}, False, total=9), True, None),
        (ResponseView({}, True, total=9, kept=frozenset({SCALE})), True, None),
    ],
)
def test_C5_a_total_opens_where_both_shared_complete_ones(
    partner: ResponseView, closed: bool, opens: tuple[int, int] | None
) -> None:
    assert surveys.opened_total(FULL, partner, closed) == opens
    mirrored = opens and (opens[1], opens[0])
    assert surveys.opened_total(partner, FULL, closed) == mirrored


def test_the_package_carries_the_data_and_the_notice() -> None:
    assert {path.name for path in FOLDER.iterdir()} >= {*HASHES, "NOTICE.md"}
