"""Two partners who read two languages: each theirs, one agreement, and nothing told by it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import force_locale, gettext, ngettext
from pypdf import PdfReader

from couples import formats, help_lines, tokens
from couples.accounts import choices
from couples.accounts.models import Person
from couples.accounts.services_profile import change_profile
from couples.agreement.document.sheet import SHORT
from couples.agreement.listed import LISTED
from couples.agreement.services import version_in_force
from couples.agreement.signing import services as services_signing
from couples.agreement.signing.models import Version
from couples.db import db
from couples.pairing.services import couple_of
from couples.surveys.answering.services import Answers, save_answers
from couples.surveys.scales.items import scale
from tests.agreement.road import choose, open_both, promise, sign_both, write
from tests.cast import Cast, prove, sign_in
from tests.surveys.agreed import (
    AFTER,
    INSIDE,
    WEEK,
    at,
    opened,
    response_of,
    rounds_for,
    rounds_of,
    shown_in,
)
from tests.test_noninterference import surface

DE = {"Accept-Language": "de"}
ITEMS = [item.words for item in scale("csi4").items]
POINTS = {"1": 3, "12": 4, "19": 3, "22": 4}
PAGES = ("/overview", "/doc", "/week", "/talks", "/private", "/settings")


def german(text: str, **words: object) -> str:
    """Return what the German catalogue says, which must say it otherwise than English does."""
    with force_locale("de"):
        said = str(gettext(text, **words))
    assert said != text, f"there is no German for: {text}"
    return said


def read_german(person_id: str, now: datetime, name: str) -> None:
    """Let somebody read German from now on."""
    change_profile(person_id, name=name, language="de", zone="Europe/Berlin", now=now)


def signed_version(couple: Cast) -> Version:
    """Return the version the two have in force."""
    found = version_in_force(couple_of(couple.maya).id)
    assert found is not None
    return db.session.get_one(Version, found.id)


@pytest.fixture
def couple(cast: Cast, now: datetime) -> Cast:
    """Return a cast whose Maya reads German and whose Jonas reads English."""
    read_german(cast.maya, now, "Maya")
    return cast


@pytest.fixture
def agreed(couple: Cast, now: datetime) -> Iterator[Cast]:
    """Return the same after they have signed, each in their own language."""
    with at(now):
        promise(couple, open_both(couple, now), now)
        choose(couple.jonas, now)
        yield couple


def test_every_language_has_its_words_its_dates_and_its_name_for_itself(app: Flask) -> None:
    assert choices.LANGUAGES["de"] == "Deutsch"
    with force_locale("de"):
        assert (formats.locale_tag(), formats.text_dir()) == ("de", "ltr")
        assert formats.place_of("Europe/Vienna") == "Wien"
        shown = {name: (region, place) for region, name, place in choices.zones()}
    assert shown["Europe/Vienna"] == ("Europa", "Wien")
    with force_locale("en_GB"):
        assert ("Europe", "Europe/Vienna", "Vienna") in choices.zones()
        assert ("America", "America/Indiana/Knox", "Indiana, Knox") in choices.zones()


def test_each_of_two_partners_reads_every_page_in_their_own_language(
    app: Flask, client: FlaskClient, couple: Cast, now: datetime
) -> None:
    title = german("Settings")
    with at(now):
        for person_id, tag in ((couple.maya, "de"), (couple.jonas, "en-GB")):
            sign_in(client, person_id, now)
            for path in PAGES:
                # What the browser asks for counts where nobody is signed in, and only there.
                page = client.get(path, headers=DE if tag != "de" else {}).text
                assert f'<html lang="{tag}" dir="ltr"' in page, path
                assert (title in page) is (tag == "de"), path


def test_who_is_not_signed_in_reads_as_the_browser_asks_on_pages_and_errors(
    client: FlaskClient,
) -> None:
    for path, status in (("/signin", 200), ("/help", 200), ("/nothing-here", 404)):
        answer = client.get(path, headers=DE)
        assert answer.status_code == status
        assert '<html lang="de" dir="ltr"' in answer.text
    assert german("Sign in") in client.get("/signin", headers=DE).text
    assert german("Sign in") not in client.get("/signin").text


def test_german_has_two_forms_of_number(app: Flask) -> None:
    one, many = (
        "This holds %(most)s characters. Yours is one longer.",
        "This holds %(most)s characters. Yours is %(num)s longer.",
    )
    with force_locale("de"):
        said = [str(ngettext(one, many, number, most=60)) for number in (1, 2, 0)]
    assert len(set(said)) == 3 and "2" in said[1] and "0" in said[2]
    assert one % {"most": 60} not in said


def test_A7_each_signs_in_their_own_language_the_same_text_with_the_same_hash(
    client: FlaskClient, agreed: Cast, now: datetime
) -> None:
    hashes, pages = [], []
    for person_id in (agreed.maya, agreed.jonas):
        sign_in(client, person_id, now)
        pages.append(client.get("/doc/sign").text)
        hashes.append(services_signing.sign_page(person_id).read_hash)
    assert german("How we’ll keep talking") in pages[0] and "How we’ll keep talking" in pages[1]
    assert hashes[0] == hashes[1]
    assert all(f'value="{hashes[0]}"' in page for page in pages)
    sign_both(agreed, now)
    version = signed_version(agreed)
    assert version.number == 1
    for person_id in (agreed.maya, agreed.jonas):
        sign_in(client, person_id, now)
        assert version.content_hash[:SHORT] in client.get("/doc/versions/1").text


def test_the_file_of_the_agreement_is_in_its_readers_language(
    client: FlaskClient, agreed: Cast, now: datetime
) -> None:
    sign_both(agreed, now)
    version = signed_version(agreed)
    for person_id, tag, said in (
        (agreed.maya, "de", german("What we need, and what we’ll do about it")),
        (agreed.jonas, "en", "What we need, and what we’ll do about it"),
    ):
        sign_in(client, person_id, now)
        answer = client.get("/doc/versions/1/document.pdf")
        assert answer.mimetype == "application/pdf"
        file = PdfReader(BytesIO(answer.data))
        words = " ".join(" ".join(page.extract_text() for page in file.pages).split())
        assert said in words and version.content_hash[:SHORT] in words
        assert str(file.trailer["/Root"]["/Lang"]).startswith(tag)  # type: ignore[index]


def test_A3_a_topic_of_the_list_is_one_topic_whatever_language_it_was_chosen_in(
    client: FlaskClient, couple: Cast, now: datetime
) -> None:
    names = german("Phones and screens"), "Phones and screens"
    people = couple.maya, couple.jonas
    with at(now):
        for person_id, name in zip(people, names, strict=True):
            sign_in(client, person_id, now)
            assert name in client.get("/doc/mine/new").text
            write(person_id, now, listed="phones")
        for person_id, name, other in zip(people, names, reversed(names), strict=True):
            sign_in(client, person_id, now)
            page = client.get("/doc/mine").text
            assert name in page and other not in page
    assert all(str(LISTED[key].name) for key in LISTED)


def test_files_of_ones_own_numbers_and_words_are_in_ones_own_language(
    client: FlaskClient, couple: Cast, now: datetime
) -> None:
    opened(couple.couple, now)
    table, copy = {}, {}
    with at(AFTER):
        for person_id, tag in ((couple.maya, "de"), (couple.jonas, "en-GB")):
            sign_in(client, person_id, AFTER)
            prove(client, AFTER)
            table[tag] = client.get("/overview/mine/numbers.csv").text.splitlines()[0]
            copy[tag] = client.get("/private/copy.html").text
    assert table["de"] != table["en-GB"]
    assert '<html lang="de"' in copy["de"] and '<html lang="en-GB"' in copy["en-GB"]


def test_a_country_is_named_in_a_language_for_all_its_regions() -> None:
    line = help_lines.HelpLine("Hilfe", "Deutschland", country_in=(("en", "Germany"),))
    assert [line.read_in(one).country for one in ("en", "en-US")] == ["Germany", "Germany"]
    assert line.read_in("de").country == "Deutschland"


def test_help_comes_first_in_the_readers_language_and_names_countries_in_it(
    client: FlaskClient,
) -> None:
    page = client.get("/help", headers=DE).text
    lines = help_lines.read(None).for_reader("de")
    assert "de" in lines[0].languages and f"<h3>{lines[0].name}</h3>" in page
    assert "Vereinigtes Königreich" in page and "United Kingdom" not in page


def test_the_published_scale_is_asked_of_who_reads_english_and_of_nobody_else(
    client: FlaskClient, couple: Cast, now: datetime
) -> None:
    round_ = opened(couple.couple, now)
    with at(INSIDE):
        for person_id, asked in ((couple.maya, False), (couple.jonas, True)):
            sign_in(client, person_id, INSIDE)
            page = client.get("/week").text
            assert [words in page for words in ITEMS] == [asked] * 4
            assert (client.get("/week/longer").status_code == 200) is asked
        assert save_answers(couple.maya, round_.id, Answers({"overall": 5}, True), INSIDE) is None
        theirs = Answers({"overall": 5}, True, scale=POINTS)
        assert save_answers(couple.jonas, round_.id, theirs, INSIDE) is None
    for person_id in (couple.maya, couple.jonas):
        (one,) = (each for each in rounds_for(person_id, AFTER) if each.closed)
        assert "csi4" not in one.opened and "overall" in one.opened


def test_C6_the_mailed_page_asks_again_in_its_readers_language_whatever_the_browser_reads(
    client: FlaskClient, couple: Cast, now: datetime
) -> None:
    round_ = opened(couple.couple, now)
    token = tokens.make("week", response_of(round_.id, couple.maya).id)
    with at(INSIDE):
        shown = shown_in(client.get(f"/week/{token}").text)
        later = INSIDE + timedelta(minutes=1)
    with at(later):
        answer = client.post(
            f"/week/{token}", data={"shown": shown, "decision": "share"},
            headers={"Accept-Language": "en"},
        )  # fmt: skip
    assert answer.status_code == 422
    assert 'lang="de"' in answer.text
    assert "Pick a number" not in answer.text
    assert german("Pick a number, or write a few words.") in html.unescape(answer.text)


@pytest.mark.parametrize(
    ("path", "sent", "said"),
    [
        ("/settings/keeping", {"length": "7"}, "Choose one"),
        ("/settings/erase", {"when": "7"}, "Choose when"),
        ("/settings/about", {"language": "fr"}, "Choose a language from the list"),
    ],
)
def test_no_choice_that_is_not_offered_is_refused_in_the_librarys_own_words(
    client: FlaskClient, couple: Cast, now: datetime, path: str, sent: dict[str, str], said: str
) -> None:
    with at(now):
        sign_in(client, couple.maya, now)
        prove(client, now)
        answer = client.post(path, data=sent)
    assert answer.status_code == 422
    assert "Not a valid" not in answer.text and german(said) in answer.text


def test_the_page_after_another_language_was_chosen_is_wholly_in_it(
    client: FlaskClient, cast: Cast, now: datetime
) -> None:
    with at(now):
        sign_in(client, cast.maya, now)
        about = {"name": "Maya", "language": "de", "zone": "Europe/Berlin"}
        page = client.post("/settings/about", data=about, follow_redirects=True).text
    assert '<html lang="de"' in page and german("Saved.") in page and "Saved." not in page


def test_a_total_kept_before_german_was_chosen_is_not_shared_by_a_page_that_does_not_show_it(
    client: FlaskClient, cast: Cast, now: datetime
) -> None:
    round_ = opened(cast.couple, now)
    for person_id, share in ((cast.maya, False), (cast.jonas, True)):
        given = Answers({"overall": 5}, share, scale=POINTS)
        assert save_answers(person_id, round_.id, given, INSIDE) is None
    read_german(cast.maya, INSIDE, "Maya")
    with at(INSIDE):
        sign_in(client, cast.maya, INSIDE)
        page = client.get("/week").text
        assert ITEMS[1] not in page
        sent = {
            "q0": "6", "was_q0": "5", "share": "yes", "round": round_.id, "seen": "0",
            "csrf_token": re.findall(r'name="csrf_token" value="([^"]+)"', page)[-1],
        }  # fmt: skip
        client.post("/week", data=sent)
    (one,) = (each for each in rounds_for(cast.jonas, AFTER) if each.closed)
    assert "csi4" not in one.opened


def test_S2_no_byte_tells_which_language_the_other_reads(
    client: FlaskClient, cast: Cast, now: datetime
) -> None:
    opened(cast.couple, now)
    (round_,) = rounds_of(cast.couple)
    for person_id in (cast.maya, cast.jonas):
        given = Answers({"overall": 5}, True)
        assert save_answers(person_id, round_.id, given, INSIDE) is None
    for moment in (INSIDE + timedelta(hours=1), AFTER + WEEK):
        seen = []
        sign_in(client, cast.jonas, moment)
        for language in ("en", "de"):
            change_profile(
                cast.maya, name="Maya", language=language, zone="Europe/Berlin", now=moment
            )
            with at(moment):
                seen.append(surface(client, tuple(PAGES), files=False))
        assert len(seen[0]) > 20
        assert seen[0] == seen[1]
    assert db.session.get_one(Person, cast.maya).language == "de"
