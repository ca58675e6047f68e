"""What becomes of a letter that came back, and of the address it went to (rule C8).

Nobody is answered, whatever comes in. Of each letter one return and one complaint count, and only
where they name it by what nobody else can make: the tag of its envelope sender; for a complaint,
which seldom keeps that, also its Message-ID, 128 random bits that its reader alone has.
"""

from __future__ import annotations

import enum
import re
from datetime import datetime

from sqlalchemy import select, update

from couples import logs
from couples.db import db, transaction
from couples.mail import signals
from couples.mail.carrying.replies import Meaning, meaning_of_status
from couples.mail.letter import mail_domain, settings
from couples.mail.message import verp
from couples.mail.models import OutboxLetter, SuppressionReason
from couples.mail.returning.reports import Report, read
from couples.mail.sending.breaker import Breaker
from couples.mail.sending.claims import LETTERS, execute
from couples.mail.suppression import suppress

log = logs.named("couples.mail")

OUR_ID = re.compile(r"<([\w-]{22})@([^<>@]+)>", re.ASCII)


class Outcome(enum.StrEnum):
    """What a message that came in was good for."""

    IGNORED = "ignored"
    NO_MAILBOX = "no mailbox"
    REFUSED = "refused"
    POLICY = "policy"
    COMPLAINT = "complaint"


class _CountedMeanwhile(Exception):
    """The same message came in twice at once, and the other one has counted."""


def handle(raw: bytes, now: datetime) -> Outcome:
    """Do what one message that came in asks for; say what that was."""
    report = read(raw)
    letter_id = None if report is None else _letter_of(report)
    if report is None or letter_id is None:
        return Outcome.IGNORED
    try:
        outcome = _count(letter_id, report, now)
    except _CountedMeanwhile:
        return Outcome.IGNORED
    if outcome is Outcome.POLICY:
        Breaker().alarm(_answer(report) or "5.7", now)
    log.info("returned mail was read", kind=outcome.value)
    return outcome


def _letter_of(report: Report) -> str | None:
    by_tag = (verp.letter_of(settings(), address) for address in report.addresses)
    found = next(filter(None, by_tag), None)
    if found is None and report.is_complaint:
        by_id = (_ours(message_id) for message_id in report.message_ids)
        found = next(filter(None, by_id), None)
    return found


def _ours(message_id: str) -> str | None:
    found = OUR_ID.fullmatch(message_id)
    is_ours = found is not None and found[2].lower() == mail_domain(settings())
    return found[1] if found and is_ours else None


@transaction()
def _count(letter_id: str, report: Report, now: datetime) -> Outcome:
    letter = db.session.scalars(select(OutboxLetter).where(OutboxLetter.id == letter_id)).first()
    once = LETTERS.c.complained_at if report.is_complaint else LETTERS.c.returned_at
    if letter is None or letter.address_index is None or getattr(letter, once.name) is not None:
        return Outcome.IGNORED
    outcome = Outcome.COMPLAINT if report.is_complaint else _meaning(report)
    if outcome is Outcome.COMPLAINT:
        _complain(letter, letter.address_index, now)
    elif outcome is Outcome.NO_MAILBOX:
        suppress(letter.address_index, SuppressionReason.NO_MAILBOX, now)
    # Persons before letters, as everywhere: so the letter is marked last, and once.
    mark = update(LETTERS).where(LETTERS.c.id == letter_id, once.is_(None))
    if not execute(mark.values({once.name: now, **_answers(report)})):
        raise _CountedMeanwhile
    return outcome


def _complain(letter: OutboxLetter, address_index: str, now: datetime) -> None:
    suppress(address_index, SuppressionReason.COMPLAINT, now)
    signals.complained.send(
        kind=letter.kind,
        person_id=letter.person_id,
        address_index=address_index,
        about_id=letter.about_id,
        now=now,
    )


def _meaning(report: Report) -> Outcome:
    """Return what a bounce means; a letter has one reader, who may have it sent on to several."""
    meanings = {meaning_of_status(status) for status in report.statuses}
    if Meaning.POLICY in meanings:
        return Outcome.POLICY
    return Outcome.NO_MAILBOX if meanings == {Meaning.NO_MAILBOX} else Outcome.REFUSED


def _answers(report: Report) -> dict[str, str]:
    """Return the numbers to keep; the server's first answer stays where there are none."""
    answer = _answer(report)
    return {"answer": answer} if answer else {}


def _answer(report: Report) -> str | None:
    return next(filter(None, report.statuses), None)
