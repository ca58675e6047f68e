"""What later features may want to know; receivers run in the sender's transaction."""

from __future__ import annotations

from blinker import Signal

in_force = Signal("A version came into force: couple_id, version_id, now.")
