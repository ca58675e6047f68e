"""The time zone a new person finds chosen, to be looked at: by their browser's languages."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from couples.accounts.choices import zone_names
from couples.accounts.zone_guess import PRIMARY, zone_for
from tests.accounts.test_signing_up import ACCOUNT, link

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
    assert set(PRIMARY.values()) <= zone_names()


def test_the_page_chooses_the_guess_once_and_never_over_what_was_sent(client: FlaskClient) -> None:
    path, vienna = link(client), {"Accept-Language": "de-AT, de;q=0.9, en;q=0.5"}
    page = client.get(path, headers=vienna).text
    assert CHOSEN.findall(page) == ["Europe/Vienna"]
    assert "data-zone" in page
    sent = client.post(path, data=ACCOUNT | {"zone": "", "name": ""}, headers=vienna).text
    assert CHOSEN.findall(sent) == []
    assert "data-zone" not in sent
