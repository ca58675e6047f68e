"""Rounds open and close by themselves: one line each, which calls a service."""

from celery import shared_task

from couples import clock
from couples.surveys.letters import services_look_ins
from couples.surveys.rounds import services_clock


@shared_task
def open_due_rounds() -> None:
    """Open every round that is due."""
    services_clock.open_due_rounds(clock.now())


@shared_task
def close_due_rounds() -> None:
    """Settle every round whose close has come."""
    services_clock.close_due_rounds(clock.now())


@shared_task
def post_look_ins() -> None:
    """Post the weekly letters that are due."""
    services_look_ins.post_look_ins(clock.now())
