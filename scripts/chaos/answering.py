"""Answering a check-in: by the mailed link, or signed in."""

from __future__ import annotations

import time

from chaos.browser import Answer, Lost, Pairs, filled
from chaos.driver import Driver
from chaos.journal import Answered, Outcome
from tests.pages import Field, Form

# Somebody who presses sooner is taken for a program.
READING = 1.2


def by_letter(driver: Driver) -> None:
    """Open the newest link that came by letter, choose, press."""
    linked = [mail for mail in driver.mailbox.to(driver.person.address) if mail.link("/week/")]
    if not linked:
        return
    path = linked[-1].link("/week/")
    page = driver.see(path)
    form = page.form("")
    if page.status != 200 or form is None:
        return
    given = chosen(driver, form)
    if not given:
        return
    driver.ended.wait(READING)
    share = driver.random.random() < 0.7
    pairs = filled(form, given, ("decision", "share" if share else "keep"))
    now = driver.service.now().timestamp()
    began, outcome = time.time(), send(driver, path, pairs)
    driver.journal.add(
        Answered(
            driver.person.name, began, time.time(), outcome,
            letter_id=linked[-1].letter_id, given=given, share=share, now=now,
        )
    )  # fmt: skip
    if outcome == "saved":
        driver.see(f"{path}/done")


def signed_in(driver: Driver) -> None:
    """Answer on one's own page, perhaps with words."""
    page = driver.see("/week")
    form = page.form("/week")
    if form is None or form.named("round") is None:
        return
    given = {**touched(form), **chosen(driver, form)}
    typed, words, for_both = dict(given), None, None
    if driver.random.random() < 0.6:
        words = typed["words"] = f"{driver.journal.canary()} was on my mind."
        for_both = driver.random.random() < 0.6
        typed["who"] = "both" if for_both else "me"
    if not typed:
        return
    share = driver.random.random() < 0.7
    pairs = filled(form, typed, ("decision", "share" if share else "keep"))
    now = driver.service.now().timestamp()
    began, outcome = time.time(), send(driver, "/week", pairs)
    driver.journal.add(
        Answered(
            driver.person.name, began, time.time(), outcome, round_id=_value(form, "round"),
            given={name: value for name, value in given.items() if _was(form, name) != value},
            share=share, words=words, for_both=for_both, now=now,
        )
    )  # fmt: skip


def send(driver: Driver, path: str, pairs: Pairs) -> Outcome:
    """Send answers; a lost connection may have stored them or not."""
    try:
        answer: Answer = driver.browser.post(path, pairs)
    except Lost:
        return "lost"
    return answer.outcome


def chosen(driver: Driver, form: Form) -> dict[str, str]:
    """Choose all, some or none of the numbers a page offers."""
    share_of = driver.random.choice((0.0, 0.4, 1.0, 1.0))
    return {
        one.name: driver.random.choice(one.offers)
        for one in numbers(form)
        if driver.random.random() < share_of
    }


def touched(form: Form) -> dict[str, str]:
    """Return what stands on the page otherwise than it was stored: a draft laid over it."""
    return {
        one.name: one.value
        for one in numbers(form)
        if one.value and one.value != _was(form, one.name)
    }


def numbers(form: Form) -> list[Field]:
    """Return the fields that take a number or a skip."""
    return [one for one in form.fields if one.kind == "radio" and "skip" in one.offers]


def _was(form: Form, name: str) -> str:
    return _value(form, f"was_{name}")


def _value(form: Form, name: str) -> str:
    found = form.named(name)
    return found.value if found else ""
