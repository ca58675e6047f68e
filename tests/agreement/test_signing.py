"""Terms, signatures and versions (rules A6, A7, A9, A10's hash, L6, S3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from couples.agreement.document.wording import changes_between
from couples.agreement.needs.services_opening import open_need
from couples.agreement.promises.services import review
from couples.agreement.refusals import NoTermsYet, NothingChanged
from couples.agreement.rhythm import Rhythm
from couples.agreement.services import version_by_id, version_in_force
from couples.agreement.services_home import home
from couples.agreement.signing import services as services_signing
from couples.agreement.signing import services_terms, services_versions
from couples.agreement.signing.models import Signature, Version
from couples.db import db
from couples.errors import NotFound
from couples.pairing.services_leaving import end_link
from tests.agreement import road
from tests.agreement.road import RHYTHM, TERMS, choose, open_both, promise, sign, sign_both, write
from tests.cast import Cast

DAY = timedelta(days=1)


def count(model: type[Signature | Version]) -> int:
    return len(db.session.scalars(db.select(model)).all())


def test_A6_without_terms_there_is_nothing_to_sign(database_cast: Cast, now: datetime) -> None:
    open_both(database_cast, now)
    with pytest.raises(NoTermsYet):
        services_signing.sign_page(database_cast.maya)
    with pytest.raises(NoTermsYet):
        services_signing.sign(database_cast.maya, "Maya", "0" * 64, now)
    assert version_in_force(database_cast.couple) is None


def test_A6_an_agreement_may_be_a_rhythm_alone(database_cast: Cast, now: datetime) -> None:
    choose(database_cast.jonas, now)
    sign_both(database_cast, now)
    found = version_in_force(database_cast.couple)
    assert found is not None
    assert found.rhythm == RHYTHM
    assert found.promises == ()
    assert found.review_on == date(2026, 12, 1)


def test_A9_the_later_terms_are_shown_the_earlier_ones(database_cast: Cast, now: datetime) -> None:
    cast = database_cast
    choose(cast.maya, now)
    seen = services_terms.terms(cast.jonas, "Europe/Berlin", now.date()).revision
    choose(cast.maya, now, replace(TERMS, talk_plan="Mondays."))
    newer = services_terms.save_terms(cast.jonas, replace(TERMS, talk_plan="Fridays."), seen, now)
    assert newer is not None
    assert newer.terms.talk_plan == "Mondays."
    chosen = replace(TERMS, talk_plan="Fridays.")
    assert services_terms.save_terms(cast.jonas, chosen, newer.revision, now) is None


def test_A9_two_first_terms_at_once_are_shown_to_the_later(cast: Cast, now: datetime) -> None:
    assert services_terms.save_terms(cast.maya, TERMS, 0, now) is None
    other = replace(TERMS, rhythm=Rhythm(2, 3, 18, 6, 20, "Europe/Berlin"))
    newer = services_terms.save_terms(cast.jonas, other, 0, now)
    assert newer is not None
    assert newer.terms == TERMS


def test_A7_the_second_signature_puts_the_text_in_force(database_cast: Cast, now: datetime) -> None:
    cast = database_cast
    topic_id = open_both(cast, now)
    promise(cast, topic_id, now)
    choose(cast.maya, now)
    assert sign(cast.maya, now, "Maya L.") == "signed"
    assert version_in_force(cast.couple) is None
    assert home(cast.maya).signing == "i_signed"
    assert home(cast.jonas).signing == "they_signed"
    assert sign(cast.jonas, now + DAY, "Jonas O.") == "in_force"
    found = version_in_force(cast.couple)
    assert found is not None
    assert (found.number, found.in_force_at) == (1, now + DAY)
    assert [(each.topic_id, each.name) for each in found.promises] == [
        (topic_id, "Unhurried time together")
    ]
    assert version_by_id(found.id) == found
    document = services_versions.document(cast.jonas, 1)
    assert {each.typed_name for each in document.signatures} == {"Maya L.", "Jonas O."}


def test_A7_a_changed_text_voids_the_signature_on_it_and_tells_its_writer(
    database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    choose(cast.maya, now)
    sign(cast.maya, now)
    choose(cast.jonas, now, replace(TERMS, talk_plan="Fridays."))
    assert home(cast.maya).void
    assert services_signing.sign_page(cast.maya).void
    assert not home(cast.jonas).void
    assert home(cast.jonas).signing == "to_sign"
    assert sign(cast.jonas, now) == "signed"
    assert version_in_force(cast.couple) is None
    services_signing.read_void(cast.maya, now)
    assert not home(cast.maya).void
    assert sign(cast.maya, now) == "in_force"


def test_A7_a_void_signature_does_not_come_back_with_its_words(
    database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    choose(cast.maya, now)
    sign(cast.maya, now)
    choose(cast.jonas, now, replace(TERMS, talk_plan="Fridays."))
    choose(cast.jonas, now)
    assert sign(cast.jonas, now) == "signed"
    assert home(cast.maya).void


def test_A7_nothing_is_signed_but_what_was_read(database_cast: Cast, now: datetime) -> None:
    cast = database_cast
    choose(cast.maya, now)
    read = services_signing.sign_page(cast.maya).read_hash
    sign(cast.jonas, now)
    choose(cast.jonas, now, replace(TERMS, talk_plan="Fridays."))
    assert services_signing.sign(cast.maya, "Maya", read, now) == "text_changed"
    assert version_in_force(cast.couple) is None
    assert count(Signature) == 1


def test_A7_pressing_twice_signs_once(database_cast: Cast, now: datetime) -> None:
    cast = database_cast
    choose(cast.maya, now)
    read = services_signing.sign_page(cast.maya).read_hash
    for _press in range(2):
        assert services_signing.sign(cast.maya, "Maya", read, now) == "signed"
    for _press in range(2):
        assert services_signing.sign(cast.jonas, "Jonas", read, now) == "in_force"
    assert (count(Signature), count(Version)) == (2, 1)
    with pytest.raises(NothingChanged):
        sign(cast.maya, now)


def test_A7_what_is_in_force_stays_until_both_have_signed_the_next(
    database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    topic_id = open_both(cast, now)
    promise(cast, topic_id, now)
    choose(cast.maya, now)
    sign_both(cast, now)
    assert home(cast.maya).signing == "in_force"
    road.promise(cast, topic_id, now + DAY, "Sundays are ours.")
    assert home(cast.maya).signing == "pending"
    sign(cast.maya, now + DAY)
    held = version_in_force(cast.couple)
    assert held is not None
    assert held.promises[0].words == "Two evenings a week are ours."
    sign(cast.jonas, now + DAY)
    assert [line.number for line in services_versions.versions(cast.maya)] == [2, 1]
    old = services_versions.document(cast.maya, 1).content
    new = services_versions.document(cast.maya, 2).content
    assert old.clauses[0].words == "Two evenings a week are ours."
    (heading, (change,)), *rest = changes_between(old, new)
    assert (heading, change.label, rest) == ("Unhurried time together", "The promise", [])


def test_A7_a_need_opened_under_a_promise_changes_the_text(cast: Cast, now: datetime) -> None:
    promise(cast, open_both(cast, now), now)
    choose(cast.maya, now)
    sign(cast.maya, now)
    open_need(cast.jonas, write(cast.jonas, now, "money"), now)
    assert not home(cast.maya).void
    open_need(cast.jonas, write(cast.jonas, now, "time"), now)
    assert home(cast.maya).void


def test_A8_putting_under_review_voids_no_signature(cast: Cast, now: datetime) -> None:
    topic_id = open_both(cast, now)
    promise(cast, topic_id, now)
    choose(cast.maya, now)
    sign(cast.maya, now)
    review(cast.jonas, topic_id, True, now)
    assert home(cast.maya).signing == "i_signed"
    assert topic_id in services_signing.sign_page(cast.maya).document.under_review


def test_S7_versions_belong_to_their_couple(database_cast: Cast, now: datetime) -> None:
    cast = database_cast
    choose(cast.maya, now)
    sign_both(cast, now)
    found = version_in_force(cast.couple)
    assert found is not None
    with pytest.raises(NotFound):
        services_versions.document(cast.other, 1)
    for person_id in (cast.maya, cast.other, cast.ines):
        with pytest.raises(NotFound):
            services_versions.kept_document(person_id, found.id)


def test_L6_each_keeps_their_own_words_and_a_copy_of_what_both_signed(
    database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    promise(cast, open_both(cast, now), now)
    choose(cast.maya, now)
    sign_both(cast, now)
    road.promise(cast, road.topic_ids(cast.maya)[0], now + DAY, "Unsigned words.")
    end_link(cast.jonas, now + DAY)
    for person_id, partner in ((cast.maya, "Jonas"), (cast.jonas, "Maya")):
        found = home(person_id)
        assert found.couple is None
        (kept,) = found.kept
        assert kept.partner.name == partner
        content = services_versions.kept_document(person_id, kept.version.id).content
        assert content.clauses[0].words == "Two evenings a week are ours."
        assert [need.words.before for need in found.needs.earlier] == ["I felt alone."]
        with pytest.raises(NotFound):
            services_versions.document(person_id, 1)
        assert len(write(person_id, now + DAY)) == 22


def test_S1_no_word_lies_open_in_the_tables(database_cast: Cast, now: datetime) -> None:
    cast = database_cast
    promise(cast, open_both(cast, now), now)
    choose(cast.maya, now)
    sign_both(cast, now)
    for table in ("needs", "topics", "suggestions", "promises", "drafts", "signatures", "versions"):
        rows = db.session.execute(db.text(f"SELECT * FROM {table}")).all()
        assert rows
        for word in ("alone", "evenings", "Sunday", "Lindqvist"):
            assert word not in repr([tuple(row) for row in rows])
