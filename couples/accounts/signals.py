"""What later features may want to know; receivers run in the sender's transaction."""

from __future__ import annotations

from blinker import Signal

moved = Signal("A person changed their time zone: person_id, now.")
wanted = Signal("A person wants letters after all; their mailbox had complained: person_id.")
readdressed = Signal(
    "A person has another address: person_id, now. Letters to the old one are void."
)
erased = Signal("A person erases their account: person_id, now. What is theirs goes.")
