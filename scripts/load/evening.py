"""What an evening is to be, and what was seen of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from load.watch import Watch


@dataclass(frozen=True)
class Wishes:
    """What is to be run; without a rate it is found out."""

    seconds: float = 600.0
    fault: str = "none"
    database: str = "postgres"
    couples: int = 200
    rounds: int = 26
    rate: float = 0.0
    step_seconds: float = 4.0
    seed: int = 7
    tick: int = 15


@dataclass
class Evening:
    """What was seen."""

    wishes: Wishes
    steps: dict[int, float] = field(default_factory=dict)
    rate: float = 0.0
    told: dict[str, Any] = field(default_factory=dict)
    pressed: list[dict[str, Any]] = field(default_factory=list)
    began_fault: float = 0.0
    ended_fault: float = 0.0
    watch: Watch | None = None
    findings: list[str] = field(default_factory=list)
    # What ended by itself, and how often.
    ended: Counter[str] = field(default_factory=Counter)
    results: dict[str, Any] = field(default_factory=dict)
