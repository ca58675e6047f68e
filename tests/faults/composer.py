"""Letters that need no person: workers of the fault tests load this with `-I`."""

from __future__ import annotations

from datetime import datetime

from couples.mail.letter import Letter, composes, message_id
from couples.mail.models import OutboxLetter

KIND = "test"


@composes(KIND)
def compose(row: OutboxLetter, _now: datetime) -> Letter:
    """Write to <person_id>@example.org."""
    to = f"{row.person_id}@example.org"
    return Letter(row.kind, to, "A note", "Hello\n", "<p>Hello</p>\n", message_id(row.id))
