"""`couples doctor`: what is wrong, and what to do, from real servers and rows."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import redis
from flask import Flask
from flask.testing import FlaskClient

from couples import doctor, pulse
from couples.db import db, transaction
from couples.doctor import base, findings, letters, mail_server, trial
from couples.doctor.names import Names
from couples.mail import lateness, outbox
from couples.mail.models import LetterState, LetterTime, MailServer, OutboxLetter
from couples.settings import Settings
from tasks import pulses, timetable
from tests.mail.conftest import claim
from tests.mail.peer import HANG_UP, ScriptedPeer
from tests.races import together
from tests.servers import SmtpPeer, queue_in

MINUTE = timedelta(minutes=1)


@pytest.fixture
def settings(app: Flask) -> Settings:
    found: Settings = app.extensions["settings"]
    return found


@pytest.fixture
def peer() -> Iterator[ScriptedPeer]:
    peer = ScriptedPeer()
    yield peer
    peer.stop()


def marks(found: list[findings.Finding]) -> list[str]:
    return [one.mark for one in found]


# --- the mail server ------------------------------------------------------------------------


def test_the_sender_is_tried_as_letters_have_it_and_nothing_is_sent(
    settings: Settings, peer: ScriptedPeer
) -> None:
    settings = replace(settings, smtp_url=peer.url, mail_from="pages@example.org")
    found = list(mail_server.check(settings))
    assert marks(found) == ["ok", "ok", "ok"]
    assert "told apart" in found[2].words
    verbs = [line.split(" ")[0].upper() for line in peer.heard]
    assert verbs == ["EHLO", "MAIL", "RSET"]
    assert "<pages+" in peer.heard[1]


def test_a_server_that_takes_one_sender_only_is_told_of_VERP(
    settings: Settings, peer: ScriptedPeer
) -> None:
    settings = replace(settings, smtp_url=peer.url, mail_from="pages@example.org")
    for script, word in (
        (["553 5.7.1 not you"], "VERP=0"),
        (["553 5.7.1 not you", "553 5.7.1 not you"], "set a MAIL_FROM"),
    ):
        peer.script["MAIL"] = list(script)
        last = list(mail_server.check(settings))[-1]
        assert (last.mark, word in last.words, "553" in last.words) == ("BAD", True, True)
    peer.script["MAIL"] = ["550 no"]
    last = list(mail_server.check(replace(settings, verp=False)))[-1]
    assert (last.mark, "MAIL_FROM" in last.words) == ("BAD", True)


def test_a_server_that_hangs_up_or_is_not_there_is_said_in_words(
    settings: Settings, peer: ScriptedPeer
) -> None:
    peer.script["MAIL"] = [HANG_UP]
    last = list(mail_server.check(replace(settings, smtp_url=peer.url)))[-1]
    assert (last.mark, "hung up" in last.words) == ("BAD", True)
    [alone] = mail_server.check(replace(settings, smtp_url="smtp://u:secret@127.0.0.1:1"))
    assert (alone.mark, "secret" in alone.words) == ("BAD", False)


def test_letters_in_clear_to_another_machine_are_bad(
    settings: Settings, peer: ScriptedPeer
) -> None:
    url = peer.url.replace("127.0.0.1", "0.0.0.0")
    found = list(mail_server.check(replace(settings, smtp_url=url)))
    assert (found[1].mark, "in clear" in found[1].words) == ("BAD", True)


# --- the queue and the clocks ----------------------------------------------------------------


@pytest.fixture(scope="module")
def valkey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with queue_in(tmp_path_factory.mktemp("queue")) as queue:
        yield queue.url


def test_a_queue_must_take_messages_and_keep_them(settings: Settings, valkey: str) -> None:
    settings = replace(settings, redis_url=valkey)
    assert marks(list(base.queue(settings))) == ["ok"]
    with redis.Redis.from_url(valkey) as client:
        client.config_set("maxmemory-policy", "allkeys-lru")
        found = list(base.queue(settings))
        assert (marks(found), "noeviction" in found[-1].words) == (["ok", "BAD"], True)
        client.config_set("maxmemory-policy", "noeviction")
        client.config_set("min-replicas-to-write", "1")
        found = list(base.queue(settings))
        client.config_set("min-replicas-to-write", "0")
        assert (found[0].mark, "takes no messages" in found[0].words) == ("BAD", True)
        assert client.keys("*") == []


def test_a_queue_that_does_not_tell_its_settings_is_noted(settings: Settings, valkey: str) -> None:
    with redis.Redis.from_url(valkey) as client:
        client.acl_setuser("guest", enabled=True, passwords=["+aword"], keys=["*"],
                           commands=["+@all", "-config"])  # fmt: skip
    url = f"redis://guest:aword@{valkey.rpartition('@')[2]}"
    found = list(base.queue(replace(settings, redis_url=url)))
    assert marks(found) == ["ok", "note"]


def test_a_queue_that_is_not_there_is_bad_only_when_it_is_not_ours(settings: Settings) -> None:
    [ill] = base.queue(replace(settings, redis_url="redis://127.0.0.1:1/0"))
    assert (ill.mark, "REDIS_URL" in ill.words) == ("BAD", True)
    assert marks(list(base.queue(settings))) == ["ok"]


@pytest.mark.parametrize(
    ("seconds", "words"), [(-60, ["60 seconds behind"]), (60, ["60 seconds ahead"]), (10, [])]
)
def test_clocks_more_than_half_a_minute_apart_are_bad(seconds: int, words: list[str]) -> None:
    found = list(base.apart("queue", time.time() + seconds))
    assert [one.mark for one in found] == ["BAD"] * len(words)
    assert all(word in found[0].words for word in words)


def test_base_and_letters_can_be_asked_on_either_database(database_app: Flask) -> None:
    settings: Settings = database_app.extensions["settings"]
    found = [*base.database(settings), *base.key_fit(settings), *letters.check(settings)]
    assert marks(found) == ["ok", "ok", "note", "ok"]


# --- letters and the timetable ---------------------------------------------------------------


def due(now: datetime, **minutes: int) -> None:
    """Post letters, due these minutes before or after now, by key."""
    with transaction():
        for key, many in minutes.items():
            at = now + many * MINUTE
            outbox.post("plain", key=key, now=min(at, now), due_at=at, person_id=key)


def beat(now: datetime, deliver: int, opening: int) -> None:
    pulse.beat(pulse.DELIVER, now - deliver * MINUTE)
    pulse.beat(pulse.OPEN, now - opening * MINUTE)


def test_the_timetable_is_kept_or_not(app: Flask, settings: Settings, now: datetime) -> None:
    def mark() -> tuple[str, str]:
        [found] = letters.timetable(settings, now)
        return found.mark, found.words

    assert mark()[0] == "note"
    beat(now, 1, 2)
    assert mark()[0] == "ok"
    due(now, late=-10)
    beat(now - 20 * MINUTE, 0, 0)
    assert mark()[0] == "BAD"
    assert "20 minutes" in mark()[1]
    assert "worker" in mark()[1]
    beat(now, 1, 20)
    assert "opened" in mark()[1]


def test_a_slow_clock_is_not_a_dead_one(app: Flask, settings: Settings, now: datetime) -> None:
    beat(now, 9, 9)
    slow = replace(settings, tick_seconds=300)
    assert marks(list(letters.timetable(slow, now))) == ["ok"]


def test_late_letters_are_told_by_their_age(app: Flask, now: datetime) -> None:
    due(now, planned=60, fresh=-5)
    assert marks(list(letters.waiting(now))) == ["ok"]
    due(now, old=-180)
    [found] = letters.waiting(now)
    assert (found.mark, "3 hours" in found.words) == ("BAD", True)


def test_what_a_clock_that_was_ahead_has_left_is_told(
    app: Flask, settings: Settings, now: datetime
) -> None:
    due(now, held=-5, planned=60 * 24 * 9)
    beat(now, 1, 1)
    assert list(letters.ahead(settings, now)) == []
    claim(now + 3 * 24 * 60 * MINUTE, timedelta(seconds=settings.lease_seconds), 1)
    beat(now, -60 * 24 * 3, 1)
    found = list(letters.ahead(settings, now))
    assert marks(found) == ["BAD", "BAD"]
    assert "too far ahead: 1." in found[0].words
    assert "3 days from now" in found[1].words


def test_letters_kept_back_by_a_silent_mail_server_are_late_though_they_get_new_times(
    app: Flask, now: datetime
) -> None:
    due(now, old=-30, planned=600)
    with transaction():
        db.session.execute(db.update(LetterTime).values(at=now + 10 * MINUTE))
        db.session.add(MailServer(id=1, failures=7, rests_until=now + 9 * MINUTE))
    [found] = letters.waiting(now)
    assert (found.mark, "30 minutes for a mail server" in found.words) == ("BAD", True)
    [rest] = letters.server(now)
    assert (rest.mark, "9 minutes" in rest.words) == ("note", True)


@pytest.mark.parametrize(
    ("alarm", "taken", "mark"),
    [(30, None, "BAD"), (30, 10, "BAD"), (300, 400, "BAD"), (300, 10, "note")],
)
def test_the_alarm_goes_when_letters_go_again(
    app: Flask, now: datetime, alarm: int, taken: int | None, mark: str
) -> None:
    taken_at = None if taken is None else now - taken * MINUTE
    found = letters.alarm(now - alarm * MINUTE, "550 5.7.26", taken_at, now)
    assert (found.mark, "550 5.7.26" in found.words) == (mark, True)


def test_fates_are_counted_and_nobody_is_named(app: Flask, now: datetime) -> None:
    assert list(letters.fates(now)) == []
    due(now, maya=-1, jonas=-2, ines=-3, bert=-60 * 24 * 40)
    with transaction():
        for key, state in (("maya", LetterState.DEAD), ("jonas", LetterState.UNKNOWN)):
            db.session.execute(
                db.update(OutboxLetter).where(OutboxLetter.key == key).values(state=state)
            )
    [found] = letters.fates(now)
    assert "0 sent, 0 retry, 1 unknown, 1 dead, 0 suppressed" in found.words
    assert "maya" not in found.words


# --- the whole report ------------------------------------------------------------------------


def environ(settings: Settings, ring: str, **more: str) -> dict[str, str]:
    return {
        "SECRET_KEY": settings.secret_key,
        "SEALING_KEYS": ring,
        "DATABASE_URL": settings.database_url,
        "DATA_DIR": str(settings.data_dir),
        **more,
    }


def test_the_report_of_a_new_service_is_short_and_friendly(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    given = environ(settings, settings.sealing.text())
    assert doctor.report(given) == 0
    head, _empty, said = capsys.readouterr().out.partition("docs/operating.md, step 1\n\n")
    lines = said.splitlines()
    assert (len(head.splitlines()), len(lines) < 13) == (7, True)
    assert {line[:4].strip() for line in lines} == {"ok", "note"}


def test_the_report_ends_with_1_and_says_no_secret(
    settings: Settings, peer: ScriptedPeer, capsys: pytest.CaptureFixture[str]
) -> None:
    given = environ(
        settings, settings.sealing.text(),
        SMTP_URL=peer.url.replace("//", "//user:hush-hush@"),
        MAIL_FROM="pages@example.org", PUBLIC_URL="http://pages.example.org",
    )  # fmt: skip
    assert doctor.report(given, Names(["127.0.0.1"], 1, seconds=0.2)) == 1
    said = capsys.readouterr().out
    assert "not https" in said
    assert "hush" not in said
    assert doctor.report({**given, "WEB_PORT": "many"}) == 1
    assert "WEB_PORT" in capsys.readouterr().out


# --- a letter to try -------------------------------------------------------------------------


def test_a_test_letter_goes_as_every_letter_does_and_leaves_no_row(
    settings: Settings, smtp_peer: SmtpPeer
) -> None:
    settings = replace(settings, smtp_url=smtp_peer.url, mail_from="pages@example.org")
    assert trial.send(settings, "maya@example.org")[0]
    [message] = smtp_peer.to("maya@example.org")
    assert message["Subject"] == "Test letter"
    assert db.session.query(OutboxLetter).count() == 0


@pytest.mark.parametrize(
    ("script", "word"),
    [
        ({"RCPT": ["550 5.1.1 nobody"]}, "refused"),
        ({"CONTENT": [HANG_UP]}, "may have been sent"),
        ({"EHLO": [HANG_UP], "HELO": [HANG_UP]}, "does not let us in"),
    ],
)
def test_what_the_server_answered_to_a_test_letter_is_said(
    settings: Settings, peer: ScriptedPeer, script: dict[str, list[str]], word: str
) -> None:
    peer.script.update(script)
    is_taken, said = trial.send(replace(settings, smtp_url=peer.url), "maya@example.org")
    assert (is_taken, word in said) == (False, True)
    assert trial.send(settings, "two@example.org, maya@example.org")[0] is False


def test_without_a_mail_server_a_test_letter_is_captured(settings: Settings) -> None:
    assert trial.send(settings, "maya@example.org")[0]
    assert len(list((settings.data_dir / "letters" / "new").iterdir())) == 1


# --- pulses and the health of letters --------------------------------------------------------


def test_I5_two_workers_note_the_same_pulse_at_once(database_app: Flask, now: datetime) -> None:
    together(database_app, *[lambda: pulse.beat("deliver", now)] * 4)
    assert pulse.last_beat("deliver") == now


def test_a_pulse_is_written_once_a_minute_at_most(database_app: Flask, now: datetime) -> None:
    for seconds, kept in ((0, 0), (59, 0), (61, 61), (-3600, -3600)):
        pulse.beat("open", now + timedelta(seconds=seconds))
        assert pulse.last_beat("open") == now + timedelta(seconds=kept)


def test_every_task_of_the_timetable_has_a_pulse_and_its_failing_fails_no_task(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    assert set(pulses.NAMES) == {entry["task"] for entry in timetable.entries().values()}
    pulses.note("tasks.mail.deliver")
    assert pulse.last_beat(pulse.DELIVER) is not None
    pulses.note("tasks.other")
    with transaction():
        db.session.execute(db.text("DROP TABLE pulses"))
    pulses.note("tasks.mail.deliver")
    assert "not noted" in caplog.text


def test_I11_the_health_of_letters_is_one_word(
    app: Flask, client: FlaskClient, now: datetime
) -> None:
    def health() -> tuple[int, str]:
        answer = client.get("/healthz/letters")
        assert "Set-Cookie" not in answer.headers
        return answer.status_code, answer.text

    real = datetime.now(now.tzinfo)
    assert health() == (503, "late\n")
    beat(real, 1, 1)
    assert health() == (200, "ok\n")
    due(real, planned=60, fresh=-14)
    assert health() == (200, "ok\n")
    due(real, old=-16)
    assert health() == (503, "late\n")
    assert client.get("/healthz").status_code == 200


def test_the_health_of_letters_asks_few_questions(app: Flask, now: datetime) -> None:
    asked: list[str] = []
    beat(now, 1, 1)
    due(now, **{f"n{number}": 60 for number in range(50)})
    db.event.listen(db.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    assert not lateness.is_late(now)
    assert sum(statement.startswith("SELECT") for statement in asked) <= 4
