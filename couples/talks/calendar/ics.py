"""Talks as an iCalendar text (RFC 5545) that says when something is, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING

from couples.talks.calendar.services import Appointment
from couples.text import clean_line

if TYPE_CHECKING:
    from icalendar import Event

PRODUCT = "-//Pages//Pages//EN"


def calendar_of(appointments: Iterable[Appointment], name: str) -> bytes:
    """Return a calendar under a neutral name; a talk that was called off says so."""
    # Heavy, and asked for a few times a day: the service at rest goes without it.
    from icalendar import Calendar, vText

    calendar = Calendar()
    title = clean_line(name)
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", vText(title))
    for each in appointments:
        calendar.add_component(_event(each, title))
    return bytes(calendar.to_ical())


def _event(each: Appointment, title: str) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", each.uid)
    event.add("sequence", each.changes)
    event.add("dtstamp", each.changed_at)
    event.add("last-modified", each.changed_at)
    event.add("dtstart", each.starts_at)
    event.add("dtend", each.starts_at + timedelta(minutes=each.minutes))
    event.add("summary", title)
    event.add("class", "PRIVATE")
    event.add("status", "CANCELLED" if each.called_off else "CONFIRMED")
    return event
