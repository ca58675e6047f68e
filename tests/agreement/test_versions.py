"""Versions: any two beside each other, and what is left where somebody's words were removed."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from flask.testing import FlaskClient

from couples.agreement.document import content as texts
from couples.agreement.promises import services as services_wording
from couples.agreement.promises import services_side
from couples.agreement.promises.services import Wording
from couples.agreement.signing import services as services_signing
from couples.agreement.signing import services_versions
from couples.agreement.signing.models import Signature, Version
from couples.db import db, transaction
from couples.errors import NotFound
from couples.pairing.services_leaving import end_link
from tests.agreement.road import EVENINGS, choose, open_both, promise, sign_both, text, topic_ids
from tests.cast import Cast, sign_in

TRIAL = date(2026, 9, 29)


def three_versions(cast: Cast, now: datetime) -> None:
    """Sign three texts, each with another number of evenings."""
    topic_id = open_both(cast, now)
    choose(cast.maya, now)
    for number in ("Two", "Three", "Four"):
        promise(cast, topic_id, now, f"{number} evenings a week are ours.")
        sign_both(cast, now)


@transaction()
def remove_maya(cast: Cast, at: datetime) -> None:
    """Let a version read as it does once Maya has erased her account (rule A10)."""
    version = db.session.scalars(db.select(Version)).one()
    plain = version.content
    for person in plain["people"]:
        person["name"] = "" if person["person_id"] == cast.maya else person["name"]
    for clause in plain["clauses"]:
        for need in clause["needs"]:
            if need["person_id"] == cast.maya:
                need.update(words="", own_part="")
    version.content = plain
    version.redacted_at = at
    for each in db.session.scalars(db.select(Signature).where(Signature.person_id == cast.maya)):
        each.typed_name = ""


def test_A7_any_versions_are_there_in_the_order_asked_for(
    database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    three_versions(cast, now)
    for numbers in ([1, 3], [3, 1], [2, 2]):
        found = services_versions.documents(cast.jonas, numbers)
        assert [each.number for each in found] == numbers
        assert {each.of for each in found} == {3}
    for wrong in ([1, 4], [0, 1], [1, None], [-1]):
        with pytest.raises(NotFound):
            services_versions.documents(cast.jonas, wrong)
        with pytest.raises(NotFound):
            services_versions.documents(cast.other, wrong)
    with pytest.raises(NotFound):
        services_versions.documents(cast.other, [1, 2])


def test_A7_a_version_carries_the_fingerprint_both_read(database_cast: Cast, now: datetime) -> None:
    cast = database_cast
    choose(cast.maya, now)
    page = services_signing.sign_page(cast.maya)
    assert page.document.fingerprint == page.read_hash
    sign_both(cast, now)
    assert services_versions.document(cast.maya, 1).fingerprint == page.read_hash


def test_A10_a_removed_text_says_when_and_keeps_its_fingerprint(
    database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    promise(cast, open_both(cast, now), now)
    choose(cast.maya, now)
    sign_both(cast, now)
    before = services_versions.document(cast.jonas, 1)
    assert before.redacted_at is None
    remove_maya(cast, now)
    after = services_versions.document(cast.jonas, 1)
    assert (after.redacted_at, after.fingerprint) == (now, before.fingerprint)
    assert after.content.clauses[0].words == before.content.clauses[0].words


def test_any_two_versions_are_compared_in_whichever_order_they_are_chosen(
    maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    three_versions(cast, now)
    page = text(maya, "/doc/versions")
    assert page.count('<select class="inp"') == 2
    assert re.findall(r'<option value="(\d)"[^>]* selected', page) == ["1", "3"]
    pages = [text(maya, f"/doc/versions/compare?first={a}&second={b}") for a, b in ("13", "31")]
    assert pages[0] == pages[1]
    assert "What changed from version 1 to version 3" in pages[0]
    assert '<span class="vh">removed:</span>' in pages[0].replace(": </span>", ":</span>")
    for words in ("Two</del>", "Four</ins>"):
        assert words in pages[0]
    assert "Three" not in pages[0]


def test_the_same_version_twice_is_a_sentence(maya: FlaskClient, cast: Cast, now: datetime) -> None:
    three_versions(cast, now)
    page = text(maya, "/doc/versions/compare?first=2&second=2")
    assert "This is version 2 both times, so there’s nothing to compare." in page
    assert page.count('<select class="inp"') == 2


@pytest.mark.parametrize("query", ["", "?first=1", "?first=1&second=9", "?first=x&second=1"])
def test_a_comparison_with_what_is_not_there_is_a_missing_page(
    maya: FlaskClient, cast: Cast, now: datetime, query: str
) -> None:
    three_versions(cast, now)
    answer = maya.get(f"/doc/versions/compare{query}")
    assert answer.status_code == 404
    other = maya.application.test_client()
    sign_in(other, cast.other, now)
    assert other.get("/doc/versions/compare?first=1&second=2").status_code == 404


def test_without_versions_or_with_one_there_is_nothing_to_compare(
    maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    assert "Nothing is signed yet" in text(maya, "/doc/versions")
    choose(cast.maya, now)
    sign_both(cast, now)
    page = text(maya, "/doc/versions")
    assert "This is the first version." in page
    assert "<select" not in page


def test_A5_a_trial_stands_in_the_text_its_versions_and_their_comparison(
    maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    topic_id = open_both(cast, now)
    choose(cast.maya, now)
    promise(cast, topic_id, now)
    sign_both(cast, now)
    seen = services_side.side(cast.maya, topic_id).seen
    tried = Wording(replace(EVENINGS, trial_until=TRIAL), False, "", seen)
    services_wording.suggest(cast.maya, topic_id, tried, now)
    found = services_side.side(cast.jonas, topic_id).suggestion
    assert found is not None
    services_wording.use(cast.jonas, found.id, now)
    row = '<dt>On trial until</dt><dd class="words" dir="auto">Tuesday 29 September 2026</dd>'
    assert row in text(maya, "/doc/sign")
    sign_both(cast, now)
    assert row in text(maya, "/doc/versions/2")
    assert row not in text(maya, "/doc/versions/1")
    page = text(maya, "/doc/versions/compare?first=1&second=2")
    assert "<dt>On trial until</dt>" in page
    assert "Tuesday 29 September 2026</ins>" in page


def test_A7_the_fingerprint_is_the_same_before_and_after_signing(
    maya: FlaskClient, jonas: FlaskClient, cast: Cast, now: datetime
) -> None:
    choose(cast.maya, now)
    digits = services_signing.sign_page(cast.maya).read_hash[:12]
    line = f"Fingerprint of this text: {digits}"
    for browser in (maya, jonas):
        assert text(browser, "/doc/sign").count(line) == 1
    sign_both(cast, now)
    for browser in (maya, jonas):
        for path in ("/doc", "/doc/versions/1"):
            assert text(browser, path).count(line) == 1


def test_A10_what_was_removed_reads_so_and_the_promises_stay(
    jonas: FlaskClient, cast: Cast, now: datetime
) -> None:
    promise(cast, open_both(cast, now), now)
    choose(cast.maya, now)
    sign_both(cast, now)
    found = services_versions.document(cast.jonas, 1)
    end_link(cast.maya, now)
    remove_maya(cast, datetime(2026, 9, 3, 12, tzinfo=UTC))
    page = text(jonas, f"/doc/kept/{found.version_id}")
    document = page[page.index("<article") : page.index("</article>")]
    for words in (
        "(removed) &amp; Jonas", "(removed) wrote", "Two evenings a week are ours.", "Jonas Okafor",
        "Some words were removed on Thursday 3 September 2026; the fingerprint is that of the text"
        " both signed.", f"Fingerprint of this text: {found.fingerprint[:12]}", "Jonas needs",
    ):  # fmt: skip
        assert words in document
    assert "Maya" not in document
    assert document.count("I say which ones.") == 1


def test_a_hash_of_before_there_were_trials_still_fits(cast: Cast, now: datetime) -> None:
    promise(cast, open_both(cast, now), now)
    choose(cast.maya, now)
    sign_both(cast, now)
    version = db.session.scalars(db.select(Version)).one()
    assert "trial_until" not in version.content["clauses"][0]
    content = texts.from_plain(version.content)
    assert texts.content_hash(version.salt, content) == version.content_hash
    assert topic_ids(cast.maya)


def test_A7_where_nothing_changed_the_signing_page_shows_what_is_signed(
    maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    choose(cast.maya, now)
    sign_both(cast, now)
    page = text(maya, "/doc/sign")
    assert "You have both signed exactly this already." in page
    assert "Version 1, signed by both on" in page
    assert "Jonas Okafor" in page
    assert "Not signed yet" not in page
