"""What has run out is swept away once an hour."""

from celery import shared_task

from couples import clock
from couples.accounts import services_profile
from couples.mail import outbox


@shared_task
def sweep() -> None:
    """Remove sessions, links and notes of tries that have run out, and letters long settled."""
    now = clock.now()
    services_profile.sweep(now)
    outbox.forget_settled(now)
