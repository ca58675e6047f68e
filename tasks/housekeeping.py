"""What has run out is swept away once an hour; who planned to be erased is, within minutes."""

from collections.abc import Callable
from datetime import datetime

from celery import shared_task

from couples import clock, engine
from couples.accounts import services_erasing as accounts
from couples.accounts import services_profile
from couples.accounts.events import services as events
from couples.accounts.personal_key import services as personal_key
from couples.accounts.personal_key import services_open
from couples.db import db
from couples.mail import outbox
from couples.one_by_one import in_turn
from couples.pairing.services_invites import sweep_invites
from couples.privacy import services_erasing
from couples.surveys import services_keeping


def scrub(now: datetime) -> None:
    """Write over what was deleted, where that matters."""
    if accounts.erased_lately(now) or personal_key.made_lately(now):
        engine.scrub(db.engine)


SWEEPS: tuple[Callable[[datetime], object], ...] = (
    services_profile.sweep,
    events.sweep,
    services_open.sweep,
    sweep_invites,
    services_keeping.forget_kept,
    services_erasing.keep_erased,
    accounts.sweep_erased,
    outbox.forget_settled,
    scrub,
)


@shared_task
def sweep() -> None:
    """Remove what has run out, leftovers of erasing, and what people let go after a time."""
    in_turn(SWEEPS, clock.now())


@shared_task
def erase_due() -> None:
    """Erase whoever planned it for a day that has come."""
    services_erasing.erase_due(clock.now())
