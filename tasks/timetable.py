"""Everything that happens on a clock, and when.

A tick only looks whether something is due; what is due is decided by the rows. So a lost tick
costs nothing, and a tick that waited too long in the queue is thrown away.
"""

from __future__ import annotations

from typing import Any


def entries(tick: int = 15) -> dict[str, dict[str, Any]]:
    """Return the timetable; `tick` is the shortest step in seconds."""
    return {
        "deliver letters": every(tick, "tasks.mail.deliver"),
        "open due rounds": every(2 * tick, "tasks.surveys.open_due_rounds"),
        "close due rounds": every(2 * tick, "tasks.surveys.close_due_rounds"),
        "post look-ins": every(20 * tick, "tasks.surveys.post_look_ins"),
        "erase accounts": every(20 * tick, "tasks.housekeeping.erase_due"),
        "sweep": every(3600, "tasks.housekeeping.sweep"),
    }


def every(seconds: int, task: str) -> dict[str, Any]:
    """Return one entry; its message is void when the next one is due."""
    return {"task": task, "schedule": float(seconds), "options": {"expires": float(seconds)}}
