"""What the worlds are made with: a post that remembers, one hand of chance, a patient browser."""

from __future__ import annotations

import random
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self

import pytest
from flask.testing import FlaskClient

from couples import clock

ID_BYTES = 16


@dataclass
class Post:
    """A way for letters to leave that only remembers them: who got what, and when."""

    letters: list[tuple[datetime, str, str, bytes]] = field(default_factory=list)

    def connection(self) -> Self:
        """Return the connection: itself."""
        return self

    @property
    def is_open(self) -> bool:
        """It always is."""
        return True

    def open(self) -> None:
        """There is nothing to open."""

    def send(self, sender: str, to: str, content: bytes) -> str | None:
        """Remember one letter."""
        self.letters.append((clock.now(), sender, to, content))
        return None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        """There is nothing to close."""


class Chance:
    """Ids and scatter drawn from a seed, so that one act draws the same in both worlds."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        """Take the place of chance for as long as the patch lasts; keys and nonces stay random."""
        self.drawn = random.Random(0)
        truly = secrets.token_bytes

        def token_bytes(size: int | None = None) -> bytes:
            return self.drawn.randbytes(size) if size == ID_BYTES else truly(size)

        patch.setattr(secrets, "token_bytes", token_bytes)

    def begin(self, act: int) -> None:
        """Begin an act of this number."""
        self.drawn = random.Random(act)
        random.seed(act)

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Draw what does not belong to the act from elsewhere, so that it moves nothing."""
        kept, self.drawn = self.drawn, random.Random()
        yield
        self.drawn = kept


class Reader(FlaskClient):
    """A browser that reads every answer to its end."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        """Ask for something."""
        kwargs.setdefault("buffered", True)
        return super().open(*args, **kwargs)


def backwards(connection: Any, _record: object) -> None:
    """Let a connection give rows that nobody asked for in an order the other way round."""
    connection.execute("PRAGMA reverse_unordered_selects=ON")
