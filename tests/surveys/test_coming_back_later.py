"""Keeping what is begun by a press, where no script runs."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from couples.pairing import services_leaving
from couples.surveys.answering.services import stored_of
from tests.cast import Cast
from tests.pages import forms_of
from tests.surveys.agreed import AFTER, INSIDE, at
from tests.surveys.test_drafts import page_fields, row, save

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


def later(client: FlaskClient, fields: dict[str, str]) -> tuple[int, str]:
    """Press the third button; return the page one is led to."""
    with at(INSIDE):
        answer = client.post("/week/save", data={**fields, "then": "later"}, headers=BROWSER)
        if answer.status_code == 303:
            assert answer.location == "/week"
            return 303, client.get("/week").text
    return answer.status_code, answer.text


def again(page: str) -> dict[str, str]:
    """Return what a page that asks again would send."""
    form = next(one for one in forms_of(page) if one.action == "/week")
    return {one.name: one.value for one in form.fields if one.value or not one.offers}


def test_what_is_begun_is_kept_by_a_quiet_third_button(maya: FlaskClient, cast: Cast) -> None:
    with at(INSIDE):
        page = maya.get("/week").text
    ends, quiet = page.index("Keep this to myself"), page.index("Save and come back later")
    assert ends < quiet and 'formaction="/week/save" name="then" value="later"' in page
    status, page = later(maya, {**page_fields(maya), "q0": "2", "words": "Half a thought."})
    assert status == 303 and "Kept. Not sent yet; only you can see it." in page
    assert row(cast).draft == {"q0": "2", "words": "Half a thought."}
    assert not stored_of(row(cast)).answered
    assert page_fields(maya)["words"] == "Half a thought."


def test_nothing_begun_is_nothing_kept(maya: FlaskClient, cast: Cast) -> None:
    status, page = later(maya, page_fields(maya))
    assert status == 303 and "Nothing is waiting to be sent." in page
    assert row(cast).draft is None


@pytest.mark.parametrize(
    ("field", "says"),
    [
        ({"words": "x" * 2001}, "Use 2,000 characters or fewer; these are 2001"),
        ({"q0": "9"}, "Pick a number, or skip this one"),
    ],
)
def test_what_does_not_fit_comes_back_with_everything_typed(
    maya: FlaskClient, cast: Cast, field: dict[str, str], says: str
) -> None:
    typed = {**page_fields(maya), "q1": "3", "words": "Typed.", **field}
    status, page = later(maya, typed)
    assert (status, says in page) == (422, True)
    assert (again(page)["q1"], again(page)["words"]) == ("3", typed["words"])
    assert 'value="share"' in page and "decision-err" not in page
    assert row(cast).draft is None


def test_A9_words_of_two_windows_stand_beside_each_other(maya: FlaskClient, cast: Cast) -> None:
    fields = page_fields(maya)
    save(maya, {**fields, "q0": "2", "q1": "4", "words": "From the first."})
    status, page = later(maya, {**fields, "q0": "5", "words": "From the second."})
    assert status == 409 and "You wrote other words in another window." in page
    assert "From the first." in page and "From the second." in page
    assert row(cast).draft["words"] == "From the first."
    assert later(maya, again(page))[0] == 303
    assert row(cast).draft == {"q0": "5", "q1": "4", "words": "From the second."}


def test_A9_without_other_words_both_windows_are_put_together(
    maya: FlaskClient, cast: Cast
) -> None:
    fields = page_fields(maya)
    save(maya, {**fields, "q1": "4", "words": "From the first."})
    status, page = later(maya, {**fields, "q0": "5"})
    assert status == 409 and "Look it over, then save it again." in page
    assert "Written in another window" not in page
    assert later(maya, again(page))[0] == 303
    assert row(cast).draft == {"q0": "5", "q1": "4", "words": "From the first."}


@pytest.mark.parametrize("ending", ["close", "unlink"])
def test_C3_too_late_keeps_what_was_typed_on_the_page(
    maya: FlaskClient, cast: Cast, ending: str
) -> None:
    fields = {**page_fields(maya), "then": "later", "words": "Almost."}
    if ending == "unlink":
        services_leaving.end_link(cast.jonas, INSIDE)
    with at(AFTER if ending == "close" else INSIDE):
        answer = maya.post("/week/save", data=fields, headers=BROWSER)
    assert answer.status_code == 409 and "Almost." in answer.text
