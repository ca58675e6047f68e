"""A mail server's numbers decide what becomes of a letter; its words never do."""

from __future__ import annotations

import pytest

from couples.mail.carrying.replies import Meaning, meaning, numbers, status_of

LATER, GOING_AWAY = Meaning.LATER, Meaning.GOING_AWAY
NO_MAILBOX, REFUSED, POLICY = Meaning.NO_MAILBOX, Meaning.REFUSED, Meaning.POLICY


@pytest.mark.parametrize(
    ("reply", "status"),
    [
        ("5.1.1 no such user", "5.1.1"),
        ("5.1.10", "5.1.10"),
        ("4.7.1\n4.7.1 greylisted", "4.7.1"),
        ("no such user 5.1.1", None),
        ("5.1.1.1 is no status", None),
        ("5.1.1234 neither", None),
        ("3.1.1 nor this", None),
        ("", None),
    ],
)
def test_the_enhanced_status_is_what_the_reply_begins_with(reply: str, status: str | None) -> None:
    assert status_of(reply) == status


@pytest.mark.parametrize(
    ("step", "code", "status", "means"),
    [
        ("RCPT", 450, "4.2.1", LATER),
        ("RCPT", 451, None, LATER),
        ("CONTENT", 452, "4.3.1", LATER),
        # The code decides where the two contradict each other.
        ("RCPT", 451, "5.1.1", LATER),
        ("RCPT", 550, "4.2.2", REFUSED),
        ("MAIL", 451, "5.7.1", LATER),
        ("DATA", 250, None, LATER),
        ("RCPT", 354, None, LATER),
        ("MAIL", 421, None, GOING_AWAY),
        ("CONTENT", 421, "4.3.2", GOING_AWAY),
        ("DATA", 0, None, GOING_AWAY),
        *(("RCPT", 550, f"5.1.{n}", NO_MAILBOX) for n in (1, 2, 3, 6, 10)),
        ("CONTENT", 550, "5.1.1", NO_MAILBOX),
        ("RCPT", 553, "5.1.3", NO_MAILBOX),
        # Which of several mailboxes, or what of an address: it may well be there.
        *(("RCPT", 550, f"5.1.{n}", REFUSED) for n in (0, 4, 5, 9)),
        ("RCPT", 550, None, REFUSED),
        ("RCPT", 552, "5.2.2", REFUSED),
        ("CONTENT", 552, "5.3.4", REFUSED),
        ("RCPT", 550, "5.2.1", REFUSED),
        ("DATA", 554, None, REFUSED),
        ("RCPT", 554, "5.7.1", POLICY),
        ("CONTENT", 550, "5.7.26", POLICY),
        ("RCPT", 553, "5.1.7", POLICY),
        ("RCPT", 550, "5.1.8", POLICY),
        ("MAIL", 550, None, POLICY),
        ("MAIL", 550, "5.1.1", POLICY),
    ],
)
def test_E12_the_class_and_the_status_decide(
    step: str, code: int, status: str | None, means: Meaning
) -> None:
    assert meaning(step, code, status) is means


def test_the_record_keeps_numbers_that_fit_its_column() -> None:
    assert numbers(550, "5.1.1") == "550 5.1.1"
    assert numbers(451, None) == "451"
    assert numbers(0, None) is None
    assert len(str(numbers(550, "5.999.999"))) <= 16
