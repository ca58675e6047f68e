"""A world with one of everything: who is in it, and where their things lie.

Built once through the services into a SQLite file that each test copies. Maya and Jonas have
signed, had one round and are in their second; Ines is linked to nobody and has an open invite;
Noor and Piet are another couple, and Noor is ready; Ada and Bert have parted; Tess (with Hugo) has
written; Rosa and Emil are both ready, and Emil's mailbox is gone; Wim and Yara have signed, and the
day to read it again has come. Maya and Jonas have talked once and will again; Piet has proposed a
time to Noor.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from couples import tokens
from couples.accounts import services_passwords, services_signup
from couples.accounts.models import LoginSession, Person, Reset, SignUp
from couples.accounts.services import begin_session, hash_of
from couples.agreement.models import Need, Suggestion, Topic, TopicSuggestion
from couples.agreement.needs import services as services_needs
from couples.agreement.needs import services_hearing, services_opening
from couples.agreement.needs.services import Heading
from couples.agreement.needs.services_hearing import Heard
from couples.agreement.promises import services as services_wording
from couples.agreement.promises.services import Wording
from couples.agreement.rhythm import Rhythm
from couples.agreement.rules import NeedWords, PromiseWords, Terms
from couples.agreement.signing import services as services_signing
from couples.agreement.signing import services_terms, services_versions
from couples.agreement.signing.models import Version
from couples.agreement.topics import services as services_topics
from couples.agreement.topics.services import Proposal
from couples.db import db, new_id, transaction
from couples.mail.models import SuppressionReason
from couples.mail.suppression import suppress
from couples.pairing import services_invites, services_leaving, services_linking
from couples.pairing.models import Invite
from couples.pairing.rules import in_groups
from couples.pairing.services import couple_of
from couples.preparing import services_airing, services_reflection
from couples.privacy import services
from couples.surveys import services as services_rounds
from couples.surveys.answering import services as services_answers
from couples.surveys.answering import services_drafts, services_skipping
from couples.surveys.answering.services import Answers
from couples.surveys.letters import services as services_choices
from couples.surveys.models import LetterChoices, OwnQuestion, Response, Round
from couples.surveys.own_questions import services as services_questions
from couples.surveys.rounds import services_clock
from tests.cast import make_person
from tests.world_talks import add_talks
from tests.world_trust import (
    add_codes,
    add_passkey,
    ask_for_address,
    lock_notes,
    open_notes,
    plan_erasing,
)

TUESDAY = datetime(2026, 9, 1, 12, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
CLOSED = datetime(2026, 9, 7, 9, tzinfo=BERLIN)
# Inside the second round.
NOW = datetime(2026, 9, 11, 12, tzinfo=UTC)
COUPLES = (
    ("Maya", "Jonas"), ("Noor", "Piet"), ("Ada", "Bert"), ("Tess", "Hugo"), ("Rosa", "Emil"),
    ("Wim", "Yara"),
)  # fmt: skip
PEOPLE = ("Ines", "Tom", *(name for couple in COUPLES for name in couple))
RHYTHM = Rhythm(1, 3, 19, 6, 21, "Europe/Berlin")


@dataclass
class World:
    """Ids of persons by name, session tokens by name, and things by kind."""

    people: dict[str, str] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)
    # By kind: Maya's own, or what both share; "kind@name" is the same kind of somebody else.
    things: dict[str, str] = field(default_factory=dict)


def build() -> World:
    """Fill the database of the running application."""
    world = World()
    for name in PEOPLE:
        world.people[name] = make_person(name, TUESDAY)
    for one, two in COUPLES:
        link(world, one, two)
    sign_first_version(world, "Maya", "Jonas")
    sign_first_version(world, "Ada", "Bert")
    sign_first_version(world, "Wim", "Yara", review_on=date(2026, 9, 6))
    services_needs.begin_need(world.people["Bert"], Heading(listed="money"), TUESDAY)
    services_leaving.end_link(world.people["Ada"], TUESDAY + timedelta(hours=1))
    services_leaving.tell(world.people["Bert"], TUESDAY + timedelta(hours=2))
    for name in ("Noor", "Rosa", "Emil"):
        _fold(world, name)
    write_need(world.people["Tess"], "time")
    _before_the_agreement(world)
    _rounds(world)
    _work_goes_on(world)
    _left_and_begun(world)
    _own_questions(world)
    _invites(world)
    _account_links(world)
    _notes(world)
    _unreached(world)
    _sessions(world)
    _find_things(world)
    add_talks(world.people, world.things, NOW)
    plan_erasing(world.people, NOW)
    add_codes(world.people, NOW)
    ask_for_address(world.people, world.things, NOW)
    add_passkey(world.people, world.things, NOW)
    lock_notes(world.people, NOW)
    open_notes(world.people, world.sessions, NOW)
    return world


def link(world: World, one: str, two: str, at: datetime = TUESDAY) -> None:
    """Let one invite and the other accept."""
    people = world.people
    services_invites.make_invite(people[one], at)
    (invite,) = services_invites.open_invites(people[one], at)
    services_linking.accept(invite.code or "", people[two], at)


def write_need(person_id: str, listed: str, at: datetime = TUESDAY) -> str:
    """Begin a need and write it; return its id."""
    need_id = services_needs.begin_need(person_id, Heading(listed=listed), at)
    words = NeedWords("It went missing.", f"More of {listed}.", "I look after my part.", 3)
    services_needs.save_need(person_id, need_id, words, 0, at)
    return need_id


def sign_first_version(
    world: World, one: str, two: str, at: datetime = TUESDAY, review_on: date | None = None
) -> None:
    """Take two linked persons from their first needs to a version in force."""
    people = world.people
    for name in (one, two):
        for listed in ("time", "notice"):
            write_need(people[name], listed, at)
    for name in (one, two):
        services_opening.say_ready(people[name], at)
    for name in (one, two):
        services_opening.open_pages(people[name])
    couple_id = couple_of(people[one]).id
    (topic,) = _rows(Topic, listed="time", couple_id=couple_id)
    words = PromiseWords("Laptops shut by nine.", "Both evenings.", "We say so.", "Twice a week")
    wording = Wording(words, mine=False, note="", seen="")
    services_wording.suggest(people[one], topic.id, wording, at)
    services_wording.use(people[two], _rows(Suggestion, topic_id=topic.id)[-1].id, at)
    terms = Terms(RHYTHM, "Sundays.", review_on or (at + timedelta(days=90)).date())
    services_terms.save_terms(people[one], terms, 0, at)
    for name in (one, two):
        page = services_signing.sign_page(people[name])
        services_signing.sign(people[name], name, page.read_hash, at)


def _fold(world: World, name: str) -> None:
    world.things[f"need@{name}"] = write_need(world.people[name], "time")
    services_opening.say_ready(world.people[name], TUESDAY)


def _before_the_agreement(world: World) -> None:
    """Maya reflected; she and Jonas clear the air, Noor asks, Rosa is folded, Tess reads."""
    people = world.people
    answers = services_reflection.Answers("That it lasts.", "I went quiet.")
    services_reflection.save_reflection(people["Maya"], answers, 0, TUESDAY)
    for name in ("Maya", "Jonas", "Noor", "Rosa", "Emil", "Tess", "Hugo"):
        services_airing.want(people[name], TUESDAY)
    for name in ("Maya", "Rosa", "Tess", "Hugo"):
        services_airing.save_words(people[name], f"{name} went quiet.", 0, TUESDAY)
    for name in ("Rosa", "Tess", "Hugo"):
        services_airing.say_ready(people[name], TUESDAY)


def _rounds(world: World) -> None:
    opened = TUESDAY + timedelta(days=3)
    services_clock.open_due_rounds(opened)
    for name in ("Maya", "Jonas"):
        person_id = world.people[name]
        found = services_rounds.open_round(person_id, opened)
        assert found is not None
        overall = 5 if name == "Maya" else 2  # far enough apart for a card
        answers = Answers({"overall": overall}, True, words=f"{name} was tired.", words_shared=True)
        services_answers.save_answers(person_id, found.id, answers, opened)
    services_clock.close_due_rounds(CLOSED)
    services_clock.open_due_rounds(NOW)
    wishes = services_choices.Wishes(None, None, False, False, False)
    for name in ("Maya", "Jonas"):
        services_choices.save_letters(world.people[name], wishes, NOW)


def _work_goes_on(world: World) -> None:
    """Under each topic lies a suggestion for the other; Maya and Jonas each have a draft need."""
    maya, jonas = world.people["Maya"], world.people["Jonas"]
    write_need(maya, "heard", NOW)
    write_need(jonas, "heard", NOW)
    later = PromiseWords("Laptops shut by ten.", "", "", "")
    couple_id = couple_of(maya).id
    promised, other = sorted(
        _rows(Topic, couple_id=couple_id), key=lambda topic: topic.listed != "time"
    )
    seen = _rows(Suggestion, topic_id=promised.id)[-1].id
    services_wording.suggest(maya, promised.id, Wording(later, False, "", seen), NOW)
    notice = PromiseWords("Five hours' notice.", "", "", "")
    services_wording.suggest(jonas, other.id, Wording(notice, True, "", ""), NOW)
    for name, kind in (("Maya", "heard need"), ("Jonas", "theirs")):
        need = _rows(Need, person_id=world.people[name], listed="time", couple_id=couple_id)[0]
        world.things[kind] = need.id
    services_hearing.hear(jonas, world.things["heard need"], Heard("More time."), NOW)
    world.things["topic"] = promised.id
    world.things["suggestion"] = _rows(Suggestion, topic_id=other.id)[-1].id
    world.things["suggestion of mine"] = _rows(Suggestion, topic_id=promised.id)[-1].id
    services_topics.propose(jonas, other.id, Proposal("retire", note="It is settled."), NOW)
    world.things["move"] = _rows(TopicSuggestion, topic_id=other.id)[-1].id
    # Maya's signature comes to nothing, because Jonas changes the draft after it.
    services_terms.save_terms(maya, Terms(RHYTHM, "Mondays.", date(2026, 12, 1)), 1, NOW)
    services_signing.sign(maya, "Maya", services_signing.sign_page(maya).read_hash, NOW)
    services_terms.save_terms(jonas, Terms(RHYTHM, "Tuesdays.", date(2026, 12, 1)), 2, NOW)


@transaction()
def _left_and_begun(world: World) -> None:
    """Jonas has begun this round, Yara leaves it out, and Wim has missed three before."""
    jonas, wim, yara = (world.people[name] for name in ("Jonas", "Wim", "Yara"))
    for person_id in (wim, yara):
        services_rounds.open_round(person_id, NOW)
    found = services_rounds.open_round(jonas, NOW)
    assert found is not None
    services_drafts.save_draft(jonas, found.id, {"q0": "4"}, 0, NOW)
    services_skipping.skip(yara, NOW)
    first = _rows(Round, couple_id=couple_of(wim).id)[0]
    for weeks in (1, 2):
        _empty_round(first, (wim, yara), timedelta(weeks=weeks))


def _empty_round(after: Round, people: tuple[str, str], earlier: timedelta) -> None:
    opens_at, closes_at = after.opens_at - earlier, after.closes_at - earlier
    times = {"opens_at": opens_at, "closes_at": closes_at, "settled_at": closes_at}
    couple = {"couple_id": after.couple_id, "version_id": after.version_id}
    number = after.number - earlier.days // 7
    round_ = Round(**couple, **times, number=number, every_weeks=1, questions=[])
    db.session.add(round_)
    db.session.flush()
    for person_id in people:
        row = Response(round_id=round_.id, couple_id=after.couple_id, person_id=person_id)
        db.session.add(row)


def _own_questions(world: World) -> None:
    """One question is in use, and one of Jonas's waits."""
    maya, jonas = world.people["Maya"], world.people["Jonas"]
    services_questions.suggest(maya, "How was Tuesday?", NOW)
    (first,) = _rows(OwnQuestion)
    services_questions.use(jonas, first.id, NOW)
    services_questions.suggest(jonas, "Did we laugh?", NOW)
    (second,) = _rows(OwnQuestion, author_id=jonas)
    world.things |= {"asked": first.id, "question": second.id}


