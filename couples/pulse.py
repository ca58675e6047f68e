"""When what happens by itself happened last: how an operator sees that the clock still ticks."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from couples.db import Base, UtcDateTime, db, insert, transaction

EVERY = timedelta(minutes=1)
# The two without which no letter goes and no check-in opens.
DELIVER, OPEN = "deliver", "open"


class Pulse(Base):
    """The last time something happened by itself, to the minute."""

    __tablename__ = "pulses"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


def beat(name: str, now: datetime) -> None:
    """Note that this has just happened; within a minute once is enough, and takes no lock."""
    last = last_beat(name)
    if last is None or abs(now - last) >= EVERY:
        _note(name, now)


@transaction()
def _note(name: str, now: datetime) -> None:
    # Two workers at once may both think it is the first time: one statement lets one of them win.
    row = insert(Pulse).values(name=name, at=now)
    newer = {"at": row.excluded.at}
    db.session.execute(row.on_conflict_do_update(index_elements=["name"], set_=newer))


def last_beat(name: str) -> datetime | None:
    """Return when this happened last."""
    found: datetime | None = db.session.scalar(db.select(Pulse.at).where(Pulse.name == name))
    return found
