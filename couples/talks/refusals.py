"""Why something about talks is not possible: every such page leads back to the talks."""

from __future__ import annotations

from couples.errors import Refusal


class TalksRefusal(Refusal):
    """Something about talks is not possible; its page shows what was typed, and leads back."""
