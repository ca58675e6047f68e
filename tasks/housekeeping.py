"""What has run out is swept away once an hour."""

from celery import shared_task

from couples import clock
from couples.accounts import services_erasing, services_profile
from couples.mail import outbox


@shared_task
def sweep() -> None:
    """Remove sessions, links, notes of tries and letters of the past, and leftovers of erasing."""
    now = clock.now()
    services_profile.sweep(now)
    services_erasing.sweep_erased(now)
    outbox.forget_settled(now)
