"""Two people after one round, for the audit of `./run chaos`, and breaches to plant there."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from chaos import evidence
from chaos.evidence import Evidence
from chaos.journal import (
    Answered,
    Entry,
    Journal,
    Saw,
    SawNumbers,
    Signed,
    Talked,
    Wished,
    Wrote,
)
from chaos.mailbox import Keeper, Mailbox
from chaos.play import moments
from chaos.population import Person
from chaos.service import BEGIN
from flask import current_app
from sqlalchemy import select

from couples.agreement.needs.services import Heading, begin_need, save_need
from couples.agreement.rules import NeedWords
from couples.db import db, new_id, transaction
from couples.mail.carrying.transport import SmtpTransport
from couples.mail.sending.delivery import deliver
from couples.privacy.services import save_note
from couples.privacy.services_erasing import erase
from couples.surveys.answering.services import Answers, save_answers
from couples.surveys.models import Round
from couples.surveys.rounds.services_clock import close_due_rounds, open_due_rounds
from couples.surveys.services import open_round
from couples.talks.models import Talk
from couples.talks.planning.services import propose, say_yes
from couples.talks.rows import living_talk, times_of

OPEN, DURING, MORNING = (moments(BEGIN, 1)[place] for place in (0, 3, 7))
LATER = MORNING + timedelta(hours=2)
CLOSED_FOR, OWN, NEED = "qz00001z was on my mind.", "qz00002z", "qz00003z"


@dataclass
class Ground:
    """Two people after one round, with everything the audit looks at."""

    folder: Path
    people: dict[str, Person]
    journal: Journal
    kept: Path
    address: Path
    lived: list[Entry] = field(default_factory=list)

    @property
    def mail(self) -> Path:
        """Where letters lie."""
        return self.folder / "mail"

    @property
    def erased_file(self) -> Path:
        """The list of those who are gone."""
        found = current_app.extensions["settings"].erased_file
        assert isinstance(found, Path)
        return found

    def reset(self) -> None:
        """Put everything back to where it was."""
        db.session.remove()
        db.engine.dispose()
        for tail in ("-wal", "-shm"):
            self.address.with_name(self.address.name + tail).unlink(missing_ok=True)
        shutil.copy(self.kept / "pages.db", self.address)
        shutil.rmtree(self.mail)
        shutil.copytree(self.kept / "mail", self.mail)
        self.erased_file.unlink(missing_ok=True)
        self.journal.entries = list(self.lived)

    def gathered(self) -> Evidence:
        """Return what there is."""
        found = evidence.gather(self.people, self.journal, Mailbox(self.mail).all(), LATER)
        found.doctor = ["ok    All is well."]
        return found

    def sql(self, statement: str) -> None:
        """Change a row behind everybody's back."""
        db.session.rollback()
        with db.engine.connect() as database:
            raw = database.connection.driver_connection
            assert raw is not None
            raw.execute("PRAGMA foreign_keys=OFF")
            raw.execute(statement)
            raw.execute("PRAGMA foreign_keys=ON")


def live(ground: Ground, transport: SmtpTransport) -> None:
    """Let them answer, write, see, and get their letters."""
    open_due_rounds(OPEN)
    deliver(lambda: OPEN, transport)
    one, two = ground.people.values()
    for place, person in enumerate((one, two)):
        found = open_round(person.person_id, DURING)
        assert found is not None
        words = CLOSED_FOR if person is one else ""
        answers = Answers({"overall": 5 + place}, True, words=words, words_shared=False)
        save_answers(person.person_id, found.id, answers, DURING)
        ground.journal.add(
            Answered(
                person.name, 1.0, 2.0, "saved", found.id, given={"q0": str(5 + place)},
                share=True, words=words, for_both=False, now=DURING.timestamp(),
            )
        )  # fmt: skip
    save_note(one.person_id, new_id(), OWN, revision=0, may_begin=True, now=DURING, key=None)
    ground.journal.add(Wrote(one.name, 1.0, 2.0, "saved", "note", OWN))
    _write_and_plan(ground, one, two)
    close_due_rounds(MORNING)
    deliver(lambda: MORNING, transport)
    day, now = OPEN.date().isoformat(), MORNING.timestamp()
    for person in (one, two):
        mine, theirs = ("5", "6") if person is one else ("6", "5")
        ground.journal.add(SawNumbers(person.name, 3.0, 4.0, now, [(day, mine, theirs)]))
        ground.journal.add(Saw(person.name, 3.0, 4.0, "/overview", now, [OWN][: person is one]))
    for version in evidence._versions():
        for person in (one, two):
            ground.journal.add(Signed(person.name, 1.0, 2.0, "saved", version.content_hash))


