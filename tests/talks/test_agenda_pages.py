"""The pages of bringing something: nobody reads it before "Add it", and then exactly that."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient

from couples.pairing.services import couple_of
from couples.talks.agenda.services import add, agenda_of, choose_first, take_back
from couples.talks.models import AgendaItem
from couples.talks.prompts.reader import prompt_for
from tests.cast import Cast, sign_in
from tests.pages import forms_of, is_shown, readable, without_tokens
from tests.races import rows
from tests.surveys.agreed import at
from tests.talks.test_agenda import MINUTE, kept, words
from tests.test_bad_input import TEXTS

PAGE = "/talks/add"
ADDED = "Add it to our next talk"


@pytest.fixture
def maya(client: FlaskClient, cast: Cast, now: datetime) -> Iterator[FlaskClient]:
    """Return Maya's browser, on the day the cast is made."""
    sign_in(client, cast.maya, now)
    with at(now):
        yield client


@pytest.fixture
def jonas(app: Flask, client: FlaskClient, cast: Cast, now: datetime) -> Iterator[FlaskClient]:
    """Return Jonas's browser, on the same day."""
    browser = app.test_client()
    sign_in(browser, cast.jonas, now)
    with at(now):
        yield browser


def shown_to(app: Flask, person_id: str, acts: bool = True) -> str:
    """Return the agenda as a page of this person shows it."""
    source = "{% from 'talks/_agenda.html' import agenda %}{{ agenda(found, me, acts) }}"
    couple = couple_of(person_id)
    with app.test_request_context():
        return render_template_string(
            source, found=agenda_of(couple), me=couple.me, acts=acts
        )  # fmt: skip


def lines(page: str) -> list[str]:
    """Return the lines of the agendas on a page, byte for byte."""
    return re.findall(r"<li><span class=\"mark.*?</li>", page, re.DOTALL)


def test_O5_the_preview_is_byte_for_byte_what_the_partner_reads(
    app: Flask, maya: FlaskClient, cast: Cast
) -> None:
    for n, text in enumerate(("Dentist <b>&</b> “doctor”", "שלום, Saturdays", "x" * 200)):
        sent = {"words": text, "about": "", "then": "read"}
        preview = maya.post(PAGE, data=sent)
        assert preview.status_code == 200 and "Jonas will read exactly this" in preview.text
        (line,) = lines(preview.text)
        assert words(cast.jonas)[0] is None or n
        assert maya.post(PAGE, data=sent | {"then": "add"}).status_code == 303
        assert line in lines(shown_to(app, cast.jonas))
        assert 'dir="auto"' in line and '<span class="vh">Maya: </span>' in line


def test_O5_nobody_looks_empty_handed_and_the_two_lines_stand_as_the_leaves_do(
    app: Flask, cast: Cast, now: datetime
) -> None:
    for who in (cast.maya, cast.jonas):
        maya, jonas = lines(shown_to(app, who, acts=False))
        assert "Maya: " in maya and "Jonas: " in jonas
        assert "One thing that felt good" in maya and "One thing that felt good" in jonas
    add(cast.jonas, "The dentist.", "", now)
    add(cast.jonas, "The car.", "", now)
    page = shown_to(app, cast.jonas)
    assert "Kept for another time" in page and page.count("/talks/items/") == 2
    partner = shown_to(app, cast.maya)
    assert "/talks/items/" not in partner and "Bring something" in partner
    assert "href" not in shown_to(app, cast.jonas, acts=False)


@pytest.mark.parametrize("then", ["read", "change", "look"])
def test_S2_what_is_not_added_yet_changes_not_a_byte_for_the_partner(
    app: Flask, maya: FlaskClient, jonas: FlaskClient, cast: Cast, now: datetime, then: str
) -> None:
    item = add(cast.maya, "Saturdays.", "", now)
    paths = ("/talks", "/overview", "/talks/prompts", PAGE)
    before = [without_tokens(jonas.get(path).data) for path in paths], shown_to(app, cast.jonas)
    for page in (PAGE, f"/talks/items/{item}"):
        assert maya.get(page).status_code == 200
        sent = maya.post(page, data={"words": "You never call.", "then": then})
        assert sent.status_code == 200 and "You never call." in sent.text
    after = [without_tokens(jonas.get(path).data) for path in paths], shown_to(app, cast.jonas)
    assert after == before
    assert [row.words for row in rows(AgendaItem)] == ["Saturdays."]


