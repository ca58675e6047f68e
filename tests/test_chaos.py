"""`./run chaos`: its audit finds every breach that is planted, and a short play holds."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from chaos import audit, audit_answers, audit_letters, audit_people, evidence
from chaos.evidence import Evidence
from chaos.journal import Answered, Journal, Saw, SawNumbers, Signed, Wished
from chaos.killer import interrupted
from chaos.mailbox import Keeper, Mailbox
from chaos.play import MOMENTS, Plan, play
from chaos.population import populate
from chaos.service import BEGIN
from chaos.verdict import Verdict

from couples.app import create_app
from couples.db import db
from couples.mail.carrying.transport import SmtpTransport
from couples.sealing import KeyRing
from couples.settings import Settings, new_secret_key
from tests.chaos_ground import (
    DURING,
    MORNING,
    OPEN,
    OWN,
    Ground,
    Plant,
    again,
    erased,
    first_letter,
    from_nowhere,
    late_answer,
    live,
    moved_talk,
    newer_answer,
    note,
    one_sided,
    round_after_the_end,
    second_letter,
    second_round,
    sql,
    to_another,
    with_words,
    words_elsewhere,
)
from tests.servers import free_port


@pytest.fixture(scope="module")
def whole_ground(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Ground]:
    """Let two live through one round: both answer, one keeps the words."""
    folder = tmp_path_factory.mktemp("chaos")
    address = folder / "pages.db"
    shutil.copy(sqlite_template, address)
    (folder / "mail").mkdir()
    (folder / "kept").mkdir()
    (folder / "var").mkdir()
    environ = {
        "SECRET_KEY": new_secret_key(), "SEALING_KEYS": KeyRing.new().text(),
        "DATABASE_URL": f"sqlite:///{address}", "DATA_DIR": str(folder / "var"),
    }  # fmt: skip
    controller = Controller(Keeper(folder / "mail"), hostname="127.0.0.1", port=free_port())
    controller.start()
    with create_app(Settings.from_environ(environ)).app_context():
        ground = Ground(folder, populate(1, BEGIN), Journal(), folder / "kept", address)
        live(ground, SmtpTransport(f"smtp://127.0.0.1:{controller.port}"))
        ground.lived = list(ground.journal.entries)
        db.session.remove()
        with db.engine.connect() as database:
            database.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        db.engine.dispose()
        shutil.copy(address, folder / "kept" / "pages.db")
        shutil.copytree(folder / "mail", folder / "kept" / "mail")
        yield ground
        db.session.remove()
        db.engine.dispose()
    controller.stop()
    shutil.rmtree(folder)


@pytest.fixture
def ground(whole_ground: Ground) -> Ground:
    whole_ground.reset()
    return whole_ground


NOTHING = ("there was nothing to look at",)
Check = Callable[[Evidence], Verdict]
NOW = MORNING.timestamp()
BREACHES: dict[str, tuple[Check, Plant]] = {
    "a letter twice": (audit_letters.once, again),
    "two letters about the same": (audit_letters.once, second_letter),
    "a letter too late": (
        audit_letters.timely,
        sql("UPDATE letters SET not_after = '2027-03-11 18:00:00' WHERE kind = 'closed'"),
    ),
    "a letter that never came": (audit_letters.once, lambda it: first_letter(it).unlink()),
    "letters given up for no reason": (
        audit_letters.once, sql("UPDATE letters SET state = 'unknown'"),
    ),
    "a letter left in hand": (
        audit_letters.once, sql("UPDATE letters SET state = 'sending' WHERE kind = 'open'"),
    ),
    "a letter from nowhere": (audit_letters.with_row, from_nowhere),
    "a letter to somebody else": (audit_letters.with_row, to_another),
    "a letter that was not planned": (
        audit_letters.all_there, sql("DELETE FROM letters WHERE kind = 'closed'"),
    ),
    "a letter after stop": (
        audit_letters.silent, note(lambda one, _: Wished(one.name, 1.0, 2.0, "saved", "stop")),
    ),
    "a letter after the end": (
        audit_letters.silent, note(lambda one, _: Wished(one.name, 1.0, 2.0, "saved", "part")),
    ),
    "words in a letter": (audit_letters.wordless, with_words),
    "a lost answer": (audit_answers.kept, sql("UPDATE responses SET payload_sealed = NULL")),
    "an answer nobody gave": (
        audit_answers.kept, lambda it: it.journal.entries.__delitem__(0),
    ),
    "an older answer": (audit_answers.kept, newer_answer),
    "an answer to no round": (
        audit_answers.kept, note(lambda one, _: Answered(one.name, 5.0, 6.0, "saved", "gone")),
    ),
    "an answer after the close": (audit_answers.in_time, late_answer),
    "a lost need": (audit_answers.words_stand, sql("UPDATE needs SET before_sealed = NULL")),
    "a lost note": (audit_answers.words_stand, sql("DELETE FROM notes")),
    "a note shown": (
        audit_answers.unseen, note(lambda _, two: Saw(two.name, 3.0, 4.0, "/doc", NOW, [OWN])),
    ),
    "words shown that were kept": (
        audit_answers.unseen,
        note(lambda _, two: Saw(two.name, 3.0, 4.0, "/overview", NOW, ["qz00001z"])),
    ),
    "a number shown before the close": (
        audit_answers.numbers,
        note(
            lambda one, _: SawNumbers(
                one.name, 3.0, 4.0, DURING.timestamp(), [(OPEN.date().isoformat(), "5", "6")]
            )
        ),
    ),
    "a number nobody shared": (
        audit_answers.numbers,
        note(
            lambda one, _: SawNumbers(
                one.name, 3.0, 4.0, NOW, [(OPEN.date().isoformat(), "5", "2")]
            )
        ),
    ),
    "two rounds of a day": (audit.rounds, second_round),
    "a missing response": (audit.rounds, sql("DELETE FROM responses WHERE rowid = 1")),
    "a round left out": (audit.in_order, sql("UPDATE rounds SET number = 2")),
    "a round never settled": (audit.in_order, sql("UPDATE rounds SET settled_at = NULL")),
    "a round settled before its close": (
        audit.in_order, sql("UPDATE rounds SET settled_at = opens_at"),
    ),
    "half an end": (
        audit_people.linked,
        sql("UPDATE memberships SET ended_at = '2027-03-14 12:00:00' WHERE leaf = 1"),
    ),
    "somebody alone": (audit_people.linked, sql("DELETE FROM memberships WHERE leaf = 2")),
    "an end that was lost": (
        audit_people.linked, note(lambda one, _: Wished(one.name, 1.0, 2.0, "saved", "part")),
    ),
    "no plan": (audit_people.planned, sql("DELETE FROM plans")),
    "a version left out": (audit_people.planned, sql("UPDATE versions SET number = 2")),
    "words nobody agreed to": (
        audit_people.promised, sql("UPDATE promises SET how_often_sealed = NULL"),
    ),
    "words used before a yes": (
        audit_people.promised, sql("UPDATE suggestions SET used_at = NULL"),
    ),
    "a save that did not count": (audit_people.counted, sql("UPDATE needs SET revision = 0")),
    "a save that counts twice": (audit_people.counted, sql("UPDATE needs SET revision = 2")),
    "a time nobody chose": (audit_people.talks, moved_talk),
    "a time one chose alone": (audit_people.talks, one_sided),
    "a yes that was lost": (audit_people.talks, sql("UPDATE talks SET agreed_at = NULL")),
    "a time that holds and is proposed": (
        audit_people.talks,
        sql(
            "INSERT INTO talk_times (id, talk_id, author_id, starts_at, minutes, made_at) "
            "SELECT 'x', talks.id, persons.id, starts_at, minutes, talks.made_at "
            "FROM talks, persons LIMIT 1"
        ),
    ),
    "an erasing that was lost": (
        audit_people.gone, note(lambda one, _: Wished(one.name, 1.0, 2.0, "saved", "erase")),
    ),
    "somebody erased unasked": (
        audit_people.gone,
        sql("UPDATE persons SET erased_at = '2027-03-15 08:00:00' WHERE rowid = 1"),
    ),
    "a round after the end": (audit.ended, round_after_the_end),
    "a name under another text": (
        audit.signatures, sql("UPDATE signatures SET content_hash = 'x' WHERE rowid = 1"),
    ),
    "a text changed after signing": (audit.signatures, sql("UPDATE versions SET salt = 'x'")),
    "a lost signature": (
        audit.signatures, note(lambda one, _: Signed(one.name, 1.0, 2.0, "saved", "f" * 64)),
    ),
    "a value that no key opens": (
        audit.unsealed, sql("UPDATE notes SET words_sealed = zeroblob(60)"),
    ),
    "a row that names nobody": (
        audit.whole, sql("UPDATE letter_choices SET person_id = 'gone' WHERE rowid = 1"),
    ),
}  # fmt: skip


def test_what_nothing_has_broken_holds(ground: Ground) -> None:
    said = {one.words: one for one in audit.audited(ground.gathered())}
    assert [one.line for one in said.values() if one.broken] == []
    assert audit.lived(ground.gathered(), 1).broken == ()
    # Nobody has parted or is erased here; all else had something to look at.
    assert {words for words, one in said.items() if not one.looked_at} == {
        "what ends takes all with it", "erased stays erased",
    }  # fmt: skip


@pytest.mark.parametrize("name", BREACHES)
def test_the_audit_finds_what_is_planted(ground: Ground, name: str) -> None:
    check, plant = BREACHES[name]
    assert check(ground.gathered()).broken == ()
    plant(ground)
    said = check(ground.gathered())
    assert said.broken, name
    assert "BROKEN" in said.line


LEFT: dict[str, Plant] = {
    "a session": sql(
        "INSERT INTO sessions (id, person_id, token_hash, keep, began_at, used_at, proved_at) "
        "SELECT 'x', id, 'x', 0, created_at, created_at, created_at FROM persons "
        "WHERE erased_at IS NOT NULL"
    ),
    "words": words_elsewhere,
    "a place that is not on the list": lambda it: it.erased_file.unlink(),
}


def test_who_is_erased_breaks_nothing(ground: Ground) -> None:
    # One of the two answered by letter, of which no row is left either.
    first = ground.journal.of(Answered)[0]
    letter_id = next(one.letter_id for one in Mailbox(ground.mail).all() if "/week/" in one.text)
    ground.journal.entries.remove(first)
    ground.journal.add(replace(first, round_id="", letter_id=letter_id))
    erased()(ground)
    found = ground.gathered()
    said = [one for one in audit.audited(found) if one.broken not in {(), NOTHING}]
    assert [one.line for one in said] == []
    assert audit_people.gone(found).looked_at == 1


@pytest.mark.parametrize("name", LEFT)
def test_the_audit_finds_what_is_left_of_somebody_erased(ground: Ground, name: str) -> None:
    erased(LEFT[name])(ground)
    assert audit_people.gone(ground.gathered()).broken


def test_the_audit_finds_what_is_said_and_not_stored(ground: Ground) -> None:
    found = ground.gathered()
    assert audit.lived(found, 2).broken
    found.log = f"somebody wrote {OWN}"
    assert audit_letters.wordless(found).broken
    evidence.ask_doctor(found, subprocess.CompletedProcess([], 1, "BAD   The queue is gone.", ""))
    assert audit.content(found).broken == ("BAD   The queue is gone.",)
    evidence.ask_doctor(found, subprocess.CompletedProcess([], 2, "", "Traceback"))
    assert audit.content(found).broken
    assert "nobody managed to: erase" in audit.done(found).broken
    assert "nobody managed to: need" not in audit.done(found).broken
    empty = replace(found, mail=[], letters=[], rounds=[], journal=Journal())
    assert audit_letters.once(empty).broken == NOTHING


def test_a_lost_press_may_count_or_not_and_a_saved_one_counts(ground: Ground) -> None:
    first = ground.journal.of(Answered)[0]
    ground.journal.add(replace(first, outcome="lost", given={"q0": "1"}))
    assert audit_answers.kept(ground.gathered()).broken == ()
    ground.journal.add(replace(first, outcome="saved", given={"q0": "2"}))
    assert audit_answers.kept(ground.gathered()).broken


def test_as_many_letters_may_be_unknown_as_kills_found_in_hand(ground: Ground) -> None:
    ground.sql("UPDATE letters SET state = 'unknown'")
    found = ground.gathered()
    found.most_unknown = len(found.letters)
    assert audit_letters.once(found).broken == ()
    found.most_unknown -= 1
    assert len(audit_letters.once(found).broken) == 1


def test_only_who_holds_letters_explains_that_one_is_unknown() -> None:
    kills = {"web": 5, "queue": 4, "worker and clock": 2, "everything": 1}
    assert interrupted(kills) == 3


@pytest.mark.faults
@pytest.mark.timeout(240)
def test_whoever_is_killed_every_invariant_holds(tmp_path: Path) -> None:
    # It opens, somebody answers, it has closed, and a day later.
    few = tuple(MOMENTS[place] for place in (0, 3, 7, 8))
    plan = Plan(tmp_path, 0.1, 7, 3, weeks=1, kill_every=(0.5, 2.0), moments=few)
    plan = replace(plan, act_every=(0.1, 0.5))
    told = play(plan)
    # In so short a time there may be nothing to look at for one or the other.
    assert [one.line for one in told.verdicts if one.broken not in {(), NOTHING}] == []
    assert sum(told.kills.values()) >= 3
