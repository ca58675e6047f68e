"""Noting that the timetable is kept, once for all tasks: `couples doctor` reads it."""

from __future__ import annotations

from couples import logs

log = logs.named("couples.pulse")
NAMES = {
    "tasks.mail.deliver": "deliver",
    "tasks.surveys.open_due_rounds": "open",
    "tasks.surveys.close_due_rounds": "close",
    "tasks.surveys.post_look_ins": "look_ins",
    "tasks.housekeeping.erase_due": "erase",
    "tasks.housekeeping.sweep": "sweep",
}


def note(task: str) -> None:
    """Note that a task of the timetable has been done; that it cannot be noted fails no task."""
    from sqlalchemy.exc import SQLAlchemyError

    from couples import clock, pulse

    if task not in NAMES:
        return
    try:
        pulse.beat(NAMES[task], clock.now())
    except SQLAlchemyError as problem:
        log.warning("a pulse is not noted", kind=type(problem).__name__, task=NAMES[task])