def test_the_words_come_back_to_be_changed_and_the_hint_is_only_for_the_writer(
    maya: FlaskClient,
) -> None:
    back = maya.post(PAGE, data={"words": "You never call.", "then": "change"}).text
    assert ">\r\nYou never call.</textarea>" in back and "verdict" not in back
    looked = maya.post(PAGE, data={"words": "You never call.", "then": "look"}).text
    assert "can sound like a verdict" in looked and "alert" not in looked
    read = maya.post(PAGE, data={"words": "You never call.", "then": "read"}).text
    assert "verdict" not in read and ADDED in read


def test_adding_changing_and_taking_back_by_pressing(
    maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    page = maya.get(f"{PAGE}?about=home").text
    assert ">\r\nSharing the load at home</textarea>" in page
    added = maya.post(PAGE, data={"words": " The\r\ncar. ", "about": "home", "then": "add"})
    assert (added.status_code, added.location) == (303, "/talks")
    assert words(cast.jonas) == ["The car.", None]
    item = rows(AgendaItem)[0].id
    place = f"/talks/items/{item}"
    page = maya.get(place).text
    assert ">\r\nThe car.</textarea>" in page and "Let this stand first" not in page
    read = maya.post(place, data={"words": "The bus.", "then": "read"}).text
    assert "Use these words" in read and words(cast.jonas) == ["The car.", None]
    assert (
        maya.post(place, data={"words": "The bus.", "revision": "1", "then": "add"}).location
        == "/talks"
    )
    assert words(cast.jonas) == ["The bus.", None]
    later = add(cast.maya, "Saturdays.", "", now + MINUTE)
    assert "Let this stand first" in maya.get(f"/talks/items/{later}").text
    assert maya.post(f"/talks/items/{later}/first").location == "/talks"
    assert words(cast.jonas)[0] == "Saturdays." and kept(cast.jonas) == ["The bus."]
    for _twice in range(2):
        assert maya.post(f"{place}/back").location == "/talks"
    assert kept(cast.jonas) == []
    empty = maya.post(f"/talks/items/{later}", data={})
    assert empty.status_code == 422 and "Write a few words first" in empty.text
    gone = maya.post(place, data={"words": "A tram.", "then": "add"})
    assert gone.status_code == 409 and "has left the agenda" in gone.text
    assert "A tram." in gone.text and 'href="/talks"' in gone.text


def test_the_preview_says_where_it_will_stand(maya: FlaskClient, cast: Cast, now: datetime) -> None:
    sentence = "One thing of each of you stands on the agenda."
    sent = {"words": "The car.", "then": "read"}
    assert sentence not in maya.post(PAGE, data=sent).text
    first = add(cast.maya, "Saturdays.", "", now)
    assert sentence in maya.post(PAGE, data=sent).text
    kept_one = add(cast.maya, "Sundays.", "", now + MINUTE)
    assert sentence not in maya.post(f"/talks/items/{first}", data=sent).text
    assert sentence in maya.post(f"/talks/items/{kept_one}", data=sent).text
    choose_first(cast.maya, kept_one, now)
    assert sentence not in maya.post(f"/talks/items/{kept_one}", data=sent).text


def test_the_seventh_is_refused_with_its_words(
    maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    made = [add(cast.maya, f"{n}", "", now) for n in range(6)]
    page = maya.get(PAGE).text
    assert "six things open" in page and "<textarea" not in page
    for then in ("read", "add"):
        sent = maya.post(PAGE, data={"words": "One more.", "then": then})
        assert sent.status_code == 409 and "six things open" in sent.text
        assert ">\r\nOne more.</textarea>" in sent.text
    assert (
        maya.post(f"/talks/items/{made[0]}", data={"words": "0!", "then": "read"}).status_code
        == 200
    )
    take_back(cast.maya, made[0], now)
    assert maya.post(PAGE, data={"words": "One more.", "then": "add"}).status_code == 303


def test_texts_of_every_kind_are_kept_or_asked_for_again(
    maya: FlaskClient, app: Flask, cast: Cast, now: datetime
) -> None:
    for case, text in TEXTS.items():
        for then in ("read", "add"):
            sent = maya.post(PAGE, data={"words": text, "then": then})
            if sent.status_code in {200, 422}:
                assert is_shown(text, readable(sent.text)), case
        assert sent.status_code == (422 if case in {"10,001 characters", "only blanks"} else 303)
        assert sent.status_code == 422 or is_shown(text, readable(shown_to(app, cast.jonas))), case
        for row in rows(AgendaItem):
            take_back(cast.maya, row.id, now)


def test_what_does_not_fit_is_asked_again(maya: FlaskClient) -> None:
    for data, status, sentence in (
        ({"words": ""}, 422, "Write a few words first"),
        ({"words": "x" * 201}, 422, "This holds 200 characters. Yours is one longer."),
        ({"words": "", "then": "add"}, 422, "Write a few words first"),
        ({"words": "A walk.", "about": "nothing of ours"}, 404, "A walk."),
    ):
        sent = maya.post(PAGE, data=data)
        assert (sent.status_code, sentence in sent.text) == (status, True)
    assert rows(AgendaItem) == []


def test_S7_nothing_is_there_for_who_is_not_linked_or_is_not_the_author(
    app: Flask, jonas: FlaskClient, cast: Cast, now: datetime
) -> None:
    item = add(cast.maya, "Saturdays.", "", now)
    ines = app.test_client()
    sign_in(ines, cast.ines, now)
    for path in (PAGE, f"/talks/items/{item}", "/talks/items/none", "/talks/prompts"):
        assert ines.get(path).status_code == 404
    for path in (f"/talks/items/{item}", f"/talks/items/{item}/back", f"/talks/items/{item}/first"):
        assert jonas.post(path, data={"words": "A walk.", "then": "add"}).status_code == 404
    assert words(cast.jonas) == ["Saturdays.", None]


def test_a_card_leads_to_another_and_adds_its_very_question(app: Flask) -> None:
    source = "{% from 'talks/_prompt.html' import prompt_card %}{{ prompt_card(p, 'home', '/x') }}"
    with app.test_request_context():
        page = render_template_string(source, p=prompt_for("home", 0, "en"))
    assert 'href="/talks/add?about=home&amp;prompt=0"' in page
    assert 'href="/x?prompt=1"' in page and 'lang="en"' in page


def test_A9_of_two_tabs_the_second_sees_both_texts(
    maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    place = f"/talks/items/{add(cast.maya, 'Saturdays.', '', now)}"
    (form, *_rest) = forms_of(maya.get(place).text)
    began = dict(form.values())
    for mine, status in (("Sundays.", 303), ("Mondays.", 409)):
        read = maya.post(place, data={**began, "words": mine, "then": "read"})
        (shown,) = forms_of(read.text)
        answer = maya.post(place, data={**dict(shown.values()), "then": "add"})
        assert answer.status_code == status
    assert "Sundays." in answer.text and "Mondays." in answer.text
    (again, *_rest) = forms_of(answer.text)
    chosen = {**dict(again.values()), "words": "Mondays.", "then": "add"}
    assert maya.post(place, data=chosen).location == "/talks"


def test_a_double_press_says_where_the_words_stand(
    maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    said = (("Tea.", "Added. You can"), ("Rain.", "Kept for another time. You can"))
    for minutes, (text, sentence) in enumerate(said):
        # The oldest stands first: of two that came at one instant nobody could say which.
        with at(now + minutes * MINUTE):
            for _twice in range(2):
                maya.post(PAGE, data={"words": text, "then": "add"})
                assert sentence in maya.get("/talks").text
