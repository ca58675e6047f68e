"""The time zones a person may choose, and the one a new person finds chosen, to be looked at."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import force_locale

from couples import clock, formats, languages
from couples.accounts import choices
from couples.accounts.services_profile import change_profile, profile
from couples.accounts.zone_guess import PRIMARY, zone_for
from tests.accounts.test_signing_up import ACCOUNT, link
from tests.cast import Cast, sign_in

CHOSEN = re.compile(r'<option selected value="([^"]*/[^"]*)">')


@pytest.mark.parametrize(
    ("languages", "zone"),
    [
        (["de-DE", "de", "en"], "Europe/Berlin"),
        (["de-AT"], "Europe/Vienna"),
        (["de", "en-GB"], "Europe/London"),
        (["en-US", "en"], ""),
        (["es-ES"], "Europe/Madrid"),
        (["tlh-XX", "not a language", "pt-PT"], "Europe/Lisbon"),
        (["en"], ""),
        (["en-001", "fr-FR"], "Europe/Paris"),
        ([], ""),
    ],
)
def test_a_country_with_one_zone_is_guessed_and_nothing_else(
    languages: list[str], zone: str
) -> None:
    assert zone_for(languages) == zone


def test_every_zone_that_can_be_guessed_can_be_chosen() -> None:
    assert set(PRIMARY.values()) <= choices.offered()


def test_the_page_chooses_the_guess_once_and_never_over_what_was_sent(client: FlaskClient) -> None:
    path, vienna = link(client), {"Accept-Language": "de-AT, de;q=0.9, en;q=0.5"}
    page = client.get(path, headers=vienna).text
    assert CHOSEN.findall(page) == ["Europe/Vienna"]
    assert "data-zone" in page
    sent = client.post(path, data=ACCOUNT | {"zone": "", "name": ""}, headers=vienna).text
    assert CHOSEN.findall(sent) == []
    assert "data-zone" not in sent


@pytest.mark.parametrize(
    ("asked", "chosen"),
    [
        ("de-DE;q=0, en;q=0.5", []),
        ("de-DE;q=0, de-AT;q=0.1", ["Europe/Vienna"]),
        ("en;q=0.5, de-AT;q=0.9, de-DE;q=0.7", ["Europe/Vienna"]),
        ("de_AT", ["Europe/Vienna"]),
    ],
)
def test_a_refused_language_is_no_hint_and_an_underscore_is_none_the_less(
    client: FlaskClient, asked: str, chosen: list[str]
) -> None:
    page = client.get(link(client), headers={"Accept-Language": asked}).text
    assert CHOSEN.findall(page) == chosen


def test_each_place_is_offered_once_whatever_the_language(app: Flask) -> None:
    for language in languages.WRITTEN_AS:
        with force_locale(languages.locale_of(language)):
            shown = [(region, place) for region, _name, place in choices.zones()]
        assert len(shown) > 400
        assert sorted(shown) == sorted(set(shown)), language


def test_a_place_has_its_name_in_a_language_though_its_zone_is_called_otherwise_by_now(
    app: Flask,
) -> None:
    with force_locale("de"):
        assert ("Europa", "Europe/Kyiv", "Kiew") in choices.zones()
        assert formats.place_of("Europe/Kyiv") == formats.place_of("Europe/Kiev") == "Kiew"
    with force_locale("en_GB"):
        # Two lists are kept side by side, and each is in its own language.
        names = {name: place for _region, name, place in choices.zones()}
    assert names["Europe/Kyiv"] == "Kyiv"
    assert "Europe/Kiev" not in names and "Europe/Kiev" in choices.zone_names()


def test_who_has_a_zone_by_an_older_name_keeps_it_until_they_choose(
    client: FlaskClient, cast: Cast
) -> None:
    now, who = clock.now(), cast.maya
    change_profile(who, name="Maya", language="en", zone="Asia/Calcutta", now=now)
    sign_in(client, who, now)
    page = client.get("/settings/about").text
    assert CHOSEN.findall(page) == ["Asia/Calcutta"]
    assert 'value="Asia/Kolkata"' not in page
    sent = {"name": "Maya", "language": "en", "zone": "Asia/Calcutta"}
    assert client.post("/settings/about", data=sent).status_code == 303
    assert profile(who).zone == "Asia/Calcutta"


def test_a_device_that_knows_its_zone_by_an_older_name_finds_it(client: FlaskClient) -> None:
    page = client.get(link(client)).text
    [also] = re.findall(r'<option data-also="([^"]*)" value="Asia/Kolkata">', page)
    assert "Asia/Calcutta" in also.split()