def _invites(world: World) -> None:
    ines = world.people["Ines"]
    world.things["invite"] = services_invites.make_invite(ines, NOW)
    (invite,) = services_invites.open_invites(ines, NOW)
    world.things["code"] = invite.code or ""
    mailed = services_invites.make_invite(ines, NOW, address="kim@example.org")
    world.things["mailed code"] = in_groups(_rows(Invite, id=mailed)[0].code)


def _account_links(world: World) -> None:
    services_signup.ask_for_account("new@example.org", "en", NOW)
    services_passwords.ask_for_reset("maya@example.org", NOW)
    things = world.things
    things["confirm"] = tokens.make("confirm", _rows(SignUp)[-1].id)
    things["reset"] = tokens.make("reset", _rows(Reset)[-1].id)
    choices = _rows(LetterChoices, person_id=world.people["Maya"])[-1]
    things["stop"] = tokens.make("stop", choices.id, choices.generation)


def _notes(world: World) -> None:
    for name, kind in (("Maya", "note"), ("Jonas", "note@Jonas")):
        world.things[kind] = note_id = new_id()
        services.save_note(
            world.people[name], note_id, "Only for me.", revision=0, may_begin=True, now=NOW
        )


def _unreached(world: World) -> None:
    """Nobody has Emil's mailbox."""
    person = db.session.get_one(Person, world.people["Emil"])
    suppress(person.address_index, SuppressionReason.NO_MAILBOX, NOW)


