"""What has run out is swept away once an hour; who planned to be erased is, within minutes."""

from celery import shared_task

from couples import clock, engine
from couples.accounts import services_erasing as accounts
from couples.accounts import services_profile
from couples.accounts.events import services as events
from couples.accounts.personal_key import services as personal_key
from couples.accounts.personal_key import services_open
from couples.db import db
from couples.mail import outbox
from couples.pairing.services_invites import sweep_invites
from couples.privacy import services_erasing
from couples.surveys import services_keeping


@shared_task
def sweep() -> None:
    """Remove what has run out, leftovers of erasing, and what people let go after a time."""
    now = clock.now()
    services_profile.sweep(now)
    events.sweep(now)
    services_open.sweep(now)
    sweep_invites(now)
    services_keeping.forget_kept(now)
    services_erasing.keep_erased(now)
    accounts.sweep_erased(now)
    outbox.forget_settled(now)
    if accounts.erased_lately(now) or personal_key.made_lately(now):
        engine.scrub(db.engine)


@shared_task
def erase_due() -> None:
    """Erase whoever planned it for a day that has come."""
    services_erasing.erase_due(clock.now())
