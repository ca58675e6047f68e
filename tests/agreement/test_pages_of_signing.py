"""The pages: terms, signing, versions, and whose they are."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from flask.testing import FlaskClient

from couples.accounts.services_profile import change_profile
from couples.agreement.needs import services_opening
from couples.agreement.needs.services import my_needs, need_page
from couples.agreement.promises.services_side import side
from couples.agreement.services import version_in_force
from couples.agreement.services_home import home
from couples.agreement.signing import services as services_signing
from couples.pairing.services_leaving import end_link
from tests.agreement import road
from tests.agreement.road import choose, open_both, promise, sign_both, text, write
from tests.cast import Cast, sign_in

TERMS = {
    "every_weeks": "1",
    "opens_weekday": "3",
    "opens_hour": "18",
    "closes_weekday": "6",
    "closes_hour": "20",
    "zone": "Europe/Berlin",
    "talk_plan": "Sundays.",
    "review_on": "2027-01-10",
    "revision": "0",
}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"every_weeks": "3"}, "Choose every week"),
        ({"opens_weekday": "7"}, "Choose a weekday"),
        ({"closes_hour": "10" * 20}, "Choose an hour"),
        ({"zone": "Europe/Atlantis"}, "Choose a time zone"),
        ({"closes_weekday": "3", "closes_hour": "19"}, "six days at most"),
        ({"closes_weekday": "3", "closes_hour": "18"}, "six days at most"),
        ({"review_on": "2026-09-01"}, "within two years"),
        ({"review_on": "2040-01-01"}, "within two years"),
        ({"review_on": "tomorrow"}, "a day, a month and a year"),
        ({"review_on": ""}, "a day, a month and a year"),
        ({"talk_plan": "x" * 301}, "Yours is one longer"),
    ],
)
def test_A6_terms_that_cannot_be_kept_come_back_with_a_sentence(
    maya: FlaskClient, change: dict[str, str], sentence: str
) -> None:
    answer = maya.post("/doc/rhythm", data={**TERMS, **change})
    assert answer.status_code == 422
    assert sentence in answer.text


@pytest.mark.parametrize(
    ("language", "first", "last"),
    [("en", "Monday", "Sunday"), ("en-US", "Sunday", "Saturday"), ("de", "Montag", "Sonntag")],
)
def test_the_days_of_a_rhythm_begin_where_the_readers_week_begins(
    maya: FlaskClient, cast: Cast, now: datetime, language: str, first: str, last: str
) -> None:
    change_profile(cast.maya, name="Maya", language=language, zone="UTC", now=now)
    page = maya.get("/doc/rhythm").text
    days = re.search(r'<select[^>]*name="opens_weekday".*?</select>', page, re.DOTALL)
    assert days is not None
    shown = re.findall(r"<option[^>]*>([^<]+)<", days[0])
    assert (shown[0], shown[-1], len(shown)) == (first, last, 7)


def test_A9_both_choosing_terms_at_once_shows_both(maya: FlaskClient, jonas: FlaskClient) -> None:
    assert maya.post("/doc/rhythm", data=TERMS).status_code == 303
    answer = jonas.post("/doc/rhythm", data={**TERMS, "talk_plan": "Mondays."})
    assert answer.status_code == 409
    assert "Sundays." in answer.text
    assert "Mondays." in answer.text


def test_A7_from_reading_to_in_force(
    maya: FlaskClient, jonas: FlaskClient, cast: Cast, now: datetime
) -> None:
    promise(cast, open_both(cast, now), now)
    services_opening.open_pages(cast.maya)
    services_opening.open_pages(cast.jonas)
    assert maya.get("/doc/sign").status_code == 409
    maya.post("/doc/rhythm", data=TERMS)
    page = text(maya, "/doc/sign")
    assert (
        "these become “removed” in the other’s copies: what that one needs and looks after," in page
    )
    assert "The promises you both agreed to, with their headings, stay." in page
    read = re.search(r'name="read_hash" value="([0-9a-f]{64})"', page)
    assert read is not None
    signing = {"typed_name": "Maya Lindqvist", "read_hash": read[1]}
    assert maya.post("/doc/sign", data={**signing, "typed_name": " "}).status_code == 422
    assert maya.post("/doc/sign", data={**signing, "read_hash": "0" * 64}).status_code == 409
    assert maya.post("/doc/sign", data=signing).status_code == 303
    assert "Not signed yet" in text(jonas, "/doc/sign")
    jonas.post("/doc/sign", data={**signing, "typed_name": "Jonas"})
    for browser in (maya, jonas):
        page = text(browser, "/doc")
        assert "Version 1, signed by both" in page
        assert "Maya Lindqvist" in page
        assert "Two evenings a week are ours." in page
        assert "A promise between two people, not a legal contract" in page


def test_A7_the_writer_of_a_void_signature_is_told_until_it_is_read(
    maya: FlaskClient, jonas: FlaskClient, cast: Cast, now: datetime
) -> None:
    choose(cast.maya, now)
    road.sign(cast.maya, now)
    jonas.post("/doc/rhythm", data={**TERMS, "revision": "1"})
    sentence = "The text has changed since you signed it."
    for path in ("/doc", "/doc/sign"):
        assert sentence in text(maya, path)
        assert sentence not in text(jonas, path)
    maya.post("/doc/sign/read")
    assert sentence not in text(maya, "/doc")


def test_S3_signing_after_the_review_day_asks_for_another_and_keeps_the_name(
    maya: FlaskClient, cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(cast.maya, now, replace(road.TERMS, review_on=date(2026, 9, 2)))
    road.sign(cast.jonas, now)
    read = services_signing.sign_page(cast.maya).read_hash
    monkeypatch.setattr("couples.clock.now", lambda: now + timedelta(days=1))
    answer = maya.post("/doc/sign", data={"typed_name": "Maya L.", "read_hash": read})
    assert answer.status_code == 409
    assert "The day to read it again has passed. Choose another." in answer.text
    assert 'value="Maya L."' in answer.text
    assert 'href="/doc/rhythm"' in answer.text


def test_A7_the_foot_names_the_version_and_the_day_both_had_signed(
    maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    choose(cast.maya, now)
    foot = text(maya, "/doc/sign").partition('class="doc__foot')[2]
    assert "not signed by both yet" in foot
    sign_both(cast, now)
    for path in ("/doc", "/doc/versions/1"):
        foot = text(maya, path).partition('class="doc__foot')[2]
        assert "Version 1, signed by both on Tuesday 1 September 2026" in foot


def test_A7_versions_and_their_differences_stay_readable(
    maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    topic_id = open_both(cast, now)
    promise(cast, topic_id, now)
    choose(cast.maya, now)
    sign_both(cast, now)
    promise(cast, topic_id, now, "Three evenings a week are ours.")
    services_opening.open_pages(cast.maya)
    assert "A change is being worked out." in text(maya, "/doc")
    sign_both(cast, now)
    assert "What changed since version 1" in text(maya, "/doc/versions")
    page = text(maya, "/doc/versions/compare?first=2&second=1")
    assert '<ins><span class="vh">added: </span>Three</ins>' in page
    assert "Two evenings a week are ours." in text(maya, "/doc/versions/1")
    assert maya.get("/doc/versions/3").status_code == 404


def test_L6_after_parting_each_reads_their_own_copy(
    maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    promise(cast, open_both(cast, now), now)
    choose(cast.maya, now)
    sign_both(cast, now)
    found = version_in_force(cast.couple)
    assert found is not None
    assert maya.get(f"/doc/kept/{found.id}").status_code == 404
    end_link(cast.jonas, now)
    assert f"/doc/kept/{found.id}" in text(maya, "/doc")
    assert "This link has ended." in text(maya, f"/doc/kept/{found.id}")
    (earlier,) = my_needs(cast.maya).earlier
    assert "I felt alone." in text(maya, f"/doc/mine/{earlier.id}")
    assert maya.get("/doc/versions/1").status_code == 404


def test_S7_a_strangers_thing_and_a_missing_thing_are_the_same_page(
    client: FlaskClient, cast: Cast, now: datetime
) -> None:
    need_id, topic_id = write(cast.maya, now, "money"), open_both(cast, now)
    suggestion_id = road.suggest(cast.maya, topic_id, now)
    choose(cast.maya, now)
    sign_both(cast, now)
    found = version_in_force(cast.couple)
    assert found is not None
    sign_in(client, cast.other, now)
    for path, thing, missing in (
        ("/doc/mine/{}", need_id, "x" * 22),
        ("/doc/mine/{}/open", need_id, "x" * 22),
        ("/doc/side/{}", topic_id, "x" * 22),
        ("/doc/side/{}/words", topic_id, "x" * 22),
        ("/doc/kept/{}", found.id, "x" * 22),
        ("/doc/versions/{}", "1", "7"),
    ):
        theirs, none = client.get(path.format(thing)), client.get(path.format(missing))
        assert theirs.status_code == none.status_code == 404
        assert theirs.data == none.data
    for path in (
        f"/doc/words/{suggestion_id}/use", f"/doc/words/{suggestion_id}/talk",
        f"/doc/words/{suggestion_id}/withdraw", f"/doc/side/{topic_id}/review",
        f"/doc/side/{topic_id}/words", f"/doc/mine/{need_id}/delete", f"/doc/mine/{need_id}/save",
        f"/doc/mine/{need_id}/open", f"/doc/mine/{need_id}",
    ):  # fmt: skip
        assert client.post(path, data={"words": "x", "before": "x"}).status_code == 404
    assert side(cast.maya, topic_id).suggestion is not None
    assert need_page(cast.maya, need_id).need.words.before == "I felt alone."
    assert home(cast.maya).signing == "in_force"
    assert services_signing.sign_page(cast.maya).signing == "in_force"
