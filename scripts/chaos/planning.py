"""Planning talks: a time is proposed, and the other says yes to it."""

from __future__ import annotations

from datetime import datetime, timedelta

from chaos.audit_answers import BERLIN
from chaos.driver import Driver
from tests.pages import forms_of

MINUTES = "30"


def propose(driver: Driver) -> None:
    """Propose one time, which may be the other's very own: that is a yes."""
    page = driver.see("/talks/plan")
    day = driver.service.now().astimezone(BERLIN) + timedelta(days=driver.random.randint(1, 3))
    at = day.replace(hour=20, minute=driver.random.choice((0, 30)), second=0, microsecond=0)
    nothing = {f"{part}_{place}": "" for part in ("day", "clock") for place in (2, 3)}
    typed = {"day_1": f"{at:%Y-%m-%d}", "clock_1": f"{at:%H:%M}", "minutes": MINUTES, **nothing}
    driver.talked(driver.press(page, "/talks/plan", typed), "propose", at)


def say_yes(driver: Driver) -> None:
    """Say yes to a time the other proposes."""
    page = driver.see("/talks")
    for form in forms_of(page.text):
        shown = form.named("shown")
        if form.action.endswith("/yes") and shown is not None:
            at = datetime.fromisoformat(shown.value.rpartition(" ")[0])
            driver.talked(driver.press(page, form.action, {}), "yes", at)
            return
