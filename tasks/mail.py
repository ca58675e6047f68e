"""Letters leave by themselves: the nudge after a commit and the clock's tick call the same task."""

from celery import shared_task
from flask import current_app

from couples import clock
from couples.mail.carrying.carriers import transport_for
from couples.mail.sending import delivery


@shared_task
def deliver() -> None:
    """Send what is due."""
    delivery.deliver(clock.now, transport_for(current_app.extensions["settings"]))