def _write_and_plan(ground: Ground, one: Person, two: Person) -> None:
    """Let one write a need and propose a time to talk, and the other say yes to it."""
    need_id = begin_need(one.person_id, Heading(listed="heard"), DURING)
    save_need(one.person_id, need_id, NeedWords(NEED, "", "", 3), 0, DURING)
    place = f"/doc/mine/{need_id}"
    ground.journal.add(Wrote(one.name, 1.0, 2.0, "saved", "need", NEED, place))
    propose(one.person_id, [LATER], 30, DURING)
    ground.journal.add(Talked(one.name, 1.0, 2.0, "saved", "propose", LATER.timestamp()))
    talk = living_talk(one.couple_id)
    assert talk is not None
    say_yes(two.person_id, times_of(talk.id)[0].id, DURING)
    ground.journal.add(Talked(two.name, 2.0, 3.0, "saved", "yes", LATER.timestamp()))


Plant = Callable[[Ground], object]


def first_letter(ground: Ground) -> Path:
    return min(ground.mail.glob("*.json"))


def again(ground: Ground) -> None:
    """Let the server have taken one letter twice."""
    mail = Mailbox(ground.mail).all()[0]
    Keeper(ground.mail).keep(mail.to, mail.content)


def from_nowhere(ground: Ground) -> None:
    """Let the server have taken a letter that nobody planned."""
    mail = Mailbox(ground.mail).all()[0]
    Keeper(ground.mail).keep(mail.to, mail.content.replace(mail.letter_id, "x" * 22))


def to_another(ground: Ground) -> None:
    """Let a letter have gone to the partner."""
    mail, other = (Mailbox(ground.mail).all()[place] for place in (0, 1))
    first_letter(ground).unlink()
    Keeper(ground.mail).keep(other.to, mail.content)


def with_words(ground: Ground) -> None:
    """Let a letter hold what somebody wrote."""
    mail = Mailbox(ground.mail).all()[0]
    first_letter(ground).unlink()
    Keeper(ground.mail).keep(mail.to, f"{mail.content}\n{OWN}")


def note(entry: Callable[[Person, Person], object]) -> Plant:
    """Return what adds one entry to the journal."""

    def plant(ground: Ground) -> None:
        one, two = ground.people.values()
        ground.journal.add(entry(one, two))  # type: ignore[arg-type]

    return plant


def sql(statement: str) -> Plant:
    """Return what changes rows behind everybody's back."""
    return lambda ground: ground.sql(statement)


def newer_answer(ground: Ground) -> None:
    """Let somebody have been told that another answer was saved later."""
    first = ground.journal.of(Answered)[0]
    ground.journal.add(replace(first, given={"q0": "1"}))


@transaction()
def second_round(_ground: Ground, closes_at: datetime = MORNING) -> None:
    """Open another round on the same day, which closes then."""
    one = db.session.scalars(select(Round)).one()
    same = {"couple_id": one.couple_id, "version_id": one.version_id, "every_weeks": 1}
    opens_at = one.opens_at + timedelta(hours=1)
    twice = Round(**same, number=2, opens_at=opens_at, closes_at=closes_at, questions=[])
    db.session.add(twice)


def round_after_the_end(ground: Ground) -> None:
    """Open a round after one of the two has parted."""
    second_round(ground, LATER + timedelta(days=1))
    note(lambda one, _: Wished(one.name, 1.0, 2.0, "saved", "part"))(ground)


def late_answer(ground: Ground) -> None:
    """Let a press have been taken at the moment of the close."""
    first = ground.journal.of(Answered)[0]
    closes_at = db.session.scalars(select(Round.closes_at)).one()
    ground.journal.add(replace(first, now=closes_at.timestamp()))


def second_letter(ground: Ground) -> None:
    """Let a letter about the same round have gone to the same person from a row of its own."""
    mail = Mailbox(ground.mail).all()[0]
    other = "y" * 22
    ground.sql(
        "INSERT INTO letters (id, kind, key, person_id, about_id, couple_id, state, due_at, "
        "attempts, posted_at) "
        f"SELECT '{other}', kind, 'another', person_id, about_id, couple_id, state, due_at, "
        f"attempts, posted_at FROM letters WHERE id = '{mail.letter_id}'"
    )
    Keeper(ground.mail).keep(mail.to, mail.content.replace(mail.letter_id, other))


def erased(plant: Plant = lambda _ground: None) -> Plant:
    """Return what erases one of the two, and then plants something."""

    def go(ground: Ground) -> None:
        one = next(iter(ground.people.values()))
        erase(one.person_id, LATER)
        ground.journal.add(Wished(one.name, 5.0, LATER.timestamp(), "saved", "erase"))
        plant(ground)

    return go


def words_elsewhere(ground: Ground) -> None:
    """Let words of one stand in a note of the other."""
    _one, two = ground.people.values()
    save_note(two.person_id, new_id(), NEED, revision=0, may_begin=True, now=DURING, key=None)


@transaction()
def moved_talk(_ground: Ground) -> None:
    """Let the talk be at a time that nobody said yes to."""
    db.session.scalars(select(Talk)).one().starts_at = LATER + timedelta(hours=1)


def one_sided(ground: Ground) -> None:
    """Let nobody have said yes to the time that holds."""
    ground.journal.entries = [
        one for one in ground.journal.entries if not isinstance(one, Talked) or one.what != "yes"
    ]
