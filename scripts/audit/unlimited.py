"""The service as the audit's tools meet it: no throttle stops them, and a proof lasts all night.

They would be stopped after a handful of tries otherwise, and find nothing. The throttles have
tests of their own.
"""

from __future__ import annotations

from datetime import timedelta

from couples.accounts import rules
from couples.limits import limiter
from wsgi import app

__all__ = ["app"]

limiter.enabled = False
rules.PROOF_LASTS = timedelta(days=1)
