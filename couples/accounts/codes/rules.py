"""What holds for codes of a second step, decided without a database or a clock."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta

# Every half minute another code, as every authenticator app counts (RFC 6238).
STEP = 30
# A set-up that nobody finished within this time begins anew.
SET_UP_LASTS = timedelta(hours=1)
# How long a right password waits for its code.
MARK_LASTS = timedelta(minutes=10)
RECOVERY_CODES = 10
# 15 random bytes are 24 letters and digits: from 112 bits on no slow hash is needed (ASVS 6.5.2).
RECOVERY_BYTES = 15


def steps_near(now: datetime) -> tuple[int, int, int]:
    """Return the half minutes whose codes are taken: clocks of phones are a little off."""
    step = int(now.timestamp()) // STEP
    return step - 1, step, step + 1


def bare(typed: str) -> str:
    """Return a typed code without the spaces and dashes that help people read it."""
    return re.sub(r"[\s\-–—‐‑_.]", "", unicodedata.normalize("NFKC", typed)).lower()


def is_recovery_code(code: str) -> bool:
    """Whether a bare code has the shape of one on paper."""
    return re.fullmatch(r"[a-z2-7]{24}", code, re.ASCII) is not None


def in_groups(code: str, mark: str = "-") -> str:
    """Return a code in groups of four, easier to read and to type."""
    return mark.join(code[at : at + 4] for at in range(0, len(code), 4))


def path_of(modules: Iterable[Iterable[int]]) -> str:
    """Return the dark squares of a QR code as one path to draw: each run of a row is a bar."""
    bars = (
        f"M{run.start()} {row}h{len(run[0])}v1h-{len(run[0])}z"
        for row, cells in enumerate(modules)
        for run in re.finditer("1+", "".join("1" if cell else "0" for cell in cells))
    )
    return "".join(bars)
