"""Erasing one's account: own words go everywhere, promises of both stay (rules A10, S5, L6)."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from couples.accounts import services_erasing as account
from couples.accounts import services_passwords, services_signup
from couples.accounts.models import LoginSession, Person, SignUp
from couples.accounts.services import begin_session, find_session
from couples.agreement.models import Need, Topic
from couples.agreement.needs import services_opening
from couples.agreement.needs.services import my_needs
from couples.agreement.review.models import ReviewTopic
from couples.agreement.services_home import home
from couples.agreement.signing.models import Signature, Version
from couples.agreement.signing.services_versions import kept_document, kept_versions
from couples.dashboard.cards.models import CardChoices
from couples.db import db, key_ring, transaction
from couples.mail.letter import composers
from couples.mail.models import OutboxLetter
from couples.pairing.models import Invite
from couples.pairing.services import NotLinked, couple_of
from couples.pairing.services_invites import make_invite, open_invites
from couples.pairing.services_leaving import end_link, standing_of
from couples.pairing.services_linking import InviteGone, look_at
from couples.privacy.models import Note
from couples.privacy.services_erasing import erase
from couples.surveys.models import Round, StepQuestion
from couples.talks.models import AgendaItem, CalendarFeed, Step, Talk, TalkTime
from couples.tokens import make
from tests.agreement import road
from tests.cast import PASSWORD, Cast, make_person
from tests.counting import asked
from tests.privacy.erasing_world import fill, plain_cells, sealed_cells

# Every sealed column, and whose words stand in it: one's own, which go, or those of both.
WHOSE = {
    "agenda_items.words": "own",
    "airings.words": "own",
    "card_choices.choices": "own",
    "drafts.talk_plan": "own",
    "hearings.words": "own",
    "invites.address": "own",
    "invites.code": "own",
    "longer_looks.answers": "own",
    "needs.before": "own",
    "needs.own_part": "own",
    "needs.own_topic": "own",
    "needs.request": "own",
    "notes.words": "own",
    "own_questions.words": "own",
    "passkeys.credential": "own",
    "passkeys.label": "own",
    "persons.address": "own",
    "persons.name": "own",
    "promises.how_often": "both",
    "promises.kept_when": "both",
    "promises.otherwise": "both",
    "promises.words": "both",
    "reflections.motives": "own",
    "reflections.own_part": "own",
    "responses.draft": "own",
    "responses.payload": "own",
    "review_answers.answer": "own",
    "review_topics.words": "own",
    "rounds.questions": "own",
    "sign_ups.address": "own",
    "signatures.typed_name": "own",
    "step_questions.words": "own",
    "steps.words": "own",
    "suggestions.how_often": "own",
    "suggestions.kept_when": "own",
    "suggestions.note": "own",
    "suggestions.otherwise": "own",
    "suggestions.words": "own",
    "topic_suggestions.note": "own",
    "topics.own_words": "own",
    "unsent.fields": "own",
    "versions.content": "own",
}
MARKS = ("maya's", "maya@")
# An address that was written to today stays counted for the day, by a fingerprint that only the
# key makes; an invite that Ines mailed stays counted too: she mails an address once.
COUNTED = {"addressed_letters.address_index", "invites.address_index"}


def holding(*marks: str) -> Counter[str]:
    """Return in how many cells of which sealed columns one of these marks stands."""
    return Counter(
        column for column, value in sealed_cells() if any(one in value.lower() for one in marks)
    )


def test_S5_every_sealed_column_is_written_down_here_and_filled(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    fill(database_cast, now)
    assert {column for column, _value in sealed_cells()} == set(WHOSE)
    own = {column for column, whose in WHOSE.items() if whose == "own"}
    assert set(holding(*MARKS)) == own
    assert {column for column, whose in WHOSE.items() if whose == "both"} <= set(holding("shared "))


def test_S5_after_erasing_no_table_holds_words_name_or_address(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    fill(database_cast, now)
    shared, others = holding("shared "), holding("jonas's", "jonas@")
    assert erase(database_cast.maya, now)
    assert holding(*MARKS) == {}
    assert holding("shared ") == shared
    assert holding("jonas's", "jonas@") == others
    index = key_ring().index("maya@example.org")
    found = {
        column
        for column, value in plain_cells()
        if value == index or any(one in value.lower() for one in MARKS)
    }
    assert found <= COUNTED


def test_S5_erasing_again_what_was_under_way_leaves_nothing_either(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    fill(database_cast, now)
    assert erase(database_cast.maya, now)
    version = db.session.scalars(select(Version)).one()
    content, redacted_at = version.content, version.redacted_at
    with transaction():
        late = {"words": "Maya's late words.", "written_at": now, "saved_at": now}
        db.session.add(Note(person_id=database_cast.maya, **late))
        db.session.get_one(Person, database_cast.maya).name = "Maya's late name"
    account.sweep_erased(now + timedelta(hours=1))
    assert holding(*MARKS) == {}
    version = db.session.scalars(select(Version)).one()
    assert (version.content, version.redacted_at) == (content, redacted_at)
    assert db.session.get_one(Person, database_cast.maya).erased_at == now


def test_A10_the_partners_copy_keeps_promises_hash_and_days(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    fill(database_cast, now)
    before = db.session.scalars(select(Version)).one().content_hash
    erase(database_cast.maya, now)
    (kept,) = kept_versions(database_cast.jonas)
    assert (kept.partner.name, kept.partner.initial) == ("(removed)", "")
    found = kept_document(database_cast.jonas, kept.version.id)
    assert (found.fingerprint, found.redacted_at) == (before, now)
    (clause,) = found.content.clauses
    assert clause.words == "Shared words." and found.content.talk_plan == "Shared plan."
    assert {need.words for need in clause.needs} == {"", "Jonas's request."}
    assert {each.name for each in found.content.people} == {"", "Jonas's name"}
    assert {each.typed_name for each in found.signatures} == {"", "Jonas's signature"}
    assert all(each.signed_at == now for each in found.signatures)


def test_A10_a_heading_goes_unless_the_partner_opened_one_in_the_same_words(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    for person_id, own in ((cast.maya, "Garden"), (cast.maya, "Roof"), (cast.jonas, "Garden")):
        road.write(person_id, now, own=own)
    for person_id in (cast.maya, cast.jonas):
        services_opening.say_ready(person_id, now)
    # What he has not opened yet is nobody's heading.
    road.write(cast.jonas, now, own="Roof")
    assert erase(cast.maya, now)
    headings = [topic.own_words for topic in db.session.scalars(select(Topic))]
    assert sorted(headings) == ["", "Garden", "Garden"]


def test_A10_copies_of_earlier_links_are_redacted_too(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    fill(database_cast, now)
    end_link(database_cast.maya, now)
    erase(database_cast.maya, now)
    assert holding(*MARKS) == {}
    assert kept_versions(database_cast.jonas)[0].partner.name == "(removed)"


def test_A10_of_talks_the_days_stay_and_of_what_was_talked_about_only_whose_it_was(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    fill(database_cast, now)
    erase(database_cast.maya, now)
    written: tuple[tuple[Any, list[str]], ...] = (
        (AgendaItem, [""]), (Step, [""]), (ReviewTopic, ["", ""]),
    )  # fmt: skip
    for model, left in written:
        mine = select(model).where(model.author_id == database_cast.maya)
        assert [row.words for row in db.session.scalars(mine)] == left
    whose = set(db.session.scalars(select(CalendarFeed.person_id)))
    assert whose == {database_cast.jonas}
    talks = db.session.scalars(select(Talk)).all()
    theirs = select(AgendaItem.id).where(AgendaItem.author_id == database_cast.jonas)
    lines = {*db.session.scalars(theirs), *db.session.scalars(select(Step.id))}
    assert len(talks) == 2 and {line for talk in talks for line in talk.said} == lines
    (round_,) = db.session.scalars(select(Round))
    assert [one["name"] for one in round_.questions if one.get("step")] == ["", "Jonas's step."]
    erase(database_cast.jonas, now)
    gone: tuple[Any, ...] = (
        Talk, TalkTime, Step, AgendaItem, CalendarFeed, CardChoices, StepQuestion,
    )  # fmt: skip
    for model in gone:
        assert db.session.scalars(select(model)).all() == []


def test_L6_the_link_ends_and_the_partner_gets_the_neutral_line_and_no_letter(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    fill(database_cast, now)
    theirs = OutboxLetter.person_id == database_cast.jonas
    before = db.session.scalar(select(db.func.count()).where(theirs))
    erase(database_cast.maya, now)
    with pytest.raises(NotLinked):
        couple_of(database_cast.jonas)
    assert standing_of(database_cast.jonas).to_be_told
    assert db.session.scalar(select(db.func.count()).where(theirs)) == before
    mine = OutboxLetter.person_id == database_cast.maya
    assert db.session.scalars(select(OutboxLetter.id).where(mine)).all() == []


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_who_erases_and_a_worker_take_letters_and_their_times_in_one_order(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    fill(database_cast, now)
    with asked() as found:
        erase(database_cast.maya, now)
    locks = [one.split("FROM ")[1].split()[0] for one, _ in found.given if "FOR UPDATE" in one]
    assert locks.index("letter_times") < locks.index("letters")


def test_S5_nobody_signs_in_and_no_letter_is_written_any_more(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    fill(database_cast, now)
    token = begin_session(database_cast.maya, keep=True, now=now)
    erase(database_cast.maya, now)
    assert find_session(token, now) is None
    assert not db.session.scalars(
        select(LoginSession).where(LoginSession.person_id == database_cast.maya)
    ).all()
    for typed in ("maya@example.org", f"erased:{database_cast.maya}", ""):
        for password in (PASSWORD, ""):
            assert services_passwords.sign_in(typed, password, keep=False, now=now) is None
    before = set(db.session.scalars(select(OutboxLetter.id)))
    services_passwords.ask_for_reset("maya@example.org", now)
    (letter,) = db.session.scalars(select(OutboxLetter).where(OutboxLetter.id.not_in(before)))
    assert letter.kind == "reset" and composers["reset"](letter, now) is None
    left = OutboxLetter(kind="changed", person_id=database_cast.maya, posted_at=now)
    assert composers["changed"](left, now) is None
    assert not erase(database_cast.maya, now)


def test_S5_the_address_may_sign_up_anew_and_finds_nothing(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    fill(database_cast, now)
    erase(database_cast.maya, now)
    services_signup.ask_for_account("maya@example.org", "en", now)
    mine = SignUp.address_index == key_ring().index("maya@example.org")
    asked = db.session.scalars(select(SignUp).where(mine)).one()
    about = {"name": "Maya", "password": PASSWORD, "language": "en", "zone": "Europe/Berlin"}
    services_signup.confirm(make("confirm", asked.id), now=now, **about)
    anew = services_signup.person_id_of(key_ring().index("maya@example.org"))
    assert anew and anew != database_cast.maya
    assert home(anew).kept == () and my_needs(anew).earlier == ()


def test_both_may_erase_and_then_the_words_of_both_go_too(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    fill(database_cast, now)
    assert erase(database_cast.maya, now)
    assert erase(database_cast.jonas, now)
    assert holding(*MARKS, "jonas's", "jonas@", "shared ") == {}
    assert {row.typed_name for row in db.session.scalars(select(Signature))} == {""}
    account.sweep_erased(now)


def test_L3_who_holds_an_invite_of_an_erased_person_finds_it_not_open(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    make_invite(database_cast.ines, now)
    code = open_invites(database_cast.ines, now)[0].code or ""
    tom = make_person("Tom", now)
    assert look_at(code, tom, now).inviter == "Ines"
    erase(database_cast.ines, now)
    with pytest.raises(InviteGone):
        look_at(code, tom, now)


def test_L3_who_invited_somebody_erased_sees_what_they_saw(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    tom = make_person("Tom", now)
    make_invite(tom, now, address="ines@example.org")
    before = open_invites(tom, now)
    erase(database_cast.ines, now)
    assert open_invites(tom, now) == before
    assert db.session.scalars(select(Invite)).one().declined_at is None


def test_a_need_in_which_the_partner_heard_something_stays_empty(
    database_app: Flask, database_cast: Cast, now: datetime
) -> None:
    fill(database_cast, now)
    erase(database_cast.maya, now)
    left = db.session.scalars(select(Need).where(Need.person_id == database_cast.maya)).all()
    assert len(left) == 1
    empty = left[0]
    assert (empty.listed, empty.before, empty.request, empty.matters) == (None, None, None, None)
