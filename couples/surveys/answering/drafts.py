"""What is filled in and not sent yet: no answer, counted nowhere, and its author's alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from couples.surveys.models import Response


@dataclass(frozen=True, slots=True, repr=False)
class Draft:
    """What its author has begun, by the field's name; only what differs from what is stored."""

    fields: Mapping[str, str] = field(default_factory=dict)
    revision: int = 0
    saved_at: datetime | None = None


def draft_of(response: Response) -> Draft:
    """Return what was begun; nothing of it where nothing was."""
    return Draft(response.draft or {}, response.draft_revision, response.draft_saved_at)


def keep(response: Response, fields: Mapping[str, str], now: datetime) -> Draft:
    """Put what is filled in where the earlier draft was."""
    response.draft = dict(fields) or None
    response.draft_saved_at = now if fields else None
    response.draft_revision += 1
    return draft_of(response)


def end(response: Response) -> None:
    """Forget what was begun; a window that still shows it notices by the revision."""
    response.draft = response.draft_saved_at = None
    response.draft_revision += 1


def words_elsewhere(response: Response, revision: int | None, words: str | None) -> str:
    """Return words begun in another window that a press would lose, else nothing.

    `revision` is of the draft that the pressing window knows, none where it knows of no drafts.
    """
    begun = (response.draft or {}).get("words", "")
    is_known = revision is None or revision == response.draft_revision
    return "" if is_known or begun in (words or "") else begun