def _sessions(world: World) -> None:
    for name in PEOPLE:
        world.sessions[name] = begin_session(world.people[name], keep=True, now=NOW)
    begin_session(world.people["Maya"], keep=True, now=NOW)
    spare = _rows(LoginSession, person_id=world.people["Maya"])
    mine = {hash_of(world.sessions["Maya"])}
    world.things["session"] = next(row.id for row in spare if row.token_hash not in mine)


def _find_things(world: World) -> None:
    things, people = world.things, world.people
    things["need"] = _rows(Need, person_id=people["Maya"], listed="heard")[0].id
    things["need@Jonas"] = _rows(Need, person_id=people["Jonas"], listed="heard")[0].id
    mine = _rows(Version, couple_id=couple_of(people["Maya"]).id)[0]
    things["version"] = str(mine.number)
    things["other topic"] = _rows(Topic, couple_id=mine.couple_id, listed="notice")[0].id
    things["kept"] = services_versions.kept_versions(people["Bert"])[0].version.id
    first, second = sorted(_rows(Round, couple_id=mine.couple_id), key=lambda one: one.number)
    things["past round"] = first.id
    for name, kind in (("Maya", "week"), ("Jonas", "week@Jonas")):
        response = _rows(Response, round_id=second.id, person_id=people[name])[0]
        things[kind] = tokens.make("week", response.id, response.generation)


def _rows(model: Any, **values: Any) -> list[Any]:
    """Return rows by their columns, in the order in which they were written as far as known."""
    query = select(model).filter_by(**values)
    stamps = ("made_at", "written_at", "opened_at", "asked_at", "in_force_at", "opens_at")
    stamp = next((name for name in stamps if hasattr(model, name)), "id")
    return list(db.session.scalars(query.order_by(getattr(model, stamp), model.id)))
