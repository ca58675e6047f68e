"""What later features may want to know; receivers run in the sender's transaction."""

from __future__ import annotations

from blinker import Signal

linked = Signal("Two persons became a couple: couple_id, now.")
parted = Signal("A couple ended: couple_id, now.")
