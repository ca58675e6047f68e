"""The pages of clearing the air: what each finds, and what leads to them."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from flask.testing import FlaskClient

from couples.pairing.services_leaving import end_link
from couples.preparing.services_airing import air, close, say_ready, want
from tests.agreement import road as agreement
from tests.agreement.test_non_interference import seen
from tests.cast import Cast, sign_in
from tests.preparing.road import HERS, HIS, both_want, both_write, open_both, write

LINE = "would like to clear the air, once. Only if you would like to as well. No reply is due."
EVERYWHERE = (
    "/doc", "/doc/mine", "/doc/read", "/doc/mine/new", "/doc/versions", "/doc/rhythm", "/overview",
    "/private", "/settings", "/week", "/doc/before",
)  # fmt: skip


def text(browser: FlaskClient, path: str = "/doc/air") -> str:
    """Return what a page shows."""
    answer = browser.get(path)
    assert answer.status_code == 200
    return answer.text


def test_both_want_it_write_are_ready_read_and_close(
    maya: FlaskClient, jonas: FlaskClient, cast: Cast
) -> None:
    assert "in one calm talk" in text(maya)
    for browser, words in ((maya, HERS), (jonas, HIS)):
        assert browser.post("/doc/air/want").status_code == 303
        form = {"words": words, "revision": "0", "then": "keep"}
        assert browser.post("/doc/air", data=form).status_code == 303
        assert "Saved. Only you can see it." in text(browser)
    for browser, words in ((maya, HERS), (jonas, HIS)):
        form = {"words": words, "revision": "1", "then": "ready"}
        assert browser.post("/doc/air", data=form).status_code == 303
    for browser in (maya, jonas):
        page = text(browser)
        assert page.index(HERS) < page.index(HIS), "the leaves keep their order (rule L5)"
        assert "Clear the air: both texts are open" in text(browser, "/doc")
        assert browser.post("/doc/air/close").status_code == 303
        assert browser.get("/doc/air").status_code == 404


def test_the_pages_title_is_dull(maya: FlaskClient, cast: Cast, now: datetime) -> None:
    open_both(cast, now)
    assert "<title>Document, one talk" in text(maya)


def test_my_wish_shows_as_one_calm_line_and_as_no_letter(
    maya: FlaskClient, jonas: FlaskClient
) -> None:
    assert "clear the air" not in text(jonas, "/doc")
    assert "Clear the air, once" in text(jonas, "/doc")
    maya.post("/doc/air/want")
    assert f"Maya {LINE}" in text(jonas, "/doc")
    assert LINE not in text(maya, "/doc")
    maya.post("/doc/air/want/back")
    assert LINE not in text(jonas, "/doc")


def test_put_away_the_line_never_comes_back_and_the_page_stays(
    maya: FlaskClient, jonas: FlaskClient
) -> None:
    maya.post("/doc/air/want")
    assert jonas.post("/doc/air/away").status_code == 303
    for path in ("/doc/air/want/back", "/doc/air/want"):
        maya.post(path)
        assert LINE not in text(jonas, "/doc")
        assert 'href="/doc/air"' in text(jonas, "/doc")
    assert "Put this line away" not in text(jonas)


@pytest.mark.parametrize("stage", ["writing", "folded", "opened", "signed"])
def test_the_quiet_link_stands_on_the_agreements_home_at_every_stage(
    maya: FlaskClient, cast: Cast, now: datetime, stage: str
) -> None:
    if stage == "folded":
        agreement.write(cast.maya, now)
        maya.post("/doc/ready")
    elif stage == "opened":
        agreement.open_both(cast, now)
    elif stage == "signed":
        agreement.choose(cast.maya, now)
        agreement.sign_both(cast, now)
    assert text(maya, "/doc").count('href="/doc/air"') == 1


def test_once_closed_no_page_leads_there_or_speaks_of_it(
    maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    open_both(cast, now)
    close(cast.maya, now)
    for path in EVERYWHERE:
        page = text(maya, path)
        assert "/doc/air" not in page and "the air" not in page, path
        assert HERS not in page and HIS not in page, path
    for path in ("/doc/air", "/doc/air/want", "/doc/air/ready/back", "/doc/air/away"):
        assert maya.post(path, data={"words": HERS}).status_code == 404


def test_the_other_still_reads_both_until_they_close_it(
    jonas: FlaskClient, cast: Cast, now: datetime
) -> None:
    open_both(cast, now)
    before = seen(jonas, ("/doc/air", "/doc"))
    close(cast.maya, now)
    assert seen(jonas, ("/doc/air", "/doc")) == before


def test_S7_without_a_partner_it_is_not_there(
    client: FlaskClient, cast: Cast, now: datetime
) -> None:
    sign_in(client, cast.ines, now)
    assert client.get("/doc/air").status_code == 404
    assert "/doc/air" not in text(client, "/doc")


def test_L6_after_the_link_has_ended_it_is_not_there(
    maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    open_both(cast, now)
    end_link(cast.jonas, now)
    assert maya.get("/doc/air").status_code == 404
    for path in ("/doc", "/doc/mine", "/private"):
        assert HERS not in maya.get(path).text


def test_words_typed_while_the_other_changes_their_mind_are_kept(
    maya: FlaskClient, jonas: FlaskClient, cast: Cast, now: datetime
) -> None:
    both_want(cast, now)
    jonas.post("/doc/air/want/back")
    form = {"words": HERS, "revision": "0", "then": "ready"}
    answer = maya.post("/doc/air", data=form)
    assert answer.status_code == 409
    assert HERS in answer.text and "It starts once you’d both like to." in answer.text
    assert HERS in text(maya)


def test_one_is_ready_with_words_only(maya: FlaskClient, cast: Cast, now: datetime) -> None:
    both_want(cast, now)
    answer = maya.post("/doc/air", data={"words": " ", "revision": "0", "then": "ready"})
    assert answer.status_code == 422 and "Write at least one line first" in answer.text


def test_folded_words_are_taken_back_by_a_press(
    maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    both_write(cast, now)
    say_ready(cast.maya, now)
    assert "Your words are folded" in text(maya)
    assert maya.post("/doc/air/ready/back").status_code == 303
    assert HERS in text(maya)


def test_it_saves_itself(maya: FlaskClient, cast: Cast, now: datetime) -> None:
    want(cast.maya, now)
    first = maya.post("/doc/air/save", data={"words": "I", "revision": "0"})
    assert first.json and first.json["revision"] == 1
    second = maya.post("/doc/air/save", data={"words": HERS, "revision": "1"})
    assert second.json and second.json["revision"] == 2
    page = text(maya)
    assert HERS in page and 'data-autosave="/doc/air/save"' in page


def test_A9_the_later_of_two_tabs_is_shown_both_texts(
    maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    both_want(cast, now)
    write(cast.maya, HERS, now)
    other = {"words": "Written in a second tab", "revision": "0", "then": "ready"}
    assert maya.post("/doc/air/save", data=other).status_code == 409
    later = maya.post("/doc/air", data=other)
    assert later.status_code == 409
    assert HERS in later.text and "Written in a second tab" in later.text
    assert air(cast.maya).state == "writing", "what was not read together is not folded"
    revision = re.findall(r'name="revision" value="(\d+)"', later.text)[0]
    chosen = {"words": "Written in a second tab", "revision": revision}
    assert maya.post("/doc/air", data=chosen).status_code == 303
    assert air(cast.maya).words == "Written in a second tab"


def test_too_much_comes_back_whole_with_a_sentence(
    maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    want(cast.maya, now)
    long = "x" * 2001
    for path in ("/doc/air", "/doc/air/save"):
        answer = maya.post(path, data={"words": long, "revision": "0"})
        assert answer.status_code == 422
        assert "2001 characters are more than there is room for: 2000." in answer.text
    assert long in maya.post("/doc/air", data={"words": long}).text


def test_a_press_in_an_old_tab_gives_back_what_was_typed(
    maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    open_both(cast, now)
    for words, status in (("Other words.", 409), ("x" * 2001, 422)):
        answer = maya.post("/doc/air", data={"words": words, "revision": "1"})
        assert answer.status_code == status and words in answer.text


def test_looking_at_the_wording_stores_nothing(
    maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    both_want(cast, now)
    form = {"words": "You always shout.", "revision": "0", "then": "look"}
    answer = maya.post("/doc/air", data=form)
    assert answer.status_code == 200 and "You always shout." in answer.text
    assert air(cast.maya).words == ""
