"""What each person did and saw, written down outside the service while it is being killed."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal, TypeVar

# What became of a press: the page said saved; it said no; nobody said anything.
Outcome = Literal["saved", "refused", "lost"]
CANARY = re.compile(r"qz\d{5}z")


@dataclass(frozen=True)
class Entry:
    """Who did or saw something, from when to when by this machine's clock."""

    who: str
    began: float
    ended: float


@dataclass(frozen=True)
class Answered(Entry):
    """One press that sends answers; `given` by field, skipped ones as "skip"."""

    outcome: Outcome
    round_id: str = ""
    # The letter whose link it was, where it was one.
    letter_id: str = ""
    given: dict[str, str] = field(default_factory=dict)
    share: bool = False
    # None where untouched.
    words: str | None = None
    for_both: bool | None = None
    # What time it was for the service just before it was pressed.
    now: float = 0.0


@dataclass(frozen=True)
class Wrote(Entry):
    """Words of one's own: a note, a need, a suggestion, an item, words kept for later."""

    outcome: Outcome
    kind: str
    canary: str
    # What later words replace, by its address; words of one place stand until the next.
    place: str = ""


@dataclass(frozen=True)
class Wished(Entry):
    """A wish about letters, the link or the account: pause, stop, back, part, erase."""

    outcome: Outcome
    wish: str


@dataclass(frozen=True)
class Signed(Entry):
    """A name under a text, by the text's fingerprint."""

    outcome: Outcome
    read_hash: str


@dataclass(frozen=True)
class Talked(Entry):
    """A time for a talk, proposed ("propose") or said yes to ("yes")."""

    outcome: Outcome
    what: str
    at: float


@dataclass(frozen=True)
class Saw(Entry):
    """A page, the canaries on it, and what time it was for the service when it had come."""

    path: str
    now: float
    canaries: list[str]


@dataclass(frozen=True)
class SawNumbers(Entry):
    """The overview's file: for each day one's own number and the partner's, as they stand."""

    now: float
    rows: list[tuple[str, str, str]]


Some = TypeVar("Some", bound=Entry)


class Journal:
    """All entries, in memory and in a file beside the service's folder."""

    def __init__(self, path: Path | None = None) -> None:
        """Begin with nothing."""
        self.entries: list[Entry] = []
        self.path = path
        self.count = 0
        self.lock = threading.Lock()

    def add(self, entry: Entry) -> None:
        """Write one entry down."""
        with self.lock:
            self.entries.append(entry)
            if self.path:
                with self.path.open("a", encoding="utf-8") as file:
                    file.write(json.dumps({"what": type(entry).__name__, **asdict(entry)}) + "\n")

    def canary(self) -> str:
        """Return words that stand nowhere else."""
        with self.lock:
            self.count += 1
            return f"qz{self.count:05d}z"

    def of(self, kind: type[Some]) -> list[Some]:
        """Return the entries of one kind, in the order in which they ended."""
        return list(self._of(kind))

    def _of(self, kind: type[Some]) -> Iterator[Some]:
        return (entry for entry in self.entries if isinstance(entry, kind))
